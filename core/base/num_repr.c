/* repr() of a float: the shortest digits that read back as the same double, and of those the ones
 * nearest to it.
 * Source: Steele and White, "How to print floating-point numbers accurately" (1990); Burger and
 * Dybvig, "Printing floating-point numbers quickly and accurately" (1996), for the scaling. */
#include <osbox/num.h>

#include <math.h>

#include "num_big.h"

/* No double needs more digits. */
enum { MAX_DIGITS = 17 };

/* 0.d1 d2 ... * 10^point, as characters. */
typedef struct shortest {
    char digits[MAX_DIGITS];
    size_t count;
    int point;
} shortest;

/* significand * 2^exponent. The least of its power of two is twice as far from the double above as
 * from the one below. */
typedef struct binary {
    uint64_t significand;
    int exponent;
    bool least;
} binary;

/* What is left of the number, and how far it may be missed downward and upward, all over `unit`,
 * which is one in the digit at hand. */
typedef struct fraction {
    big rest, unit, below, above;
    bool inclusive; /* missing it by just that much will do: a tie is read as the even one */
} fraction;

/* Source: IEEE 754, binary64 */
static binary take_apart(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t hidden = (uint64_t)1 << 52;
    uint64_t stored = bits & (hidden - 1);
    int biased = (int)(bits >> 52 & 0x7FF);
    if (biased == 0)
        return (binary){stored, -1074, false};
    return (binary){stored | hidden, biased - 1075, stored == 0 && biased > 1};
}

static void shift_all(fraction *f, unsigned bits) {
    base_big_shift(&f->rest, bits);
    base_big_shift(&f->unit, bits);
    base_big_shift(&f->below, bits);
    base_big_shift(&f->above, bits);
}

/* The number over a unit of 1, both times as many powers of two as make half the way to either
 * neighbour a whole number. */
static void set_fraction(fraction *f, binary v) {
    unsigned up = v.exponent > 0 ? (unsigned)v.exponent : 0;
    unsigned down = v.exponent < 0 ? (unsigned)-v.exponent : 0;
    unsigned extra = v.least ? 2 : 1;
    base_big_set(&f->rest, v.significand);
    base_big_shift(&f->rest, up + extra);
    base_big_set(&f->unit, 1);
    base_big_shift(&f->unit, down + extra);
    base_big_set(&f->below, 1);
    base_big_shift(&f->below, up);
    base_big_set(&f->above, v.least ? 2 : 1);
    base_big_shift(&f->above, up);
    f->inclusive = v.significand % 2 == 0;
}

/* Whether the rest is so near to a whole unit that the unit will do. */
static bool reaches_unit(const fraction *f) {
    big sum = f->rest;
    base_big_add(&sum, &f->above);
    return base_big_cmp(&sum, &f->unit) >= !f->inclusive;
}

static bool reaches_zero(const fraction *f) {
    return base_big_cmp(&f->rest, &f->below) < f->inclusive;
}

static void next_place(fraction *f) {
    base_big_mul_add(&f->rest, 10, 0);
    base_big_mul_add(&f->below, 10, 0);
    base_big_mul_add(&f->above, 10, 0);
}

static void scale_by_ten(fraction *f, int power) {
    if (power >= 0) {
        base_big_mul_pow5(&f->unit, (unsigned)power);
        base_big_shift(&f->unit, (unsigned)power);
        return;
    }
    big *scaled[] = {&f->rest, &f->below, &f->above};
    for (size_t i = 0; i < sizeof scaled / sizeof scaled[0]; i++) {
        base_big_mul_pow5(scaled[i], (unsigned)-power);
        base_big_shift(scaled[i], (unsigned)-power);
    }
}

/* floor(exponent * log10(2)), for any exponent that a double has. */
static int decimal_exponent(int exponent) {
    return (int)(((int64_t)exponent * 1292913986) >> 32);
}

/* Scale so that the number is below 1 and its first digit comes next; returns its point.
 * With 2^e <= number < 2^(e+1), floor(log10(number)) is that of 2^e or one more. */
