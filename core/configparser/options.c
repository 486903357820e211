/* Looking options up, setting and removing them. */
#include "internal.h"

#include <osbox/text.h>

#include <stdlib.h>

/* -- vars --------------------------------------------------------------------------------------- */

/* The caller's vars as a map with canonical names; keys and values stay the caller's or are a's. */
static int index_vars(osb_configparser *cp, osb_items vars, osb_map *map, osb_arena *a,
                      osb_error *err) {
    osb_map_init(map, sizeof(option));
    for (size_t i = 0; i < vars.n; i++) {
        osb_bytes key;
        if (configparser_xform(cp, vars.items[i].key, &key, err) < 0)
            return -1;
        key = osb_arena_copy(a, key);
        option *o = osb_bytes_is_none(key) ? NULL : osb_map_put(map, key, NULL);
        if (!o)
            return osb_error_set_nomem(err);
        if (configparser_store(cp, o, vars.items[i].value, true, err) < 0)
            return -1;
    }
    return 0;
}

static const option *lookup_option(const osb_lookup *lookup, osb_bytes key) {
    const option *o = lookup->vars ? osb_map_get(lookup->vars, key) : NULL;
    return o ? o : configparser_find_option(lookup->cp, lookup->section, key);
}

bool osb_lookup_get(const osb_lookup *lookup, osb_bytes key, osb_bytes *value) {
    const option *o = lookup_option(lookup, key);
    if (o)
        *value = option_value(o);
    return o != NULL;
}

/* -- get ---------------------------------------------------------------------------------------- */

/* Interpolate a value into out; *ret is None where the hook says so. */
static int interpolate(osb_configparser *cp, osb_bytes section_name, osb_bytes key, const option *o,
                       const osb_lookup *lookup, osb_buf *out, osb_bytes *ret, osb_error *err) {
    const osb_interpolation *hooks = cp->opts.interpolation;
    bool none = false;
    size_t start = out->len;
    int rc = hooks->before_get(hooks->ctx, cp, section_name, key, option_value(o), lookup, out,
                               &none, err);
    if (rc == 0)
        rc = osb_buf_check(out, err);
    if (rc == 0)
        *ret = none ? OSB_NONE : osb_bytes_sub(osb_buf_bytes(out), start, out->len);
    else if (err && err->line == 0)
        configparser_where(cp, o->place, &err->line);
    return rc;
}

static int fail_no_option(osb_bytes key, osb_bytes section_name, osb_error *err) {
    return osb_error_set(err, OSB_NOOPTIONERROR, "No option %r in section: %r", key, section_name);
}

/* get past the section: key is canonical and stays valid, lookup holds section and vars. */
static int get_from(osb_configparser *cp, osb_bytes section_name, osb_bytes key,
                    const osb_lookup *lookup, const osb_get_opts *opts, osb_bytes *ret,
                    osb_error *err) {
    const option *o = lookup_option(lookup, key);
    if (!o && opts->fallback) {
        *ret = *opts->fallback;
        return 0;
    }
    if (!o)
        return fail_no_option(key, section_name, err);
    if (opts->raw || !o->value || !cp->opts.interpolation->before_get) {
        *ret = option_value(o);
        return 0;
    }
    osb_buf_truncate(&cp->got, 0);
    return interpolate(cp, section_name, key, o, lookup, &cp->got, ret, err);
}

static int get_with_vars(osb_configparser *cp, const section *where, osb_bytes section_name,
                         osb_bytes name, const osb_get_opts *opts, osb_bytes *ret, osb_error *err) {
    char mem[1024];
    osb_arena a;
    osb_map vars;
    osb_arena_init(&a, mem, sizeof mem);
    osb_bytes key;
    int rc = index_vars(cp, opts->vars, &vars, &a, err);
    if (rc == 0)
        rc = configparser_xform(cp, name, &key, err);
    if (rc == 0) {
        key = osb_arena_copy(&a, key); /* interpolation canonicalizes names of its own */
        if (osb_bytes_is_none(key))
            rc = osb_error_set_nomem(err);
    }
    osb_lookup lookup = {.cp = cp, .vars = vars.live ? &vars : NULL, .section = where};
    if (rc == 0)
        rc = get_from(cp, section_name, key, &lookup, opts, ret, err);
    osb_map_free(&vars);
    osb_arena_free(&a);
    return rc;
}

