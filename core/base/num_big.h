/* Natural numbers just large enough to read and write any double exactly; for core/base alone. */
#ifndef OSBOX_BASE_NUM_BIG_H
#define OSBOX_BASE_NUM_BIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest need is num_float.c's: 801 decimal digits (2661 bits), shifted left by 63 and by up
 * to 31 bits more, or 5 to the 1131st power (2627 bits). 96 limbs hold 3072 bits. */
enum { OSB_BIG_LIMBS = 96 };

typedef struct big {
    size_t len;                   /* limbs in use; the highest of them is not 0 */
    uint32_t limb[OSB_BIG_LIMBS]; /* lowest first; those past len are 0 */
} big;

void base_big_set(big *n, uint64_t value);

/* n = n * factor + addend */
void base_big_mul_add(big *n, uint32_t factor, uint32_t addend);

/* n = n * 5^exponent */
void base_big_mul_pow5(big *n, unsigned exponent);

/* n = n * 2^bits */
void base_big_shift(big *n, unsigned bits);

/* n = n + other */
void base_big_add(big *n, const big *other);

/* The number of bits without leading zeros; 0 for 0. */
unsigned base_big_bits(const big *n);

/* <0, 0 or >0. */
int base_big_cmp(const big *a, const big *b);

/* The highest bit of the highest limb must be set in a divisor: shift it, and what is to be
 * divided, left by so many bits. */
unsigned base_big_normal_shift(const big *divisor);

/* Returns n / (divisor * 2^(32 * limbs)) and leaves the remainder in n.
 * The divisor is normal, and the quotient must be below 2^32. */
uint32_t base_big_divide(big *n, const big *divisor, size_t limbs);

#endif
