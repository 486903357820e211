/* int() of a text.
 * Source: Python's reference, "Integer literals", and PyLong_FromString for what it leaves open. */
#include <osbox/num.h>

#include "num_reader.h"

/* The most digits that Python converts where the base is no power of two (CVE-2020-10735). */
enum { MAX_DIGITS = 4300 };

/* Of its repr, a refused text shows so many characters. */
enum { SHOWN = 200 };

/* A text that was found to be an int. */
typedef struct literal {
    reader digits;   /* at the first digit */
    const char *end; /* of the digits and of the underscores between them */
    size_t count;    /* digits */
    int base;
    bool negative;
    bool nonzero;
} literal;

/* A character's value as a digit in the highest base, or that base for what is no digit. */
static int digit_value(int c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return 36;
}

/* The base that a letter after a leading 0 stands for, or 0. */
static int prefix_base(int c) {
    switch (c) {
    case 'x':
    case 'X': return 16;
    case 'o':
    case 'O': return 8;
    case 'b':
    case 'B': return 2;
    default: return 0;
    }
}

/* Read 0x, 0o or 0b where lit->base is that prefix's or 0, and settle lit->base.
 * Returns whether the digits may only be zeros: C's octal, a 0 without a letter. */
static bool read_prefix(reader *r, literal *lit) {
    reader after = *r;
    bool zero = reader_accept(&after, '0');
    int base = zero ? prefix_base(after.c) : 0;
    if (base != 0 && (lit->base == 0 || lit->base == base)) {
        lit->base = base;
        reader_step(&after);
        reader_accept(&after, '_');
        *r = after;
        return false;
    }
    if (lit->base != 0)
        return false;
    lit->base = 10;
    return zero;
}

/* Read digits with single underscores between them; false where there are none, or where an
 * underscore has no digit on either side. */
static bool read_digits(reader *r, literal *lit) {
    int before = '_';
    lit->digits = *r;
    for (; digit_value(r->c) < lit->base || r->c == '_'; reader_step(r)) {
        if (r->c == '_') {
            if (before == '_')
                return false;
        } else {
            lit->count++;
            lit->nonzero = lit->nonzero || r->c != '0';
        }
        before = r->c;
    }
    lit->end = r->p;
    return before != '_';
}

static int refuse_literal(osb_bytes s, int base, osb_error *err) {
    osb_buf repr = OSB_BUF_INIT;
    osb_text_repr(&repr, s);
    int result = osb_buf_check(&repr, err);
    if (result == 0) {
        osb_bytes shown = osb_buf_bytes(&repr);
        shown.len = osb_text_offset(shown, SHOWN);
        result = osb_error_set(err, OSB_VALUEERROR, "invalid literal for int() with base %d: %b",
                               base, shown);
    }
    osb_buf_free(&repr);
    return result;
}

static int refuse_digits(size_t count, osb_error *err) {
    return osb_error_set(err, OSB_VALUEERROR,
                         "Exceeds the limit (%d digits) for integer string conversion: value has "
                         "%z digits; use sys.set_int_max_str_digits() to increase the limit",
                         MAX_DIGITS, count);
}

/* Python tells of too many digits before it looks at what follows them. */
static int scan(osb_bytes s, int base, literal *lit, osb_error *err) {
    reader r = reader_start(s);
    *lit = (literal){.base = base};
    reader_skip_blanks(&r);
    lit->negative = reader_sign(&r);
    bool zeros_only = read_prefix(&r, lit);
    if (!read_digits(&r, lit))
        return refuse_literal(s, base, err);
    bool power_of_two = (lit->base & (lit->base - 1)) == 0;
    if (!power_of_two && lit->count > MAX_DIGITS)
        return refuse_digits(lit->count, err);
    reader_skip_blanks(&r);
    if (r.c != READER_END || (zeros_only && lit->nonzero))
        return refuse_literal(s, base, err);
    return 0;
}

/* false where the value is no int64. */
static bool evaluate(const literal *lit, int64_t *ret) {
    uint64_t max = (uint64_t)INT64_MAX + lit->negative;
    uint64_t value = 0, base = (uint64_t)lit->base;
    for (reader r = lit->digits; r.p < lit->end; reader_step(&r)) {
        if (r.c == '_')
            continue;
        uint64_t digit = (uint64_t)digit_value(r.c);
        if (value > (max - digit) / base)
            return false;
        value = value * base + digit;
    }
    *ret = (int64_t)(lit->negative ? 0 - value : value);
    return true;
}

int osb_num_int_base(osb_bytes s, int base, int64_t *ret, osb_error *err) {
    literal lit;
    if (base != 0 && (base < 2 || base > 36))
        return osb_error_set(err, OSB_VALUEERROR, "int() base must be >= 2 and <= 36, or 0");
    if (scan(s, base, &lit, err) != 0)
        return -1;
    if (!evaluate(&lit, ret))
        return osb_error_set(err, OSB_OVERFLOWERROR, "Python int too large to convert to C long");
    return 0;
}

/* The usual case at full speed: ASCII digits, few enough never to overflow, and maybe a sign. */
static bool plain_int(osb_bytes s, int64_t *ret) {
    bool sign = s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+');
    int64_t value = 0;
    if (s.len == sign || s.len > 18)
        return false;
    for (size_t i = sign; i < s.len; i++) {
        unsigned digit = (unsigned)(s.ptr[i] - '0');
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *ret = sign && s.ptr[0] == '-' ? -value : value;
    return true;
}

int osb_num_int(osb_bytes s, int64_t *ret, osb_error *err) {
    if (plain_int(s, ret))
        return 0;
    return osb_num_int_base(s, 10, ret, err);
}

int osb_num_int_str(osb_bytes s, osb_buf *ret, osb_error *err) {
    literal lit;
    if (scan(s, 10, &lit, err) != 0)
        return -1;
    if (!lit.nonzero) {
        osb_buf_addc(ret, '0');
        return 0;
    }
    if (lit.negative)
        osb_buf_addc(ret, '-');
    bool leading = true;
    for (reader r = lit.digits; r.p < lit.end; reader_step(&r)) {
        leading = leading && (r.c == '0' || r.c == '_');
        if (!leading && r.c != '_')
            osb_buf_addc(ret, (char)r.c);
    }
    return 0;
}
