/* Blocks that are given back and used again, over an arena: for the tables of a parser, which grow by
 * doubling and leave their smaller selves behind. */
#ifndef OSBOX_POOL_H
#define OSBOX_POOL_H

#include <osbox/arena.h>

typedef struct osb_pool_block osb_pool_block;

typedef struct osb_pool {
    osb_arena *arena;
    osb_pool_block *free[64]; /* by the power of two below their size */
} osb_pool;

void osb_pool_init(osb_pool *p, osb_arena *arena);

/* size bytes, aligned for any type, not zeroed; NULL where memory is missing. Large ones come from
 * the system and go back to it. */
void *osb_pool_get(osb_pool *p, size_t size);

/* Give a block of that size back. NULL is fine. */
void osb_pool_put(osb_pool *p, void *block, size_t size);

#endif
