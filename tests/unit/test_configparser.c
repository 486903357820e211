/* configparser: reading, sections and options, the mapping protocol, writing. */
#include "configparser_testing.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* -- making -------------------------------------------------------------------------------------- */

static void default_options(void **state) {
    (void)state;
    const osb_configparser_opts *o = &osb_configparser_defaults;
    assert_strings(o->delimiters, "=,:");
    assert_strings(o->comment_prefixes, "#,;");
    assert_int_equal(o->inline_comment_prefixes.n, 0);
    assert_true(o->strict && o->empty_lines_in_values && !o->allow_no_value && !o->raw_parser);
    assert_text(o->default_section, OSB_DEFAULTSECT);
    assert_ptr_equal(o->interpolation, &osb_basic_interpolation);
    assert_int_equal(o->interpolation_max, OSB_INTERPOLATION_MAX);
    assert_true(osb_rawconfigparser_defaults.raw_parser);
    assert_ptr_equal(osb_rawconfigparser_defaults.interpolation, &osb_no_interpolation);
}

static void made_in_any_memory(void **state) {
    (void)state;
    static char mem[2000];
    for (size_t n = 0; n <= sizeof mem; n += 500) {
        osb_configparser *cp;
        assert_int_equal(osb_configparser_new_on(NULL, mem, n, &cp, NULL), 0);
        assert_int_equal(osb_configparser_read_string(cp, OSB_LIT("[s]\na=1"), OSB_NONE, NULL), 0);
        assert_get(cp, "s", "a", "1");
        osb_configparser_free(cp);
    }
    osb_configparser *safe;
    assert_int_equal(osb_safeconfigparser_new(NULL, &safe, NULL), 0);
    osb_configparser_free(safe);
    osb_configparser_free(NULL);
}

static void defaults_are_checked(void **state) {
    (void)state;
    osb_configparser *cp = NULL;
    osb_error err = {0};
    const osb_item none[] = {{OSB_LIT("a"), OSB_NONE}};
    const osb_item twice[] = {{OSB_LIT("a"), OSB_LIT("1")}, {OSB_LIT("A"), OSB_LIT("2")}};
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.defaults = (osb_items){none, 1};
    assert_int_equal(osb_configparser_new(&opts, &cp, &err), -1);
    assert_error(&err, OSB_TYPEERROR, "option values must be strings");
    opts.defaults = (osb_items){twice, 2};
    assert_int_equal(osb_configparser_new(&opts, &cp, &err), -1);
    assert_error(&err, OSB_DUPLICATEOPTIONERROR,
                 "While reading from '<dict>': option 'a' in section 'DEFAULT' already exists");
    assert_null(cp);
    opts.raw_parser = true;
    assert_int_equal(osb_configparser_new(&opts, &cp, NULL), 0);
    assert_get(cp, "DEFAULT", "a", "2");
    osb_configparser_free(cp);
}

