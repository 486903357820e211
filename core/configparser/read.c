/* Reading sources into the parser. */
#include "internal.h"

#include <osbox/codecs.h>
#include <osbox/fdio.h>
#include <osbox/text.h>

#include <unistd.h>

#define UNNAMED "<?\?\?>" /* escaped: it would be a trigraph */

/* An option on its way into the map: its slot of the index is being fetched from memory, which takes as
 * long as scanning several lines. Its name is canonical as it stands. */
typedef struct waiting {
    osb_bytes name, value;
    uint32_t line, hash;
} waiting;

enum { WAITING = 8 };

/* One source being read. */
typedef struct reader {
    osb_configparser *cp;
    osb_bytes source_name;
    uint32_t source, base; /* its number, and the places before its lines */
    section *section;
    struct section dropped; /* stands in for a section that is not kept */
    osb_bytes section_name;
    osb_ini_scanner *scanner;
    waiting queue[WAITING]; /* options that are not in the map yet, a ring */
    size_t first_waiting, nwaiting;
    option *option; /* the one that lines may continue; NULL: none */
    osb_buf joined; /* its value, once a line has continued it */
    size_t blanks;  /* blank lines since its last line */
    osb_buf errors; /* the text of the ParsingError that collects bad lines */
    uint32_t first_error;
    osb_error *err;
} reader;

/* -- options ------------------------------------------------------------------------------------- */

static int fail_duplicate(reader *r, uint32_t line, osb_bytes key) {
    return osb_error_set_at(
        r->err, OSB_DUPLICATEOPTIONERROR, line, 0,
        "While reading from %r [line %2u]: option %r in section %r already exists", r->source_name,
        line, key, r->section_name);
}

/* How many options a section would have if the rest of the text were its own, of lines as long as those
 * before. */
static size_t expected_options(const osb_map *options, const osb_ini_scanner *scanner) {
    size_t read = (size_t)(scanner->at - scanner->start),
           left = (size_t)(scanner->end - scanner->at);
    return options->used + left / (read / scanner->piece_lines + 1);
}

/* Fill in an option whose entry was found or made. */
static int place_option(reader *r, option *o, const waiting *w) {
    if (!o)
        return osb_error_set_nomem(r->err);
    if (r->cp->opts.strict && o->place > r->base)
        return fail_duplicate(r, w->line, w->name);
    o->place = r->base + w->line;
    r->option = o;
    return configparser_store(r->cp, o, w->value, true, r->err);
}

static int put_first_waiting(reader *r) {
    osb_map *options = &r->section->options;
    const waiting *w = &r->queue[r->first_waiting];
    r->first_waiting = (r->first_waiting + 1) % WAITING;
    r->nwaiting--;
    if (options->used == options->cap)
        options->expected = expected_options(options, r->scanner);
    return place_option(r, osb_map_put_prepared(options, w->name, w->hash, NULL), w);
}

static int put_all_waiting(reader *r) {
    while (r->nwaiting) {
        if (put_first_waiting(r) < 0)
            return -1;
    }
    return 0;
}

/* -- values of several lines -------------------------------------------------------------------- */

static int continue_option(reader *r, const osb_ini_line *line) {
    if (put_all_waiting(r) < 0)
        return -1;
    if (!r->option->value)
        return osb_error_set_at(r->err, OSB_ATTRIBUTEERROR, line->number, 0,
                                "'NoneType' object has no attribute 'append'");
    if (r->joined.len == 0)
        osb_buf_add(&r->joined, option_value(r->option));
    for (; r->blanks; r->blanks--)
        osb_buf_addc(&r->joined, '\n');
    osb_buf_addc(&r->joined, '\n');
    osb_buf_add(&r->joined, line->value);
    return 0;
}

static int finish_option(reader *r) {
    if (put_all_waiting(r) < 0)
        return -1;
    option *o = r->option;
    r->option = NULL;
    r->blanks = 0;
    if (!o || (r->joined.len == 0 && r->joined.state == OSB_BUF_OK))
        return 0;
    if (osb_buf_check(&r->joined, r->err) < 0)
        return -1;
    osb_bytes value = osb_text_rstrip(osb_buf_bytes(&r->joined));
    int rc = r->section == &r->dropped ? 0 : configparser_store(r->cp, o, value, false, r->err);
    osb_buf_truncate(&r->joined, 0);
    return rc;
}

