/* float() of a text, correctly rounded: half to even, whatever the length.
 *
 * The digits make an exact fraction of two big numbers, and its quotient's first 64 bits with the
 * knowledge whether anything is left of it are enough to round. Short texts, which are nearly all,
 * take Clinger's way: two exact doubles and one operation.
 * Source: Clinger, "How to read floating point numbers accurately" (1990) */
#include <osbox/num.h>

#include <float.h>
#include <math.h>

#include "num_big.h"
#include "num_reader.h"

/* The border between two doubles has at most 768 significant digits. So of what follows the first
 * 800 it only matters whether anything but zeros does, which one more digit tells. */
enum { KEPT_DIGITS = 800 };

/* 10^310 is past the largest double, 10^-330 below half the smallest. */
enum { MAX_POINT = 310, MIN_POINT = -330 };

/* Exponents are counted up to here, far beyond what any text's digits could make up for. */
#define MAX_EXPONENT ((int64_t)1 << 56)

/* 0.d1 d2 d3 ... * 10^point, the first digit not 0. */
typedef struct decimal {
    unsigned char digits[KEPT_DIGITS + 1];
    size_t count;
    int64_t point;
    bool inexact; /* something but zeros follows the kept digits */
} decimal;

static bool at_digit(const reader *r) {
    return r->c >= '0' && r->c <= '9';
}

/* Step over a digit, and over an underscore that has a digit behind it too. */
static void step_digit(reader *r) {
    reader_step(r);
    if (r->c != '_')
        return;
    reader after = *r;
    reader_step(&after);
    if (at_digit(&after))
        *r = after;
}

static void take_digit(decimal *d, int digit) {
    if (d->count < KEPT_DIGITS)
        d->digits[d->count++] = (unsigned char)digit;
    else
        d->inexact = d->inexact || digit != 0;
}

/* The digits before and after the point; false where there are none. */
static bool read_mantissa(reader *r, decimal *d) {
    bool any = at_digit(r);
    for (; at_digit(r); step_digit(r)) {
        if (d->count > 0 || r->c != '0') {
            take_digit(d, r->c - '0');
            d->point++;
        }
    }
    if (!reader_accept(r, '.'))
        return any;
    any = any || at_digit(r);
    for (; at_digit(r); step_digit(r)) {
        if (d->count > 0 || r->c != '0')
            take_digit(d, r->c - '0');
        else
            d->point--;
    }
    return any;
}

/* false where there is an e without digits behind it. */
static bool read_exponent(reader *r, decimal *d) {
    if (!reader_accept(r, 'e') && !reader_accept(r, 'E'))
        return true;
    bool negative = reader_sign(r);
    if (!at_digit(r))
        return false;
    int64_t exponent = 0;
    for (; at_digit(r); step_digit(r)) {
        if (exponent < MAX_EXPONENT)
            exponent = exponent * 10 + (r->c - '0');
    }
    d->point += negative ? -exponent : exponent;
    return true;
}

/* Trailing zeros say nothing, unless they stand between the others and digits not kept. */
static void finish_digits(decimal *d) {
    if (d->inexact) {
        d->digits[d->count++] = 1;
        return;
    }
    while (d->count > 0 && d->digits[d->count - 1] == 0)
        d->count--;
}

/* Up to 15 digits and the powers of ten up to 22 are exact as doubles, so that one multiplication
 * or division of them is rounded once, as it should be; where the processor works in doubles. */
static bool convert_short(const decimal *d, double *ret) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t exponent = d->point - (int64_t)d->count;
    if (FLT_EVAL_METHOD != 0 || d->count > 15 || exponent < -22 || exponent > 22)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < d->count; i++)
        value = value * 10 + d->digits[i];
    *ret = exponent < 0 ? (double)value / powers[-exponent] : (double)value * powers[exponent];
    return true;
}

/* The double nearest to (significand + something below 1, if inexact) * 2^exponent.
 * The significand's highest bit is set, or the one below it.
 * Source: IEEE 754, binary64 */
