/* str.lower(): the full mapping of Unicode, with the one rule that depends on context.
 * Source: The Unicode Standard, section 3.13, rule R2 and table 3-17 (Final_Sigma). */
#include <osbox/text.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "unicode.h"

#define CAPITAL_I_WITH_DOT  0x130
#define COMBINING_DOT_ABOVE 0x307
#define CAPITAL_SIGMA       0x3A3
#define SMALL_FINAL_SIGMA   0x3C2
#define SMALL_SIGMA         0x3C3

static uint32_t lower_alone(uint32_t cp) {
    size_t low = 0, high = base_unicode_lowerings_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unicode_lowering *row = &base_unicode_lowerings[middle];
        if (cp < row->first) {
            high = middle;
        } else if (cp - row->first > row->span) {
            low = middle + 1;
        } else {
            bool listed = (cp - row->first) % row->step == 0;
            return listed ? (uint32_t)((int32_t)cp + row->delta) : cp;
        }
    }
    return cp;
}

static bool is_cased(uint32_t cp) {
    return unicode_has(base_unicode_cased, base_unicode_cased_count, cp);
}

static bool is_ignorable(uint32_t cp) {
    return unicode_has(base_unicode_ignorable, base_unicode_ignorable_count, cp);
}

static bool cased_before(osb_bytes s, size_t i) {
    while (i > 0) {
        uint32_t cp;
        i -= osb_text_prev(s.ptr, s.ptr + i, &cp);
        if (!is_ignorable(cp))
            return is_cased(cp);
    }
    return false;
}

static bool cased_after(osb_bytes s, size_t i) {
    while (i < s.len) {
        uint32_t cp;
        i += osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
        if (!is_ignorable(cp))
            return is_cased(cp);
    }
    return false;
}

/* The character s[start:end] alone; a bad byte is U+FFFD, which has no lower case, and is copied.
 * The searches around a sigma stop at the next sigma, so all of them together are linear. */
static void lower_character(osb_buf *b, osb_bytes s, size_t start, size_t end, uint32_t cp) {
    if (cp == CAPITAL_I_WITH_DOT) {
        osb_text_put(b, 'i');
        osb_text_put(b, COMBINING_DOT_ABOVE);
        return;
    }
    if (cp == CAPITAL_SIGMA) {
        bool final = cased_before(s, start) && !cased_after(s, end);
        osb_text_put(b, final ? SMALL_FINAL_SIGMA : SMALL_SIGMA);
        return;
    }
    uint32_t lower = lower_alone(cp);
    if (lower == cp)
        osb_buf_add(b, osb_bytes_sub(s, start, end));
    else
        osb_text_put(b, lower);
}

/* Without a branch, as which letters are capitals is hard to foretell. */
static char lower_ascii(char c) {
    int is_upper = (unsigned char)(c - 'A') < 26;
    return (char)(c + is_upper * ('a' - 'A'));
}

static void add_lower_ascii(osb_buf *b, osb_bytes s) {
    char *out = osb_buf_room(b, s.len);
    if (out == NULL)
        return;
    for (size_t i = 0; i < s.len; i++)
        out[i] = lower_ascii(s.ptr[i]);
    b->len += s.len;
}

void osb_text_lower(osb_buf *b, osb_bytes s) {
    size_t i = 0;
    while (i < s.len) {
        osb_bytes rest = osb_bytes_sub(s, i, s.len);
        size_t ascii = osb_text_find_nonascii(rest);
        if (ascii != 0) {
            rest.len = ascii == OSB_NPOS ? rest.len : ascii;
            add_lower_ascii(b, rest);
            i += rest.len;
            continue;
        }
        uint32_t cp;
        size_t n = osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
        lower_character(b, s, i, i + n, cp);
        i += n;
    }
}

bool osb_text_is_lower_ascii(osb_bytes s) {
    size_t i = 0;
#ifdef __SSE2__
    /* Signed comparison: a byte >= 0x80 is below '@', so it is caught by its sign bit. */
    const __m128i below = _mm_set1_epi8('A' - 1), above = _mm_set1_epi8('Z' + 1);
    for (; s.len - i >= 16; i += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s.ptr + i));
        __m128i upper = _mm_and_si128(_mm_cmpgt_epi8(block, below), _mm_cmplt_epi8(block, above));
        if (_mm_movemask_epi8(_mm_or_si128(upper, block)))
            return false;
    }
#endif
    for (; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80 || lower_ascii(s.ptr[i]) != s.ptr[i])
            return false;
    }
    return true;
}