/* -- reading ------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    osb_kind kind;
    uint32_t line;
    const char *message;
} bad_texts[] = {
    {"[s]\n\nstray\na=1\n=2", OSB_PARSINGERROR, 3,
     "Source contains parsing errors: '<string>'\n\t[line  3]: 'stray\\n'\n\t[line  5]: '=2'"},
    {"\na = 1\n", OSB_MISSINGSECTIONHEADERERROR, 2,
     "File contains no section headers.\nfile: '<string>', line: 2\n'a = 1\\n'"},
    {"[s]\n[t]\n[s]\n", OSB_DUPLICATESECTIONERROR, 3,
     "While reading from '<string>' [line  3]: section 's' already exists"},
    {"[s]\na=1\nA=1\n", OSB_DUPLICATEOPTIONERROR, 3,
     "While reading from '<string>' [line  3]: option 'a' in section 's' already exists"},
    {"[s]\na=\xff\n", OSB_UNICODEDECODEERROR, 0,
     "'utf-8' codec can't decode byte 0xff in position 6: invalid start byte"},
};

static void reading_errors(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_texts / sizeof *bad_texts; i++) {
        osb_configparser *cp;
        osb_error err = {0};
        osb_configparser_new(NULL, &cp, NULL);
        assert_int_equal(
            osb_configparser_read_text(cp, of(bad_texts[i].text), OSB_LIT("<string>"), &err), -1);
        if (bad_texts[i].line)
            assert_int_equal(err.line, bad_texts[i].line);
        assert_error(&err, bad_texts[i].kind, bad_texts[i].message);
        osb_configparser_free(cp);
    }
}

static void good_values_stay(void **state) {
    (void)state;
    osb_configparser *cp;
    osb_configparser_new(NULL, &cp, NULL);
    const char *text = "[s]\na=1\n  2\nstray\nb=3\n  4\nb=5\n";
    assert_int_equal(osb_configparser_read_string(cp, of(text), OSB_NONE, NULL), -1);
    assert_get(cp, "s", "a", "1\n2");
    assert_get(cp, "s", "b", "3\n4");
    osb_configparser_free(cp);
}

static void valueless_continued(void **state) {
    (void)state;
    osb_configparser *cp;
    osb_error err = {0};
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.allow_no_value = true;
    osb_configparser_new(&opts, &cp, NULL);
    assert_int_equal(osb_configparser_read_string(cp, OSB_LIT("[s]\na\n b"), OSB_NONE, &err), -1);
    assert_int_equal(err.line, 3);
    assert_error(&err, OSB_ATTRIBUTEERROR, "'NoneType' object has no attribute 'append'");
    osb_configparser_free(cp);
}

static void texts_are_copied_or_not(void **state) {
    (void)state;
    osb_configparser *cp;
    osb_configparser_new(NULL, &cp, NULL);
    char text[] = "[s]\nkey = value\n", source[] = "src";
    assert_int_equal(osb_configparser_read_string(cp, of(text), of(source), NULL), 0);
    osb_bytes lines[] = {OSB_LIT("[t]\n"), of(text + 4)};
    assert_int_equal(osb_configparser_read_lines(cp, lines, 2, of(source), NULL), 0);
    memset(text, 'X', sizeof text - 1);
    memset(source, 'X', sizeof source - 1);
    assert_get(cp, "s", "key", "value");
    assert_get(cp, "t", "key", "value");
    static const char lasting[] = "[u]\r\nkey = value\r";
    assert_int_equal(osb_configparser_read_text(cp, of(lasting), OSB_NONE, NULL), 0);
    osb_bytes value;
    osb_get_opts raw = {.raw = true};
    osb_configparser_get(cp, OSB_LIT("u"), OSB_LIT("key"), &raw, &value, NULL);
    assert_text(value, "value");
    assert_true(value.ptr > lasting && value.ptr < lasting + sizeof lasting);
    osb_configparser_free(cp);
}

static void write_file(const char *name, const char *content) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, content, strlen(content)), (ssize_t)strlen(content));
    close(fd);
}

static void reading_files(void **state) {
    (void)state;
    osb_configparser *cp;
    osb_error err = {0};
    osb_strings read_ok;
    char directory[] = "/tmp/osbox-test-configparser-XXXXXX";
    assert_non_null(mkdtemp(directory));
    assert_int_equal(chdir(directory), 0);
    write_file("f", "[s]\ra=\xc3\xa9\r\n");
    write_file("g", "[s]\nb=2\n");
    write_file("bad", "[s]\nstray");
    const char *names[] = {"f", "gone", ".", "g", "bad"};
    osb_configparser_new(NULL, &cp, NULL);
    assert_int_equal(osb_configparser_read(cp, names, 4, OSB_NONE, &read_ok, &err), 0);
    assert_strings(read_ok, "f,g");
    assert_get(cp, "s", "a", "\xc3\xa9");
    assert_get(cp, "s", "b", "2");
    assert_int_equal(osb_configparser_read(cp, names, 1, OSB_LIT("latin-1"), NULL, &err), 0);
    assert_get(cp, "s", "a", "\xc3\x83\xc2\xa9");
    assert_int_equal(osb_configparser_read(cp, names, 1, OSB_LIT("nope"), NULL, &err), -1);
    assert_error(&err, OSB_LOOKUPERROR, "unknown encoding: nope");
    assert_int_equal(osb_configparser_read(cp, names, 5, OSB_NONE, NULL, &err), -1);
    assert_error(&err, OSB_PARSINGERROR,
                 "Source contains parsing errors: 'bad'\n\t[line  2]: 'stray'");
    int fd = open("bad", O_RDONLY);
    assert_int_equal(osb_configparser_read_file(cp, fd, OSB_NONE, &err), -1);
    assert_error(&err, OSB_PARSINGERROR,
                 "Source contains parsing errors: '<?\?\?>'\n\t[line  2]: 'stray'");
    lseek(fd, 3, SEEK_SET);
    assert_int_equal(osb_configparser_readfp(cp, fd, OSB_LIT("tail"), &err), -1);
    assert_error(&err, OSB_MISSINGSECTIONHEADERERROR,
                 "File contains no section headers.\nfile: 'tail', line: 2\n'stray'");
    close(fd);
    assert_int_equal(osb_configparser_read_file(cp, -1, OSB_LIT("f"), &err), -1);
    assert_true(osb_error_is(&err, OSB_OSERROR));
    osb_error_free(&err);
    osb_configparser_free(cp);
    for (size_t i = 0; i < 5; i++)
        unlink(names[i]);
    assert_int_equal(chdir("/") | rmdir(directory), 0);
}

static void reading_dictionaries(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "");
    osb_error err = {0};
    const osb_item options[] = {{OSB_LIT("A"), OSB_LIT("1")}, {OSB_LIT("b"), OSB_LIT("50%%")}};
    const osb_item twice[] = {{OSB_LIT("k"), OSB_LIT("1")}, {OSB_LIT("K"), OSB_LIT("2")}};
    const osb_dict_section dict[] = {{OSB_LIT("s"), {options, 2}},
                                     {OSB_LIT("DEFAULT"), {options, 1}},
                                     {OSB_LIT("t"), {twice, 2}}};
    assert_int_equal(osb_configparser_read_dict(cp, dict, 2, OSB_NONE, &err), 0);
    assert_written(cp, "[DEFAULT]\na = 1\n\n[s]\na = 1\nb = 50%%\n\n");
    assert_int_equal(osb_configparser_read_dict(cp, dict, 3, OSB_LIT("d"), &err), -1);
    assert_error(&err, OSB_DUPLICATEOPTIONERROR,
                 "While reading from 'd': option 'k' in section 't' already exists");
    const osb_dict_section sections[] = {{OSB_LIT("s"), {NULL, 0}}, {OSB_LIT("s"), {NULL, 0}}};
    assert_int_equal(osb_configparser_read_dict(cp, sections, 2, OSB_NONE, &err), -1);
    assert_error(&err, OSB_DUPLICATESECTIONERROR, "Section 's' already exists");
    osb_configparser_free(cp);
}

/* -- sections and options ------------------------------------------------------------------------ */

