/* Asking a parser for values and showing them. */
#include "internal.h"

static void add(osb_buf *list, osb_bytes value) {
    osb_buf_add(list, (osb_bytes){(const char *)&value, sizeof value});
}

/* -- one option ----------------------------------------------------------------------------------- */

/* Convert the values and emit them as one record. A list's elements have the record's origin. */
static int show(osb_ini_query *q, osb_ini_record *record, osb_buf *values, osb_error *err) {
    osb_bytes source = osb_bytes_is_none(record->source) ? q->stack->failed : record->source;
    if (osb_buf_check(values, err) < 0)
        return -1;
    if (osb_ini_convert_values(q->type, source, q->stack->arena, values, err) < 0) {
        osb_error_append(err, " ([%b] %b)", record->section, record->option);
        if (err)
            err->line = record->line;
        q->stack->failed = source;
        return -1;
    }
    record->values = (const osb_bytes *)(const void *)values->ptr;
    record->nvalues = values->len / sizeof(osb_bytes);
    if (q->type == OSB_INI_LIST)
        record->origins = NULL;
    osb_error left_out = {0};
    q->shown++;
    if (osb_ini_emit(&q->emitter, record, &left_out) == 0)
        return 0;
    if (osb_error_is(&left_out, OSB_MEMORYERROR)) {
        osb_error_move(err, &left_out);
        return -1;
    }
    q->left_out(q->ctx, osb_error_message(&left_out));
    osb_error_free(&left_out);
    return 0;
}

/* Where an option's value stands; both stay as they are where that is not known. */
static int find_origin(osb_ini_query *q, osb_bytes section, osb_bytes option, osb_bytes *source,
                       uint32_t *line, osb_error *err) {
    osb_bytes key;
    if (ini_key(&q->stack->format, option, q->stack->arena, &key, err) < 0)
        return -1;
    osb_configparser_origin(q->cp, section, key, source, line);
    return 0;
}

static int show_value(osb_ini_query *q, osb_bytes section, osb_bytes option, osb_bytes value,
                      osb_error *err) {
    _Alignas(osb_bytes) char mem[sizeof(osb_bytes)];
    osb_buf values = OSB_BUF_ON(mem, sizeof mem);
    osb_ini_record record = {
        .section = section, .option = option, .is_list = q->type == OSB_INI_LIST || q->all};
    int rc = find_origin(q, section, option, &record.source, &record.line, err);
    add(&values, value);
    if (rc == 0)
        rc = show(q, &record, &values, err);
    osb_buf_free(&values);
    return rc;
}

/* The value that a raw one of an option would be: put before all others, it is looked up again. */
static int resolve(osb_ini_query *q, osb_bytes section, osb_bytes option, osb_bytes raw,
                   osb_bytes *ret, osb_error *err) {
    osb_bytes value;
    *ret = raw;
    if (q->raw || osb_bytes_is_none(raw))
        return 0;
    osb_item *vars = osb_arena_alloc(q->stack->arena, (q->vars.n + 1) * sizeof *vars);
    if (!vars)
        return osb_error_set_nomem(err);
    if (q->vars.n)
        memcpy(vars, q->vars.items, q->vars.n * sizeof *vars);
    vars[q->vars.n] = (osb_item){option, raw};
    osb_get_opts opts = {.vars = {vars, q->vars.n + 1}};
    if (osb_configparser_get(q->cp, section, option, &opts, &value, err) < 0)
        return -1;
    *ret = osb_arena_copy(q->stack->arena, value);
    return osb_bytes_is_none(*ret) && !osb_bytes_is_none(value) ? osb_error_set_nomem(err) : 0;
}

static int show_occurrences(osb_ini_query *q, osb_bytes section, osb_bytes option,
                            const osb_buf *found, osb_error *err) {
    const osb_occurrence *occurrences = (const osb_occurrence *)(const void *)found->ptr;
    size_t n = found->len / sizeof *occurrences;
    const osb_occurrence *last = &occurrences[n - 1];
    osb_ini_record record = {.section = section,
                             .option = option,
                             .is_list = true,
                             .source = last->source,
                             .line = last->line,
                             .origins = q->emitter.origin ? occurrences : NULL};
    osb_buf values = OSB_BUF_INIT;
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        osb_bytes value;
        rc = resolve(q, section, option, occurrences[i].value, &value, err);
        if (rc == 0)
            add(&values, value);
    }
    if (rc == 0)
        rc = show(q, &record, &values, err);
    osb_buf_free(&values);
    return rc;
}

/* Every value of a repeated option, from all layers. 1: shown; 0: there is none. */
static int show_all(osb_ini_query *q, osb_bytes section, osb_bytes option, osb_error *err) {
    osb_buf found = OSB_BUF_INIT;
    int rc = osb_ini_stack_occurrences(q->stack, section, option, &found, err);
    bool any = found.len > 0;
    if (rc == 0 && any)
        rc = show_occurrences(q, section, option, &found, err);
    osb_buf_free(&found);
    return rc < 0 ? rc : any;
}

/* Name the file of the option that an error is about. */
static int fail_at(osb_ini_query *q, osb_bytes section, osb_bytes option) {
    osb_bytes source = OSB_NONE;
    uint32_t line = 0;
    if (find_origin(q, section, option, &source, &line, NULL) == 0 && line)
        q->stack->failed = source;
    return -1;
}

