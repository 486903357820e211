/* The scans over whole files: where the first non-ASCII byte is, where the first one that is not
 * UTF-8. */
#include <osbox/text.h>

#ifdef __SSE2__
#include <emmintrin.h>

enum { BLOCK = 16 };

static bool block_is_ascii(const char *p) {
    return _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p)) == 0;
}
#else
enum { BLOCK = 8 };

static bool block_is_ascii(const char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}
#endif

/* The first byte >= 0x80 at or after i, or s.len. */
static size_t skip_ascii(osb_bytes s, size_t i) {
    while (s.len - i >= BLOCK && block_is_ascii(s.ptr + i))
        i += BLOCK;
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

size_t osb_text_find_nonascii(osb_bytes s) {
    size_t i = skip_ascii(s, 0);
    return i < s.len ? i : OSB_NPOS;
}

/* The length of the non-ASCII character at i, or 0 where there is no proper one. */
static size_t proper_character(osb_bytes s, size_t i) {
    uint32_t cp;
    size_t n = osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
    bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
    return n == 1 || surrogate ? 0 : n;
}

size_t osb_text_check(osb_bytes s) {
    for (size_t i = skip_ascii(s, 0); i < s.len; i = skip_ascii(s, i)) {
        do {
            size_t n = proper_character(s, i);
            if (n == 0)
                return i;
            i += n;
        } while (i < s.len && (unsigned char)s.ptr[i] >= 0x80);
    }
    return OSB_NPOS;
}
