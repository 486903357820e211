/* Editing documents, in every dialect: what verify passes reads back as it was set, all other bytes
 * stay, the diff tells the whole change. The input is two bytes of options, then a batch of edits (or a
 * text to merge), a line of three dashes, and the document. */
#include "unified.h"

#include <osbox/ini.h>

typedef struct last_set { /* the last operation, if it was a set that went well */
    osb_bytes section, option, value;
    bool applies;
} last_set;

static osb_ini_format take_format(osb_bytes *input) {
    static const osb_bytes semicolon[] = {OSB_LIT(";")};
    size_t n;
    const osb_ini_dialect *dialects = osb_ini_dialects(&n);
    osb_ini_format format = {.dialect = &dialects[take_byte(input) % n]};
    unsigned flags = take_byte(input);
    format.opts = format.dialect->opts;
    if (flags & 1)
        format.opts.strict = !format.opts.strict;
    if (flags & 2)
        format.opts.allow_no_value = true;
    if (flags & 4)
        format.opts.optionxform = osb_ini_keep_case;
    if (flags & 8)
        format.opts.inline_comment_prefixes = (osb_strings){semicolon, 1};
    if (flags & 16)
        format.opts.empty_lines_in_values = false;
    return format;
}

static osb_configparser *load(const osb_ini_format *format, osb_bytes text, osb_arena *a, int *rc,
                              osb_error *err) {
    osb_configparser *cp;
    require_done(osb_configparser_new(&format->opts, &cp, err), "new", err);
    *rc = osb_ini_load(cp, format, text, OSB_LIT("input"), a, err);
    return cp;
}

/* -- lint ----------------------------------------------------------------------------------------- */

static void lint(const osb_ini_format *format, osb_bytes text, bool readable, osb_arena *a) {
    osb_buf list = OSB_BUF_INIT;
    osb_error err = {0};
    if (osb_ini_lint(format, text, a, &list, &err) < 0) {
        require(!readable && err.kind == OSB_PARSINGERROR, "lint stops only where the reader does");
        osb_error_free(&err);
        osb_buf_free(&list);
        return;
    }
    const osb_ini_problem *problems = (const void *)list.ptr;
    size_t n = list.len / sizeof *problems;
    uint32_t last = 0;
    for (size_t i = 0; i < n; i++) {
        require(problems[i].line >= last && problems[i].message.len, "problems are in order");
        last = problems[i].line;
    }
    require(readable || n, "lint finds what the reader stops at");
    osb_buf_free(&list);
}

/* -- edits ---------------------------------------------------------------------------------------- */

static osb_bytes copy(osb_arena *a, osb_bytes s) {
    return osb_bytes_is_none(s) ? s : osb_arena_copy(a, s);
}

/* Whether all of the batch went well. */
static bool run_batch(osb_ini_doc *doc, osb_bytes text, bool existing, osb_arena *a,
                      last_set *last) {
    osb_ini_batch batch = {text, 1};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    osb_error err = {0};
    uint32_t line;
    size_t n;
    int rc;
    while ((rc = osb_ini_batch_next(&batch, a, words, &n, &line, &err)) > 0) {
        if (osb_ini_operate(doc, words, n, existing, &err) < 0) {
            rc = -1;
            break;
        }
        last->applies = osb_bytes_eq(words[0], OSB_LIT("set"));
        if (last->applies)
            *last = (last_set){copy(a, words[1]), copy(a, words[2]),
                               n == 4 ? copy(a, words[3]) : OSB_NONE, true};
    }
    osb_error_free(&err);
    return rc == 0;
}

static void check_diff(const osb_ini_doc *doc, osb_bytes old, osb_bytes new) {
    osb_buf diff = OSB_BUF_INIT, patched = OSB_BUF_INIT;
    osb_ini_diff(doc, OSB_LIT("input"), &diff);
    /* patch knows no other line ends than "\n". */
    bool has_cr = osb_bytes_find_char(old, '\r', 0) != OSB_NPOS ||
                  osb_bytes_find_char(new, '\r', 0) != OSB_NPOS;
    if (!has_cr) {
        apply_diff(old, osb_buf_bytes(&diff), &patched);
        require_equal("the patched text", osb_buf_bytes(&patched), new);
    }
    osb_buf_free(&patched);
    osb_buf_free(&diff);
}