int osb_ini_query_option(osb_ini_query *q, osb_bytes section, osb_bytes option,
                         const osb_bytes *fallback, osb_error *err) {
    osb_get_opts opts = {.raw = q->raw, .vars = q->vars};
    osb_bytes value;
    osb_error failure = {0};
    int shown = q->all ? show_all(q, section, option, err) : 0;
    if (shown)
        return shown < 0 ? fail_at(q, section, option) : 0;
    if (osb_configparser_get(q->cp, section, option, &opts, &value, &failure) == 0)
        return show_value(q, section, option, value, err);
    bool missing =
        osb_error_is(&failure, OSB_NOSECTIONERROR) || osb_error_is(&failure, OSB_NOOPTIONERROR);
    if (!missing || !fallback) {
        osb_error_move(err, &failure);
        return fail_at(q, section, option);
    }
    osb_error_free(&failure);
    q->type = OSB_INI_STR;
    return show_value(q, section, option, *fallback, err);
}

/* -- sections ------------------------------------------------------------------------------------- */

static bool is_own(osb_ini_query *q, osb_bytes section, osb_bytes option) {
    osb_bytes value;
    bool own;
    return osb_configparser_find(q->cp, section, option, &value, &own) && own;
}

/* One item of a section; value is what items() gave. */
static int show_item(osb_ini_query *q, osb_bytes section, const osb_item *item, bool matched,
                     osb_error *err) {
    int shown = q->all ? show_all(q, section, item->key, err) : 0;
    if (shown)
        return shown < 0 ? fail_at(q, section, item->key) : 0;
    return matched ? osb_ini_query_option(q, section, item->key, NULL, err)
                   : show_value(q, section, item->key, item->value, err);
}

/* With a pattern, references are resolved in what matches only. */
int osb_ini_query_section(osb_ini_query *q, osb_bytes section, bool own_only, osb_bytes pattern,
                          osb_error *err) {
    bool matching = !osb_bytes_is_none(pattern), begun = !matching;
    osb_items items;
    if (osb_configparser_items(q->cp, section, q->raw || matching || q->all, q->vars, &items, err) <
        0)
        return -1;
    if (begun)
        osb_ini_emit_section(&q->emitter, section);
    for (size_t i = 0; i < items.n; i++) {
        const osb_item *item = &items.items[i];
        if ((matching && !osb_bytes_glob(item->key, pattern)) ||
            (own_only && !is_own(q, section, item->key)))
            continue;
        if (!begun)
            osb_ini_emit_section(&q->emitter, section);
        begun = true;
        if (show_item(q, section, item, matching, err) < 0)
            return -1;
    }
    return 0;
}

int osb_ini_query_tree(osb_ini_query *q, osb_bytes section_pattern, osb_bytes option_pattern,
                       bool own_only, osb_error *err) {
    osb_strings names;
    osb_items defaults;
    bool python = q->stack->format.dialect->python;
    int rc = python ? osb_configparser_keys(q->cp, &names, err)
                    : osb_configparser_sections(q->cp, &names, err);
    if (rc < 0 || osb_configparser_get_defaults(q->cp, &defaults, err) < 0)
        return -1;
    bool skip_default = python && own_only && defaults.n == 0;
    for (size_t i = skip_default; i < names.n; i++) {
        osb_bytes name = names.items[i];
        if (!osb_bytes_is_none(section_pattern) && !osb_bytes_glob(name, section_pattern))
            continue;
        if (osb_ini_query_section(q, name, own_only, option_pattern, err) < 0)
            return -1;
    }
    return 0;
}

int osb_ini_has(osb_ini_query *q, osb_bytes section, osb_bytes option, bool *ret, osb_error *err) {
    osb_bytes key, value;
    bool own;
    if (ini_key(&q->stack->format, option, q->stack->arena, &key, err) < 0)
        return -1;
    *ret = osb_configparser_find(q->cp, section, key, &value, &own);
    return 0;
}

/* -- names ---------------------------------------------------------------------------------------- */

int osb_ini_names(osb_configparser *cp, osb_bytes section_pattern, osb_buf *list, osb_error *err) {
    osb_strings sections;
    osb_items items;
    osb_map seen;
    bool matched = false;
    int rc = osb_configparser_keys(cp, &sections, err);
    osb_map_init(&seen, sizeof(osb_map_entry));
    for (size_t i = 0; rc == 0 && i < sections.n; i++) {
        if (!osb_bytes_glob(sections.items[i], section_pattern))
            continue;
        matched = true;
        rc = osb_configparser_items(cp, sections.items[i], true, (osb_items){0}, &items, err);
        for (size_t k = 0; rc == 0 && k < items.n; k++) {
            bool is_new;
            if (!osb_map_put(&seen, items.items[k].key, &is_new))
                rc = osb_error_set_nomem(err);
            else if (is_new)
                add(list, items.items[k].key);
        }
    }
    osb_map_free(&seen);
    if (rc == 0)
        rc = osb_buf_check(list, err);
    return rc == 0 && !matched ? ini_no_section(section_pattern, err) : rc;
}

bool osb_ini_matches(osb_configparser *cp, osb_bytes section_pattern, osb_bytes option_pattern) {
    osb_strings sections;
    osb_items items;
    if (osb_configparser_keys(cp, &sections, NULL) < 0)
        return false;
    for (size_t i = 0; i < sections.n; i++) {
        if (!osb_bytes_glob(sections.items[i], section_pattern))
            continue;
        if (osb_bytes_is_none(option_pattern))
            return true;
        if (osb_configparser_items(cp, sections.items[i], true, (osb_items){0}, &items, NULL) < 0)
            return false;
        for (size_t k = 0; k < items.n; k++) {
            if (osb_bytes_glob(items.items[k].key, option_pattern))
                return true;
        }
    }
    return false;
}
