/* An index of 32-bit slots over a dense array of entries, as in CPython's dict since 3.6: iteration
 * is a walk over the array, and a removed entry leaves a hole in it. */
#include <osbox/map.h>

#include <stdlib.h>
#include <sys/auxv.h>

enum { MIN_ENTRIES = 4, MANY_ENTRIES = 4096 };

void osb_map_init(osb_map *m, size_t entry_size) {
    osb_map_init_in(m, entry_size, NULL);
}

void osb_map_init_in(osb_map *m, size_t entry_size, osb_pool *pool) {
    *m = (osb_map){.entry_size = (uint32_t)((entry_size + 7) & ~(size_t)7), .pool = pool};
}

/* Entries and slots are one block: two slots for each entry, so the index is at most half full. */
static size_t table_size(const osb_map *m, uint32_t cap) {
    return (size_t)cap * (m->entry_size + 2 * sizeof *m->slots);
}

static void free_table(osb_map *m) {
    if (m->pool)
        osb_pool_put(m->pool, m->entries, table_size(m, m->cap));
    else
        free(m->entries);
}

void osb_map_free(osb_map *m) {
    free_table(m);
    osb_map_init_in(m, m->entry_size, m->pool);
}

/* The kernel gives every process 16 random bytes: secrets without a system call. */
static uint64_t secrets[2];

static void choose_secrets(void) {
    const void *random = (const void *)getauxval(AT_RANDOM);
    if (random)
        memcpy(secrets, random, sizeof secrets);
    secrets[0] |= 1;
    secrets[1] |= 1;
}

