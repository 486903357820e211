#include "huge.h"

#include <osbox/pool.h>

#include <stdlib.h>

struct osb_pool_block {
    osb_pool_block *next;
    size_t size;
};

/* From here on a block's pages are worth giving back to the system. */
enum { LARGE = 1 << 20 };

void osb_pool_init(osb_pool *p, osb_arena *arena) {
    *p = (osb_pool){.arena = arena};
}

static osb_pool_block **free_list(osb_pool *p, size_t size) {
    return &p->free[63 - __builtin_clzll(size | 1)];
}

void *osb_pool_get(osb_pool *p, size_t size) {
    if (size >= LARGE)
        return base_alloc_huge(size);
    osb_pool_block **list = free_list(p, size);
    osb_pool_block *block = *list;
    if (!block || block->size < size)
        return osb_arena_alloc(p->arena, size);
    *list = block->next;
    return block;
}

void osb_pool_put(osb_pool *p, void *block, size_t size) {
    if (size >= LARGE) {
        free(block);
        return;
    }
    if (!block || size < sizeof(osb_pool_block))
        return;
    osb_pool_block *freed = block;
    osb_pool_block **list = free_list(p, size);
    *freed = (osb_pool_block){*list, size};
    *list = freed;
}