int osb_configparser_get(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                         const osb_get_opts *opts, osb_bytes *ret, osb_error *err) {
    static const osb_get_opts plain = {0};
    section *where;
    if (!opts)
        opts = &plain;
    if (configparser_need_section(cp, section_name, &where, opts->fallback ? NULL : err) == 0)
        return get_with_vars(cp, where, section_name, name, opts, ret, err);
    if (!opts->fallback)
        return -1;
    *ret = *opts->fallback;
    return 0;
}

bool osb_configparser_origin(osb_configparser *cp, osb_bytes section_name, osb_bytes key,
                             osb_bytes *source, uint32_t *line) {
    const option *o =
        configparser_find_option(cp, configparser_find_section(cp, section_name), key);
    if (!o)
        return false;
    const source_info *info = configparser_where(cp, o->place, line);
    *source = info ? info->name : OSB_NONE;
    return true;
}

/* -- for other readers -------------------------------------------------------------------------- */

int osb_configparser_put_section(osb_configparser *cp, osb_bytes name, osb_error *err) {
    return configparser_add_section_entry(cp, name) ? 0 : osb_error_set_nomem(err);
}

int osb_configparser_put(osb_configparser *cp, uint32_t source, uint32_t line,
                         osb_bytes section_name, osb_bytes name, osb_bytes value, osb_error *err) {
    osb_bytes key;
    if (configparser_xform(cp, name, &key, err) < 0)
        return -1;
    section *where = configparser_find_any_section(cp, section_name);
    if (!where)
        where = configparser_add_section_entry(cp, section_name);
    option *o = NULL;
    if (where)
        o = key.ptr == name.ptr ? osb_map_put(&where->options, key, NULL)
                                : configparser_put_option(cp, &where->options, key);
    if (!o)
        return osb_error_set_nomem(err);
    o->place = source ? configparser_source(cp, source)->base + line : 0;
    if (o->place > cp->lines)
        cp->lines = o->place;
    return configparser_store(cp, o, value, true, err);
}

bool osb_configparser_drop(osb_configparser *cp, osb_bytes section_name, osb_bytes key) {
    section *s = configparser_find_any_section(cp, section_name);
    option *o = s ? osb_map_get(&s->options, key) : NULL;
    if (o)
        osb_map_remove(&s->options, o);
    return o != NULL;
}

bool osb_configparser_find(osb_configparser *cp, osb_bytes section_name, osb_bytes key,
                           osb_bytes *value, bool *own) {
    const section *s = configparser_find_any_section(cp, section_name);
    if (!s)
        return false;
    const option *o = osb_map_get(&s->options, key);
    *own = o != NULL;
    if (!o)
        o = osb_map_get(&cp->defaults.options, key);
    if (o)
        *value = option_value(o);
    return o != NULL;
}

/* -- lists -------------------------------------------------------------------------------------- */

void configparser_list_names(const osb_map *options, const osb_map *except, osb_buf *list) {
    for (const option *o = NULL; (o = osb_map_next(options, o));) {
        osb_bytes key = osb_map_key(&o->entry);
        if (!except || !osb_map_get(except, key))
            configparser_push(list, &key, sizeof key);
    }
}

int osb_configparser_options(osb_configparser *cp, osb_bytes name, osb_strings *ret,
                             osb_error *err) {
    const section *s = configparser_find_section(cp, name);
    if (!s)
        return configparser_no_section(name, err);
    osb_buf_truncate(&cp->option_names, 0);
    configparser_list_names(&s->options, NULL, &cp->option_names);
    configparser_list_names(&cp->defaults.options, &s->options, &cp->option_names);
    configparser_sort_names(cp, &cp->option_names);
    return configparser_strings(&cp->option_names, ret, err);
}