static uint64_t load64(const char *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static uint64_t load32(const char *p) {
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Multiply and fold the halves of the product: the mixer of the wyhash family. */
static uint64_t mix(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint32_t osb_map_hash(osb_bytes key) {
    const char *p = key.ptr;
    size_t n = key.len;
    uint64_t a = 0, b = 0;
    if (secrets[0] == 0)
        choose_secrets();
    uint64_t h = secrets[0];
    for (; n > 16; p += 16, n -= 16)
        h = mix(load64(p) ^ secrets[1], load64(p + 8) ^ h);
    if (n >= 8) {
        a = load64(p);
        b = load64(p + n - 8);
    } else if (n >= 4) {
        a = load32(p);
        b = load32(p + n - 4);
    } else if (n > 0) {
        a = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[n / 2] << 8 |
            (unsigned char)p[n - 1];
    }
    h = mix(a ^ secrets[1], b ^ h);
    return (uint32_t)mix(h ^ key.len, secrets[1]);
}

static osb_map_entry *entry_at(const osb_map *m, uint32_t i) {
    return (osb_map_entry *)(void *)(m->entries + (size_t)i * m->entry_size);
}

/* A slot is an entry's index + 1 and, in the bits above, as much of its hash as fits: a slot of
 * another key is passed over without a look at its entry, which a cache miss would cost. 0 is free. */
static uint32_t make_slot(const osb_map *m, uint32_t index, uint32_t hash) {
    return (index + 1) | (hash & ~m->mask);
}

static osb_map_entry *slot_entry(const osb_map *m, uint32_t slot) {
    return entry_at(m, (slot & m->mask) - 1);
}

/* The slot that holds key, or the free one where it belongs. Slots of removed entries stay taken. */
static uint32_t *find_slot(const osb_map *m, osb_bytes key, uint32_t hash) {
    const uint32_t tag = hash & ~m->mask;
    for (uint32_t i = hash & m->mask;; i = (i + 1) & m->mask) {
        uint32_t *slot = &m->slots[i];
        if (*slot == 0)
            return slot;
        if ((*slot & ~m->mask) != tag)
            continue;
        const osb_map_entry *e = slot_entry(m, *slot);
        if (e->hash == hash && e->key && osb_bytes_eq(osb_map_key(e), key))
            return slot;
    }
}

void *osb_map_get(const osb_map *m, osb_bytes key) {
    if (m->live == 0)
        return NULL;
    uint32_t slot = *find_slot(m, key, osb_map_hash(key));
    return slot ? slot_entry(m, slot) : NULL;
}

static void index_entries(osb_map *m) {
    for (uint32_t i = 0; i < m->used; i++) {
        uint32_t hash = entry_at(m, i)->hash;
        uint32_t at = hash & m->mask;
        while (m->slots[at])
            at = (at + 1) & m->mask;
        m->slots[at] = make_slot(m, i, hash);
    }
}

/* Copy the entries that are not removed. */
static uint32_t copy_entries(const osb_map *m, char *to) {
    if (m->live == m->used) {
        if (m->used)
            memcpy(to, m->entries, (size_t)m->used * m->entry_size);
        return m->used;
    }
    for (uint32_t i = 0; i < m->used; i++) {
        if (!entry_at(m, i)->key)
            continue;
        memcpy(to, entry_at(m, i), m->entry_size);
        to += m->entry_size;
    }
    return m->live;
}

/* Twice the capacity; of a large table up to sixteen times, as far as entries are expected: to move and
 * index all entries anew misses the cache at every one, and fresh memory must be cleared. */
static uint32_t larger(const osb_map *m) {
    uint32_t cap = m->cap * 2;
    if (m->cap >= MANY_ENTRIES) {
        while (cap < m->expected && cap < m->cap * 16)
            cap *= 2;
    }
    return cap < MIN_ENTRIES ? MIN_ENTRIES : cap;
}

/* A new table with room for one more entry: larger, or of the same size without the holes where those
 * are many. */
static bool grow(osb_map *m) {
    uint32_t cap = m->cap && m->live < m->cap / 2 ? m->cap : larger(m);
    if (cap > (uint32_t)1 << 30)
        return false;
    size_t size = table_size(m, cap);
    char *entries = m->pool ? osb_pool_get(m->pool, size) : malloc(size);
    if (!entries)
        return false;
    uint32_t used = copy_entries(m, entries);
    free_table(m);
    m->entries = entries;
    m->used = used;
    m->cap = cap;
    m->slots = (uint32_t *)(void *)(entries + (size_t)cap * m->entry_size);
    m->mask = cap * 2 - 1;
    memset(m->slots, 0, (size_t)cap * 2 * sizeof *m->slots);
    index_entries(m);
    return true;
}

/* Entries are small and made of words: a loop beats the call of memset. */
static void clear_entry(const osb_map *m, osb_map_entry *e) {
    uint64_t *words = (uint64_t *)(void *)e;
    for (uint32_t i = 0; i < m->entry_size / sizeof *words; i++)
        words[i] = 0;
}

uint32_t osb_map_prepare(const osb_map *m, osb_bytes key) {
    uint32_t hash = osb_map_hash(key);
    if (m->slots)
        __builtin_prefetch(&m->slots[hash & m->mask], 1);
    return hash;
}

void *osb_map_put(osb_map *m, osb_bytes key, bool *added) {
    return osb_map_put_prepared(m, key, osb_map_hash(key), added);
}

void *osb_map_put_prepared(osb_map *m, osb_bytes key, uint32_t hash, bool *added) {
    if (added)
        *added = false;
    if (key.len > UINT32_MAX || (!m->slots && !grow(m)))
        return NULL;
    uint32_t *slot = find_slot(m, key, hash);
    if (*slot)
        return slot_entry(m, *slot);
    if (m->used == m->cap) {
        if (!grow(m))
            return NULL;
        slot = find_slot(m, key, hash);
    }
    osb_map_entry *e = entry_at(m, m->used++);
    clear_entry(m, e);
    *e = (osb_map_entry){key.ptr ? key.ptr : "", (uint32_t)key.len, hash};
    *slot = make_slot(m, m->used - 1, hash);
    m->live++;
    if (added)
        *added = true;
    return e;
}

void osb_map_remove(osb_map *m, void *entry) {
    osb_map_entry *e = entry;
    e->key = NULL;
    m->live--;
}

void osb_map_clear(osb_map *m) {
    m->used = m->live = 0;
    if (m->slots)
        memset(m->slots, 0, ((size_t)m->mask + 1) * sizeof *m->slots);
}

void *osb_map_next(const osb_map *m, const void *entry) {
    uint32_t i = 0;
    if (entry)
        i = (uint32_t)((size_t)((const char *)entry - m->entries) / m->entry_size) + 1;
    while (i < m->used && !entry_at(m, i)->key)
        i++;
    return i < m->used ? entry_at(m, i) : NULL;
}
