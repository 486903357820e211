/* Large blocks; private to core/base. */
#ifndef OSBOX_BASE_HUGE_H
#define OSBOX_BASE_HUGE_H

#include <stddef.h>

enum { BASE_HUGE_PAGE = 2 << 20 };

/* size bytes in whole huge pages, not zeroed, given back by free(); NULL where memory is missing. */
void *base_alloc_huge(size_t size);

#endif
