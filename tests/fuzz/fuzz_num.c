/* Numbers: any text as int() and float(); glibc, which rounds correctly, as the judge of plain ones;
 * repr() reads back the same and is the shortest that does. */
#include "fuzz.h"

#include <osbox/num.h>

static bool same_double(double a, double b) {
    return (a != a && b != b) || memcmp(&a, &b, sizeof a) == 0;
}

/* repr's digits, without sign, point, exponent and zeros at either end. */
static size_t significant_digits(const char *text) {
    char digits[64];
    size_t n = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (n || *text != '0'))
            digits[n++] = *text;
    }
    while (n && digits[n - 1] == '0')
        n--;
    return n;
}

/* Rounding to fewer digits finds the shortest text but for some powers of two, where a neighbour of
 * what is rounded to is short enough. */
static size_t fewest_digits(double x) {
    char text[64];
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, x);
        if (same_double(strtod(text, NULL), x))
            return significant_digits(text);
    }
    return 17;
}

static void check_repr(double x) {
    osb_buf repr = OSB_BUF_INIT;
    osb_error err = {0};
    double again;
    osb_num_float_repr(&repr, x);
    require_done(osb_num_float(osb_buf_bytes(&repr), &again, &err), "repr reads", &err);
    require(same_double(again, x), "repr reads back the same");
    if (x == x && x - x == 0) { /* finite */
        osb_buf_addc(&repr, '\0');
        require(same_double(strtod(repr.ptr, NULL), x), "strtod reads repr the same");
        require(significant_digits(repr.ptr) <= fewest_digits(x), "repr is the shortest");
    }
    osb_buf_free(&repr);
}

/* What Python and strtod understand alike: decimal digits, a point, an exponent. */
static bool is_plain(osb_bytes text) {
    bool digits = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_digit = c >= '0' && c <= '9';
        digits = digits || is_digit;
        if (!is_digit && osb_bytes_find_char(OSB_LIT("+-.eE"), c, 0) == OSB_NPOS)
            return false;
    }
    return digits;
}

static void check_float(osb_bytes text) {
    double x;
    osb_error err = {0};
    int rc = osb_num_float(text, &x, &err);
    if (rc == 0)
        check_repr(x);
    if (is_plain(text)) {
        char *copy = malloc(text.len + 1), *end;
        memcpy(copy, text.ptr, text.len);
        copy[text.len] = '\0';
        double expected = strtod(copy, &end);
        require((*end == '\0') == (rc == 0), "float and strtod agree on the grammar");
        require(rc != 0 || same_double(x, expected), "float and strtod agree on the value");
        free(copy);
    }
    osb_error_free(&err);
}

static void check_int(osb_bytes text) {
    int64_t n, again;
    osb_error err = {0};
    osb_buf digits = OSB_BUF_INIT;
    int rc = osb_num_int(text, &n, &err), str_rc;
    bool overflows = rc != 0 && err.kind == OSB_OVERFLOWERROR;
    osb_error_free(&err);
    osb_error_init(&err);
    str_rc = osb_num_int_str(text, &digits, &err);
    require(rc != 0 || str_rc == 0, "what fits 64 bits has digits");
    require(!overflows || text.len > 18, "what does not is long");
    osb_error_free(&err);
    osb_error_init(&err);
    if (rc == 0) {
        require_done(osb_num_int(osb_buf_bytes(&digits), &again, &err), "str(int) reads", &err);
        require(again == n, "str(int) reads back the same");
    }
    osb_buf_free(&digits);
}

static void check_base(osb_bytes text, unsigned base) {
    int64_t n, decimal;
    osb_error err = {0};
    base = base % 36 + 1;
    int rc = osb_num_int_base(text, base == 1 ? 0 : (int)base, &n, &err);
    if (base == 10) {
        osb_error other = {0};
        require(osb_num_int(text, &decimal, &other) == rc, "int(s) is int(s, 10)");
        require(rc != 0 || n == decimal, "int(s) is int(s, 10)");
        osb_error_free(&other);
    }
    osb_error_free(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes text = {(const char *)data, size};
    double x;
    if (size >= sizeof x) {
        memcpy(&x, data, sizeof x);
        check_repr(x);
    }
    check_float(text);
    check_int(text);
    unsigned base = take_byte(&text);
    check_base(text, base);
    check_base(text, 9);
    return 0;
}
