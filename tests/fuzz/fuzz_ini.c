/* The configparser grammar: any text, any options. What was read is looked at in every way, written,
 * and read again. */
#include "fuzz.h"

#include <osbox/configparser.h>

enum { MAX_LINES = 512 };

static const osb_bytes delimiters[][2] = {
    {OSB_LIT("="), OSB_LIT(":")}, {OSB_LIT("=")}, {OSB_LIT("=>"), OSB_LIT("=")}, {OSB_LIT(" ")}};
static const osb_bytes comment_prefixes[][2] = {
    {OSB_LIT("#"), OSB_LIT(";")}, {OSB_LIT("#")}, {{0}}, {OSB_LIT("REM"), OSB_LIT("//")}};
static const osb_bytes inline_prefixes[][2] = {
    {{0}}, {OSB_LIT("#"), OSB_LIT(";")}, {OSB_LIT(";")}, {OSB_LIT("//")}};
static const osb_interpolation *const interpolations[] = {
    &osb_no_interpolation, &osb_basic_interpolation, &osb_extended_interpolation,
    &osb_legacy_interpolation};

typedef struct settings {
    osb_configparser_opts opts;
    bool space_around, as_string;
    bool round_trips; /* what Python's write writes with these options reads back the same */
} settings;

static osb_strings strings(const osb_bytes pair[2]) {
    return (osb_strings){pair, (size_t)(pair[0].ptr != NULL) + (pair[1].ptr != NULL)};
}

static settings take_settings(osb_bytes *input) {
    unsigned flags = take_byte(input), tables = take_byte(input);
    settings s = {.opts = osb_configparser_defaults};
    s.opts.allow_no_value = flags & 1;
    s.opts.strict = !(flags & 2);
    s.opts.empty_lines_in_values = !(flags & 4);
    s.opts.dict_type = flags & 8 ? OSB_DICT_SORTED : OSB_DICT_ORDERED;
    s.opts.raw_parser = flags & 16;
    s.opts.interpolation = interpolations[flags >> 5 & 3];
    s.opts.interpolation_max = 1 << 14;
    s.space_around = flags & 128;
    s.opts.delimiters = strings(delimiters[tables & 3]);
    s.opts.comment_prefixes = strings(comment_prefixes[tables >> 2 & 3]);
    s.opts.inline_comment_prefixes = strings(inline_prefixes[tables >> 4 & 3]);
    if (tables & 64)
        s.opts.default_section = OSB_LIT("common");
    s.as_string = tables & 128;
    s.round_trips = s.opts.empty_lines_in_values && (tables & 3) < 2 && (tables >> 2 & 3) < 3 &&
                    (tables >> 4 & 3) == 0;
    return s;
}

static osb_configparser *new_parser(const settings *s) {
    osb_configparser *cp;
    osb_error err = {0};
    require_done(osb_configparser_new(&s->opts, &cp, &err), "new", &err);
    return cp;
}

/* -- the same state ------------------------------------------------------------------------------- */

static osb_strings keys(osb_configparser *cp) {
    osb_strings names;
    osb_error err = {0};
    require_done(osb_configparser_keys(cp, &names, &err), "keys", &err);
    return names;
}

static osb_items raw_items(osb_configparser *cp, osb_bytes section) {
    osb_items items;
    osb_error err = {0};
    require_done(osb_configparser_items(cp, section, true, (osb_items){0}, &items, &err), "items",
                 &err);
    return items;
}

static void require_same(osb_configparser *made, osb_configparser *expected) {
    osb_strings a = keys(made), b = keys(expected);
    require(a.n == b.n, "as many sections");
    for (size_t i = 0; i < a.n; i++) {
        require_equal("section", a.items[i], b.items[i]);
        osb_items have = raw_items(made, a.items[i]), want = raw_items(expected, a.items[i]);
        for (size_t k = 0; k < have.n && k < want.n; k++) {
            require_equal("option", have.items[k].key, want.items[k].key);
            require_equal("value", have.items[k].value, want.items[k].value);
        }
        require(have.n == want.n, "as many options");
    }
}

/* -- every getter --------------------------------------------------------------------------------- */

static void forgive(osb_error *err) {
    require(err->kind != OSB_OK || err->heap == NULL, "an error has a kind");
    osb_error_free(err);
    osb_error_init(err);
}

