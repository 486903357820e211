/* The parser object: its making, its sections, its stores. */
#include "internal.h"

#include <osbox/text.h>

#include <stdlib.h>

static const osb_bytes default_delimiters[] = {{"=", 1}, {":", 1}};
static const osb_bytes default_comment_prefixes[] = {{"#", 1}, {";", 1}};

#define COMMON_DEFAULTS                                                                            \
    .delimiters = {default_delimiters, 2}, .comment_prefixes = {default_comment_prefixes, 2},      \
    .strict = true, .empty_lines_in_values = true, .default_section = {OSB_DEFAULTSECT, 7},        \
    .interpolation_max = OSB_INTERPOLATION_MAX

const osb_configparser_opts osb_configparser_defaults = {COMMON_DEFAULTS,
                                                         .interpolation = &osb_basic_interpolation};
const osb_configparser_opts osb_rawconfigparser_defaults = {
    COMMON_DEFAULTS, .interpolation = &osb_no_interpolation, .raw_parser = true};

/* -- making ------------------------------------------------------------------------------------- */

/* ConfigParser reads its defaults as a dictionary, with no interpolation to check the values;
 * RawConfigParser takes them as they are. */
static int read_checked_defaults(osb_configparser *cp, osb_error *err) {
    const osb_interpolation *held = cp->opts.interpolation;
    osb_dict_section dict = {cp->opts.default_section, cp->opts.defaults};
    cp->opts.interpolation = &osb_no_interpolation;
    int rc = osb_configparser_read_dict(cp, &dict, 1, OSB_NONE, err);
    cp->opts.interpolation = held;
    return rc;
}

static int read_raw_defaults(osb_configparser *cp, osb_error *err) {
    osb_items defaults = cp->opts.defaults;
    for (size_t i = 0; i < defaults.n; i++) {
        osb_bytes key, value = defaults.items[i].value;
        if (configparser_xform(cp, defaults.items[i].key, &key, err) < 0 ||
            configparser_set_in(cp, &cp->defaults, key, value, err) < 0)
            return -1;
    }
    return 0;
}

static int check_converters(const osb_configparser_opts *opts, osb_error *err) {
    for (size_t i = 0; i < opts->nconverters; i++) {
        if (!*opts->converters[i].name)
            return osb_error_set(err, OSB_VALUEERROR,
                                 "Incompatible key: cannot use \"\" as a name");
    }
    return 0;
}

int osb_configparser_new_on(const osb_configparser_opts *opts, void *mem, size_t n,
                            osb_configparser **ret, osb_error *err) {
    osb_arena arena;
    osb_arena_init(&arena, mem, n);
    osb_configparser *cp = osb_arena_alloc(&arena, sizeof *cp);
    if (!cp)
        return osb_error_set_nomem(err);
    *cp = (osb_configparser){.opts = opts ? *opts : osb_configparser_defaults, .arena = arena};
    cp->class_name = cp->opts.raw_parser ? "RawConfigParser" : "ConfigParser";
    cp->sources = OSB_BUF_ON((char *)cp->first_sources, sizeof cp->first_sources);
    cp->got = OSB_BUF_ON(cp->first_got, sizeof cp->first_got);
    osb_pool_init(&cp->pool, &cp->arena);
    osb_map_init_in(&cp->sections, sizeof(section), &cp->pool);
    osb_map_init_in(&cp->defaults.options, sizeof(option), &cp->pool);
    int rc = check_converters(&cp->opts, err);
    if (rc == 0 && cp->opts.defaults.n)
        rc = cp->opts.raw_parser ? read_raw_defaults(cp, err) : read_checked_defaults(cp, err);
    if (rc == 0)
        *ret = cp;
    else
        osb_configparser_free(cp);
    return rc;
}

int osb_configparser_new(const osb_configparser_opts *opts, osb_configparser **ret,
                         osb_error *err) {
    return osb_configparser_new_on(opts, NULL, 0, ret, err);
}

int osb_safeconfigparser_new(const osb_configparser_opts *opts, osb_configparser **ret,
                             osb_error *err) {
    if (osb_configparser_new(opts, ret, err) < 0)
        return -1;
    (*ret)->class_name = "SafeConfigParser";
    return 0;
}