static void check_last(const osb_ini_format *format, osb_configparser *cp, const last_set *last,
                       osb_arena *a) {
    osb_bytes value, section;
    osb_error err = {0};
    osb_get_opts raw = {.raw = true};
    if (last->applies) {
        require_done(osb_ini_section(format, last->section, a, &section, &err), "its name", &err);
        require_done(osb_configparser_get(cp, section, last->option, &raw, &value, &err),
                     "the option that was set", &err);
        require_equal("the value that was set", value, last->value);
    }
}

static void check_occurrences(osb_ini_doc *doc, osb_configparser *cp) {
    osb_strings names, options;
    osb_error err = {0};
    osb_buf list = OSB_BUF_INIT;
    require_done(osb_configparser_sections(cp, &names, &err), "sections", &err);
    for (size_t i = 0; i < names.n; i++) {
        require_done(osb_configparser_options(cp, names.items[i], &options, &err), "options", &err);
        for (size_t k = 0; k < options.n; k++) {
            osb_buf_truncate(&list, 0);
            require_done(osb_ini_occurrences(doc, names.items[i], options.items[k], &list, &err),
                         "occurrences", &err);
        }
    }
    osb_buf_free(&list);
}

/* The edited text as anyone else would read it. */
static void check_edited(const osb_ini_format *format, osb_bytes old, osb_bytes new,
                         const last_set *last, osb_arena *a) {
    osb_error err = {0};
    osb_buf same = OSB_BUF_INIT, differences = OSB_BUF_INIT;
    osb_ini_doc *doc;
    int rc;
    require_done(osb_ini_open(format, new, OSB_LIT("input"), a, &doc, &err), "open again", &err);
    osb_ini_write(doc, &same);
    require_equal("the text, unchanged", osb_buf_bytes(&same), new);
    osb_configparser *before = load(format, old, a, &rc, &err), *after;
    after = load(format, new, a, &rc, &err);
    require_done(rc, "load again", &err);
    check_last(format, after, last, a);
    check_occurrences(doc, after);
    require_done(osb_ini_compare(before, after, &differences, &err), "compare", &err);
    osb_configparser_free(before);
    osb_configparser_free(after);
    osb_ini_close(doc);
    osb_buf_free(&same);
    osb_buf_free(&differences);
}

/* -- merging -------------------------------------------------------------------------------------- */

/* All that another text says, in its own place. */
static void merge(const osb_ini_format *format, osb_bytes text, osb_bytes other, osb_arena *a) {
    osb_ini_doc *doc;
    osb_error err = {0};
    osb_buf new = OSB_BUF_INIT;
    last_set none = {.applies = false};
    int rc;
    osb_configparser *from = load(format, other, a, &rc, &err);
    osb_error_free(&err);
    osb_error_init(&err);
    require_done(osb_ini_open(format, text, OSB_LIT("input"), a, &doc, &err), "open", &err);
    if (rc == 0 && osb_ini_merge(doc, from, text.len & 1, &err) == 0) {
        osb_ini_write(doc, &new);
        if (osb_ini_verify(doc, osb_buf_bytes(&new), &err) == 0) {
            check_diff(doc, text, osb_buf_bytes(&new));
            check_edited(format, text, osb_buf_bytes(&new), &none, a);
        }
    }
    osb_error_free(&err);
    osb_buf_free(&new);
    osb_ini_close(doc);
    osb_configparser_free(from);
}

/* -- a value and back ----------------------------------------------------------------------------- */

/* Set an option; false where that is refused. */
static bool set_one(const osb_ini_format *format, osb_bytes text, osb_bytes section,
                    osb_bytes option, osb_bytes value, osb_arena *a, osb_buf *out) {
    osb_ini_doc *doc;
    osb_error err = {0};
    require_done(osb_ini_open(format, text, OSB_LIT("input"), a, &doc, &err), "open", &err);
    int rc = osb_ini_set(doc, section, option, value, &err);
    if (rc == 0) {
        osb_ini_write(doc, out);
        rc = osb_ini_verify(doc, osb_buf_bytes(out), &err);
    }
    osb_error_free(&err);
    osb_ini_close(doc);
    return rc == 0;
}

