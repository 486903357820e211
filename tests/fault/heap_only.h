/* Put in front of every source by -include: a buffer on the caller's memory finds little of it, and so takes to
 * the heap early, where its allocation can be failed. See malloc_wrap.c. */
#ifndef OSBOX_TESTS_HEAP_ONLY_H
#define OSBOX_TESTS_HEAP_ONLY_H

#include <osbox/buf.h>

size_t fault_usable(size_t n);

#undef OSB_BUF_ON
#define OSB_BUF_ON(mem, n) ((osb_buf){(mem), 0, fault_usable(n), 0, OSB_BUF_OK, true})

#endif
