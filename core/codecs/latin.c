/* ASCII and Latin-1: a byte is a code point, up to a limit. */
#include "internal.h"

static size_t ascii_run(osb_bytes bytes, size_t pos) {
    size_t n = osb_text_find_nonascii(osb_bytes_sub(bytes, pos, bytes.len));
    return n == OSB_NPOS ? bytes.len - pos : n;
}

static size_t decode(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, osb_buf *out,
                     fault *f) {
    (void) final;
    block b;
    block_open(&b, out);
    while (pos < bytes.len) {
        size_t n = ascii_run(bytes, pos);
        block_flush(&b);
        osb_buf_add(out, osb_bytes_sub(bytes, pos, pos + n));
        pos += n;
        for (; pos < bytes.len && (unsigned char)bytes.ptr[pos] >= 0x80; pos++) {
            if (codec->family->limit <= 0x80) {
                *f = (fault){pos, pos + 1, codec->family->unencodable};
                return pos;
            }
            block_put(&b, (unsigned char)bytes.ptr[pos]);
        }
    }
    block_flush(&b);
    return pos;
}

static size_t encode(const osb_codec *codec, osb_bytes text, size_t pos, osb_buf *out) {
    while (pos < text.len) {
        size_t n = ascii_run(text, pos);
        osb_buf_add(out, osb_bytes_sub(text, pos, pos + n));
        pos += n;
        while (pos < text.len && (unsigned char)text.ptr[pos] >= 0x80) {
            uint32_t cp;
            n = osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
            if (!can_encode(codec, cp))
                return pos;
            osb_buf_addc(out, (char)cp);
            pos += n;
        }
    }
    return pos;
}

static const family ascii = {
    .decode = decode,
    .encode = encode,
    .unencodable = "ordinal not in range(128)",
    .limit = 0x80,
};

static const family latin_1 = {
    .decode = decode,
    .encode = encode,
    .unencodable = "ordinal not in range(256)",
    .limit = 0x100,
};

const osb_codec codecs_ascii = {
    .name = "ascii",
    .module = "ascii",
    .error_name = "ascii",
    .family = &ascii,
};

const osb_codec codecs_latin_1 = {
    .name = "iso8859-1",
    .module = "latin_1",
    .error_name = "latin-1",
    .family = &latin_1,
};