static void get_typed(osb_configparser *cp, osb_bytes section, osb_bytes option) {
    osb_error err = {0};
    int64_t number;
    double x;
    bool truth;
    osb_configparser_getint(cp, section, option, NULL, NULL, &number, &err);
    forgive(&err);
    osb_configparser_getfloat(cp, section, option, NULL, NULL, &x, &err);
    forgive(&err);
    osb_configparser_getboolean(cp, section, option, NULL, NULL, &truth, &err);
    forgive(&err);
}

static void get_one(osb_configparser *cp, osb_bytes section, osb_item item) {
    osb_error err = {0};
    osb_bytes value, source;
    uint32_t line;
    osb_get_opts raw = {.raw = true};
    int rc = osb_configparser_get(cp, section, item.key, &raw, &value, &err);
    if (rc == 0) /* the name that items gives need not be its own canonical form */
        require_equal("get, raw", value, item.value);
    forgive(&err);
    osb_configparser_get(cp, section, item.key, NULL, &value, &err);
    forgive(&err);
    osb_configparser_origin(cp, section, item.key, &source, &line);
    get_typed(cp, section, item.key);
}

static void get_section(osb_configparser *cp, osb_bytes section) {
    osb_error err = {0};
    osb_items raw = raw_items(cp, section), items;
    osb_strings options;
    for (size_t i = 0; i < raw.n; i++)
        get_one(cp, section, raw.items[i]);
    osb_configparser_items(cp, section, false, (osb_items){0}, &items, &err);
    forgive(&err);
    osb_configparser_options(cp, section, &options, &err);
    forgive(&err);
}

static void get_everything(osb_configparser *cp) {
    osb_strings names = keys(cp);
    for (size_t i = 0; i < names.n; i++)
        get_section(cp, names.items[i]);
}

/* -- reading, writing, reading -------------------------------------------------------------------- */

static int read_text(const settings *s, osb_configparser *cp, osb_bytes text, osb_error *err) {
    if (s->as_string)
        return osb_configparser_read_string(cp, text, OSB_LIT("input"), err);
    return osb_configparser_read_text(cp, text, OSB_LIT("input"), err);
}

/* The same text line by line gives the same parser, or the same error. */
static void compare_lines(const settings *s, osb_bytes text, osb_configparser *expected, int rc,
                          const osb_error *err) {
    osb_bytes lines[MAX_LINES];
    osb_error line_err = {0};
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++) {
        size_t end = osb_bytes_find_char(text, '\n', at);
        if (n == MAX_LINES)
            return;
        lines[n] = osb_bytes_sub(text, at, end == OSB_NPOS ? end : end + 1);
        at += lines[n].len;
    }
    osb_configparser *cp = new_parser(s);
    int line_rc = osb_configparser_read_lines(cp, lines, n, OSB_LIT("input"), &line_err);
    require(rc == line_rc, "read_lines succeeds where read_string does");
    require_equal("the error", osb_error_message(&line_err), osb_error_message(err));
    require_same(cp, expected);
    osb_error_free(&line_err);
    osb_configparser_free(cp);
}

/* An option with an empty key is kept, as in Python, and cannot be read again: well is false after
 * errors. */
static void write_and_read(const settings *s, osb_configparser *cp, bool well) {
    osb_buf written = OSB_BUF_INIT;
    osb_error err = {0};
    require_done(osb_configparser_write(cp, &written, s->space_around, &err), "write", &err);
    osb_configparser *again = new_parser(s);
    int rc = osb_configparser_read_string(again, osb_buf_bytes(&written), OSB_LIT("again"), &err);
    if (well && s->round_trips) {
        require_done(rc, "what was written reads", &err);
        require_same(again, cp);
    }
    osb_error_free(&err);
    osb_configparser_free(again);
    osb_buf_free(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes text = {(const char *)data, size};
    settings s = take_settings(&text);
    osb_configparser *cp = new_parser(&s);
    osb_error err = {0};
    int rc = read_text(&s, cp, text, &err);
    if (s.as_string && err.kind != OSB_UNICODEDECODEERROR)
        compare_lines(&s, text, cp, rc, &err);
    osb_error_free(&err);
    get_everything(cp);
    write_and_read(&s, cp, rc == 0);
    osb_configparser_free(cp);
    return 0;
}
