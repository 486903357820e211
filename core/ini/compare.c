/* The differences between two parsers. */
#include "internal.h"

static void add(osb_buf *list, const osb_ini_difference *d) {
    osb_buf_add(list, (osb_bytes){(const char *)d, sizeof *d});
}

/* One section's options as `from` has them, against the other's. When from is the new one, only what
 * the old one lacks is told. */
static int compare_section(osb_configparser *from, osb_configparser *other, bool from_is_old,
                           osb_bytes section, osb_buf *list, osb_error *err) {
    osb_items items;
    if (osb_configparser_items(from, section, true, (osb_items){0}, &items, err) < 0)
        return -1;
    for (size_t i = 0; i < items.n; i++) {
        osb_item item = items.items[i];
        osb_bytes value = OSB_NONE;
        bool own = false;
        if (!osb_configparser_find(from, section, item.key, &value, &own) || !own)
            continue;
        bool found = osb_configparser_find(other, section, item.key, &value, &own) && own;
        bool same = found && osb_bytes_eq(value, item.value) &&
                    osb_bytes_is_none(value) == osb_bytes_is_none(item.value);
        if (same || (found && !from_is_old))
            continue;
        osb_ini_difference d = {section, item.key, item.value, value, true, found};
        if (!from_is_old)
            d = (osb_ini_difference){section, item.key, OSB_NONE, item.value, false, true};
        add(list, &d);
    }
    return 0;
}

static int compare_sections(osb_configparser *from, osb_configparser *other, bool from_is_old,
                            osb_buf *list, osb_error *err) {
    osb_strings names;
    if (osb_configparser_keys(from, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        osb_ini_difference d = {names.items[i], OSB_NONE,    OSB_NONE,
                                OSB_NONE,       from_is_old, !from_is_old};
        if (!osb_configparser_contains(other, names.items[i]))
            add(list, &d);
        if (compare_section(from, other, from_is_old, names.items[i], list, err) < 0)
            return -1;
    }
    return osb_buf_check(list, err);
}

int osb_ini_compare(osb_configparser *a, osb_configparser *b, osb_buf *list, osb_error *err) {
    if (compare_sections(a, b, true, list, err) < 0)
        return -1;
    return compare_sections(b, a, false, list, err);
}
