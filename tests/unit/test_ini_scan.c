/* configparser's grammar, line by line, and what it can beyond Python's. */
#include "configparser_testing.h"

static const osb_bytes marks[] = {OSB_LIT("="), OSB_LIT(":"), OSB_LIT("#"), OSB_LIT(";")};
static const osb_ini_grammar python = {
    .delimiters = {marks, 2}, .comment_prefixes = {marks + 2, 2}, .empty_lines_in_values = true};

/* Append a line as "number kind: ..."; "b" blank, "c" comment, "[name]", "key=value" or "key!" for
 * an option (behind its indent), "+text" continuation, "h" headless, "e" error. */
static void describe(osb_buf *out, const osb_ini_line *line) {
    osb_buf_fmt(out, out->len ? " %u" : "%u", line->number);
    switch (line->kind) {
    case OSB_INI_BLANK: osb_buf_adds(out, "b"); break;
    case OSB_INI_COMMENT: osb_buf_adds(out, "c"); break;
    case OSB_INI_HEADER: osb_buf_fmt(out, "[%b]", line->name); break;
    case OSB_INI_CONTINUATION: osb_buf_fmt(out, "+%b", line->value); break;
    case OSB_INI_HEADLESS: osb_buf_adds(out, "h"); break;
    case OSB_INI_ERROR: osb_buf_adds(out, "e"); break;
    case OSB_INI_OPTION:
        osb_buf_fmt(out, ">%u %b", line->indent, line->name);
        if (line->has_value)
            osb_buf_fmt(out, "=%b", line->value);
        else
            osb_buf_adds(out, "!");
    }
}

/* Scan the text, check that its lines and newlines are all of it, and compare their descriptions. */
static void assert_scan(const osb_ini_grammar *grammar, const char *text, const char *expected) {
    osb_ini_scanner s;
    osb_ini_line line;
    osb_buf shown = OSB_BUF_INIT;
    const char *at = text;
    osb_ini_scan_start(&s, grammar);
    osb_ini_scan_feed(&s, of(text));
    while (osb_ini_scan_next(&s, &line)) {
        assert_ptr_equal(line.whole.ptr, at);
        at += line.whole.len + line.newline;
        assert_int_equal(line.empty_key, line.kind == OSB_INI_OPTION && line.name.len == 0);
        describe(&shown, &line);
    }
    assert_ptr_equal(at, text + strlen(text));
    assert_text(osb_buf_bytes(&shown), expected);
    osb_buf_free(&shown);
}

static void python_grammar(void **state) {
    (void)state;
    assert_scan(&python, "", "");
    assert_scan(&python, "\n", "1b");
    assert_scan(&python, "; c\n\n[s] x\na = 1\n  2\n\n # d\n", "1c 2b 3[s] 4>0 a=1 5+2 6b 7c");
    assert_scan(&python, "a=1\n[s\n[s]\nstray\n", "1h 2h 3[s] 4e");
    assert_scan(&python, "[s]\n = 1\n  b=2", "1[s] 2>1 =1 3>2 b=2");
    assert_scan(&python, "[s]\n\xc2\xa0 a: b=c", "1[s] 2>2 a=b=c");
    assert_scan(&python, "[s]\r\na=1\r\n", "1[s] 2>0 a=1");
    assert_scan(&python, "[s]\ra=1", "1[s]");
}

static void options_of_python(void **state) {
    (void)state;
    osb_ini_grammar g = python;
    g.universal_newlines = true;
    assert_scan(&g, "[s]\ra=1\r\nb=2\n\rc=3\r", "1[s] 2>0 a=1 3>0 b=2 4b 5>0 c=3");
    g.allow_no_value = true;
    assert_scan(&g, "[s]\na\nb c\n  d\n", "1[s] 2>0 a! 3>0 b c! 4+d");
    g.empty_lines_in_values = false;
    assert_scan(&g, "[s]\na=1\n\n  b\n  c\n   d", "1[s] 2>0 a=1 3b 4>2 b! 5>2 c! 6+d");
    g.inline_comment_prefixes = (osb_strings){marks + 3, 1};
    assert_scan(&g, "[s] ;x\na=1;2 ;3\n ;4", "1[s] 2>0 a=1;2 3c");
}

static void dropped_options(void **state) {
    (void)state;
    osb_ini_scanner s;
    osb_ini_line line;
    osb_ini_scan_start(&s, &python);
    osb_ini_scan_feed(&s, OSB_LIT("[s]\na=1\n  b=2\n"));
    assert_true(osb_ini_scan_next(&s, &line));
    assert_true(osb_ini_scan_next(&s, &line));
    osb_ini_scan_drop_option(&s);
    assert_true(osb_ini_scan_next(&s, &line));
    assert_int_equal(line.kind, OSB_INI_OPTION);
    assert_text(line.name, "b");
    assert_false(osb_ini_scan_next(&s, &line));
}

static void text_in_pieces(void **state) {
    (void)state;
    static const char *const pieces[] = {"[s]\na=1\n", "", "  2\n\n", "  3", "b=4"};
    osb_ini_scanner s;
    osb_ini_line line;
    osb_buf shown = OSB_BUF_INIT;
    osb_ini_scan_start(&s, &python);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        osb_ini_scan_feed(&s, of(pieces[i]));
        while (osb_ini_scan_next(&s, &line))
            describe(&shown, &line);
    }
    assert_text(osb_buf_bytes(&shown), "1[s] 2>0 a=1 3+2 4b 5+3 6>0 b=4");
    osb_buf_free(&shown);
}

static bool ends_with_backslash(osb_bytes text, bool *quoted) {
    size_t n = text.len;
    (void)quoted;
    while (n && text.ptr[n - 1] == '\\')
        n--;
    return (text.len - n) % 2 == 1;
}

static void other_dialects(void **state) {
    (void)state;
    osb_ini_grammar g = python;
    g.headerless = true;
    assert_scan(&g, "a=1\n  2\n[s]\n", "1>0 a=1 2+2 3[s]");
    g.flat = true;
    assert_scan(&g, "a=1\n  b=2\n  [s]\n  c", "1>0 a=1 2>2 b=2 3[s] 4e");
    g.joins = ends_with_backslash;
    assert_scan(&g, "a=1 \\\n  2\\\nb=3\nc=4\\\\\nd=5",
                "1>0 a=1 \\ 2+2\\ 3+b=3 4>0 c=4\\\\ 5>0 d=5");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(python_grammar),  cmocka_unit_test(options_of_python),
        cmocka_unit_test(dropped_options), cmocka_unit_test(text_in_pieces),
        cmocka_unit_test(other_dialects),
    };
    return cmocka_run_group_tests_name("ini_scan", tests, NULL, NULL);
}
