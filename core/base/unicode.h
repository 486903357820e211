/* The Unicode tables of unicode_tables.c, for core/base alone. gen_unicode.py makes them. */
#ifndef OSBOX_BASE_UNICODE_H
#define OSBOX_BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of code points is an inversion list: sorted code points at each of which membership
 * changes, the first one being the first member. So cp is a member where an odd number of entries
 * is <= cp. */
extern const uint32_t base_unicode_unprintable[];
extern const size_t base_unicode_unprintable_count;
extern const uint32_t base_unicode_space[];
extern const size_t base_unicode_space_count;

/* Of use to lower()'s final sigma: Case_Ignorable, and Cased less what is Case_Ignorable too. */
extern const uint32_t base_unicode_ignorable[];
extern const size_t base_unicode_ignorable_count;
extern const uint32_t base_unicode_cased[];
extern const size_t base_unicode_cased_count;

/* The zeros of the decimal digits: each begins a run of ten. Sorted. */
extern const uint32_t base_unicode_zeros[];
extern const size_t base_unicode_zeros_count;

/* Code points first, first + step, ... first + span become themselves plus delta in lower(). */
typedef struct unicode_lowering {
    uint32_t first;
    uint16_t span, step;
    int32_t delta;
} unicode_lowering;

extern const unicode_lowering base_unicode_lowerings[];
extern const size_t base_unicode_lowerings_count;

/* How many of the sorted entries are <= cp. */
static inline size_t unicode_rank(const uint32_t *entries, size_t count, uint32_t cp) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (entries[middle] <= cp) {
            low = middle + 1;
        } else {
            count = middle;
        }
    }
    return low;
}

static inline bool unicode_has(const uint32_t *entries, size_t count, uint32_t cp) {
    return unicode_rank(entries, count, cp) % 2 == 1;
}

#endif
