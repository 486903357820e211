/* Lint: everything that is wrong with a file, or not what it looks like, in one pass. */
#include "internal.h"

#include <osbox/codecs.h>
#include <osbox/text.h>

#include <stdlib.h>

typedef struct linter {
    osb_ini_doc *doc;
    osb_arena *arena; /* of messages */
    osb_buf *list;
    osb_configparser *cp; /* all options, for the interpolation */
    osb_error *err;
} linter;

static int report(linter *l, uint32_t line, uint32_t column, const char *code, const char *fmt,
                  ...) {
    osb_buf text = OSB_BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    osb_buf_vfmt(&text, fmt, ap);
    va_end(ap);
    osb_ini_problem p = {line, column, code, OSB_NONE};
    if (text.state == OSB_BUF_OK)
        p.message = osb_arena_copy(l->arena, osb_buf_bytes(&text));
    osb_buf_free(&text);
    osb_buf_add(l->list, (osb_bytes){(const char *)&p, sizeof p});
    return osb_bytes_is_none(p.message) ? osb_error_set_nomem(l->err)
                                        : osb_buf_check(l->list, l->err);
}

/* The column of a slice of a line, in characters. */
static uint32_t column_of(const osb_ini_line *line, osb_bytes part) {
    osb_bytes before = {line->whole.ptr, (size_t)(part.ptr - line->whole.ptr)};
    return (uint32_t)osb_text_len(before) + 1;
}

static uint32_t text_column(const osb_ini_line *line) {
    return column_of(line, osb_text_lstrip(line->whole));
}

/* -- repeats -------------------------------------------------------------------------------------- */

/* What stands behind a header's bracket and is no comment: the grammar passes it over. */
static int check_header_tail(linter *l, const ini_node *node) {
    const osb_ini_line *line = &node->line;
    const char *end = line->name.ptr + line->name.len + 1;
    const char *stop = line->whole.ptr + line->whole.len;
    if (node->place.opens || end >= stop)
        return 0;
    osb_bytes tail = osb_text_strip((osb_bytes){end, (size_t)(stop - end)});
    if (tail.len == 0 || tail.ptr[0] == '#' || tail.ptr[0] == ';' || tail.ptr[0] == '*')
        return 0;
    return report(l, line->number, column_of(line, tail), "ignored-text",
                  "the text behind the section header is ignored: %r", tail);
}

static int check_header(linter *l, const ini_node *node) {
    const ini_node *first = ini_live(ini_find(l->doc, node->place.section, NULL));
    if (first == node || !l->doc->format->opts.strict ||
        osb_bytes_eq(node->place.section, l->doc->format->opts.default_section))
        return 0;
    return report(l, node->line.number, text_column(&node->line), "duplicate-section",
                  "section %r already exists, at line %u", node->place.section, first->line.number);
}

static int check_repeat(linter *l, const ini_node *node) {
    const osb_ini_dialect *dialect = l->doc->format->dialect;
    const ini_node *first = ini_live(ini_find(l->doc, node->place.section, &node->place.key));
    uint32_t column = column_of(&node->line, node->line.name);
    if (first != node && l->doc->format->opts.strict)
        return report(l, node->line.number, column, "duplicate-option",
                      "option %r in section %r already exists, at line %u", node->place.key,
                      node->place.section, first->line.number);
    const ini_node *winner = ini_winner(l->doc, node->place.section, node->place.key);
    if (winner == node || l->doc->format->opts.strict || dialect->repeat == OSB_INI_JOIN_RESET)
        return 0;
    return report(l, node->line.number, column, "unreachable-option",
                  "option %r in section %r is overridden at line %u", node->place.key,
                  node->place.section, winner->line.number);
}

/* -- lines ---------------------------------------------------------------------------------------- */

/* A continuation that would be a header or an option if it were not indented. */
static int check_continuation(linter *l, const ini_node *node, const ini_node *option) {
    if (option && !option->line.has_value)
        return report(l, node->line.number, text_column(&node->line), "continued-nothing",
                      "this line continues option %r, which has no value", option->place.key);
    osb_ini_grammar grammar = ini_grammar(l->doc->format, true);
    osb_ini_scanner scanner;
    osb_ini_line alone;
    grammar.headerless = true;
    grammar.allow_no_value = false;
    osb_ini_scan_start(&scanner, &grammar);
    osb_ini_scan_feed(&scanner, node->line.value);
    if (l->doc->format->dialect->flat || !osb_ini_scan_next(&scanner, &alone))
        return 0;
    bool header = alone.kind == OSB_INI_HEADER;
    if (!header && (alone.kind != OSB_INI_OPTION || alone.empty_key))
        return 0;
    return report(l, node->line.number, text_column(&node->line), "unreachable-line",
                  "this looks like %s but is indented, and so part of the value of %r",
                  header ? "a section header" : "an option",
                  option ? option->place.key : OSB_LIT(""));
}

