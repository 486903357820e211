/* Section proxies. Source: SectionProxy and collections.abc.MutableMapping */
#include "internal.h"

int osb_section_contains(const osb_section *s, osb_bytes name, bool *ret, osb_error *err) {
    return osb_configparser_has_option(s->cp, s->name, name, ret, err);
}

int osb_section_getitem(const osb_section *s, osb_bytes name, osb_bytes *ret, osb_error *err) {
    bool present;
    if (osb_section_contains(s, name, &present, err) < 0)
        return -1;
    return present ? osb_configparser_get(s->cp, s->name, name, NULL, ret, err)
                   : configparser_no_key(name, err);
}

int osb_section_setitem(const osb_section *s, osb_bytes name, osb_bytes value, osb_error *err) {
    if (configparser_check_value(s->cp, value, err) < 0)
        return -1;
    return osb_configparser_set(s->cp, s->name, name, value, err);
}

int osb_section_delitem(const osb_section *s, osb_bytes name, osb_error *err) {
    bool present, existed = false;
    if (osb_section_contains(s, name, &present, err) < 0)
        return -1;
    if (present && osb_configparser_remove_option(s->cp, s->name, name, &existed, err) < 0)
        return -1;
    return existed ? 0 : configparser_no_key(name, err);
}

static int default_names(osb_configparser *cp, osb_strings *ret, osb_error *err) {
    osb_buf_truncate(&cp->option_names, 0);
    configparser_list_names(&cp->defaults.options, NULL, &cp->option_names);
    configparser_sort_names(cp, &cp->option_names);
    return configparser_strings(&cp->option_names, ret, err);
}

int osb_section_keys(const osb_section *s, osb_strings *ret, osb_error *err) {
    if (is_default(s->cp, s->name))
        return default_names(s->cp, ret, err);
    return osb_configparser_options(s->cp, s->name, ret, err);
}

int osb_section_len(const osb_section *s, size_t *ret, osb_error *err) {
    osb_strings names;
    if (osb_section_keys(s, &names, err) < 0)
        return -1;
    *ret = names.n;
    return 0;
}

int osb_section_get(const osb_section *s, osb_bytes name, const osb_get_opts *opts, osb_bytes *ret,
                    osb_error *err) {
    static const osb_bytes none = {NULL, 0};
    osb_get_opts with_fallback = opts ? *opts : (osb_get_opts){0};
    if (!with_fallback.fallback)
        with_fallback.fallback = &none;
    return osb_configparser_get(s->cp, s->name, name, &with_fallback, ret, err);
}

/* A missing section or option gives None where there is no fallback. */
static int none_where_missing(int rc, osb_error *failure, bool *none, osb_error *err) {
    *none = rc < 0 &&
            (osb_error_is(failure, OSB_NOSECTIONERROR) || osb_error_is(failure, OSB_NOOPTIONERROR));
    if (rc < 0)
        osb_error_move(*none ? NULL : err, failure);
    return *none ? 0 : rc;
}

int osb_section_getint(const osb_section *s, osb_bytes name, const osb_get_opts *opts,
                       const int64_t *fallback, int64_t *ret, bool *none, osb_error *err) {
    osb_error failure = {0};
    int rc = osb_configparser_getint(s->cp, s->name, name, opts, fallback, ret, &failure);
    return none_where_missing(rc, &failure, none, err);
}

int osb_section_getfloat(const osb_section *s, osb_bytes name, const osb_get_opts *opts,
                         const double *fallback, double *ret, bool *none, osb_error *err) {
    osb_error failure = {0};
    int rc = osb_configparser_getfloat(s->cp, s->name, name, opts, fallback, ret, &failure);
    return none_where_missing(rc, &failure, none, err);
}

int osb_section_getboolean(const osb_section *s, osb_bytes name, const osb_get_opts *opts,
                           const bool *fallback, bool *ret, bool *none, osb_error *err) {
    osb_error failure = {0};
    int rc = osb_configparser_getboolean(s->cp, s->name, name, opts, fallback, ret, &failure);
    return none_where_missing(rc, &failure, none, err);
}

static int copy_value(osb_arena *a, osb_bytes value, osb_bytes *ret, osb_error *err) {
    *ret = osb_arena_copy(a, value);
    return osb_bytes_is_none(*ret) && !osb_bytes_is_none(value) ? osb_error_set_nomem(err) : 0;
}

