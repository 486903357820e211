#include "num_big.h"

#include <string.h>

enum { LIMB_BITS = 32 };

static void drop_leading_zeros(big *n) {
    while (n->len > 0 && n->limb[n->len - 1] == 0)
        n->len--;
}

void base_big_set(big *n, uint64_t value) {
    memset(n, 0, sizeof *n);
    n->limb[0] = (uint32_t)value;
    n->limb[1] = (uint32_t)(value >> LIMB_BITS);
    n->len = 2;
    drop_leading_zeros(n);
}

void base_big_mul_add(big *n, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (size_t i = 0; i < n->len; i++) {
        carry += (uint64_t)n->limb[i] * factor;
        n->limb[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    if (carry != 0)
        n->limb[n->len++] = (uint32_t)carry;
}

void base_big_mul_pow5(big *n, unsigned exponent) {
    enum { STEP = 13 }; /* 5^13 is the highest power that fits a limb */
    for (; exponent >= STEP; exponent -= STEP)
        base_big_mul_add(n, 1220703125, 0);
    for (; exponent > 0; exponent--)
        base_big_mul_add(n, 5, 0);
}

void base_big_shift(big *n, unsigned bits) {
    size_t limbs = bits / LIMB_BITS;
    memmove(n->limb + limbs, n->limb, n->len * sizeof n->limb[0]);
    memset(n->limb, 0, limbs * sizeof n->limb[0]);
    n->len = n->len == 0 ? 0 : n->len + limbs;
    base_big_mul_add(n, (uint32_t)1 << bits % LIMB_BITS, 0);
}

void base_big_add(big *n, const big *other) {
    size_t len = n->len > other->len ? n->len : other->len;
    uint64_t carry = 0;
    for (size_t i = 0; i < len; i++) {
        carry += (uint64_t)n->limb[i] + other->limb[i];
        n->limb[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    n->len = len;
    if (carry != 0)
        n->limb[n->len++] = (uint32_t)carry;
}

static unsigned leading_zeros(uint32_t limb) {
    return (unsigned)__builtin_clz(limb);
}

unsigned base_big_bits(const big *n) {
    if (n->len == 0)
        return 0;
    return (unsigned)n->len * LIMB_BITS - leading_zeros(n->limb[n->len - 1]);
}

int base_big_cmp(const big *a, const big *b) {
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    for (size_t i = a->len; i-- > 0;) {
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    }
    return 0;
}

unsigned base_big_normal_shift(const big *divisor) {
    return leading_zeros(divisor->limb[divisor->len - 1]);
}

/* limb[0..count] -= factor * other; returns whether the result is negative, and so wrapped. */
static bool subtract_product(uint32_t *limb, uint32_t factor, const uint32_t *other, size_t count) {
    uint64_t carry = 0, borrow = 0;
    for (size_t i = 0; i <= count; i++) {
        carry += i < count ? (uint64_t)factor * other[i] : 0;
        uint64_t difference = (uint64_t)limb[i] - (uint32_t)carry - borrow;
        limb[i] = (uint32_t)difference;
        borrow = difference >> 63;
        carry >>= LIMB_BITS;
    }
    return borrow != 0;
}

/* limb[0..count] += other; returns whether it wrapped around to be positive again. */
static bool add_back(uint32_t *limb, const uint32_t *other, size_t count) {
    uint64_t carry = 0;
    for (size_t i = 0; i <= count; i++) {
        carry += (uint64_t)limb[i] + (i < count ? other[i] : 0);
        limb[i] = (uint32_t)carry;
        carry >>= LIMB_BITS;
    }
    return carry != 0;
}

/* One step of long division: the two highest limbs over the divisor's highest give a quotient that
 * is right or, as the divisor is normal, at most 2 too large.
 * Source: Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D */
uint32_t base_big_divide(big *n, const big *divisor, size_t limbs) {
    size_t count = divisor->len;
    uint32_t *limb = n->limb + limbs;
    uint64_t top = (uint64_t)limb[count] << LIMB_BITS | limb[count - 1];
    uint64_t estimate = top / divisor->limb[count - 1];
    uint32_t quotient = estimate > UINT32_MAX ? UINT32_MAX : (uint32_t)estimate;
    bool negative = subtract_product(limb, quotient, divisor->limb, count);
    while (negative) {
        quotient--;
        negative = !add_back(limb, divisor->limb, count);
    }
    drop_leading_zeros(n);
    return quotient;
}