void configparser_push_item(osb_buf *list, const option *o) {
    osb_item item = {osb_map_key(&o->entry), option_value(o)};
    configparser_push(list, &item, sizeof item);
}

/* DEFAULT's options, each with the section's value where it has one, then the section's others. */
static void list_items(osb_configparser *cp, const section *s) {
    const osb_map *defaults = &cp->defaults.options;
    osb_buf_truncate(&cp->items, 0);
    for (const option *o = NULL; (o = osb_map_next(defaults, o));) {
        const option *own = osb_map_get(&s->options, osb_map_key(&o->entry));
        configparser_push_item(&cp->items, own ? own : o);
    }
    if (s == &cp->defaults)
        return;
    for (const option *o = NULL; (o = osb_map_next(&s->options, o));) {
        if (!osb_map_get(defaults, osb_map_key(&o->entry)))
            configparser_push_item(&cp->items, o);
    }
}

static int order_items(const void *a, const void *b) {
    return osb_bytes_cmp(((const osb_item *)a)->key, ((const osb_item *)b)->key);
}

int configparser_items(const osb_configparser *cp, const osb_buf *list, osb_items *ret,
                       osb_error *err) {
    if (osb_buf_check(list, err) < 0)
        return -1;
    osb_item *items = (osb_item *)(void *)list->ptr;
    *ret = (osb_items){items, list->len / sizeof *items};
    if (cp->opts.dict_type == OSB_DICT_SORTED && ret->n)
        qsort(items, ret->n, sizeof *items, order_items);
    return 0;
}

int osb_configparser_get_defaults(osb_configparser *cp, osb_items *ret, osb_error *err) {
    list_items(cp, &cp->defaults);
    return configparser_items(cp, &cp->items, ret, err);
}

/* Put an interpolated value in the place of an item's raw one. */
static int interpolate_item(osb_configparser *cp, osb_bytes section_name, osb_item *item,
                            const osb_lookup *lookup, osb_buf *out, osb_error *err) {
    osb_bytes value;
    osb_buf_truncate(out, 0);
    const option *o = lookup_option(lookup, item->key);
    if (interpolate(cp, section_name, item->key, o, lookup, out, &value, err) < 0)
        return -1;
    item->value = osb_arena_copy(&cp->item_values, value);
    if (osb_bytes_is_none(item->value) && !osb_bytes_is_none(value))
        return osb_error_set_nomem(err);
    return 0;
}

static int interpolate_items(osb_configparser *cp, osb_bytes section_name, const section *s,
                             osb_items vars, osb_items *items, osb_error *err) {
    osb_map map;
    osb_arena a = {0};
    osb_buf out = OSB_BUF_INIT;
    int rc = index_vars(cp, vars, &map, &a, err);
    osb_lookup lookup = {.cp = cp, .vars = map.live ? &map : NULL, .section = s, .merged = true};
    for (size_t i = 0; i < items->n && rc == 0; i++)
        rc = interpolate_item(cp, section_name, (osb_item *)&items->items[i], &lookup, &out, err);
    osb_buf_free(&out);
    osb_map_free(&map);
    osb_arena_free(&a);
    return rc;
}

/* items() shows vars in place of the values they override. */
static int raw_items_with_vars(osb_configparser *cp, osb_items vars, osb_items *items,
                               osb_error *err) {
    osb_map map;
    osb_arena a = {0};
    int rc = index_vars(cp, vars, &map, &a, err);
    for (size_t i = 0; i < items->n && rc == 0; i++) {
        const option *o = osb_map_get(&map, items->items[i].key);
        if (o)
            ((osb_item *)&items->items[i])->value = option_value(o);
    }
    osb_map_free(&map);
    osb_arena_free(&a);
    return rc;
}

