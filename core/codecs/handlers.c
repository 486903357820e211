/* The error handlers: what stands for bytes that are no character, and for characters that cannot
 * be encoded. Source: https://docs.python.org/3.11/library/codecs.html#error-handlers */
#include "internal.h"

/* -- decoding ---------------------------------------------------------------------------------- */

static bool decode_strict(const osb_codec *codec, osb_bytes bytes, const fault *f, size_t *pos,
                          osb_buf *out) {
    (void)codec, (void)bytes, (void)f, (void)pos, (void)out;
    return false;
}

static bool decode_ignore(const osb_codec *codec, osb_bytes bytes, const fault *f, size_t *pos,
                          osb_buf *out) {
    (void)codec, (void)bytes, (void)out;
    *pos = f->end;
    return true;
}

static bool decode_replace(const osb_codec *codec, osb_bytes bytes, const fault *f, size_t *pos,
                           osb_buf *out) {
    (void)codec, (void)bytes;
    osb_text_put(out, 0xFFFD);
    *pos = f->end;
    return true;
}

static bool decode_backslashreplace(const osb_codec *codec, osb_bytes bytes, const fault *f,
                                    size_t *pos, osb_buf *out) {
    (void)codec;
    for (size_t i = f->start; i < f->end; i++)
        osb_buf_fmt(out, "\\x%02x", (unsigned)(unsigned char)bytes.ptr[i]);
    *pos = f->end;
    return true;
}

/* Up to four bytes become U+DC80 to U+DCFF; an ASCII byte ends them. Source: PEP 383 */
static bool decode_surrogateescape(const osb_codec *codec, osb_bytes bytes, const fault *f,
                                   size_t *pos, osb_buf *out) {
    (void)codec;
    size_t i = f->start;
    for (; i < f->end && i < f->start + 4; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (byte < 0x80)
            break;
        osb_text_put(out, 0xDC00u + byte);
    }
    *pos = i;
    return i > f->start;
}

/* What would be a surrogate, if the codec let it through. */
static uint32_t read_surrogate(const osb_codec *codec, osb_bytes bytes) {
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    uint32_t cp = 0;
    if (bytes.len < codec->family->surrogate_size)
        return 0;
    switch (codec->family->surrogate_size) {
    case 2: return read_unit16(codec, p);
    case 3: osb_text_next(bytes.ptr, bytes.ptr + bytes.len, &cp); return cp;
    case 4: return read_unit32(codec, p);
    default: return 0;
    }
}

static bool decode_surrogatepass(const osb_codec *codec, osb_bytes bytes, const fault *f,
                                 size_t *pos, osb_buf *out) {
    uint32_t cp = read_surrogate(codec, osb_bytes_sub(bytes, f->start, bytes.len));
    if (!is_surrogate(cp))
        return false;
    osb_text_put(out, cp);
    *pos = f->start + codec->family->surrogate_size;
    return true;
}

bool codecs_handle_decode(const osb_codec *codec, osb_codec_errors errors, osb_bytes bytes,
                          const fault *f, size_t *pos, osb_buf *out) {
    static bool (*const handlers[])(const osb_codec *, osb_bytes, const fault *, size_t *,
                                    osb_buf *) = {
        [OSB_ERRORS_STRICT] = decode_strict,
        [OSB_ERRORS_IGNORE] = decode_ignore,
        [OSB_ERRORS_REPLACE] = decode_replace,
        [OSB_ERRORS_BACKSLASHREPLACE] = decode_backslashreplace,
        [OSB_ERRORS_XMLCHARREFREPLACE] = decode_strict, /* the caller has another error for it */
        [OSB_ERRORS_SURROGATEESCAPE] = decode_surrogateescape,
        [OSB_ERRORS_SURROGATEPASS] = decode_surrogatepass,
    };
    return handlers[errors](codec, bytes, f, pos, out);
}

/* -- encoding ---------------------------------------------------------------------------------- */

