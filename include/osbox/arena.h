/* Arenas: memory that is allocated piece by piece and freed whole.
 *
 * Each object owns one. A streaming applet marks it before a record and resets it after. */
#ifndef OSBOX_ARENA_H
#define OSBOX_ARENA_H

#include <osbox/bytes.h>

typedef struct osb_arena_block osb_arena_block;

typedef struct osb_arena {
    char *cur, *end;
    char *first, *first_end; /* the caller's memory, used before any is asked for */
    osb_arena_block *blocks; /* newest first */
    size_t next_size;
} osb_arena;

typedef struct osb_arena_mark {
    char *cur, *end;
    osb_arena_block *blocks;
} osb_arena_mark;

/* Use n bytes of the caller's memory first (n may be 0); it must outlive the arena.
 * A zeroed arena is ready too. */
void osb_arena_init(osb_arena *a, void *first, size_t n);
void osb_arena_free(osb_arena *a);

/* size bytes aligned for any type, not zeroed; NULL where memory is missing. size 0 is 1. */
void *osb_arena_alloc(osb_arena *a, size_t size);

/* The same without alignment, for text. */
char *osb_arena_text(osb_arena *a, size_t size);

/* A copy of s followed by a NUL; a None slice where memory is missing. None gives None. */
osb_bytes osb_arena_copy(osb_arena *a, osb_bytes s);

osb_arena_mark osb_arena_save(const osb_arena *a);
/* Free everything allocated since the mark. */
void osb_arena_restore(osb_arena *a, osb_arena_mark mark);

#endif