/* -- lines -------------------------------------------------------------------------------------- */

/* The line as Python holds it, its newline translated, quoted. */
static void add_line_repr(osb_buf *out, const osb_ini_line *line) {
    char mem[256];
    osb_buf whole = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_add(&whole, line->whole);
    if (line->newline)
        osb_buf_addc(&whole, '\n');
    osb_buf_fmt(out, "%r", osb_buf_bytes(&whole));
    osb_buf_free(&whole);
}

static int collect_error(reader *r, const osb_ini_line *line) {
    if (r->source_name.len == 0)
        return osb_error_set(r->err, OSB_VALUEERROR, "Required argument `source' not given.");
    if (r->errors.len == 0) {
        r->first_error = line->number;
        osb_buf_fmt(&r->errors, "Source contains parsing errors: %r", r->source_name);
    }
    osb_buf_fmt(&r->errors, "\n\t[line %2u]: ", line->number);
    add_line_repr(&r->errors, line);
    return 0;
}

static int fail_headless(reader *r, const osb_ini_line *line) {
    osb_buf text = OSB_BUF_INIT;
    add_line_repr(&text, line);
    osb_error_set_at(r->err, OSB_MISSINGSECTIONHEADERERROR, line->number, 0,
                     "File contains no section headers.\nfile: %r, line: %u\n%b", r->source_name,
                     line->number, osb_buf_bytes(&text));
    osb_buf_free(&text);
    return -1;
}

static int enter_section(reader *r, const osb_ini_line *line) {
    osb_configparser *cp = r->cp;
    r->section_name = line->name;
    section *s = configparser_find_section(cp, line->name);
    if (s && cp->opts.strict && s->source == r->source)
        return osb_error_set_at(r->err, OSB_DUPLICATESECTIONERROR, line->number, 0,
                                "While reading from %r [line %2u]: section %r already exists",
                                r->source_name, line->number, line->name);
    if (!s && is_default(cp, line->name)) {
        r->section = &cp->defaults;
        return 0;
    }
    if (!s)
        s = configparser_add_section_entry(cp, line->name);
    if (!s)
        return osb_error_set_nomem(r->err);
    s->source = r->source;
    r->section = s;
    if (!osb_bytes_is_none(cp->opts.only_section) &&
        !osb_bytes_eq(cp->opts.only_section, line->name)) {
        r->section = &r->dropped;
        osb_map_clear(&r->dropped.options);
    }
    return 0;
}

/* An option whose name had to be made canonical: its entry has a key of its own. */
static int put_renamed(reader *r, const osb_ini_line *line, osb_bytes key) {
    waiting w = {.name = key, .value = line->value, .line = line->number};
    if (put_all_waiting(r) < 0 ||
        place_option(r, configparser_put_option(r->cp, &r->section->options, key), &w) < 0)
        return -1;
    if (key.len == 0) {
        osb_ini_scan_drop_option(r->scanner);
        r->option = NULL;
    }
    return 0;
}

static int add_option(reader *r, const osb_ini_line *line) {
    osb_bytes key;
    if (configparser_xform(r->cp, line->name, &key, r->err) < 0)
        return -1;
    if (key.ptr != line->name.ptr || key.len == 0)
        return put_renamed(r, line, key);
    if (r->nwaiting == WAITING && put_first_waiting(r) < 0)
        return -1;
    waiting *w = &r->queue[(r->first_waiting + r->nwaiting++) % WAITING];
    *w = (waiting){key, line->value, line->number, osb_map_prepare(&r->section->options, key)};
    return 0;
}

/* The option before this one is complete. One that waits has no lines behind its own: those would
 * have put it in. */
static int read_option(reader *r, const osb_ini_line *line) {
    if (r->nwaiting == 0 && finish_option(r) < 0)
        return -1;
    r->blanks = 0;
    if (line->empty_key && (put_all_waiting(r) < 0 || collect_error(r, line) < 0))
        return -1;
    return add_option(r, line);
}

