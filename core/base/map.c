/* An index of 32-bit slots over a dense array of entries, as in CPython's dict since 3.6: iteration
 * is a walk over the array, and a removed entry leaves a hole in it. */
#include <osbox/map.h>

#include <stdlib.h>
#include <sys/auxv.h>

enum { MIN_ENTRIES = 8 };

void osb_map_init(osb_map *m, size_t entry_size) {
    *m = (osb_map){.entry_size = (uint32_t)entry_size};
}

void osb_map_free(osb_map *m) {
    free(m->entries);
    free(m->slots);
    osb_map_init(m, m->entry_size);
}

/* The kernel gives every process 16 random bytes: a seed without a system call. */
static uint64_t seed(void) {
    static uint64_t value;
    if (!value) {
        const void *random = (const void *)getauxval(AT_RANDOM);
        if (random)
            memcpy(&value, random, sizeof value);
        value |= 1;
    }
    return value;
}

static uint64_t load64(const char *p) {
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static uint64_t load_tail(const char *p, size_t n) {
    uint64_t v = 0;
    memcpy(&v, p, n);
    return v;
}

/* Multiply and fold the halves of the product: the mixer of the wyhash family. */
static uint64_t mix(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint32_t osb_map_hash(osb_bytes key) {
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t secret = seed();
    uint64_t h = secret ^ mix(key.len ^ odd, secret);
    const char *p = key.ptr;
    size_t n = key.len;
    for (; n > 16; p += 16, n -= 16)
        h = mix(load64(p) ^ odd ^ secret, load64(p + 8) ^ h);
    if (n >= 8)
        h = mix(load64(p) ^ odd ^ secret, load64(p + n - 8) ^ h);
    else if (n > 0)
        h = mix(load_tail(p, n) ^ odd ^ secret, h);
    h = mix(h, odd);
    return (uint32_t)h;
}

static osb_map_entry *entry_at(const osb_map *m, uint32_t i) {
    return (osb_map_entry *)(void *)(m->entries + (size_t)i * m->entry_size);
}

/* The slot that holds key, or the free one where it belongs. Slots of removed entries stay taken. */
static uint32_t *find_slot(const osb_map *m, osb_bytes key, uint32_t hash) {
    for (uint32_t i = hash & m->mask;; i = (i + 1) & m->mask) {
        uint32_t *slot = &m->slots[i];
        if (*slot == 0)
            return slot;
        const osb_map_entry *e = entry_at(m, *slot - 1);
        if (e->hash == hash && e->key && osb_bytes_eq(osb_map_key(e), key))
            return slot;
    }
}

void *osb_map_get(const osb_map *m, osb_bytes key) {
    if (m->live == 0)
        return NULL;
    uint32_t slot = *find_slot(m, key, osb_map_hash(key));
    return slot ? entry_at(m, slot - 1) : NULL;
}

static void index_entries(osb_map *m) {
    for (uint32_t i = 0; i < m->used; i++) {
        uint32_t at = entry_at(m, i)->hash & m->mask;
        while (m->slots[at])
            at = (at + 1) & m->mask;
        m->slots[at] = i + 1;
    }
}

static void close_holes(osb_map *m) {
    uint32_t to = 0;
    for (uint32_t from = 0; from < m->used; from++) {
        if (!entry_at(m, from)->key)
            continue;
        if (to != from)
            memcpy(entry_at(m, to), entry_at(m, from), m->entry_size);
        to++;
    }
    m->used = to;
}

/* Room for one more entry: twice as many, or the same number without the holes where those are
 * many. The index is twice as large as the array, so it is never more than half full. */
static bool grow(osb_map *m) {
    uint32_t cap = m->live >= m->cap / 2 ? m->cap * 2 : m->cap;
    if (cap < MIN_ENTRIES)
        cap = MIN_ENTRIES;
    if (cap > (uint32_t)1 << 30)
        return false;
    uint32_t *slots = calloc((size_t)cap * 2, sizeof *slots);
    if (!slots)
        return false;
    char *entries = cap == m->cap ? m->entries : realloc(m->entries, (size_t)cap * m->entry_size);
    if (!entries) {
        free(slots);
        return false;
    }
    m->entries = entries;
    m->cap = cap;
    close_holes(m);
    free(m->slots);
    m->slots = slots;
    m->mask = cap * 2 - 1;
    index_entries(m);
    return true;
}

void *osb_map_put(osb_map *m, osb_bytes key, bool *added) {
    if (added)
        *added = false;
    if (key.len > UINT32_MAX || (!m->slots && !grow(m)))
        return NULL;
    uint32_t hash = osb_map_hash(key);
    uint32_t *slot = find_slot(m, key, hash);
    if (*slot)
        return entry_at(m, *slot - 1);
    if (m->used == m->cap) {
        if (!grow(m))
            return NULL;
        slot = find_slot(m, key, hash);
    }
    osb_map_entry *e = entry_at(m, m->used++);
    memset(e, 0, m->entry_size);
    *e = (osb_map_entry){key.ptr ? key.ptr : "", (uint32_t)key.len, hash};
    *slot = m->used;
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