static void sections(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[b]\n[a]\n[DEFAULT]\n");
    osb_error err = {0};
    osb_strings names;
    assert_int_equal(osb_configparser_sections(cp, &names, &err), 0);
    assert_strings(names, "b,a");
    assert_int_equal(osb_configparser_add_section(cp, OSB_LIT("c"), &err), 0);
    assert_int_equal(osb_configparser_add_section(cp, OSB_LIT("c"), &err), -1);
    assert_error(&err, OSB_DUPLICATESECTIONERROR, "Section 'c' already exists");
    assert_int_equal(osb_configparser_add_section(cp, OSB_LIT("DEFAULT"), &err), -1);
    assert_error(&err, OSB_VALUEERROR, "Invalid section name: 'DEFAULT'");
    assert_true(osb_configparser_has_section(cp, OSB_LIT("a")));
    assert_false(osb_configparser_has_section(cp, OSB_LIT("DEFAULT")));
    assert_true(osb_configparser_remove_section(cp, OSB_LIT("b")));
    assert_false(osb_configparser_remove_section(cp, OSB_LIT("b")));
    assert_false(osb_configparser_remove_section(cp, OSB_LIT("DEFAULT")));
    assert_int_equal(osb_configparser_keys(cp, &names, &err), 0);
    assert_strings(names, "DEFAULT,a,c");
    assert_int_equal(osb_configparser_len(cp), 3);
    assert_true(osb_configparser_contains(cp, OSB_LIT("DEFAULT")));
    assert_false(osb_configparser_contains(cp, OSB_LIT("b")));
    osb_configparser_clear(cp);
    assert_int_equal(osb_configparser_len(cp), 1);
    osb_configparser_free(cp);
}

