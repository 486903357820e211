/* Reading a dialect's text into a parser. */
#include "internal.h"

#include <osbox/codecs.h>
#include <osbox/text.h>

/* What has been seen of a section or an option, where that matters. */
typedef struct seen {
    osb_map_entry entry;
    ini_place place;
    uint32_t line;
    osb_buf values; /* of osb_bytes: those of a repeated option that are to be joined */
} seen;

typedef struct loader {
    osb_configparser *cp;
    const osb_ini_format *format;
    osb_arena *arena;
    uint32_t source;
    osb_bytes source_name;
    ini_place place; /* of the option being read; its key None: none */
    osb_ini_line option;
    osb_buf raw; /* its lines so far, of osb_bytes */
    osb_map seen;
    osb_buf errors;
    uint32_t first_error;
    osb_error *err;
} loader;

static void add_raw(osb_buf *list, osb_bytes raw) {
    osb_buf_add(list, (osb_bytes){(const char *)&raw, sizeof raw});
}

static void collect_error(loader *l, const osb_ini_line *line) {
    if (l->errors.len == 0) {
        l->first_error = line->number;
        osb_buf_fmt(&l->errors, "Source contains parsing errors: %r", l->source_name);
    }
    osb_buf_fmt(&l->errors, "\n\t[line %2u]: %r", line->number, line->whole);
}

/* -- repeats -------------------------------------------------------------------------------------- */

/* The note of a section (key NULL) or an option, made where there is none. NULL: no memory. */
static seen *note(loader *l, osb_bytes section, const osb_bytes *key, bool *is_new) {
    char mem[256];
    osb_buf id = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&id, "%z:%b", section.len, section);
    if (key)
        osb_buf_fmt(&id, "=%b", *key);
    seen *s = id.state == OSB_BUF_OK ? osb_map_put(&l->seen, osb_buf_bytes(&id), is_new) : NULL;
    osb_bytes copy = s && *is_new ? osb_arena_copy(l->arena, osb_buf_bytes(&id)) : OSB_NONE;
    if (s && *is_new && osb_bytes_is_none(copy)) {
        osb_map_remove(&l->seen, s);
        s = NULL;
    } else if (s && *is_new) {
        s->entry.key = copy.ptr;
    }
    osb_buf_free(&id);
    return s;
}

static int check_section_repeat(loader *l, const osb_ini_line *line, osb_bytes section) {
    bool is_new;
    if (!l->format->opts.strict)
        return 0;
    if (!note(l, section, NULL, &is_new))
        return osb_error_set_nomem(l->err);
    if (is_new)
        return 0;
    return osb_error_set_at(l->err, OSB_DUPLICATESECTIONERROR, line->number, 0,
                            "While reading from %r [line %2u]: section %r already exists",
                            l->source_name, line->number, section);
}

static int check_option_repeat(loader *l) {
    bool is_new;
    if (!l->format->opts.strict)
        return 0;
    if (!note(l, l->place.section, &l->place.key, &is_new))
        return osb_error_set_nomem(l->err);
    if (is_new)
        return 0;
    return osb_error_set_at(
        l->err, OSB_DUPLICATEOPTIONERROR, l->option.number, 0,
        "While reading from %r [line %2u]: option %r in section %r already exists", l->source_name,
        l->option.number, l->place.key, l->place.section);
}

/* JOIN_RESET: keep the values of an option that is repeated, to be joined at the end, all at once. */
static int keep_for_joining(loader *l, osb_bytes old, osb_bytes value) {
    bool is_new;
    seen *s = note(l, l->place.section, &l->place.key, &is_new);
    if (!s)
        return osb_error_set_nomem(l->err);
    if (is_new && old.len)
        add_raw(&s->values, old);
    s->place = l->place;
    s->line = l->option.number;
    if (value.len == 0)
        osb_buf_truncate(&s->values, 0);
    else
        add_raw(&s->values, value);
    return osb_buf_check(&s->values, l->err);
}

static int put(loader *l, const ini_place *place, uint32_t line, osb_bytes value) {
    return osb_configparser_put(l->cp, l->source, line, place->section, place->key, value, l->err);
}

static int join_values(loader *l, const seen *s) {
    const osb_bytes *values = (const osb_bytes *)(const void *)s->values.ptr;
    osb_buf joined = OSB_BUF_INIT;
    for (size_t i = 0; i < s->values.len / sizeof *values; i++) {
        if (i > 0)
            osb_buf_addc(&joined, '\n');
        osb_buf_add(&joined, values[i]);
    }
    int rc = osb_buf_check(&joined, l->err);
    osb_bytes value = rc == 0 ? osb_arena_copy(l->arena, osb_buf_bytes(&joined)) : OSB_NONE;
    osb_buf_free(&joined);
    if (osb_bytes_is_none(value))
        return rc == 0 ? osb_error_set_nomem(l->err) : rc;
    return put(l, &s->place, s->line, value);
}

