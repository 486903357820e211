/* Characters of UTF-8 text: decoding, counting, their classes, blanks off the ends. */
#include <osbox/text.h>

#include "unicode.h"

#define REPLACEMENT 0xFFFD

/* The bytes of a character by its lead byte's upper five bits; 0 where none begins so. */
static const unsigned char sequence_length[32] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                                  0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 3, 3, 4, 0};

/* The least code point that needs so many bytes: anything below it is overlong. */
static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};

/* Source: RFC 3629, section 3; but surrogates pass. */
size_t osb_text_next(const char *p, const char *end, uint32_t *cp) {
    const unsigned char *bytes = (const unsigned char *)p;
    size_t n = sequence_length[bytes[0] >> 3];
    if (n == 1) {
        *cp = bytes[0];
        return 1;
    }
    *cp = REPLACEMENT;
    if (n == 0 || (size_t)(end - p) < n)
        return 1;
    uint32_t value = bytes[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (bytes[i] & 0x3F);
    }
    if (value < least[n] || value > 0x10FFFF)
        return 1;
    *cp = value;
    return n;
}

/* No character's bytes hold another's lead byte, so a sequence that ends just before p is the one
 * that reading from the start would have met. */
size_t osb_text_prev(const char *start, const char *p, uint32_t *cp) {
    size_t before = (size_t)(p - start);
    bool ascii = (unsigned char)p[-1] < 0x80;
    for (size_t n = ascii ? 1 : before < 4 ? before : 4; n > 1; n--) {
        if (osb_text_next(p - n, p, cp) == n)
            return n;
    }
    return osb_text_next(p - 1, p, cp);
}

void osb_text_put(osb_buf *b, uint32_t cp) {
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (cp < 0x80) {
        osb_buf_addc(b, (char)cp);
        return;
    }
    size_t n = cp < least[3] ? 2 : cp < least[4] ? 3 : 4;
    char bytes[4];
    for (size_t i = n - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    bytes[0] = (char)(lead[n] | cp);
    osb_buf_add(b, (osb_bytes){bytes, n});
}

static size_t width_at(osb_bytes s, size_t i) {
    uint32_t cp;
    return (unsigned char)s.ptr[i] < 0x80 ? 1 : osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
}

size_t osb_text_len(osb_bytes s) {
    size_t count = 0;
    for (size_t i = 0; i < s.len; i += width_at(s, i))
        count++;
    return count;
}

size_t osb_text_offset(osb_bytes s, size_t n) {
    size_t i = 0;
    for (; n > 0 && i < s.len; n--)
        i += width_at(s, i);
    return i;
}

bool osb_text_isspace(uint32_t cp) {
    if (cp < 0x80)
        return cp == ' ' || (cp >= '\t' && cp <= '\r') || (cp >= 0x1C && cp <= 0x1F);
    return unicode_has(base_unicode_space, base_unicode_space_count, cp);
}

bool osb_text_isprintable(uint32_t cp) {
    if (cp < 0x80)
        return cp >= ' ' && cp < 0x7F;
    return !unicode_has(base_unicode_unprintable, base_unicode_unprintable_count, cp);
}

int osb_text_decimal(uint32_t cp) {
    if (cp < 0x80)
        return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    /* The first zero is ASCII's, so the rank is at least 1. */
    size_t rank = unicode_rank(base_unicode_zeros, base_unicode_zeros_count, cp);
    uint32_t value = cp - base_unicode_zeros[rank - 1];
    return value <= 9 ? (int)value : -1;
}

osb_bytes osb_text_strip(osb_bytes s) {
    return osb_text_rstrip(osb_text_lstrip(s));
}

osb_bytes osb_text_lstrip(osb_bytes s) {
    while (s.len > 0) {
        uint32_t cp;
        size_t n = osb_text_next(s.ptr, s.ptr + s.len, &cp);
        if (!osb_text_isspace(cp))
            break;
        s.ptr += n;
        s.len -= n;
    }
    return s;
}

osb_bytes osb_text_rstrip(osb_bytes s) {
    while (s.len > 0) {
        uint32_t cp;
        size_t n = osb_text_prev(s.ptr, s.ptr + s.len, &cp);
        if (!osb_text_isspace(cp))
            break;
        s.len -= n;
    }
    return s;
}