static void options(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[DEFAULT]\nd=0\nx=1\n[s]\ny=2\nx=3\n");
    osb_error err = {0};
    osb_strings names;
    osb_items items;
    bool found;
    assert_int_equal(osb_configparser_options(cp, OSB_LIT("s"), &names, &err), 0);
    assert_strings(names, "y,x,d");
    assert_int_equal(osb_configparser_options(cp, OSB_LIT("DEFAULT"), &names, &err), -1);
    assert_error(&err, OSB_NOSECTIONERROR, "No section: 'DEFAULT'");
    assert_int_equal(osb_configparser_get_defaults(cp, &items, &err), 0);
    assert_items(items, "d=0,x=1");
    assert_int_equal(osb_configparser_items(cp, OSB_LIT("s"), false, (osb_items){0}, &items, &err),
                     0);
    assert_items(items, "d=0,x=3,y=2");
    assert_int_equal(osb_configparser_items(cp, OSB_LIT("t"), false, (osb_items){0}, &items, &err),
                     -1);
    assert_error(&err, OSB_NOSECTIONERROR, "No section: 't'");
    osb_configparser_has_option(cp, OSB_LIT("s"), OSB_LIT("D"), &found, &err);
    assert_true(found);
    osb_configparser_has_option(cp, OSB_NONE, OSB_LIT("y"), &found, &err);
    assert_false(found);
    assert_int_equal(osb_configparser_remove_option(cp, OSB_LIT("s"), OSB_LIT("d"), &found, &err),
                     0);
    assert_false(found);
    assert_int_equal(osb_configparser_remove_option(cp, OSB_LIT("s"), OSB_LIT("X"), &found, &err),
                     0);
    assert_true(found);
    assert_get(cp, "s", "x", "1");
    assert_int_equal(osb_configparser_remove_option(cp, OSB_LIT("t"), OSB_LIT("x"), NULL, &err),
                     -1);
    assert_error(&err, OSB_NOSECTIONERROR, "No section: 't'");
    osb_configparser_free(cp);
}

static void sorted(void **state) {
    (void)state;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.dict_type = OSB_DICT_SORTED;
    osb_configparser *cp = make(&opts, "[b]\nz=1\na=2\n[a]\n[DEFAULT]\nm=0\n");
    osb_strings names;
    osb_configparser_sections(cp, &names, NULL);
    assert_strings(names, "a,b");
    osb_configparser_options(cp, OSB_LIT("b"), &names, NULL);
    assert_strings(names, "a,m,z");
    assert_written(cp, "[DEFAULT]\nm = 0\n\n[a]\n\n[b]\na = 2\nz = 1\n\n");
    osb_configparser_free(cp);
}

static void setting(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[s]\n");
    osb_error err = {0};
    assert_int_equal(osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("A"), OSB_LIT("%(b)s"), &err),
                     0);
    assert_int_equal(osb_configparser_set(cp, OSB_NONE, OSB_LIT("b"), OSB_LIT("1"), &err), 0);
    assert_get(cp, "s", "a", "1");
    assert_int_equal(osb_configparser_set(cp, OSB_LIT("t"), OSB_LIT("a"), OSB_LIT("1"), &err), -1);
    assert_error(&err, OSB_NOSECTIONERROR, "No section: 't'");
    assert_int_equal(
        osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("a"), OSB_LIT("%%\xc3\xa9%"), &err), -1);
    assert_error(&err, OSB_VALUEERROR,
                 "invalid interpolation syntax in '%%\xc3\xa9%' at position 1");
    assert_int_equal(osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("a"), OSB_NONE, &err), -1);
    assert_error(&err, OSB_TYPEERROR, "option values must be strings");
    osb_configparser_free(cp);
}