static int read_line(reader *r, const osb_ini_line *line) {
    switch (line->kind) {
    case OSB_INI_CONTINUATION: return continue_option(r, line);
    case OSB_INI_BLANK: r->blanks += r->scanner->grammar->empty_lines_in_values; return 0;
    case OSB_INI_COMMENT: return 0;
    case OSB_INI_HEADLESS: return fail_headless(r, line);
    case OSB_INI_ERROR: return put_all_waiting(r) < 0 ? -1 : collect_error(r, line);
    case OSB_INI_HEADER: return finish_option(r) < 0 ? -1 : enter_section(r, line);
    case OSB_INI_OPTION: break;
    }
    return read_option(r, line);
}

static int read_lines(reader *r) {
    osb_ini_line line;
    while (osb_ini_scan_next(r->scanner, &line)) {
        if (read_line(r, &line) < 0)
            return -1;
    }
    return 0;
}

/* -- sources ------------------------------------------------------------------------------------ */

/* Let the interpolation see every value, as Python does after each source. */
static int run_before_read(osb_configparser *cp, section *s, osb_bytes name, osb_error *err) {
    const osb_interpolation *hooks = cp->opts.interpolation;
    for (option *o = NULL; (o = osb_map_next(&s->options, o));) {
        osb_buf out = OSB_BUF_INIT;
        bool none = false;
        int rc = hooks->before_read(hooks->ctx, cp, name, osb_map_key(&o->entry), option_value(o),
                                    &out, &none, err);
        if (rc == 0)
            rc = osb_buf_check(&out, err);
        if (rc == 0)
            rc = configparser_store(cp, o, none ? OSB_NONE : osb_buf_bytes(&out), false, err);
        osb_buf_free(&out);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static int finish_source(reader *r) {
    osb_configparser *cp = r->cp;
    if (finish_option(r) < 0)
        return -1;
    if (cp->opts.interpolation->before_read) {
        if (run_before_read(cp, &cp->defaults, cp->opts.default_section, r->err) < 0)
            return -1;
        for (section *s = NULL; (s = osb_map_next(&cp->sections, s));) {
            if (run_before_read(cp, s, osb_map_key(&s->entry), r->err) < 0)
                return -1;
        }
    }
    if (r->errors.len == 0)
        return 0;
    if (osb_buf_check(&r->errors, r->err) < 0)
        return -1;
    return osb_error_set_at(r->err, OSB_PARSINGERROR, r->first_error, 0, "%b",
                            osb_buf_bytes(&r->errors));
}

static osb_ini_grammar grammar_of(const osb_configparser *cp, bool universal_newlines) {
    return (osb_ini_grammar){.delimiters = cp->opts.delimiters,
                             .comment_prefixes = cp->opts.comment_prefixes,
                             .inline_comment_prefixes = cp->opts.inline_comment_prefixes,
                             .allow_no_value = cp->opts.allow_no_value,
                             .empty_lines_in_values = cp->opts.empty_lines_in_values,
                             .universal_newlines = universal_newlines};
}

/* Parse pieces of text that last as long as the parser, each beginning a new line. */
static int parse(osb_configparser *cp, const osb_bytes *pieces, size_t n, bool universal_newlines,
                 osb_bytes source, osb_bytes fallback, osb_error *err) {
    char joined[512];
    reader r = {.cp = cp, .err = err, .joined = OSB_BUF_ON(joined, sizeof joined)};
    if (configparser_add_source(cp, source, fallback, &r.source, err) < 0)
        return -1;
    r.source_name = configparser_source(cp, r.source)->name;
    r.base = cp->lines;
    osb_ini_grammar grammar = grammar_of(cp, universal_newlines);
    osb_ini_scanner scanner;
    osb_ini_scan_start(&scanner, &grammar);
    r.scanner = &scanner;
    osb_map_init_in(&r.dropped.options, sizeof(option), &cp->pool);
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        osb_ini_scan_feed(&scanner, pieces[i]);
        rc = read_lines(&r);
    }
    if (rc == 0)
        rc = finish_source(&r);
    if (rc < 0) {
        r.nwaiting = 0; /* what stands behind the error was not read */
        finish_option(&r);
    }
    cp->lines = r.base + scanner.number;
    osb_map_free(&r.dropped.options);
    osb_buf_free(&r.joined);
    osb_buf_free(&r.errors);
    return rc;
}

int osb_configparser_read_text(osb_configparser *cp, osb_bytes text, osb_bytes source,
                               osb_error *err) {
    if (osb_codecs_check_utf8(text, err) < 0)
        return -1;
    return parse(cp, &text, 1, true, source, OSB_LIT(UNNAMED), err);
}

int osb_configparser_read_file(osb_configparser *cp, int fd, osb_bytes source, osb_error *err) {
    osb_bytes text;
    osb_bytes name = osb_bytes_is_none(source) ? OSB_LIT(UNNAMED) : source;
    if (osb_fd_read_all(fd, name, OSB_BUF_MAX, &cp->arena, &text, err) < 0)
        return -1;
    return osb_configparser_read_text(cp, text, name, err);
}

int osb_configparser_readfp(osb_configparser *cp, int fd, osb_bytes source, osb_error *err) {
    return osb_configparser_read_file(cp, fd, source, err);
}

int osb_configparser_read_string(osb_configparser *cp, osb_bytes text, osb_bytes source,
                                 osb_error *err) {
    osb_bytes copy = osb_arena_copy(&cp->arena, text);
    if (osb_bytes_is_none(copy))
        return osb_error_set_nomem(err);
    return parse(cp, &copy, 1, false, source, OSB_LIT("<string>"), err);
}

int osb_configparser_read_lines(osb_configparser *cp, const osb_bytes *lines, size_t n,
                                osb_bytes source, osb_error *err) {
    osb_bytes *copies = osb_arena_alloc(&cp->arena, n * sizeof *copies);
    if (!copies)
        return osb_error_set_nomem(err);
    for (size_t i = 0; i < n; i++) {
        /* To Python an empty string is a blank line as well. */
        copies[i] = osb_arena_copy(&cp->arena, lines[i].len ? lines[i] : OSB_LIT("\n"));
        if (osb_bytes_is_none(copies[i]))
            return osb_error_set_nomem(err);
    }
    return parse(cp, copies, n, false, source, OSB_LIT(UNNAMED), err);
}

/* -- files by name ------------------------------------------------------------------------------ */

/* A file's name as Python's text: bytes that are not UTF-8 become lone surrogates. */
static int decode_filename(osb_configparser *cp, const char *filename, osb_bytes *ret,
                           osb_error *err) {
    const osb_codec *utf8;
    osb_buf name = OSB_BUF_INIT;
    int rc = osb_codecs_lookup(OSB_LIT("utf-8"), &utf8, err);
    if (rc == 0)
        rc = osb_codecs_decode(utf8, osb_bytes_from(filename), OSB_ERRORS_SURROGATEESCAPE, &name,
                               err);
    if (rc == 0) {
        *ret = osb_arena_copy(&cp->arena, osb_buf_bytes(&name));
        if (osb_bytes_is_none(*ret))
            rc = osb_error_set_nomem(err);
    }
    osb_buf_free(&name);
    return rc;
}

/* Replace the encoded text by its decoded form in the parser's memory. As a file opened as text:
 * UTF-16 and UTF-32 need their byte order mark. */
static int decode_text(osb_configparser *cp, osb_bytes encoding, osb_bytes *text, osb_error *err) {
    const osb_codec *codec;
    osb_codec_state state = {0};
    osb_buf decoded = OSB_BUF_INIT;
    if (osb_codecs_lookup(encoding, &codec, err) < 0)
        return -1;
    int rc = osb_codecs_decode_next(codec, &state, *text, true, OSB_ERRORS_STRICT, &decoded, err);
    if (rc == 0)
        rc = osb_buf_check(&decoded, err);
    if (rc == 0) {
        *text = osb_arena_copy(&cp->arena, osb_buf_bytes(&decoded));
        if (osb_bytes_is_none(*text))
            rc = osb_error_set_nomem(err);
    }
    osb_buf_free(&decoded);
    return rc;
}

/* The content of a file that read() names. 1: read, 0: passed over. */
static int read_content(osb_configparser *cp, const char *filename, osb_bytes name, osb_bytes *text,
                        osb_error *err) {
    osb_error failure = {0};
    int fd = osb_fd_open(filename, NULL);
    if (fd < 0)
        return 0;
    int rc = osb_fd_read_all(fd, name, OSB_BUF_MAX, &cp->arena, text, &failure);
    close(fd);
    if (rc == 0)
        return 1;
    bool unreadable = osb_error_is(&failure, OSB_OSERROR);
    osb_error_move(unreadable ? NULL : err, &failure);
    return unreadable ? 0 : -1;
}

static int read_one(osb_configparser *cp, const char *filename, osb_bytes encoding, osb_bytes *name,
                    osb_error *err) {
    osb_bytes text;
    if (decode_filename(cp, filename, name, err) < 0)
        return -1;
    int rc = read_content(cp, filename, *name, &text, err);
    if (rc <= 0)
        return rc;
    if (osb_bytes_is_none(encoding))
        rc = osb_configparser_read_text(cp, text, *name, err);
    else if ((rc = decode_text(cp, encoding, &text, err)) == 0)
        rc = parse(cp, &text, 1, true, *name, OSB_NONE, err);
    return rc < 0 ? -1 : 1;
}

int osb_configparser_read(osb_configparser *cp, const char *const *filenames, size_t n,
                          osb_bytes encoding, osb_strings *read_ok, osb_error *err) {
    osb_buf_truncate(&cp->read_ok, 0);
    for (size_t i = 0; i < n; i++) {
        osb_bytes name;
        int rc = read_one(cp, filenames[i], encoding, &name, err);
        if (rc < 0)
            return -1;
        if (rc > 0)
            configparser_push(&cp->read_ok, &name, sizeof name);
    }
    osb_strings names;
    return configparser_strings(&cp->read_ok, read_ok ? read_ok : &names, err);
}

/* -- dictionaries ------------------------------------------------------------------------------- */

/* Whether this section, or this option of it, is new to the dictionary being read. */
static int note_element(osb_map *seen, osb_arena *a, osb_bytes name, const osb_bytes *key,
                        bool *is_new, osb_error *err) {
    osb_buf id = OSB_BUF_INIT;
    osb_buf_fmt(&id, "%z:%b", name.len, name);
    if (key)
        osb_buf_fmt(&id, "=%b", *key);
    int rc = osb_buf_check(&id, err);
    osb_bytes copy = rc == 0 ? osb_arena_copy(a, osb_buf_bytes(&id)) : OSB_NONE;
    osb_buf_free(&id);
    if (rc == 0 && (osb_bytes_is_none(copy) || !osb_map_put(seen, copy, is_new)))
        rc = osb_error_set_nomem(err);
    return rc;
}

static int read_dict_option(osb_configparser *cp, osb_bytes section_name, const osb_item *item,
                            osb_bytes source, osb_map *seen, osb_arena *a, osb_error *err) {
    osb_bytes key;
    bool is_new;
    if (configparser_xform(cp, item->key, &key, err) < 0)
        return -1;
    key = osb_arena_copy(a, key);
    if (osb_bytes_is_none(key))
        return osb_error_set_nomem(err);
    if (note_element(seen, a, section_name, &key, &is_new, err) < 0)
        return -1;
    if (!is_new && cp->opts.strict)
        return osb_error_set(err, OSB_DUPLICATEOPTIONERROR,
                             "While reading from %r: option %r in section %r already exists",
                             source, key, section_name);
    return osb_configparser_set(cp, section_name, key, item->value, err);
}

static int read_dict_section(osb_configparser *cp, const osb_dict_section *s, osb_bytes source,
                             osb_map *seen, osb_arena *a, osb_error *err) {
    bool is_new;
    osb_error failure = {0};
    if (note_element(seen, a, s->name, NULL, &is_new, err) < 0)
        return -1;
    int rc = osb_configparser_add_section(cp, s->name, &failure);
    bool known = rc < 0 && failure.kind != OSB_MEMORYERROR;
    if (rc < 0 && (!known || (cp->opts.strict && !is_new))) {
        osb_error_move(err, &failure);
        return -1;
    }
    osb_error_free(&failure);
    for (size_t i = 0; i < s->options.n; i++) {
        if (read_dict_option(cp, s->name, &s->options.items[i], source, seen, a, err) < 0)
            return -1;
    }
    return 0;
}

int osb_configparser_read_dict(osb_configparser *cp, const osb_dict_section *sections, size_t n,
                               osb_bytes source, osb_error *err) {
    osb_map seen;
    osb_arena a = {0};
    osb_map_init(&seen, sizeof(osb_map_entry));
    if (osb_bytes_is_none(source))
        source = OSB_LIT("<dict>");
    int rc = 0;
    for (size_t i = 0; i < n && rc == 0; i++)
        rc = read_dict_section(cp, &sections[i], source, &seen, &a, err);
    osb_map_free(&seen);
    osb_arena_free(&a);
    return rc;
}
