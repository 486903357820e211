/* UTF-32 in either byte order, and behind a mark. */
#include "internal.h"

/* Why no character stands at bytes[pos]. */
static void find_fault(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, fault *f) {
    if (bytes.len - pos < 4) {
        if (final)
            *f = (fault){pos, bytes.len, "truncated data"};
        return;
    }
    *f = (fault){pos, pos + 4, "code point not in range(0x110000)"};
    if (is_surrogate(read_unit32(codec, (const unsigned char *)bytes.ptr + pos)))
        f->reason = "code point in surrogate code point range(0xd800, 0xe000)";
}

static size_t decode(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, osb_buf *out,
                     fault *f) {
    block b;
    block_open(&b, out);
    for (; bytes.len - pos >= 4; pos += 4) {
        uint32_t cp = read_unit32(codec, (const unsigned char *)bytes.ptr + pos);
        if (!can_encode(codec, cp))
            break;
        block_put(&b, cp);
    }
    block_flush(&b);
    if (pos < bytes.len)
        find_fault(codec, bytes, pos, final, f);
    return pos;
}

static size_t encode(const osb_codec *codec, osb_bytes text, size_t pos, osb_buf *out) {
    block b;
    block_open(&b, out);
    while (pos < text.len) {
        uint32_t cp;
        size_t n = osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
        if (is_surrogate(cp))
            break;
        write_unit32(codec, block_room(&b), cp);
        b.len += 4;
        pos += n;
    }
    block_flush(&b);
    return pos;
}

static const family utf_32 = {.decode = decode,
                              .encode = encode,
                              .unencodable = "surrogates not allowed",
                              .limit = 0x110000,
                              .single_faults = true,
                              .surrogate_size = 4};

const osb_codec codecs_utf_32_le = {
    .name = "utf-32-le",
    .module = "utf_32_le",
    .error_name = "utf-32-le",
    .family = &utf_32,
};

const osb_codec codecs_utf_32_be = {
    .name = "utf-32-be",
    .module = "utf_32_be",
    .error_name = "utf-32-be",
    .family = &utf_32,
    .big = true,
};

static const mark marks[2] = {
    {"\xFF\xFE\0\0", 4, &codecs_utf_32_le},
    {"\0\0\xFE\xFF", 4, &codecs_utf_32_be},
};

/* Without a mark, and when writing, the order is little-endian, as CPython's on the machines that
 * osbox is made for. */
const osb_codec codecs_utf_32 = {
    .name = "utf-32",
    .module = "utf_32",
    .error_name = "utf-32",
    .family = &utf_32,
    .marks = marks,
    .no_mark = "UTF-32 stream does not start with BOM",
};