/* A value that a parser lent may be given back to it. */
static void setting_borrowed_values(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[s]\na=1\nb=%(a)s%(a)s\n[t]\n");
    osb_bytes value;
    osb_items items;
    osb_section s;
    osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("b"), NULL, &value, NULL);
    assert_int_equal(osb_configparser_set(cp, OSB_LIT("s"), value, value, NULL), 0);
    assert_get(cp, "s", "11", "11");
    osb_configparser_items(cp, OSB_LIT("s"), true, (osb_items){0}, &items, NULL);
    assert_int_equal(osb_configparser_setitem(cp, OSB_LIT("t"), items, NULL), 0);
    assert_get(cp, "t", "b", "11");
    osb_configparser_items(cp, OSB_LIT("s"), true, (osb_items){0}, &items, NULL);
    assert_int_equal(osb_configparser_setitem(cp, OSB_LIT("s"), items, NULL), 0);
    assert_get(cp, "s", "b", "11");
    osb_configparser_getitem(cp, OSB_LIT("t"), &s, NULL);
    assert_true(osb_configparser_remove_section(cp, s.name));
    assert_int_equal(osb_configparser_add_section(cp, s.name, NULL), 0);
    osb_configparser_free(cp);
}

/* -- origins and other readers ------------------------------------------------------------------- */

static void assert_origin(osb_configparser *cp, const char *section, const char *option,
                          const char *source, uint32_t line) {
    osb_bytes given = OSB_NONE;
    uint32_t at = 0;
    assert_true(osb_configparser_origin(cp, of(section), of(option), &given, &at));
    assert_text(given, source);
    assert_int_equal(at, line);
}

static void origins(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[DEFAULT]\nd=0\n[s]\na=1\n  2\n\nb=3\n");
    osb_bytes source;
    uint32_t line;
    assert_origin(cp, "s", "a", "<string>", 4);
    assert_origin(cp, "s", "b", "<string>", 7);
    assert_origin(cp, "s", "d", "<string>", 2);
    assert_int_equal(osb_configparser_read_text(cp, OSB_LIT("\n[s]\nb=4"), OSB_LIT("over"), NULL),
                     0);
    assert_origin(cp, "s", "b", "over", 3);
    assert_origin(cp, "s", "a", "<string>", 4);
    osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("a"), OSB_LIT("5"), NULL);
    assert_true(osb_configparser_origin(cp, OSB_LIT("s"), OSB_LIT("a"), &source, &line));
    assert_int_equal(line, 0);
    assert_false(osb_configparser_origin(cp, OSB_LIT("s"), OSB_LIT("z"), &source, &line));
    assert_false(osb_configparser_origin(cp, OSB_LIT("t"), OSB_LIT("a"), &source, &line));
    osb_configparser_free(cp);
}

static void only_one_section_is_kept(void **state) {
    (void)state;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.only_section = OSB_LIT("s");
    osb_configparser *cp =
        make(&opts, "[DEFAULT]\nd=0\n[t]\na=1\nb=2\n  3\n[s]\na=%(d)s\n[u]\na=1\n");
    osb_strings names;
    assert_int_equal(osb_configparser_sections(cp, &names, NULL), 0);
    assert_int_equal(names.n, 3);
    assert_get(cp, "s", "a", "0");
    assert_int_equal(osb_configparser_options(cp, OSB_LIT("t"), &names, NULL), 0);
    assert_int_equal(names.n, 1); /* DEFAULT's */
    osb_error err = {0};
    assert_int_equal(osb_configparser_read_string(cp, OSB_LIT("[v]\na=1\nA=2\n"), OSB_NONE, &err),
                     -1);
    assert_int_equal(err.kind, OSB_DUPLICATEOPTIONERROR);
    assert_int_equal(err.line, 3);
    osb_error_free(&err);
    osb_configparser_free(cp);
}

