/* Holding an edited text against what the edits were to do. */
#include "internal.h"

static int fail_value(osb_bytes section, osb_bytes key, osb_bytes found, bool present,
                      osb_error *err) {
    if (!present)
        return osb_error_set(err, OSB_VALUEERROR, "[%b] %b would not read back", section, key);
    return osb_error_set(err, OSB_VALUEERROR, "[%b] %b would read back as %r", section, key, found);
}

static int compare_options(osb_configparser *expected, osb_configparser *found, osb_bytes section,
                           osb_error *err) {
    osb_items want, have;
    if (osb_configparser_items(expected, section, true, (osb_items){0}, &want, err) < 0)
        return -1;
    for (size_t i = 0; i < want.n; i++) {
        osb_bytes value = OSB_NONE, key = want.items[i].key;
        bool own;
        bool present = osb_configparser_find(found, section, key, &value, &own);
        if (!present || !osb_bytes_eq(value, want.items[i].value) ||
            osb_bytes_is_none(value) != osb_bytes_is_none(want.items[i].value))
            return fail_value(section, key, value, present, err);
    }
    if (osb_configparser_items(found, section, true, (osb_items){0}, &have, err) < 0)
        return -1;
    for (size_t i = 0; i < have.n && have.n != want.n; i++) {
        osb_bytes value;
        bool own;
        if (!osb_configparser_find(expected, section, have.items[i].key, &value, &own))
            return osb_error_set(err, OSB_VALUEERROR, "[%b] %b would appear, as %r", section,
                                 have.items[i].key, have.items[i].value);
    }
    return 0;
}

/* The section without a header is there when it has options, and only then. */
static bool is_empty_headless(osb_configparser *cp, osb_bytes section) {
    osb_items items;
    return section.len == 0 &&
           osb_configparser_items(cp, section, true, (osb_items){0}, &items, NULL) == 0 &&
           items.n == 0;
}

static int compare(osb_configparser *expected, osb_configparser *found, osb_error *err) {
    osb_strings names;
    if (osb_configparser_keys(found, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        if (!osb_configparser_contains(expected, names.items[i]))
            return osb_error_set(err, OSB_VALUEERROR, "a section %r would appear", names.items[i]);
    }
    if (osb_configparser_keys(expected, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        if (is_empty_headless(expected, names.items[i]))
            continue;
        if (!osb_configparser_contains(found, names.items[i]))
            return osb_error_set(err, OSB_VALUEERROR, "section %r would not read back",
                                 names.items[i]);
        if (compare_options(expected, found, names.items[i], err) < 0)
            return -1;
    }
    return 0;
}

int osb_ini_verify(osb_ini_doc *doc, osb_bytes new_text, osb_error *err) {
    osb_configparser *found;
    osb_error unreadable = {0};
    if (osb_configparser_new(&doc->format->opts, &found, err) < 0)
        return -1;
    int rc = osb_ini_load(found, doc->format, new_text, doc->source, doc->arena, &unreadable);
    if (rc == 0)
        rc = compare(doc->expected, found, err);
    else if (unreadable.kind == OSB_MEMORYERROR)
        osb_error_move(err, &unreadable);
    else
        osb_error_set(err, OSB_VALUEERROR, "the file would not read back: %b",
                      osb_error_message(&unreadable));
    osb_error_free(&unreadable);
    osb_configparser_free(found);
    return rc;
}