void osb_configparser_free(osb_configparser *cp) {
    if (!cp)
        return;
    for (section *s = NULL; (s = osb_map_next(&cp->sections, s));)
        osb_map_free(&s->options);
    osb_map_free(&cp->sections);
    osb_map_free(&cp->defaults.options);
    osb_buf *lists[] = {&cp->sources, &cp->xform,        &cp->got,     &cp->converted,
                        &cp->names,   &cp->option_names, &cp->read_ok, &cp->items};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        osb_buf_free(lists[i]);
    osb_arena_free(&cp->item_values);
    osb_arena arena = cp->arena; /* cp itself lives in it */
    osb_arena_free(&arena);
}

/* -- names -------------------------------------------------------------------------------------- */

int configparser_xform(osb_configparser *cp, osb_bytes name, osb_bytes *ret, osb_error *err) {
    if (!cp->opts.optionxform && osb_text_is_lower_ascii(name)) {
        *ret = name;
        return 0;
    }
    osb_buf result = OSB_BUF_INIT;
    int rc = 0;
    if (cp->opts.optionxform)
        rc = cp->opts.optionxform(cp->opts.optionxform_ctx, name, &result, err);
    else
        osb_text_lower(&result, name);
    if (rc == 0)
        rc = osb_buf_check(&result, err);
    osb_buf_free(&cp->xform);
    cp->xform = result;
    *ret = osb_buf_bytes(&cp->xform);
    return rc;
}

int configparser_no_section(osb_bytes name, osb_error *err) {
    return osb_error_set(err, OSB_NOSECTIONERROR, "No section: %r", name);
}

section *configparser_find_section(const osb_configparser *cp, osb_bytes name) {
    return osb_bytes_is_none(name) ? NULL : osb_map_get(&cp->sections, name);
}

section *configparser_find_any_section(osb_configparser *cp, osb_bytes name) {
    section *s = configparser_find_section(cp, name);
    return s || !is_default(cp, name) ? s : &cp->defaults;
}

int configparser_need_section(osb_configparser *cp, osb_bytes name, section **ret, osb_error *err) {
    *ret = configparser_find_any_section(cp, name);
    return *ret ? 0 : configparser_no_section(name, err);
}

section *configparser_add_section_entry(osb_configparser *cp, osb_bytes name) {
    bool added;
    section *s = osb_map_put(&cp->sections, name, &added);
    if (s && added)
        osb_map_init_in(&s->options, sizeof(option), &cp->pool);
    return s;
}

/* -- options ------------------------------------------------------------------------------------ */

option *configparser_put_option(osb_configparser *cp, osb_map *options, osb_bytes key) {
    bool added;
    option *o = osb_map_put(options, key, &added);
    if (!o || !added)
        return o;
    osb_bytes copy = osb_arena_copy(&cp->arena, (osb_bytes){o->entry.key, key.len});
    if (osb_bytes_is_none(copy)) {
        osb_map_remove(options, o);
        return NULL;
    }
    o->entry.key = copy.ptr;
    return o;
}

int configparser_store(osb_configparser *cp, option *o, osb_bytes value, bool lasts,
                       osb_error *err) {
    if (!lasts && !osb_bytes_is_none(value)) {
        value = osb_arena_copy(&cp->arena, value);
        if (osb_bytes_is_none(value))
            return osb_error_set_nomem(err);
    }
    if (value.len > UINT32_MAX)
        return osb_error_set(err, OSB_VALUEERROR, "more than %z bytes", (size_t)UINT32_MAX);
    o->value = value.ptr;
    o->value_len = (uint32_t)value.len;
    return 0;
}

const option *configparser_find_option(osb_configparser *cp, const section *s, osb_bytes key) {
    const option *o = s ? osb_map_get(&s->options, key) : NULL;
    return o ? o : osb_map_get(&cp->defaults.options, key);
}

/* -- sources and lists -------------------------------------------------------------------------- */

void configparser_push(osb_buf *list, const void *element, size_t size) {
    osb_buf_add(list, (osb_bytes){element, size});
}

int configparser_strings(const osb_buf *list, osb_strings *ret, osb_error *err) {
    if (osb_buf_check(list, err) < 0)
        return -1;
    *ret = (osb_strings){(const osb_bytes *)(const void *)list->ptr, list->len / sizeof(osb_bytes)};
    return 0;
}

