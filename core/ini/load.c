/* Reading a dialect's text into a parser. */
#include "internal.h"

#include <osbox/codecs.h>
#include <osbox/text.h>

typedef struct loader {
    osb_configparser *cp;
    const osb_ini_format *format;
    osb_arena *arena;
    uint32_t source;
    osb_bytes source_name;
    ini_place place; /* of the option being read; its key None: none */
    uint32_t line;
    osb_buf raw; /* its lines so far, of osb_bytes */
    bool has_value;
    osb_buf errors;
    uint32_t first_error;
    osb_error *err;
} loader;

/* The value to store for a key that already has one. */
static int join_repeated(loader *l, osb_bytes *value, bool *keep_old) {
    osb_bytes old;
    bool own;
    *keep_old = false;
    if (!osb_configparser_find(l->cp, l->place.section, l->place.key, &old, &own) || !own)
        return 0;
    if (l->format->dialect->repeat == OSB_INI_FIRST_WINS)
        *keep_old = true;
    if (l->format->dialect->repeat != OSB_INI_JOIN_RESET || value->len == 0 || old.len == 0)
        return 0;
    char *joined = osb_arena_text(l->arena, old.len + 1 + value->len);
    if (!joined)
        return osb_error_set_nomem(l->err);
    memcpy(joined, old.ptr, old.len);
    joined[old.len] = '\n';
    memcpy(joined + old.len + 1, value->ptr, value->len);
    *value = (osb_bytes){joined, old.len + 1 + value->len};
    return 0;
}

static int decode_lines(loader *l, osb_bytes *ret) {
    const osb_bytes *lines = (const osb_bytes *)(const void *)l->raw.ptr;
    size_t n = l->raw.len / sizeof *lines;
    osb_buf value = OSB_BUF_INIT;
    if (osb_buf_check(&l->raw, l->err) < 0)
        return -1;
    ini_decode_value(l->format->dialect->values, lines, n, &value);
    int rc = osb_buf_check(&value, l->err);
    if (rc == 0) {
        *ret = osb_arena_copy(l->arena, osb_buf_bytes(&value));
        rc = osb_bytes_is_none(*ret) ? osb_error_set_nomem(l->err) : 0;
    }
    osb_buf_free(&value);
    return rc;
}

static int finish_option(loader *l) {
    osb_bytes value = OSB_NONE;
    bool keep_old;
    if (osb_bytes_is_none(l->place.key))
        return 0;
    if (l->has_value && decode_lines(l, &value) < 0)
        return -1;
    if (join_repeated(l, &value, &keep_old) < 0)
        return -1;
    int rc = 0;
    if (!keep_old)
        rc = osb_configparser_put(l->cp, l->source, l->line, l->place.section, l->place.key, value,
                                  l->err);
    l->place.key = OSB_NONE;
    osb_buf_truncate(&l->raw, 0);
    return rc;
}

static void add_raw(loader *l, osb_bytes raw) {
    osb_buf_add(&l->raw, (osb_bytes){(const char *)&raw, sizeof raw});
}

static void collect_error(loader *l, const osb_ini_line *line) {
    if (l->errors.len == 0) {
        l->first_error = line->number;
        osb_buf_fmt(&l->errors, "Source contains parsing errors: %r", l->source_name);
    }
    osb_buf_fmt(&l->errors, "\n\t[line %2u]: %r", line->number, line->whole);
}

static int load_line(loader *l, const osb_ini_line *line, const ini_place *place) {
    if (line->kind == OSB_INI_CONTINUATION) {
        add_raw(l, line->whole);
        return 0;
    }
    if (line->kind == OSB_INI_BLANK || line->kind == OSB_INI_COMMENT)
        return 0;
    if (finish_option(l) < 0)
        return -1;
    if (line->kind == OSB_INI_HEADER)
        return osb_configparser_put_section(l->cp, place->section, l->err);
    if (line->kind != OSB_INI_OPTION || place->key.len == 0) {
        collect_error(l, line);
        return 0;
    }
    l->place = *place;
    l->line = line->number;
    l->has_value = line->has_value;
    const char *end = line->whole.ptr + line->whole.len;
    if (line->has_value)
        add_raw(l, (osb_bytes){line->value.ptr, (size_t)(end - line->value.ptr)});
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
    return rc < 0 ? -1 : finish_option(l);
}

int osb_ini_load(osb_configparser *cp, const osb_ini_format *format, osb_bytes text,
                 osb_bytes source, osb_arena *a, osb_error *err) {
    if (format->dialect->python)
        return osb_configparser_read_text(cp, text, source, err);
    loader l = {.cp = cp, .format = format, .arena = a, .source_name = source, .err = err};
    if (osb_codecs_check_utf8(text, err) < 0 ||
        osb_configparser_begin_source(cp, source, &l.source, err) < 0)
        return -1;
    int rc = load_lines(&l, text);
    if (rc == 0)
        rc = osb_buf_check(&l.errors, err);
    if (rc == 0 && l.errors.len)
        rc = osb_error_set_at(err, OSB_PARSINGERROR, l.first_error, 0, "%b",
                              osb_buf_bytes(&l.errors));
    osb_buf_free(&l.raw);
    osb_buf_free(&l.errors);
    return rc;
}