int osb_configparser_items(osb_configparser *cp, osb_bytes name, bool raw, osb_items vars,
                           osb_items *ret, osb_error *err) {
    section *s;
    osb_items items;
    if (configparser_need_section(cp, name, &s, err) < 0)
        return -1;
    osb_arena_free(&cp->item_values);
    list_items(cp, s);
    if (configparser_items(cp, &cp->items, &items, err) < 0)
        return -1;
    int rc = 0;
    if (!raw && cp->opts.interpolation->before_get)
        rc = interpolate_items(cp, name, s, vars, &items, err);
    else if (vars.n)
        rc = raw_items_with_vars(cp, vars, &items, err);
    if (rc == 0)
        *ret = items;
    return rc;
}

/* -- has, set, remove --------------------------------------------------------------------------- */

/* As Python's set, remove_option and has_option: an empty section means DEFAULT. */
static section *named_or_default(osb_configparser *cp, osb_bytes name) {
    if (name.len == 0 || is_default(cp, name))
        return &cp->defaults;
    return configparser_find_section(cp, name);
}

int osb_configparser_has_option(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                                bool *ret, osb_error *err) {
    const section *s = named_or_default(cp, section_name);
    osb_bytes key;
    if (!s) {
        *ret = false;
        return 0;
    }
    if (configparser_xform(cp, name, &key, err) < 0)
        return -1;
    *ret = configparser_find_option(cp, s, key) != NULL;
    return 0;
}

int configparser_check_value(const osb_configparser *cp, osb_bytes value, osb_error *err) {
    if (osb_bytes_is_none(value) && !cp->opts.allow_no_value)
        return osb_error_set(err, OSB_TYPEERROR, "option values must be strings");
    return 0;
}

static int run_before_set(osb_configparser *cp, osb_bytes section_name, osb_bytes key,
                          osb_bytes *value, osb_buf *out, osb_error *err) {
    const osb_interpolation *hooks = cp->opts.interpolation;
    bool none = false;
    if (value->len == 0 || !hooks->before_set)
        return 0;
    if (hooks->before_set(hooks->ctx, cp, section_name, key, *value, out, &none, err) < 0 ||
        osb_buf_check(out, err) < 0)
        return -1;
    *value = none ? OSB_NONE : osb_buf_bytes(out);
    return 0;
}

int configparser_set_in(osb_configparser *cp, section *where, osb_bytes key, osb_bytes value,
                        osb_error *err) {
    option *o = configparser_put_option(cp, &where->options, key);
    if (!o)
        return osb_error_set_nomem(err);
    o->place = 0;
    return configparser_store(cp, o, value, false, err);
}

int osb_configparser_set(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                         osb_bytes value, osb_error *err) {
    if (!cp->opts.raw_parser && configparser_check_value(cp, value, err) < 0)
        return -1;
    osb_buf hooked = OSB_BUF_INIT;
    osb_bytes key;
    int rc = run_before_set(cp, section_name, name, &value, &hooked, err);
    section *where = rc == 0 ? named_or_default(cp, section_name) : NULL;
    if (rc == 0 && !where)
        rc = configparser_no_section(section_name, err);
    if (rc == 0)
        rc = configparser_xform(cp, name, &key, err);
    if (rc == 0)
        rc = configparser_set_in(cp, where, key, value, err);
    osb_buf_free(&hooked);
    return rc;
}

int osb_configparser_remove_option(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                                   bool *existed, osb_error *err) {
    section *where = named_or_default(cp, section_name);
    osb_bytes key;
    if (!where)
        return configparser_no_section(section_name, err);
    if (configparser_xform(cp, name, &key, err) < 0)
        return -1;
    option *o = osb_map_get(&where->options, key);
    if (o)
        osb_map_remove(&where->options, o);
    if (existed)
        *existed = o != NULL;
    return 0;
}