static bool encode_strict(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                          osb_buf *out) {
    (void)codec, (void)text, (void)pos, (void)end, (void)out;
    return false;
}

static bool encode_ignore(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                          osb_buf *out) {
    (void)codec, (void)text, (void)out;
    *pos = end;
    return true;
}

/* The character at *pos; moves past it. */
static uint32_t next_character(osb_bytes text, size_t *pos) {
    uint32_t cp;
    *pos += osb_text_next(text.ptr + *pos, text.ptr + text.len, &cp);
    return cp;
}

static bool encode_replace(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                           osb_buf *out) {
    while (*pos < end) {
        next_character(text, pos);
        codec->family->encode(codec, OSB_LIT("?"), 0, out);
    }
    return true;
}

static bool encode_backslashreplace(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                                    osb_buf *out) {
    while (*pos < end) {
        char memory[16];
        osb_buf escape = OSB_BUF_ON(memory, sizeof memory);
        uint32_t cp = next_character(text, pos);
        const char *form = cp < 0x100 ? "\\x%02x" : cp < 0x10000 ? "\\u%04x" : "\\U%08x";
        osb_buf_fmt(&escape, form, (unsigned)cp);
        codec->family->encode(codec, osb_buf_bytes(&escape), 0, out);
    }
    return true;
}

static bool encode_xmlcharrefreplace(const osb_codec *codec, osb_bytes text, size_t *pos,
                                     size_t end, osb_buf *out) {
    while (*pos < end) {
        char memory[16];
        osb_buf reference = OSB_BUF_ON(memory, sizeof memory);
        osb_buf_fmt(&reference, "&#%u;", (unsigned)next_character(text, pos));
        codec->family->encode(codec, osb_buf_bytes(&reference), 0, out);
    }
    return true;
}

/* U+DC80 to U+DCFF become the byte they stand for, which must be a whole code unit. */
static bool encode_surrogateescape(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                                   osb_buf *out) {
    if (codec->family->single_faults)
        return false;
    while (*pos < end) {
        size_t after = *pos;
        uint32_t cp = next_character(text, &after);
        if (cp < 0xDC80 || cp > 0xDCFF)
            return false;
        osb_buf_addc(out, (char)(cp & 0xFF));
        *pos = after;
    }
    return true;
}

static void write_surrogate(const osb_codec *codec, uint32_t cp, osb_buf *out) {
    char unit[4];
    switch (codec->family->surrogate_size) {
    case 2: write_unit16(codec, unit, cp); break;
    case 4: write_unit32(codec, unit, cp); break;
    default: osb_text_put(out, cp); return;
    }
    osb_buf_add(out, (osb_bytes){unit, codec->family->surrogate_size});
}

static bool encode_surrogatepass(const osb_codec *codec, osb_bytes text, size_t *pos, size_t end,
                                 osb_buf *out) {
    if (codec->family->surrogate_size == 0)
        return false;
    while (*pos < end)
        write_surrogate(codec, next_character(text, pos), out);
    return true;
}

bool codecs_handle_encode(const osb_codec *codec, osb_codec_errors errors, osb_bytes text,
                          size_t *pos, size_t end, osb_buf *out) {
    static bool (*const handlers[])(const osb_codec *, osb_bytes, size_t *, size_t, osb_buf *) = {
        [OSB_ERRORS_STRICT] = encode_strict,
        [OSB_ERRORS_IGNORE] = encode_ignore,
        [OSB_ERRORS_REPLACE] = encode_replace,
        [OSB_ERRORS_BACKSLASHREPLACE] = encode_backslashreplace,
        [OSB_ERRORS_XMLCHARREFREPLACE] = encode_xmlcharrefreplace,
        [OSB_ERRORS_SURROGATEESCAPE] = encode_surrogateescape,
        [OSB_ERRORS_SURROGATEPASS] = encode_surrogatepass,
    };
    return handlers[errors](codec, text, pos, end, out);
}
