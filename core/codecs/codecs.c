/* Decoding and encoding a whole: the codec goes as far as it can, the handler serves what stopped
 * it, and so on. */
#include "internal.h"

const char *osb_codecs_name(const osb_codec *codec) {
    return codec->name;
}

const mark *codecs_find_mark(const osb_codec *codec, osb_bytes bytes) {
    for (size_t i = 0; i < 2; i++) {
        const mark *m = &codec->marks[i];
        if (m->len && osb_bytes_startswith(bytes, (osb_bytes){m->bytes, m->len}))
            return m;
    }
    return NULL;
}

/* -- decoding ---------------------------------------------------------------------------------- */

/* Source: UnicodeDecodeError.__str__ */
static int set_decode_error(const osb_codec *codec, osb_bytes bytes, const fault *f, uint64_t base,
                            osb_error *err) {
    size_t start = (size_t)base + f->start, end = (size_t)base + f->end;
    if (end - start == 1)
        osb_error_set(err, OSB_UNICODEDECODEERROR,
                      "'%s' codec can't decode byte 0x%02x in position %z: %s", codec->error_name,
                      (unsigned)(unsigned char)bytes.ptr[f->start], start, f->reason);
    else
        osb_error_set(err, OSB_UNICODEDECODEERROR,
                      "'%s' codec can't decode bytes in position %z-%z: %s", codec->error_name,
                      start, end - 1, f->reason);
    if (err) {
        err->start = start;
        err->end = end;
    }
    return -1;
}

int codecs_decode_some(const osb_codec *codec, osb_bytes bytes, bool final, osb_codec_errors errors,
                       uint64_t base, osb_buf *out, size_t *used, osb_error *err) {
    size_t pos = 0;
    for (;;) {
        fault f = {0, 0, NULL};
        pos = codec->family->decode(codec, bytes, pos, final, out, &f);
        if (!f.reason)
            break;
        if (errors == OSB_ERRORS_XMLCHARREFREPLACE)
            return osb_error_set(err, OSB_TYPEERROR,
                                 "don't know how to handle UnicodeDecodeError in error callback");
        if (!codecs_handle_decode(codec, errors, bytes, &f, &pos, out))
            return set_decode_error(codec, bytes, &f, base, err);
    }
    *used = pos;
    return osb_buf_check(out, err);
}

/* CPython's positions count UTF-16's and UTF-32's mark, but not that of utf-8-sig. */
int osb_codecs_decode(const osb_codec *codec, osb_bytes bytes, osb_codec_errors errors,
                      osb_buf *ret, osb_error *err) {
    uint64_t base = 0;
    if (codec->marks) {
        const mark *m = codecs_find_mark(codec, bytes);
        if (m)
            bytes = osb_bytes_sub(bytes, m->len, bytes.len);
        if (m && codec->no_mark)
            base = m->len;
        codec = m ? m->codec : codec->marks[0].codec;
    }
    size_t used;
    return codecs_decode_some(codec, bytes, true, errors, base, ret, &used, err);
}

/* -- encoding ---------------------------------------------------------------------------------- */

/* Where the characters from pos on that cannot be encoded end: the errors tell of all of them at
 * once, or of the first. */
static size_t end_of_unencodable(const osb_codec *codec, osb_bytes text, size_t pos) {
    while (pos < text.len) {
        uint32_t cp;
        size_t n = osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
        if (can_encode(codec, cp))
            break;
        pos += n;
        if (codec->family->single_faults)
            break;
    }
    return pos;
}

/* Source: UnicodeEncodeError.__str__ */
static int set_encode_error(const osb_codec *codec, osb_bytes text, size_t pos, size_t end_offset,
                            uint64_t base, osb_error *err) {
    size_t start = (size_t)base + osb_text_len(osb_bytes_sub(text, 0, pos));
    size_t end = start + osb_text_len(osb_bytes_sub(text, pos, end_offset));
    const char *reason = codec->family->unencodable;
    uint32_t cp;
    osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
    if (end - start == 1) {
        const char *form = "'%s' codec can't encode character '\\x%02x' in position %z: %s";
        if (cp > 0xFF)
            form = "'%s' codec can't encode character '\\u%04x' in position %z: %s";
        if (cp > 0xFFFF)
            form = "'%s' codec can't encode character '\\U%08x' in position %z: %s";
        osb_error_set(err, OSB_UNICODEENCODEERROR, form, codec->error_name, (unsigned)cp, start,
                      reason);
    } else
        osb_error_set(err, OSB_UNICODEENCODEERROR,
                      "'%s' codec can't encode characters in position %z-%z: %s", codec->error_name,
                      start, end - 1, reason);
    if (err) {
        err->start = start;
        err->end = end;
    }
    return -1;
}

int codecs_encode_some(const osb_codec *codec, osb_bytes text, osb_codec_errors errors,
                       uint64_t base, osb_buf *out, osb_error *err) {
    size_t pos = 0;
    while ((pos = codec->family->encode(codec, text, pos, out)) < text.len) {
        size_t end = end_of_unencodable(codec, text, pos);
        if (!codecs_handle_encode(codec, errors, text, &pos, end, out))
            return set_encode_error(codec, text, pos, end, base, err);
    }
    return osb_buf_check(out, err);
}

int osb_codecs_encode(const osb_codec *codec, osb_bytes text, osb_codec_errors errors, osb_buf *ret,
                      osb_error *err) {
    if (codec->marks)
        osb_buf_add(ret, (osb_bytes){codec->marks[0].bytes, codec->marks[0].len});
    return codecs_encode_some(codec, text, errors, 0, ret, err);
}