/* Another value and then the old one again: the file is what it was. */
static void set_and_reset(const osb_ini_format *format, osb_bytes text, osb_bytes section,
                          osb_item item, osb_arena *a) {
    osb_buf changed = OSB_BUF_INIT, restored = OSB_BUF_INIT;
    if (set_one(format, text, section, item.key, OSB_LIT("another"), a, &changed) &&
        set_one(format, osb_buf_bytes(&changed), section, item.key, item.value, a, &restored))
        require_equal("the text with the old value", osb_buf_bytes(&restored), text);
    osb_buf_free(&changed);
    osb_buf_free(&restored);
}

/* Of the python dialect's options that stand on one line. */
static void reset_each(const osb_ini_format *format, osb_bytes text, osb_arena *a) {
    osb_error err = {0};
    osb_strings names;
    int rc;
    osb_configparser *cp = load(format, text, a, &rc, &err);
    require_done(osb_configparser_sections(cp, &names, &err), "sections", &err);
    for (size_t i = 0; i < names.n && i < 4; i++) {
        osb_items items;
        require_done(osb_configparser_items(cp, names.items[i], true, (osb_items){0}, &items, &err),
                     "items", &err);
        for (size_t k = 0; k < items.n && k < 4; k++) {
            bool own;
            osb_bytes value;
            osb_configparser_find(cp, names.items[i], items.items[k].key, &value, &own);
            if (own && value.len && osb_bytes_find_char(value, '\n', 0) == OSB_NPOS)
                set_and_reset(format, text, names.items[i], items.items[k], a);
        }
    }
    osb_configparser_free(cp);
}

/* -- encodings ------------------------------------------------------------------------------------ */

static void check_encoding(const osb_ini_format *format, unsigned which, osb_bytes bytes,
                           osb_arena *a) {
    static const osb_bytes names[] = {
        OSB_LIT("utf-8"),     OSB_LIT("utf-8-sig"), OSB_LIT("latin-1"),   OSB_LIT("utf-16"),
        OSB_LIT("utf-16-be"), OSB_LIT("utf-32"),    OSB_LIT("utf-32-le"), OSB_LIT("ascii")};
    osb_ini_encoding encoding;
    osb_ini_input in = {.name = OSB_LIT("input"), .bytes = bytes};
    osb_buf again = OSB_BUF_INIT;
    osb_error err = {0};
    osb_bytes name = names[which % (sizeof names / sizeof *names)];
    require_done(osb_ini_encoding_of(name, format->dialect, &encoding, &err), "encoding", &err);
    if (bytes.len && osb_ini_decode(&encoding, a, &in, &err) == 0 &&
        osb_ini_encode(&encoding, &in, in.text, &again, &err) == 0)
        require_equal("encoded again", osb_buf_bytes(&again), bytes);
    osb_error_free(&err);
    osb_buf_free(&again);
}

/* -- one input ------------------------------------------------------------------------------------ */

static void edit(const osb_ini_format *format, osb_ini_doc *doc, osb_bytes text, osb_bytes batch,
                 osb_arena *a) {
    osb_error err = {0};
    osb_buf new = OSB_BUF_INIT;
    last_set last = {.applies = false};
    osb_ini_write(doc, &new);
    require_equal("the text, untouched", osb_buf_bytes(&new), text);
    osb_buf_truncate(&new, 0);
    if (run_batch(doc, batch, text.len & 1, a, &last)) {
        osb_ini_write(doc, &new);
        if (osb_ini_verify(doc, osb_buf_bytes(&new), &err) == 0) {
            check_diff(doc, text, osb_buf_bytes(&new));
            check_edited(format, text, osb_buf_bytes(&new), &last, a);
        }
        osb_error_free(&err);
    }
    osb_buf_free(&new);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes input = {(const char *)data, size};
    osb_ini_format format = take_format(&input);
    osb_bytes batch = take_until(&input, OSB_LIT("\n---\n")), text = input;
    osb_arena arena = {0};
    osb_ini_doc *doc;
    osb_error err = {0};
    bool readable = osb_ini_open(&format, text, OSB_LIT("input"), &arena, &doc, &err) == 0;
    lint(&format, text, readable, &arena);
    check_encoding(&format, (unsigned)size, text, &arena);
    if (readable) {
        edit(&format, doc, text, batch, &arena);
        osb_ini_close(doc);
        merge(&format, text, batch, &arena);
        if (format.dialect->python && format.opts.strict)
            reset_each(&format, text, &arena);
    }
    osb_error_free(&err);
    osb_arena_free(&arena);
    return 0;
}
