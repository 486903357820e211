#include <osbox/bytes.h>
#include <osbox/text.h>

int osb_bytes_cmp(osb_bytes a, osb_bytes b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool osb_bytes_endswith(osb_bytes b, osb_bytes suffix) {
    return suffix.len == 0 ||
           (b.len >= suffix.len && memcmp(b.ptr + b.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

size_t osb_bytes_find_char(osb_bytes b, char c, size_t start) {
    if (start >= b.len)
        return OSB_NPOS;
    const char *found = memchr(b.ptr + start, c, b.len - start);
    return found ? (size_t)(found - b.ptr) : OSB_NPOS;
}

size_t osb_bytes_find(osb_bytes b, osb_bytes needle, size_t start) {
    if (start > b.len)
        return OSB_NPOS;
    if (needle.len == 0)
        return start;
    if (needle.len == 1)
        return osb_bytes_find_char(b, needle.ptr[0], start);
    const char *found = memmem(b.ptr + start, b.len - start, needle.ptr, needle.len);
    return found ? (size_t)(found - b.ptr) : OSB_NPOS;
}

bool osb_bytes_cut(osb_bytes *rest, char sep, osb_bytes *head) {
    size_t at = osb_bytes_find_char(*rest, sep, 0);
    if (at == OSB_NPOS) {
        *head = *rest;
        *rest = OSB_NONE;
        return false;
    }
    *head = osb_bytes_sub(*rest, 0, at);
    *rest = osb_bytes_sub(*rest, at + 1, rest->len);
    return true;
}

/* Match one character against the bracket expression at p (just past '['). Returns the place past
 * its ']', or NULL where there is none, and '[' stands for itself. */
static const char *match_bracket(const char *p, const char *end, uint32_t cp, bool *matched) {
    bool negated = p < end && *p == '!';
    bool found = false;
    p += negated;
    for (bool first = true; p < end; first = false) {
        if (*p == ']' && !first) {
            *matched = found != negated;
            return p + 1;
        }
        uint32_t low, high;
        p += osb_text_next(p, end, &low);
        high = low;
        if (end - p >= 2 && p[0] == '-' && p[1] != ']')
            p += 1 + osb_text_next(p + 1, end, &high);
        found = found || (low <= cp && cp <= high);
    }
    return NULL;
}

/* Match one pattern element other than '*' at p against cp; the place past it, or NULL. */
static const char *match_one(const char *p, const char *end, uint32_t cp) {
    bool matched;
    if (*p == '?')
        return p + 1;
    if (*p == '[') {
        const char *past = match_bracket(p + 1, end, cp, &matched);
        if (past)
            return matched ? past : NULL;
    }
    uint32_t literal;
    size_t n = osb_text_next(p, end, &literal);
    return literal == cp ? p + n : NULL;
}

bool osb_bytes_glob(osb_bytes b, osb_bytes pattern) {
    const char *s = b.ptr, *send = b.ptr + b.len;
    const char *p = pattern.ptr, *pend = pattern.ptr + pattern.len;
    /* Where to resume after a mismatch: the last '*' and how far it has eaten. */
    const char *star = NULL, *star_s = NULL;
    for (;;) {
        if (p < pend && *p == '*') {
            star = ++p;
            star_s = s;
            continue;
        }
        if (s == send)
            return p == pend;
        uint32_t cp;
        size_t n = osb_text_next(s, send, &cp);
        const char *past = p < pend ? match_one(p, pend, cp) : NULL;
        if (past) {
            p = past;
            s += n;
        } else if (star) {
            star_s += osb_text_next(star_s, send, &cp);
            s = star_s;
            p = star;
        } else {
            return false;
        }
    }
}
