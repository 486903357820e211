/* The parser as a mapping of sections. Source: RawConfigParser and collections.abc.MutableMapping */
#include "internal.h"

int configparser_no_key(osb_bytes key, osb_error *err) {
    return osb_error_set(err, OSB_KEYERROR, "%r", key);
}

bool osb_configparser_contains(const osb_configparser *cp, osb_bytes key) {
    return is_default(cp, key) || osb_configparser_has_section(cp, key);
}

size_t osb_configparser_len(const osb_configparser *cp) {
    return (size_t)cp->sections.live + 1;
}

int osb_configparser_getitem(osb_configparser *cp, osb_bytes key, osb_section *ret,
                             osb_error *err) {
    const section *s = configparser_find_section(cp, key);
    if (!s && !is_default(cp, key))
        return configparser_no_key(key, err);
    *ret = (osb_section){cp, s ? osb_map_key(&s->entry) : cp->opts.default_section};
    return 0;
}

int osb_configparser_setitem(osb_configparser *cp, osb_bytes key, osb_items options,
                             osb_error *err) {
    section *s = is_default(cp, key) ? &cp->defaults : configparser_find_section(cp, key);
    if (s)
        osb_map_clear(&s->options);
    osb_dict_section dict = {key, options};
    return osb_configparser_read_dict(cp, &dict, 1, OSB_NONE, err);
}

int osb_configparser_delitem(osb_configparser *cp, osb_bytes key, osb_error *err) {
    if (is_default(cp, key))
        return osb_error_set(err, OSB_VALUEERROR, "Cannot remove the default section.");
    return osb_configparser_remove_section(cp, key) ? 0 : configparser_no_key(key, err);
}

/* A copy of a section's options, DEFAULT's included, in a's memory. */
static int copy_items(osb_configparser *cp, osb_bytes key, osb_arena *a, osb_items *ret,
                      osb_error *err) {
    osb_items items;
    if (osb_configparser_items(cp, key, true, (osb_items){0}, &items, err) < 0)
        return -1;
    osb_item *copies = osb_arena_alloc(a, items.n * sizeof *copies);
    if (!copies)
        return osb_error_set_nomem(err);
    for (size_t i = 0; i < items.n; i++) {
        osb_item item = items.items[i];
        copies[i] = (osb_item){osb_arena_copy(a, item.key), osb_arena_copy(a, item.value)};
        if (!copies[i].key.ptr || (item.value.ptr && !copies[i].value.ptr))
            return osb_error_set_nomem(err);
    }
    *ret = (osb_items){copies, items.n};
    return 0;
}

int osb_configparser_pop(osb_configparser *cp, osb_bytes key, bool fallback, osb_arena *a,
                         osb_items *ret, bool *found, osb_error *err) {
    bool present = osb_configparser_contains(cp, key);
    if (found)
        *found = present;
    if (!present)
        return fallback ? 0 : configparser_no_key(key, err);
    osb_items items;
    if (copy_items(cp, key, a, &items, err) < 0 || osb_configparser_delitem(cp, key, err) < 0)
        return -1;
    *ret = items;
    return 0;
}

int osb_configparser_popitem(osb_configparser *cp, osb_arena *a, osb_bytes *key, osb_items *ret,
                             osb_error *err) {
    osb_strings names;
    if (osb_configparser_sections(cp, &names, err) < 0)
        return -1;
    if (names.n == 0)
        return osb_error_set(err, OSB_KEYERROR, "");
    osb_bytes name = osb_arena_copy(a, names.items[0]);
    if (osb_bytes_is_none(name))
        return osb_error_set_nomem(err);
    *key = name;
    return osb_configparser_pop(cp, name, false, a, ret, NULL, err);
}

void osb_configparser_clear(osb_configparser *cp) {
    for (section *s = NULL; (s = osb_map_next(&cp->sections, s));)
        osb_map_free(&s->options);
    osb_map_clear(&cp->sections);
}

int osb_configparser_update(osb_configparser *cp, const osb_dict_section *sections, size_t n,
                            osb_error *err) {
    for (size_t i = 0; i < n; i++) {
        if (osb_configparser_setitem(cp, sections[i].name, sections[i].options, err) < 0)
            return -1;
    }
    return 0;
}

int osb_configparser_setdefault(osb_configparser *cp, osb_bytes key, osb_items options,
                                osb_section *ret, osb_error *err) {
    if (!osb_configparser_contains(cp, key) && osb_configparser_setitem(cp, key, options, err) < 0)
        return -1;
    return osb_configparser_getitem(cp, key, ret, err);
}