static int check_value(linter *l, const ini_node *node) {
    bool valid;
    if (ini_check_node_value(l->doc, node, &valid, l->err) < 0)
        return -1;
    if (valid)
        return 0;
    return report(l, node->line.number, column_of(&node->line, node->line.value), "bad-value",
                  "an open quote, an unknown escape, or text behind a quoted value: %r",
                  node->line.value);
}

static int check_line(linter *l, const ini_node *node, const ini_node *option) {
    const osb_ini_line *line = &node->line;
    switch (line->kind) {
    case OSB_INI_BLANK:
    case OSB_INI_COMMENT: return 0;
    case OSB_INI_HEADER: return check_header(l, node) < 0 ? -1 : check_header_tail(l, node);
    case OSB_INI_CONTINUATION: return check_continuation(l, node, option);
    case OSB_INI_HEADLESS:
        return report(l, line->number, text_column(line), "missing-header",
                      "no section header before: %r", line->whole);
    case OSB_INI_ERROR:
        return report(l, line->number, text_column(line), "no-delimiter",
                      "neither a section header nor an option: %r", line->whole);
    case OSB_INI_OPTION: break;
    }
    if (node->place.key.len == 0)
        return report(l, line->number, text_column(line), "empty-name",
                      "an option without a name: %r", line->whole);
    return check_value(l, node) < 0 ? -1 : check_repeat(l, node);
}

static int check_lines(linter *l) {
    const ini_node *option = NULL;
    for (const ini_node *node = l->doc->first; node; node = node->next) {
        if (node->line.kind == OSB_INI_OPTION)
            option = node;
        if (check_line(l, node, option) < 0)
            return -1;
    }
    return 0;
}

/* -- references ----------------------------------------------------------------------------------- */

static int load_values(linter *l) {
    for (ini_node *node = l->doc->first; node; node = node->next) {
        osb_bytes value;
        if (node->line.kind != OSB_INI_OPTION || node->line.empty_key)
            continue;
        if (ini_node_value(l->doc, node, l->arena, &value, l->err) < 0 ||
            osb_configparser_put(l->cp, 0, node->line.number, node->place.section, node->place.key,
                                 value, l->err) < 0)
            return -1;
    }
    return 0;
}

static int check_references(linter *l) {
    for (ini_node *node = l->doc->first; node; node = node->next) {
        osb_error failure = {0};
        osb_bytes value;
        if (node->line.kind != OSB_INI_OPTION || node->line.empty_key || !node->line.has_value ||
            ini_winner(l->doc, node->place.section, node->place.key) != node)
            continue;
        if (osb_configparser_get(l->cp, node->place.section, node->place.key, NULL, &value,
                                 &failure) == 0)
            continue;
        int rc = -1;
        if (osb_error_is(&failure, OSB_MEMORYERROR) || failure.cut)
            osb_error_set_nomem(l->err);
        else
            rc = report(l, node->line.number, column_of(&node->line, node->line.value),
                        "bad-reference", "%b", osb_error_message(&failure));
        osb_error_free(&failure);
        if (rc < 0)
            return -1;
    }
    return 0;
}

/* -- the file as a whole -------------------------------------------------------------------------- */

static int check_encoding(linter *l, osb_bytes text, bool *readable) {
    osb_error failure = {0};
    *readable = osb_codecs_check_utf8(text, &failure) == 0;
    if (*readable)
        return 0;
    size_t line = 1, start = 0, at = failure.start;
    for (size_t i = 0; i < at; i++) {
        line += text.ptr[i] == '\n';
        if (text.ptr[i] == '\n')
            start = i + 1;
    }
    int rc = failure.cut ? osb_error_set_nomem(l->err)
                         : report(l, (uint32_t)line,
                                  (uint32_t)osb_text_len(osb_bytes_sub(text, start, at)) + 1,
                                  "encoding", "%b", osb_error_message(&failure));
    osb_error_free(&failure);
    return rc;
}

static int order_problems(const void *a, const void *b) {
    const osb_ini_problem *p = a, *q = b;
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    return (p->column > q->column) - (p->column < q->column);
}

int osb_ini_lint(const osb_ini_format *format, osb_bytes text, osb_arena *a, osb_buf *list,
                 osb_error *err) {
    linter l = {.arena = a, .list = list, .err = err};
    bool readable;
    size_t start = list->len;
    if (check_encoding(&l, text, &readable) < 0)
        return -1;
    if (!readable)
        return 0;
    osb_configparser_opts opts = format->opts;
    opts.strict = false;
    if (ini_open_lines(format, text, a, &l.doc, err) < 0)
        return -1;
    int rc = osb_configparser_new(&opts, &l.cp, err);
    if (rc == 0)
        rc = check_lines(&l);
    if (rc == 0)
        rc = load_values(&l);
    if (rc == 0)
        rc = check_references(&l);
    if (rc == 0 && list->len > start)
        qsort(list->ptr + start, (list->len - start) / sizeof(osb_ini_problem),
              sizeof(osb_ini_problem), order_problems);
    osb_configparser_free(l.cp);
    osb_ini_close(l.doc);
    return rc;
}
