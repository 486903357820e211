/* Text: any bytes through every function of <osbox/text.h>, held against what they promise of each
 * other. */
#include "fuzz.h"

#include <osbox/text.h>

/* Forwards and backwards the same characters. */
static void walk(osb_bytes s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    const char *starts[256];
    uint32_t characters[256];
    size_t n = 0;
    for (; p < end && n < 256; n++) {
        starts[n] = p;
        p += osb_text_next(p, end, &characters[n]);
        require(p <= end, "a character ends in the text");
    }
    if (p < end)
        return;
    require(osb_text_len(s) == n, "len counts the characters");
    for (size_t i = n; i-- > 0;) {
        uint32_t cp;
        require(osb_text_offset(s, i) == (size_t)(starts[i] - s.ptr), "offset");
        p -= osb_text_prev(s.ptr, p, &cp);
        require(p == starts[i] && cp == characters[i], "prev goes where next came from");
    }
}

static void check_ascii(osb_bytes s) {
    size_t i = 0;
    bool lower = true;
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80) {
        lower = lower && !(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z');
        i++;
    }
    require(osb_text_find_nonascii(s) == (i < s.len ? i : OSB_NPOS), "find_nonascii");
    require(osb_text_is_lower_ascii(s) == (i == s.len && lower), "is_lower_ascii");
}

static void check_strip(osb_bytes s) {
    osb_bytes stripped = osb_text_strip(s);
    osb_bytes left = osb_text_lstrip(osb_text_rstrip(s)),
              right = osb_text_rstrip(osb_text_lstrip(s));
    require_equal("strip is lstrip of rstrip", stripped, left);
    require_equal("strip is rstrip of lstrip", stripped, right);
    require(stripped.ptr >= s.ptr && stripped.ptr + stripped.len <= s.ptr + s.len, "a slice");
}

static void check_lower(osb_bytes s) {
    osb_buf lower = OSB_BUF_INIT, twice = OSB_BUF_INIT;
    osb_text_lower(&lower, s);
    osb_text_lower(&twice, osb_buf_bytes(&lower));
    require_equal("lower of lower", osb_buf_bytes(&twice), osb_buf_bytes(&lower));
    if (osb_text_is_lower_ascii(s))
        require_equal("lower of lower ASCII", osb_buf_bytes(&lower), s);
    osb_buf_free(&lower);
    osb_buf_free(&twice);
}

/* Inside the quotes nothing but what the form allows: no control characters. */
static void check_quoted(void quote(osb_buf *, osb_bytes), osb_bytes s) {
    osb_buf quoted = OSB_BUF_INIT;
    quote(&quoted, s);
    osb_bytes text = osb_buf_bytes(&quoted);
    require(text.len >= 2 && text.ptr[0] == text.ptr[text.len - 1], "quotes around it");
    for (size_t i = 0; i < text.len; i++)
        require((unsigned char)text.ptr[i] >= 0x20, "no control characters");
    osb_buf_free(&quoted);
}

/* A shell's view: single quotes, and pieces in double quotes for the single quotes inside. */
static void check_shell(osb_bytes s) {
    osb_buf quoted = OSB_BUF_INIT, meant = OSB_BUF_INIT;
    osb_text_shell(&quoted, s);
    osb_bytes text = osb_buf_bytes(&quoted);
    while (text.len) {
        char c = (char)take_byte(&text);
        if (c == '\'' || c == '"')
            osb_buf_add(&meant, take_until(&text, c == '"' ? OSB_LIT("\"") : OSB_LIT("'")));
        else
            osb_buf_addc(&meant, c == '\\' ? (char)take_byte(&text) : c);
    }
    require_equal("what a shell makes of it", osb_buf_bytes(&meant), s);
    osb_buf_free(&quoted);
    osb_buf_free(&meant);
}

static void check_visible(osb_bytes s) {
    osb_buf shown = OSB_BUF_INIT;
    osb_text_visible(&shown, s);
    for (size_t i = 0; i < shown.len; i++) {
        unsigned char c = (unsigned char)shown.ptr[i];
        require(c >= 0x20 || c == '\n' || c == '\t', "no control characters");
        require(c != 0x7f, "no DEL");
    }
    osb_buf_free(&shown);
}

static void check_distance(osb_bytes a, osb_bytes b) {
    a = osb_bytes_sub(a, 0, 40);
    b = osb_bytes_sub(b, 0, 40);
    size_t exact = osb_text_distance(a, b, 100), there = osb_text_distance(b, a, 100);
    require(exact == there, "as far there as back");
    require((exact == 0) == osb_bytes_eq(a, b), "nothing between equal texts");
    require(osb_text_distance(a, b, 2) == (exact > 2 ? 3 : exact), "no more than the limit");
    osb_nearest nearest = {.word = a};
    osb_nearest_offer(&nearest, b);
    osb_nearest_offer(&nearest, a);
    require(nearest.distance == 0, "nothing is nearer than itself");
}

/* Patterns of `*`, `?` and plain ASCII, tried in every way there is. */
static bool matches(osb_bytes s, osb_bytes pattern) {
    if (pattern.len == 0)
        return s.len == 0;
    osb_bytes rest = osb_bytes_sub(pattern, 1, OSB_NPOS);
    if (*pattern.ptr == '*') {
        for (size_t i = 0; i <= s.len; i++) {
            if (matches(osb_bytes_sub(s, i, OSB_NPOS), rest))
                return true;
        }
        return false;
    }
    return s.len && (*pattern.ptr == '?' || *pattern.ptr == *s.ptr) &&
           matches(osb_bytes_sub(s, 1, OSB_NPOS), rest);
}

static void check_glob(osb_bytes s, osb_bytes pattern) {
    bool found = osb_bytes_glob(s, pattern);
    s = osb_bytes_sub(s, 0, 12);
    pattern = osb_bytes_sub(pattern, 0, 8);
    if (osb_bytes_find_char(pattern, '[', 0) != OSB_NPOS || osb_text_find_nonascii(s) != OSB_NPOS ||
        osb_text_find_nonascii(pattern) != OSB_NPOS)
        return;
    found = osb_bytes_glob(s, pattern);
    require(found == matches(s, pattern), "glob");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes s = {(const char *)data, size}, rest = s;
    osb_bytes first = take_until(&rest, OSB_LIT("\n"));
    walk(s);
    check_ascii(s);
    check_strip(s);
    check_lower(s);
    check_quoted(osb_text_repr, s);
    check_quoted(osb_text_json, s);
    check_shell(s);
    check_visible(s);
    check_distance(first, rest);
    check_glob(rest, first);
    return 0;
}