static int scale(fraction *f, binary v) {
    int highest_bit = v.exponent + 63 - __builtin_clzll(v.significand);
    int point = decimal_exponent(highest_bit) + 1;
    scale_by_ten(f, point);
    if (reaches_unit(f))
        point++;
    else
        next_place(f);
    shift_all(f, base_big_normal_shift(&f->unit));
    return point;
}

/* Whether the last digit, which both it and the next higher one could be, should be the higher. */
static bool rounds_up(fraction *f, uint32_t digit) {
    base_big_shift(&f->rest, 1);
    int cmp = base_big_cmp(&f->rest, &f->unit);
    return cmp > 0 || (cmp == 0 && digit % 2 == 1);
}

static void generate_digits(fraction *f, shortest *s) {
    for (;;) {
        uint32_t digit = base_big_divide(&f->rest, &f->unit, 0);
        bool low = reaches_zero(f), high = reaches_unit(f);
        if (high && (!low || rounds_up(f, digit)))
            digit++;
        s->digits[s->count++] = (char)('0' + digit);
        if (low || high)
            return;
        next_place(f);
    }
}

/* A whole number below 2^53 is its own shortest text, less the zeros at its end. */
static bool whole_digits(double x, shortest *s) {
    if (x >= 9007199254740992.0 || x != (double)(int64_t)x)
        return false;
    int64_t n = (int64_t)x;
    for (; n % 10 == 0; n /= 10)
        s->point++;
    for (int64_t rest = n; rest > 0; rest /= 10)
        s->count++;
    s->point += (int)s->count;
    for (size_t i = s->count; i > 0; n /= 10)
        s->digits[--i] = (char)('0' + n % 10);
    return true;
}

static void find_shortest(double x, shortest *s) {
    *s = (shortest){.count = 0};
    if (whole_digits(x, s))
        return;
    binary v = take_apart(x);
    fraction f;
    set_fraction(&f, v);
    s->point = scale(&f, v);
    generate_digits(&f, s);
}

static void add_zeros(osb_buf *b, int count) {
    for (; count > 0; count--)
        osb_buf_addc(b, '0');
}

static void add_exponential(osb_buf *b, const shortest *s) {
    osb_bytes digits = {s->digits, s->count};
    int exponent = s->point - 1;
    osb_buf_addc(b, s->digits[0]);
    if (s->count > 1)
        osb_buf_addc(b, '.');
    osb_buf_add(b, osb_bytes_sub(digits, 1, s->count));
    osb_buf_fmt(b, "e%c%02u", exponent < 0 ? '-' : '+',
                (unsigned)(exponent < 0 ? -exponent : exponent));
}

static void add_positional(osb_buf *b, const shortest *s) {
    osb_bytes digits = {s->digits, s->count};
    size_t whole = s->point > 0 ? (size_t)s->point : 0;
    osb_bytes fraction_digits = osb_bytes_sub(digits, whole, s->count);
    if (whole == 0)
        osb_buf_addc(b, '0');
    osb_buf_add(b, osb_bytes_sub(digits, 0, whole));
    add_zeros(b, s->point - (int)s->count);
    osb_buf_addc(b, '.');
    add_zeros(b, -s->point);
    osb_buf_add(b, fraction_digits);
    if (fraction_digits.len == 0)
        osb_buf_addc(b, '0');
}

void osb_num_float_repr(osb_buf *b, double x) {
    if (isnan(x)) {
        osb_buf_adds(b, "nan");
        return;
    }
    if (signbit(x))
        osb_buf_addc(b, '-');
    if (isinf(x)) {
        osb_buf_adds(b, "inf");
        return;
    }
    if (x == 0) {
        osb_buf_adds(b, "0.0");
        return;
    }
    shortest s;
    find_shortest(fabs(x), &s);
    if (s.point > -4 && s.point <= 16)
        add_positional(b, &s);
    else
        add_exponential(b, &s);
}
