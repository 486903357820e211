/* Ordered hash maps from byte strings to entries of the caller's own type.
 *
 * Entries keep the order of their insertion, as Python's dict does. The caller's entry type begins
 * with an osb_map_entry. Hashing is seeded per process, so that a hostile input cannot aim at it. */
#ifndef OSBOX_MAP_H
#define OSBOX_MAP_H

#include <osbox/bytes.h>
#include <osbox/pool.h>

typedef struct osb_map_entry {
    const char
        *key; /* borrowed: the caller keeps the key's bytes alive; NULL marks a removed entry */
    uint32_t len;
    uint32_t hash;
} osb_map_entry;

typedef struct osb_map {
    char *entries;      /* used * entry_size bytes, removed ones included */
    uint32_t *slots;    /* see map.c; behind the entries */
    uint32_t used, cap; /* entries */
    uint32_t live;      /* entries that are not removed */
    uint32_t mask;      /* slots - 1, or 0 where there are none */
    uint32_t entry_size;
    size_t expected; /* how many entries there may be in the end, where the user knows; a hint */
    osb_pool *pool;  /* where the table comes from; NULL: the heap */
} osb_map;

void osb_map_init(osb_map *m, size_t entry_size);
/* The same with its table in a pool, which must outlive it. */
void osb_map_init_in(osb_map *m, size_t entry_size, osb_pool *pool);
void osb_map_free(osb_map *m);

static inline osb_bytes osb_map_key(const osb_map_entry *e) {
    return (osb_bytes){e->key, e->len};
}

/* The entry of key, or NULL. Valid until the next put. */
void *osb_map_get(const osb_map *m, osb_bytes key);

/* The entry of key, a new one (zeroed past its header, *added = true) where there was none.
 * The key is borrowed; a caller that must copy it sets entry->key afterwards to equal bytes.
 * NULL where memory is missing, or past 2^31 entries. added may be NULL. */
void *osb_map_put(osb_map *m, osb_bytes key, bool *added);

/* The two halves of a put, for a user with many of them: the first fetches what the second will look
 * at, so that work done in between hides the wait for it. Returns the key's hash. */
uint32_t osb_map_prepare(const osb_map *m, osb_bytes key);
void *osb_map_put_prepared(osb_map *m, osb_bytes key, uint32_t hash, bool *added);

/* Remove an entry that get or put returned. Other entries stay where they are. */
void osb_map_remove(osb_map *m, void *entry);

/* Remove all, keep the memory. */
void osb_map_clear(osb_map *m);

/* Iterate in insertion order: start with NULL, ends with NULL. Removing the current entry is fine. */
void *osb_map_next(const osb_map *m, const void *entry);

/* The seeded hash, for callers that need one of their own. */
uint32_t osb_map_hash(osb_bytes key);

#endif