static void filling(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[DEFAULT]\nd=0\n[s]\na=1\n");
    osb_bytes value;
    uint32_t source;
    bool own;
    assert_int_equal(osb_configparser_begin_source(cp, OSB_LIT("unit"), &source, NULL), 0);
    assert_int_equal(
        osb_configparser_put(cp, source, 9, OSB_LIT("s"), OSB_LIT("B"), OSB_LIT("50%"), NULL), 0);
    assert_int_equal(
        osb_configparser_put(cp, source, 10, OSB_LIT(""), OSB_LIT("e"), OSB_NONE, NULL), 0);
    assert_int_equal(osb_configparser_put_section(cp, OSB_LIT("t"), NULL), 0);
    assert_int_equal(osb_configparser_put_section(cp, OSB_LIT("t"), NULL), 0);
    assert_origin(cp, "s", "b", "unit", 9);
    assert_true(osb_configparser_find(cp, OSB_LIT("s"), OSB_LIT("b"), &value, &own));
    assert_text(value, "50%");
    assert_true(own);
    assert_true(osb_configparser_find(cp, OSB_LIT("t"), OSB_LIT("d"), &value, &own));
    assert_text(value, "0");
    assert_false(own);
    assert_false(osb_configparser_find(cp, OSB_LIT("t"), OSB_LIT("a"), &value, &own));
    assert_true(osb_configparser_has_section(cp, OSB_LIT("")));
    assert_false(osb_configparser_drop(cp, OSB_LIT("s"), OSB_LIT("d")));
    assert_true(osb_configparser_drop(cp, OSB_LIT("s"), OSB_LIT("b")));
    assert_false(osb_configparser_drop(cp, OSB_LIT("s"), OSB_LIT("b")));
    osb_configparser_free(cp);
}

/* -- the mapping --------------------------------------------------------------------------------- */

static void mapping(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[DEFAULT]\nd=0\n[a]\nx=1\n[b]\n");
    osb_error err = {0};
    osb_arena arena = {0};
    osb_section s;
    osb_items items;
    osb_bytes key;
    bool found;
    const osb_item y[] = {{OSB_LIT("Y"), OSB_LIT("2")}};
    const osb_items options = {y, 1};
    assert_int_equal(osb_configparser_getitem(cp, OSB_LIT("it's"), &s, &err), -1);
    assert_error(&err, OSB_KEYERROR, "\"it's\"");
    assert_int_equal(osb_configparser_setitem(cp, OSB_LIT("a"), options, &err), 0);
    assert_int_equal(osb_configparser_setdefault(cp, OSB_LIT("c"), options, &s, &err), 0);
    assert_text(s.name, "c");
    assert_int_equal(osb_configparser_setdefault(cp, OSB_LIT("b"), options, &s, &err), 0);
    const osb_dict_section update[] = {{OSB_LIT("e"), options}, {OSB_LIT("a"), {NULL, 0}}};
    assert_int_equal(osb_configparser_update(cp, update, 2, &err), 0);
    assert_written(cp, "[DEFAULT]\nd = 0\n\n[a]\n\n[b]\n\n[c]\ny = 2\n\n[e]\ny = 2\n\n");
    assert_int_equal(osb_configparser_delitem(cp, OSB_LIT("b"), &err), 0);
    assert_int_equal(osb_configparser_delitem(cp, OSB_LIT("b"), &err), -1);
    assert_error(&err, OSB_KEYERROR, "'b'");
    assert_int_equal(osb_configparser_delitem(cp, OSB_LIT("DEFAULT"), &err), -1);
    assert_error(&err, OSB_VALUEERROR, "Cannot remove the default section.");
    assert_int_equal(osb_configparser_pop(cp, OSB_LIT("c"), false, &arena, &items, &found, &err),
                     0);
    assert_true(found);
    assert_int_equal(osb_configparser_popitem(cp, &arena, &key, &items, &err), 0);
    assert_text(key, "a");
    assert_items(items, "d=0");
    assert_int_equal(osb_configparser_pop(cp, OSB_LIT("c"), true, &arena, &items, &found, &err), 0);
    assert_false(found);
    assert_int_equal(osb_configparser_pop(cp, OSB_LIT("c"), false, &arena, &items, NULL, &err), -1);
    assert_error(&err, OSB_KEYERROR, "'c'");
    osb_configparser_clear(cp);
    assert_int_equal(osb_configparser_popitem(cp, &arena, &key, &items, &err), -1);
    assert_error(&err, OSB_KEYERROR, "");
    osb_configparser_free(cp);
    osb_arena_free(&arena);
}

