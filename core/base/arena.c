#include "huge.h"

#include <osbox/arena.h>

#include <stdalign.h>
#include <stdlib.h>

struct osb_arena_block {
    osb_arena_block *older;
    alignas(max_align_t) char mem[];
};

enum { FIRST_SIZE = 16 << 10, LAST_SIZE = 4 * BASE_HUGE_PAGE - 4096 };

void osb_arena_init(osb_arena *a, void *first, size_t n) {
    *a = (osb_arena){.cur = first, .first = first};
    a->end = a->first_end = n ? a->first + n : a->first;
}

static void free_blocks_down_to(osb_arena *a, const osb_arena_block *last) {
    while (a->blocks != last) {
        osb_arena_block *older = a->blocks->older;
        free(a->blocks);
        a->blocks = older;
    }
}

void osb_arena_free(osb_arena *a) {
    free_blocks_down_to(a, NULL);
    osb_arena_init(a, a->first, (size_t)(a->first_end - a->first));
}

static osb_arena_block *add_block(osb_arena *a, size_t size) {
    if (size > SIZE_MAX / 2)
        return NULL;
    size += sizeof(osb_arena_block);
    osb_arena_block *block = size < BASE_HUGE_PAGE / 2 ? malloc(size) : base_alloc_huge(size);
    if (!block)
        return NULL;
    block->older = a->blocks;
    a->blocks = block;
    return block;
}

/* A new block, for size bytes and what comes after them; a large piece gets one of its own, so that
 * the rest of the current block is not lost. Either way the next block is larger. */
static void *alloc_from_new_block(osb_arena *a, size_t size) {
    size_t want = a->next_size ? a->next_size : FIRST_SIZE;
    bool own = size > want / 4;
    osb_arena_block *block = add_block(a, own ? size : want);
    if (!block)
        return NULL;
    a->next_size = want < LAST_SIZE / 2 ? want * 2 : LAST_SIZE;
    if (!own) {
        a->cur = block->mem + size;
        a->end = block->mem + want;
    }
    return block->mem;
}

char *osb_arena_text(osb_arena *a, size_t size) {
    if (size == 0)
        size = 1;
    if (size > (size_t)(a->end - a->cur))
        return alloc_from_new_block(a, size);
    char *p = a->cur;
    a->cur += size;
    return p;
}

void *osb_arena_alloc(osb_arena *a, size_t size) {
    if (size == 0)
        size = 1;
    size_t pad = -(uintptr_t)a->cur % alignof(max_align_t);
    if (pad > (size_t)(a->end - a->cur) || size > (size_t)(a->end - a->cur) - pad)
        return alloc_from_new_block(a, size);
    char *p = a->cur + pad;
    a->cur = p + size;
    return p;
}

osb_bytes osb_arena_copy(osb_arena *a, osb_bytes s) {
    if (osb_bytes_is_none(s) || s.len == SIZE_MAX)
        return OSB_NONE;
    char *copy = osb_arena_text(a, s.len + 1);
    if (!copy)
        return OSB_NONE;
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (osb_bytes){copy, s.len};
}

osb_arena_mark osb_arena_save(const osb_arena *a) {
    return (osb_arena_mark){a->cur, a->end, a->blocks};
}

void osb_arena_restore(osb_arena *a, osb_arena_mark mark) {
    free_blocks_down_to(a, mark.blocks);
    a->cur = mark.cur;
    a->end = mark.end;
}