static int join_repeats(loader *l) {
    for (const seen *s = NULL; (s = osb_map_next(&l->seen, s));) {
        if (s->line && join_values(l, s) < 0)
            return -1;
    }
    return 0;
}

static void forget_repeats(loader *l) {
    for (seen *s = NULL; (s = osb_map_next(&l->seen, s));)
        osb_buf_free(&s->values);
    osb_map_free(&l->seen);
}

/* -- options -------------------------------------------------------------------------------------- */

/* The option's value; a text that stands for none is an error of its line. */
static int decode_lines(loader *l, osb_bytes *ret) {
    const osb_bytes *lines = (const osb_bytes *)(const void *)l->raw.ptr;
    size_t n = l->raw.len / sizeof *lines;
    osb_buf value = OSB_BUF_INIT;
    if (osb_buf_check(&l->raw, l->err) < 0)
        return -1;
    if (!ini_decode_value(l->format->dialect->values, lines, n, &value))
        collect_error(l, &l->option);
    int rc = osb_buf_check(&value, l->err);
    if (rc == 0) {
        *ret = osb_arena_copy(l->arena, osb_buf_bytes(&value));
        rc = osb_bytes_is_none(*ret) ? osb_error_set_nomem(l->err) : 0;
    }
    osb_buf_free(&value);
    return rc;
}

static int store_option(loader *l, osb_bytes value) {
    osb_bytes old;
    bool own;
    osb_ini_repeat repeat = l->format->dialect->repeat;
    if (repeat != OSB_INI_LAST_WINS &&
        osb_configparser_find(l->cp, l->place.section, l->place.key, &old, &own) && own)
        return repeat == OSB_INI_JOIN_RESET ? keep_for_joining(l, old, value) : 0;
    return put(l, &l->place, l->option.number, value);
}

static int finish_option(loader *l) {
    osb_bytes value = OSB_NONE;
    if (osb_bytes_is_none(l->place.key))
        return 0;
    if (check_option_repeat(l) < 0 || (l->option.has_value && decode_lines(l, &value) < 0) ||
        store_option(l, value) < 0)
        return -1;
    l->place.key = OSB_NONE;
    osb_buf_truncate(&l->raw, 0);
    return 0;
}

/* -- lines ---------------------------------------------------------------------------------------- */

static int load_line(loader *l, const osb_ini_line *line, const ini_place *place) {
    if (line->kind == OSB_INI_CONTINUATION) {
        add_raw(&l->raw, line->whole);
        return 0;
    }
    if (line->kind == OSB_INI_BLANK || line->kind == OSB_INI_COMMENT)
        return 0;
    if (finish_option(l) < 0)
        return -1;
    if (line->kind == OSB_INI_HEADER)
        return check_section_repeat(l, line, place->section) < 0
                   ? -1
                   : osb_configparser_put_section(l->cp, place->section, l->err);
    if (line->kind != OSB_INI_OPTION || place->key.len == 0) {
        collect_error(l, line);
        return 0;
    }
    l->place = *place;
    l->option = *line;
    if (line->has_value)
        add_raw(&l->raw, ini_raw_value(l->format, line));
    return 0;
}

static int load_lines(loader *l, osb_bytes text) {
    ini_reader reader;
    osb_ini_line line;
    ini_place place;
    int rc;
    ini_reader_start(&reader, l->format, text, l->arena);
    while ((rc = ini_reader_next(&reader, &line, &place, l->err)) > 0) {
        if (load_line(l, &line, &place) < 0)
            return -1;
    }
    return rc < 0 || finish_option(l) < 0 ? -1 : join_repeats(l);
}

int osb_ini_load(osb_configparser *cp, const osb_ini_format *format, osb_bytes text,
                 osb_bytes source, osb_arena *a, osb_error *err) {
    if (format->dialect->python)
        return osb_configparser_read_text(cp, text, source, err);
    loader l = {.cp = cp, .format = format, .arena = a, .source_name = source, .err = err};
    if (osb_codecs_check_utf8(text, err) < 0 ||
        osb_configparser_begin_source(cp, source, &l.source, err) < 0)
        return -1;
    osb_map_init(&l.seen, sizeof(seen));
    int rc = load_lines(&l, text);
    if (rc == 0)
        rc = osb_buf_check(&l.errors, err);
    if (rc == 0 && l.errors.len)
        rc = osb_error_set_at(err, OSB_PARSINGERROR, l.first_error, 0, "%b",
                              osb_buf_bytes(&l.errors));
    forget_repeats(&l);
    osb_buf_free(&l.raw);
    osb_buf_free(&l.errors);
    return rc;
}