static void proxy_mapping(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[DEFAULT]\nd=0\n[s]\na=1\nb=%(a)s\n");
    osb_error err = {0};
    osb_arena arena = {0};
    osb_section s;
    osb_strings names;
    osb_bytes value, key, fallback = OSB_LIT("f");
    bool found;
    size_t n;
    assert_int_equal(osb_configparser_getitem(cp, OSB_LIT("s"), &s, &err), 0);
    assert_ptr_equal(s.cp, cp);
    assert_int_equal(osb_section_getitem(&s, OSB_LIT("B"), &value, &err), 0);
    assert_text(value, "1");
    assert_int_equal(osb_section_getitem(&s, OSB_LIT("Z"), &value, &err), -1);
    assert_error(&err, OSB_KEYERROR, "'Z'");
    assert_int_equal(osb_section_setitem(&s, OSB_LIT("c"), OSB_NONE, &err), -1);
    assert_error(&err, OSB_TYPEERROR, "option values must be strings");
    assert_int_equal(osb_section_setitem(&s, OSB_LIT("c"), OSB_LIT("3"), &err), 0);
    assert_int_equal(osb_section_delitem(&s, OSB_LIT("d"), &err), -1);
    assert_error(&err, OSB_KEYERROR, "'d'");
    assert_int_equal(osb_section_delitem(&s, OSB_LIT("b"), &err), 0);
    assert_int_equal(osb_section_contains(&s, OSB_LIT("D"), &found, &err), 0);
    assert_true(found);
    assert_int_equal(osb_section_keys(&s, &names, &err), 0);
    assert_strings(names, "a,c,d");
    assert_int_equal(osb_section_len(&s, &n, &err), 0);
    assert_int_equal(n, 3);
    assert_int_equal(osb_section_pop(&s, OSB_LIT("c"), NULL, &arena, &value, &err), 0);
    assert_text(value, "3");
    assert_int_equal(osb_section_pop(&s, OSB_LIT("c"), &fallback, &arena, &value, &err), 0);
    assert_text(value, "f");
    assert_int_equal(osb_section_popitem(&s, &arena, &key, &value, &err), 0);
    assert_text(key, "a");
    assert_int_equal(osb_section_popitem(&s, &arena, &key, &value, &err), -1);
    assert_error(&err, OSB_KEYERROR, "'d'");
    const osb_item items[] = {{OSB_LIT("m"), OSB_LIT("1")}, {OSB_LIT("n"), OSB_LIT("%")}};
    assert_int_equal(osb_section_update(&s, (osb_items){items, 2}, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "invalid interpolation syntax in '%' at position 0");
    assert_int_equal(osb_section_setdefault(&s, OSB_LIT("m"), OSB_LIT("9"), &value, &err), 0);
    assert_text(value, "1");
    assert_int_equal(osb_section_clear(&s, &err), 0);
    assert_int_equal(osb_section_len(&s, &n, &err), 0);
    assert_int_equal(n, 1);
    osb_configparser_remove_section(cp, OSB_LIT("s"));
    assert_int_equal(osb_section_len(&s, &n, &err), -1);
    assert_error(&err, OSB_NOSECTIONERROR, "No section: 's'");
    osb_configparser_free(cp);
    osb_arena_free(&arena);
}

/* What setdefault returns is the parser's, whatever becomes of the argument. */
static void proxy_setdefault_lends(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[s]\n");
    osb_section s;
    osb_bytes value;
    char given[] = "mine";
    osb_configparser_getitem(cp, OSB_LIT("s"), &s, NULL);
    assert_int_equal(osb_section_setdefault(&s, OSB_LIT("a"), of(given), &value, NULL), 0);
    memset(given, 'X', 4);
    assert_text(value, "mine");
    osb_configparser_free(cp);
}

static void proxy_get(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[s]\ni=5\nf=1e3\nb=off\nw=x\n");
    osb_error err = {0};
    osb_section s;
    osb_bytes value = OSB_LIT("?"), fallback = OSB_LIT("f");
    osb_get_opts opts = {.fallback = &fallback};
    int64_t i = 0, seven = 7;
    double f = 0;
    bool b = true, none = true;
    osb_configparser_getitem(cp, OSB_LIT("s"), &s, NULL);
    assert_int_equal(osb_section_get(&s, OSB_LIT("z"), NULL, &value, &err), 0);
    assert_text(value, NULL);
    assert_int_equal(osb_section_get(&s, OSB_LIT("z"), &opts, &value, &err), 0);
    assert_text(value, "f");
    assert_int_equal(osb_section_getint(&s, OSB_LIT("i"), NULL, NULL, &i, &none, &err), 0);
    assert_true(i == 5 && !none);
    assert_int_equal(osb_section_getint(&s, OSB_LIT("z"), NULL, &seven, &i, &none, &err), 0);
    assert_true(i == 7 && !none);
    assert_int_equal(osb_section_getint(&s, OSB_LIT("z"), NULL, NULL, &i, &none, &err), 0);
    assert_true(none);
    assert_int_equal(osb_section_getint(&s, OSB_LIT("w"), NULL, NULL, &i, &none, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "invalid literal for int() with base 10: 'x'");
    assert_int_equal(osb_section_getfloat(&s, OSB_LIT("f"), NULL, NULL, &f, &none, &err), 0);
    assert_true(f == 1000 && !none);
    assert_int_equal(osb_section_getboolean(&s, OSB_LIT("b"), NULL, NULL, &b, &none, &err), 0);
    assert_true(!b && !none);
    osb_configparser_free(cp);
}

/* -- writing ------------------------------------------------------------------------------------- */

static void writing(void **state) {
    (void)state;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.allow_no_value = true;
    osb_configparser *cp = make(&opts, "[s]\na=1\n 2\nb\nc=\n[DEFAULT]\nd=0\n");
    osb_error err = {0};
    osb_buf out = OSB_BUF_INIT;
    osb_buf_adds(&out, "kept|");
    assert_int_equal(osb_configparser_write(cp, &out, false, &err), 0);
    assert_text(osb_buf_bytes(&out), "kept|[DEFAULT]\nd=0\n\n[s]\na=1\n\t2\nb\nc=\n\n");
    assert_written(cp, "[DEFAULT]\nd = 0\n\n[s]\na = 1\n\t2\nb\nc = \n\n");
    osb_configparser_free(cp);
    osb_buf_free(&out);
    opts.delimiters.n = 0;
    assert_int_equal(osb_configparser_new(&opts, &cp, NULL), 0);
    assert_int_equal(osb_configparser_write(cp, &out, false, &err), -1);
    assert_error(&err, OSB_INDEXERROR, "tuple index out of range");
    osb_configparser_free(cp);
    cp = make(NULL, "[s]\nlong=value\n");
    out.max = 8;
    assert_int_equal(osb_configparser_write(cp, &out, false, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "more than 8 bytes");
    osb_configparser_free(cp);
    osb_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_options),
        cmocka_unit_test(made_in_any_memory),
        cmocka_unit_test(defaults_are_checked),
        cmocka_unit_test(reading_errors),
        cmocka_unit_test(good_values_stay),
        cmocka_unit_test(valueless_continued),
        cmocka_unit_test(texts_are_copied_or_not),
        cmocka_unit_test(reading_files),
        cmocka_unit_test(reading_dictionaries),
        cmocka_unit_test(sections),
        cmocka_unit_test(options),
        cmocka_unit_test(sorted),
        cmocka_unit_test(setting),
        cmocka_unit_test(setting_borrowed_values),
        cmocka_unit_test(origins),
        cmocka_unit_test(only_one_section_is_kept),
        cmocka_unit_test(filling),
        cmocka_unit_test(mapping),
        cmocka_unit_test(proxy_mapping),
        cmocka_unit_test(proxy_setdefault_lends),
        cmocka_unit_test(proxy_get),
        cmocka_unit_test(writing),
    };
    return cmocka_run_group_tests_name("configparser", tests, NULL, NULL);
}