static int order_names(const void *a, const void *b) {
    return osb_bytes_cmp(*(const osb_bytes *)a, *(const osb_bytes *)b);
}

void configparser_sort_names(osb_configparser *cp, osb_buf *list) {
    if (cp->opts.dict_type == OSB_DICT_SORTED && list->len)
        qsort(list->ptr, list->len / sizeof(osb_bytes), sizeof(osb_bytes), order_names);
}

int configparser_add_source(osb_configparser *cp, osb_bytes name, osb_bytes fallback, uint32_t *ret,
                            osb_error *err) {
    source_info info = {osb_arena_copy(&cp->arena, osb_bytes_is_none(name) ? fallback : name),
                        cp->lines};
    if (osb_bytes_is_none(info.name))
        return osb_error_set_nomem(err);
    configparser_push(&cp->sources, &info, sizeof info);
    if (osb_buf_check(&cp->sources, err) < 0)
        return -1;
    *ret = (uint32_t)(cp->sources.len / sizeof info);
    return 0;
}

int osb_configparser_begin_source(osb_configparser *cp, osb_bytes name, uint32_t *source,
                                  osb_error *err) {
    return configparser_add_source(cp, name, OSB_LIT(""), source, err);
}

const source_info *configparser_source(const osb_configparser *cp, uint32_t number) {
    return (const source_info *)(const void *)cp->sources.ptr + (number - 1);
}

const source_info *configparser_where(const osb_configparser *cp, uint32_t place, uint32_t *line) {
    uint32_t low = 0, high = (uint32_t)(cp->sources.len / sizeof(source_info));
    *line = 0;
    if (place == 0)
        return NULL;
    while (high - low > 1) { /* the last source whose base is below the place */
        uint32_t middle = low + (high - low) / 2;
        if (configparser_source(cp, middle + 1)->base < place)
            low = middle;
        else
            high = middle;
    }
    const source_info *info = configparser_source(cp, low + 1);
    *line = place - info->base;
    return info;
}

/* -- sections ----------------------------------------------------------------------------------- */

static void list_sections(osb_configparser *cp) {
    for (const section *s = NULL; (s = osb_map_next(&cp->sections, s));) {
        osb_bytes name = osb_map_key(&s->entry);
        configparser_push(&cp->names, &name, sizeof name);
    }
}

int osb_configparser_sections(osb_configparser *cp, osb_strings *ret, osb_error *err) {
    osb_buf_truncate(&cp->names, 0);
    list_sections(cp);
    configparser_sort_names(cp, &cp->names);
    return configparser_strings(&cp->names, ret, err);
}

int osb_configparser_keys(osb_configparser *cp, osb_strings *ret, osb_error *err) {
    if (osb_configparser_sections(cp, ret, err) < 0)
        return -1;
    size_t n = cp->names.len;
    configparser_push(&cp->names, &cp->opts.default_section, sizeof(osb_bytes));
    if (osb_buf_check(&cp->names, err) < 0)
        return -1;
    memmove(cp->names.ptr + sizeof(osb_bytes), cp->names.ptr, n);
    memcpy(cp->names.ptr, &cp->opts.default_section, sizeof(osb_bytes));
    return configparser_strings(&cp->names, ret, err);
}

int osb_configparser_add_section(osb_configparser *cp, osb_bytes name, osb_error *err) {
    if (is_default(cp, name))
        return osb_error_set(err, OSB_VALUEERROR, "Invalid section name: %r", name);
    if (configparser_find_section(cp, name))
        return osb_error_set(err, OSB_DUPLICATESECTIONERROR, "Section %r already exists", name);
    osb_bytes copy = osb_arena_copy(&cp->arena, name);
    if (osb_bytes_is_none(copy) || !configparser_add_section_entry(cp, copy))
        return osb_error_set_nomem(err);
    return 0;
}

bool osb_configparser_has_section(const osb_configparser *cp, osb_bytes name) {
    return configparser_find_section(cp, name) != NULL;
}

bool osb_configparser_remove_section(osb_configparser *cp, osb_bytes name) {
    section *s = configparser_find_section(cp, name);
    if (!s)
        return false;
    osb_map_free(&s->options);
    osb_map_remove(&cp->sections, s);
    return true;
}