int osb_section_pop(const osb_section *s, osb_bytes name, const osb_bytes *fallback, osb_arena *a,
                    osb_bytes *ret, osb_error *err) {
    osb_bytes value;
    osb_error failure = {0};
    if (osb_section_getitem(s, name, &value, &failure) < 0) {
        bool missing = fallback && osb_error_is(&failure, OSB_KEYERROR);
        osb_error_move(missing ? NULL : err, &failure);
        if (missing)
            *ret = *fallback;
        return missing ? 0 : -1;
    }
    if (copy_value(a, value, ret, err) < 0)
        return -1;
    return osb_section_delitem(s, name, err);
}

int osb_section_popitem(const osb_section *s, osb_arena *a, osb_bytes *key, osb_bytes *ret,
                        osb_error *err) {
    osb_strings names;
    if (osb_section_keys(s, &names, err) < 0)
        return -1;
    if (names.n == 0)
        return osb_error_set(err, OSB_KEYERROR, "");
    if (copy_value(a, names.items[0], key, err) < 0)
        return -1;
    return osb_section_pop(s, *key, NULL, a, ret, err);
}

/* Python's clear() pops the first item until that raises KeyError: at the latest when the first item
 * is inherited and cannot be removed. 1: it was popped; 0: it was not. */
static int pop_first(const osb_section *s, osb_bytes name, osb_error *err) {
    osb_bytes value;
    osb_error failure = {0};
    if (osb_section_getitem(s, name, &value, &failure) == 0 &&
        osb_section_delitem(s, name, &failure) == 0)
        return 1;
    bool stops = osb_error_is(&failure, OSB_KEYERROR);
    osb_error_move(stops ? NULL : err, &failure);
    return stops ? 0 : -1;
}

/* The names that can come first, in turn: the section's own and then, since what is removed from the
 * section may show again from DEFAULT, all of DEFAULT's; merged where the dictionary is sorted. A name
 * is tried for as long as it is there: an odd optionxform may have removed another one. */
static int clear_in_turn(const osb_section *s, const section *own, const osb_buf *list, size_t nown,
                         osb_error *err) {
    const osb_bytes *names = (const osb_bytes *)(const void *)list->ptr;
    const osb_map *defaults = &s->cp->defaults.options;
    bool sorted = s->cp->opts.dict_type == OSB_DICT_SORTED;
    int popped = 1;
    for (size_t i = 0; i < list->len / sizeof *names && popped == 1;) {
        bool here = own && (sorted || i < nown) && osb_map_get(&own->options, names[i]);
        if (!here && (sorted || i >= nown))
            here = osb_map_get(defaults, names[i]) != NULL;
        if (here)
            popped = pop_first(s, names[i], err);
        else
            i++;
    }
    return popped < 0 ? -1 : 0;
}

int osb_section_clear(const osb_section *s, osb_error *err) {
    const section *own = configparser_find_section(s->cp, s->name);
    if (!own && !is_default(s->cp, s->name))
        return configparser_no_section(s->name, err);
    osb_buf list = OSB_BUF_INIT;
    if (own)
        configparser_list_names(&own->options, NULL, &list);
    size_t nown = list.len / sizeof(osb_bytes);
    configparser_list_names(&s->cp->defaults.options, NULL, &list);
    int rc = osb_buf_check(&list, err);
    if (rc == 0) {
        configparser_sort_names(s->cp, &list);
        rc = clear_in_turn(s, own, &list, nown, err);
    }
    osb_buf_free(&list);
    return rc;
}

int osb_section_update(const osb_section *s, osb_items options, osb_error *err) {
    for (size_t i = 0; i < options.n; i++) {
        if (osb_section_setitem(s, options.items[i].key, options.items[i].value, err) < 0)
            return -1;
    }
    return 0;
}

int osb_section_setdefault(const osb_section *s, osb_bytes name, osb_bytes value, osb_bytes *ret,
                           osb_error *err) {
    osb_error failure = {0};
    if (osb_section_getitem(s, name, ret, &failure) == 0)
        return 0;
    bool missing = osb_error_is(&failure, OSB_KEYERROR);
    osb_error_move(missing ? NULL : err, &failure);
    if (!missing || osb_section_setitem(s, name, value, err) < 0)
        return -1;
    osb_buf_truncate(&s->cp->got, 0);
    osb_buf_add(&s->cp->got, value);
    *ret = osb_bytes_is_none(value) ? OSB_NONE : osb_buf_bytes(&s->cp->got);
    return osb_buf_check(&s->cp->got, err);
}
