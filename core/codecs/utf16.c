/* UTF-16 in either byte order, and behind a mark. Source: RFC 2781 */
#include "internal.h"

static bool is_high(uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Why no character stands at bytes[pos]; it is a half unit or begins with a surrogate. */
static void find_fault(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, fault *f) {
    size_t left = bytes.len - pos;
    if (left >= 2 && is_low(read_unit16(codec, (const unsigned char *)bytes.ptr + pos)))
        *f = (fault){pos, pos + 2, "illegal encoding"};
    else if (left >= 4)
        *f = (fault){pos, pos + 2, "illegal UTF-16 surrogate"};
    else if (final)
        *f = (fault){pos, bytes.len, left < 2 ? "truncated data" : "unexpected end of data"};
}

/* The character at p, n bytes before the end; returns its length, 0 where there is none. */
static size_t read_character(const osb_codec *codec, const unsigned char *p, size_t n,
                             uint32_t *cp) {
    if (n < 2)
        return 0;
    *cp = read_unit16(codec, p);
    if (!is_surrogate(*cp))
        return 2;
    uint32_t second = n >= 4 ? read_unit16(codec, p + 2) : 0;
    if (!is_high(*cp) || !is_low(second))
        return 0;
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

static size_t decode(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, osb_buf *out,
                     fault *f) {
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    block b;
    block_open(&b, out);
    uint32_t cp;
    size_t n;
    while ((n = read_character(codec, p + pos, bytes.len - pos, &cp))) {
        block_put(&b, cp);
        pos += n;
    }
    block_flush(&b);
    if (pos < bytes.len)
        find_fault(codec, bytes, pos, final, f);
    return pos;
}

static void put_character(const osb_codec *codec, block *b, uint32_t cp) {
    char *p = block_room(b);
    if (cp < 0x10000) {
        write_unit16(codec, p, cp);
        b->len += 2;
        return;
    }
    write_unit16(codec, p, 0xD800 + ((cp - 0x10000) >> 10));
    write_unit16(codec, p + 2, 0xDC00 + ((cp - 0x10000) & 0x3FF));
    b->len += 4;
}

static size_t encode(const osb_codec *codec, osb_bytes text, size_t pos, osb_buf *out) {
    block b;
    block_open(&b, out);
    while (pos < text.len) {
        uint32_t cp = (unsigned char)text.ptr[pos];
        size_t n = 1;
        if (cp >= 0x80)
            n = osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
        if (is_surrogate(cp))
            break;
        put_character(codec, &b, cp);
        pos += n;
    }
    block_flush(&b);
    return pos;
}

static const family utf_16 = {.decode = decode,
                              .encode = encode,
                              .unencodable = "surrogates not allowed",
                              .limit = 0x110000,
                              .single_faults = true,
                              .surrogate_size = 2};

const osb_codec codecs_utf_16_le = {
    .name = "utf-16-le",
    .module = "utf_16_le",
    .error_name = "utf-16-le",
    .family = &utf_16,
};

const osb_codec codecs_utf_16_be = {
    .name = "utf-16-be",
    .module = "utf_16_be",
    .error_name = "utf-16-be",
    .family = &utf_16,
    .big = true,
};

static const mark marks[2] = {
    {"\xFF\xFE", 2, &codecs_utf_16_le},
    {"\xFE\xFF", 2, &codecs_utf_16_be},
};

/* Without a mark, and when writing, the order is little-endian, as CPython's on the machines that
 * osbox is made for. */
const osb_codec codecs_utf_16 = {
    .name = "utf-16",
    .module = "utf_16",
    .error_name = "utf-16",
    .family = &utf_16,
    .marks = marks,
    .no_mark = "UTF-16 stream does not start with BOM",
};