static double compose(uint64_t significand, bool inexact, int exponent) {
    if (significand >> 63 == 0) {
        significand <<= 1;
        exponent--;
    }
    int biased = exponent + 63 + 1023;
    if (biased > 2046)
        return INFINITY;
    int dropped = biased > 0 ? 11 : 12 - biased;
    if (dropped > 64)
        return 0.0;
    uint64_t kept = dropped < 64 ? significand >> dropped : 0;
    uint64_t half = (uint64_t)1 << (dropped - 1);
    uint64_t rest = significand & (half | (half - 1));
    if (rest > half || (rest == half && (inexact || kept % 2 == 1)))
        kept++;
    /* A normal kept has its hidden bit, which counts as 1 in the exponent; a carry as one more. */
    uint64_t bits = kept + ((uint64_t)(biased > 0 ? biased - 1 : 0) << 52);
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void set_digits(big *n, const decimal *d) {
    base_big_set(n, 0);
    for (size_t i = 0; i < d->count;) {
        uint32_t group = 0, scale = 1;
        for (; i < d->count && scale < 1000000000; i++, scale *= 10)
            group = group * 10 + d->digits[i];
        base_big_mul_add(n, scale, group);
    }
}

static double convert(const decimal *d) {
    big numerator, denominator;
    int exponent = (int)(d->point - (int64_t)d->count);
    set_digits(&numerator, d);
    base_big_set(&denominator, 1);
    /* 10^e is 5^e * 2^e; the powers of two stay in `exponent`. */
    if (exponent >= 0)
        base_big_mul_pow5(&numerator, (unsigned)exponent);
    else
        base_big_mul_pow5(&denominator, (unsigned)-exponent);
    /* Scale to a quotient of 63 or 64 bits. */
    int shift = 63 - ((int)base_big_bits(&numerator) - (int)base_big_bits(&denominator));
    if (shift >= 0)
        base_big_shift(&numerator, (unsigned)shift);
    else
        base_big_shift(&denominator, (unsigned)-shift);
    unsigned normal = base_big_normal_shift(&denominator);
    base_big_shift(&numerator, normal);
    base_big_shift(&denominator, normal);
    uint64_t high = base_big_divide(&numerator, &denominator, 1);
    uint64_t low = base_big_divide(&numerator, &denominator, 0);
    return compose(high << 32 | low, numerator.len != 0, exponent - shift);
}

static bool read_decimal(reader *r, double *ret) {
    decimal d = {.count = 0};
    if (!read_mantissa(r, &d) || !read_exponent(r, &d))
        return false;
    finish_digits(&d);
    if (d.count == 0 || d.point < MIN_POINT)
        *ret = 0.0;
    else if (d.point > MAX_POINT)
        *ret = INFINITY;
    else if (!convert_short(&d, ret))
        *ret = convert(&d);
    return true;
}

/* Read a word, given in lower case, in any case; nothing is read where it is not there. */
static bool accept_word(reader *r, const char *word) {
    reader after = *r;
    for (; *word != '\0'; word++) {
        bool upper = after.c >= 'A' && after.c <= 'Z';
        if (*word != (upper ? after.c + ('a' - 'A') : after.c))
            return false;
        reader_step(&after);
    }
    *r = after;
    return true;
}

static bool read_word(reader *r, double *ret) {
    if (accept_word(r, "nan")) {
        *ret = NAN;
        return true;
    }
    if (!accept_word(r, "inf"))
        return false;
    accept_word(r, "inity");
    *ret = INFINITY;
    return true;
}

int osb_num_float(osb_bytes s, double *ret, osb_error *err) {
    reader r = reader_start(s);
    double value;
    reader_skip_blanks(&r);
    bool negative = reader_sign(&r);
    bool read = read_word(&r, &value) || read_decimal(&r, &value);
    reader_skip_blanks(&r);
    if (!read || r.c != READER_END)
        return osb_error_set(err, OSB_VALUEERROR, "could not convert string to float: %r", s);
    *ret = negative ? -value : value;
    return 0;
}
