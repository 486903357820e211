#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/optparse.h>

typedef struct values {
    const char *file;
    int64_t number, point[2];
    double ratio;
    int color, level, verbose;
    bool quiet, color_on;
    osb_optlist defines, pairs, colors;
    size_t called;
    const char *size;
} values;

#define AT(field) .dest = offsetof(values, field)

static int remember_size(const osb_option *option, const char *value, void *result,
                         osb_error *err) {
    values *v = result;
    v->called++;
    v->size = value;
    if (strcmp(value, "huge") == 0)
        return osb_error_set(err, OSB_VALUEERROR, "more than %s can hold", option->long_name);
    if (strcmp(value, "lost") == 0)
        return osb_error_set_errno(err, 2, OSB_LIT("lost"));
    return 0;
}

static int count_call(const osb_option *option, const char *value, void *result, osb_error *err) {
    (void)option, (void)err;
    assert_null(value);
    ((values *)result)->called += 10;
    return 0;
}

static const char *const colors[] = {"red", "green", NULL};

static const osb_option options[] = {
    {.short_name = 'f', .long_name = "file", AT(file), .metavar = "FILE", .help = "read FILE"},
    {.short_name = 'n',
     .long_name = "number",
     .type = OSB_INT,
     AT(number),
     .default_text = "7",
     .help = "a number [default: %default]"},
    {.long_name = "point", .type = OSB_INT, .nargs = 2, AT(point), .help = "two numbers"},
    {.short_name = 'r', .type = OSB_FLOAT, AT(ratio), .help = ""},
    {.long_name = "color", .choices = colors, AT(color), .help = "red or green"},
    {.long_name = "no-color", .action = OSB_STORE_FALSE, AT(color_on)},
    {.short_name = 'q', .action = OSB_STORE_TRUE, AT(quiet), .help = "say nothing"},
    {.long_name = "max", .action = OSB_STORE_CONST, .constant = 9, AT(level), .help = "all of it"},
    {.short_name = 'v',
     .long_name = "verbose",
     .action = OSB_COUNT,
     AT(verbose),
     .group = "Talk",
     .help = "say more"},
    {.short_name = 'D', .action = OSB_APPEND, AT(defines), .group = "Lists", .help = "define it"},
    {.long_name = "pair",
     .action = OSB_APPEND,
     .nargs = 2,
     AT(pairs),
     .group = "Lists",
     .help = "two words"},
    {.long_name = "colors",
     .action = OSB_APPEND,
     .type = OSB_CHOICE,
     .choices = colors,
     AT(colors),
     .group = "Lists",
     .help = "several"},
    {.long_name = "max-size",
     .action = OSB_CALLBACK,
     .type = OSB_STRING,
     .callback = remember_size,
     .help = "at most so much"},
    {.long_name = "call", .action = OSB_CALLBACK, .callback = count_call, .help = "call it"},
    OSB_OPTIONS_END,
};

static const osb_option standard[] = {
    {.long_name = "version", .action = OSB_VERSION, .help = "show the version"},
    {.short_name = 'h', .long_name = "help", .action = OSB_HELP, .help = "show this"},
    OSB_OPTIONS_END,
};

static const osb_optparse parser = {.options = options, .standard = standard, .interspersed = true};

/* -- a parse: the words, and what came of them --------------------------------------------------- */

enum { MOST_WORDS = 40 };

typedef struct parsed {
    char *argv[MOST_WORDS + 1];
    int argc;
    values v;
    osb_arena arena;
    const osb_option *stop;
    osb_error err;
    int result;
} parsed;

static void parse_with(const osb_optparse *with, parsed *p, const char *const *words) {
    *p = (parsed){.v = {.number = 7, .color = -1, .color_on = true}};
    p->argv[p->argc++] = (char *)"prog";
    for (; *words; words++)
        p->argv[p->argc++] = (char *)*words;
    p->result = osb_optparse_parse(with, &p->argc, p->argv, &p->v, &p->arena, &p->stop, &p->err);
}

static void done(parsed *p) {
    osb_arena_free(&p->arena);
    osb_error_free(&p->err);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void accept(parsed *p, const char *const *words) {
    parse_with(&parser, p, words);
    assert_int_equal(p->result, 0);
    assert_int_equal(p->err.kind, OSB_OK);
}

static void refuse_with(const osb_optparse *with, const char *const *words, osb_kind kind,
                        const char *message) {
    parsed p;
    parse_with(with, &p, words);
    assert_int_equal(p.result, -1);
    osb_bytes text = osb_error_message(&p.err);
    assert_int_equal(p.err.kind, kind);
    assert_int_equal(text.len, strlen(message));
    assert_memory_equal(text.ptr, message, text.len);
    done(&p);
}

static void refuse(const char *const *words, osb_kind kind, const char *message) {
    refuse_with(&parser, words, kind, message);
}

static void assert_left(const parsed *p, const char *const *words) {
    int n = 0;
    for (; words[n]; n++)
        assert_string_equal(p->argv[n + 1], words[n]);
    assert_int_equal(p->argc, n + 1);
    assert_null(p->argv[p->argc]);
}

/* -- parsing ------------------------------------------------------------------------------------- */

static void parses_each_way_of_giving_a_value(void **state) {
    (void)state;
    static const char *const ways[][4] = {{"-f", "a b"},  {"-fa b"},  {"--file", "a b"},
                                          {"--file=a b"}, {"-qfa b"}, {"-qf", "a b"}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        parsed p;
        accept(&p, ways[i]);
        assert_string_equal(p.v.file, "a b");
        assert_int_equal(p.argc, 1);
        done(&p);
    }
}

static void takes_the_next_word_whatever_it_is(void **state) {
    (void)state;
    parsed p;
    accept(&p, WORDS("-f", "--", "-n", "-5", "--file=", "-q"));
    assert_string_equal(p.v.file, "");
    assert_int_equal(p.v.number, -5);
    assert_true(p.v.quiet);
    done(&p);
    accept(&p, WORDS("-f=x"));
    assert_string_equal(p.v.file, "=x");
    done(&p);
}

static void leaves_positional_arguments_in_order(void **state) {
    (void)state;
    parsed p;
    accept(&p, WORDS("a", "-q", "b", "-", "-n1", "", "--", "-q", "--"));
    assert_left(&p, WORDS("a", "b", "-", "", "-q", "--"));
    assert_true(p.v.quiet);
    done(&p);
}

static void stops_at_a_positional_argument_where_asked(void **state) {
    (void)state;
    osb_optparse strict = parser;
    strict.interspersed = false;
    parsed p;
    parse_with(&strict, &p, WORDS("-v", "run", "-v", "--", "x"));
    assert_int_equal(p.result, 0);
    assert_int_equal(p.v.verbose, 1);
    assert_left(&p, WORDS("run", "-v", "--", "x"));
    done(&p);
}

static void parses_no_words(void **state) {
    (void)state;
    int argc = 0;
    char *argv[] = {NULL};
    const osb_option *stop;
    assert_int_equal(osb_optparse_parse(&parser, &argc, argv, NULL, NULL, &stop, NULL), 0);
    assert_int_equal(argc, 0);
    assert_null(stop);
}

static void stores_by_type(void **state) {
    (void)state;
    parsed p;
    accept(&p, WORDS("-n", "010", "-r", "1e3", "--color", "green", "--point", "0x10", "0b11"));
    assert_int_equal(p.v.number, 8);
    assert_true(p.v.ratio == 1000.0);
    assert_int_equal(p.v.color, 1);
    assert_int_equal(p.v.point[0], 16);
    assert_int_equal(p.v.point[1], 3);
    done(&p);
    accept(&p, WORDS("--point=-0", "9223372036854775807", "-n0b"));
    assert_int_equal(p.v.point[0], 0);
    assert_true(p.v.point[1] == INT64_MAX);
    assert_int_equal(p.v.number, 0);
    done(&p);
}

static void does_each_action(void **state) {
    (void)state;
    parsed p;
    accept(&p, WORDS("-vvq", "--verbose", "--max", "--no-color", "--max-size", "3k", "--call"));
    assert_int_equal(p.v.verbose, 3);
    assert_true(p.v.quiet);
    assert_int_equal(p.v.level, 9);
    assert_false(p.v.color_on);
    assert_int_equal(p.v.called, 11);
    assert_string_equal(p.v.size, "3k");
    done(&p);
}

static void appends_in_order(void **state) {
    (void)state;
    char words[20][4];
    const char *argv[MOST_WORDS + 1] = {NULL};
    for (size_t i = 0; i < 20; i++) {
        memcpy(words[i], (char[]){'-', 'D', (char)('a' + i), '\0'}, 4);
        argv[i] = words[i];
    }
    parsed p;
    accept(&p, argv);
    assert_int_equal(p.v.defines.n, 20);
    for (size_t i = 0; i < 20; i++)
        assert_ptr_equal(p.v.defines.words[i], words[i] + 2);
    done(&p);
    accept(&p, WORDS("--pair", "a", "b", "--pair=c", "d", "--colors=red"));
    assert_int_equal(p.v.pairs.n, 4);
    assert_string_equal(p.v.pairs.words[3], "d");
    assert_int_equal(p.v.colors.n, 1);
    done(&p);
}

static void help_and_version_stop_the_parse(void **state) {
    (void)state;
    parsed p;
    accept(&p, WORDS("-q", "-vh", "--nothing"));
    assert_ptr_equal(p.stop, &standard[1]);
    assert_true(p.v.quiet);
    done(&p);
    accept(&p, WORDS("--version", "--nothing"));
    assert_ptr_equal(p.stop, &standard[0]);
    done(&p);
    accept(&p, WORDS("x"));
    assert_null(p.stop);
    done(&p);
}

static void refuses_unknown_options(void **state) {
    (void)state;
    refuse(WORDS("--nothing=1"), OSB_BADOPTIONERROR, "no such option: --nothing");
    refuse(WORDS("--fil", "x"), OSB_BADOPTIONERROR, "no such option: --fil");
    refuse(WORDS("--=x"), OSB_BADOPTIONERROR, "no such option: --");
    refuse(WORDS("-vx"), OSB_BADOPTIONERROR, "no such option: -x");
    refuse(WORDS("-5"), OSB_BADOPTIONERROR, "no such option: -5");
    refuse(WORDS("-v-"), OSB_BADOPTIONERROR, "no such option: --");
    refuse(WORDS("-\xc3\xa9x"), OSB_BADOPTIONERROR, "no such option: -\xc3\xa9");
    /* a byte that is not UTF-8 is the surrogate U+DCFF */
    refuse(WORDS("--a\xff"), OSB_BADOPTIONERROR, "no such option: --a\xed\xb3\xbf");
}

static void refuses_wrong_numbers_of_words(void **state) {
    (void)state;
    refuse(WORDS("-f"), OSB_OPTIONVALUEERROR, "-f option requires 1 argument");
    refuse(WORDS("--point", "1"), OSB_OPTIONVALUEERROR, "--point option requires 2 arguments");
    refuse(WORDS("--max=1"), OSB_OPTIONVALUEERROR, "--max option does not take a value");
    refuse(WORDS("--help="), OSB_OPTIONVALUEERROR, "--help option does not take a value");
}

static void refuses_wrong_values(void **state) {
    (void)state;
    refuse(WORDS("-n", "08"), OSB_OPTIONVALUEERROR, "option -n: invalid integer value: '08'");
    refuse(WORDS("--number=it's"), OSB_OPTIONVALUEERROR,
           "option --number: invalid integer value: \"it's\"");
    refuse(WORDS("-n", "9223372036854775808"), OSB_OPTIONVALUEERROR,
           "option -n: invalid integer value: '9223372036854775808'");
    refuse(WORDS("--point", "1", "x"), OSB_OPTIONVALUEERROR,
           "option --point: invalid integer value: 'x'");
    refuse(WORDS("-r", "\xff"), OSB_OPTIONVALUEERROR,
           "option -r: invalid floating-point value: '\\udcff'");
    refuse(WORDS("--color", "Red"), OSB_OPTIONVALUEERROR,
           "option --color: invalid choice: 'Red' (choose from 'red', 'green')");
    refuse(WORDS("--colors", ""), OSB_OPTIONVALUEERROR,
           "option --colors: invalid choice: '' (choose from 'red', 'green')");
}

static void a_callbacks_error_names_the_option(void **state) {
    (void)state;
    refuse(WORDS("--max-size", "huge"), OSB_OPTIONVALUEERROR,
           "option --max-size: more than max-size can hold");
    refuse(WORDS("--max-size", "lost"), OSB_FILENOTFOUNDERROR,
           "[Errno 2] No such file or directory: 'lost'");
}

static void abbreviates_where_asked(void **state) {
    (void)state;
    osb_optparse lax = parser;
    lax.abbreviate = true;
    parsed p;
    parse_with(&lax, &p, WORDS("--fi=x", "--verb", "--max", "--max-", "1k"));
    assert_int_equal(p.result, 0);
    assert_string_equal(p.v.file, "x");
    assert_int_equal(p.v.verbose, 1);
    assert_int_equal(p.v.level, 9);
    assert_string_equal(p.v.size, "1k");
    done(&p);
    refuse_with(&lax, WORDS("--c"), OSB_AMBIGUOUSOPTIONERROR,
                "ambiguous option: --c (--call, --color, --colors?)");
    refuse_with(&lax, WORDS("--numb", "x"), OSB_OPTIONVALUEERROR,
                "option --number: invalid integer value: 'x'");
    refuse_with(&lax, WORDS("--x"), OSB_BADOPTIONERROR, "no such option: --x");
}

/* -- what an option is called -------------------------------------------------------------------- */

static void iterates_over_both_tables(void **state) {
    (void)state;
    const osb_option *option = osb_optparse_next(&parser, NULL);
    assert_ptr_equal(option, &standard[0]);
    size_t n = 0;
    for (; option; option = osb_optparse_next(&parser, option))
        n++;
    assert_int_equal(n, sizeof options / sizeof *options + sizeof standard / sizeof *standard - 2);
    osb_optparse none = {.options = options};
    assert_ptr_equal(osb_optparse_next(&none, NULL), options);
    none.options = options + sizeof options / sizeof *options - 1;
    assert_null(osb_optparse_next(&none, NULL));
}

static const osb_option *option_named(const char *name) {
    const osb_option *option = options;
    while (!option->long_name || strcmp(option->long_name, name) != 0)
        option++;
    return option;
}

static void knows_the_type_of_the_words(void **state) {
    (void)state;
    assert_int_equal(osb_optparse_type(option_named("file")), OSB_STRING);
    assert_int_equal(osb_optparse_type(option_named("number")), OSB_INT);
    assert_int_equal(osb_optparse_type(option_named("color")), OSB_CHOICE);
    assert_int_equal(osb_optparse_type(option_named("max-size")), OSB_STRING);
    assert_int_equal(osb_optparse_type(option_named("call")), OSB_NOTYPE);
    assert_int_equal(osb_optparse_type(option_named("max")), OSB_NOTYPE);
    assert_true(osb_optparse_takes_value(option_named("pair")));
    assert_false(osb_optparse_takes_value(option_named("verbose")));
}

static void assert_text(osb_buf *b, const char *expected) {
    assert_int_equal(b->state, OSB_BUF_OK);
    osb_buf_addc(b, '\0');
    assert_string_equal(b->ptr, expected);
    osb_buf_free(b);
}

static void assert_appended(void (*append)(const osb_option *, osb_buf *), const osb_option *option,
                            const char *expected) {
    osb_buf b = OSB_BUF_INIT;
    append(option, &b);
    assert_text(&b, expected);
}

static void names_dest_and_metavar(void **state) {
    (void)state;
    assert_appended(osb_optparse_dest, option_named("max-size"), "max_size");
    assert_appended(osb_optparse_dest, &options[3], "r");
    assert_appended(osb_optparse_metavar, option_named("max-size"), "MAX_SIZE");
    assert_appended(osb_optparse_metavar, option_named("file"), "FILE");
    assert_appended(osb_optparse_metavar, &options[3], "R");
}

static void expands_the_default(void **state) {
    (void)state;
    assert_appended(osb_optparse_expand_default, option_named("number"), "a number [default: 7]");
    osb_option option = {.long_name = "x", .help = "%default or %default%"};
    assert_appended(osb_optparse_expand_default, &option, "none or none%");
}

static void assert_nearest(const char *word, const char *expected) {
    osb_bytes nearest = osb_optparse_nearest(&parser, osb_bytes_from(word));
    assert_int_equal(osb_bytes_is_none(nearest), expected == NULL);
    if (expected)
        assert_string_equal(nearest.ptr, expected);
}

static void suggests_the_nearest(void **state) {
    (void)state;
    assert_nearest("--flie", "file");
    assert_nearest("--verbos=3", "verbose");
    assert_nearest("--no", "no-color");
    assert_nearest("Version", "version");
    assert_nearest("--something-else", NULL);
    assert_nearest("--", NULL);
}

/* -- help ---------------------------------------------------------------------------------------- */

static void formats_the_option_list(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    osb_optparse_format_options(&parser, 50, &b);
    assert_text(&b, "Options:\n"
                    "  --version             show the version\n"
                    "  -h, --help            show this\n"
                    "  -f FILE, --file=FILE  read FILE\n"
                    "  -n NUMBER, --number=NUMBER\n"
                    "                        a number [default: 7]\n"
                    "  --point=POINT         two numbers\n"
                    "  -r R                  \n"
                    "  --color=COLOR         red or green\n"
                    "  -q                    say nothing\n"
                    "  --max                 all of it\n"
                    "  --max-size=MAX_SIZE   at most so much\n"
                    "  --call                call it\n"
                    "\n"
                    "  Talk:\n"
                    "    -v, --verbose       say more\n"
                    "\n"
                    "  Lists:\n"
                    "    -D D                define it\n"
                    "    --pair=PAIR         two words\n"
                    "    --colors=COLORS     several\n");
}

static void formats_no_options(void **state) {
    (void)state;
    static const osb_option none[] = {OSB_OPTIONS_END};
    osb_optparse empty = {.options = none};
    osb_buf b = OSB_BUF_INIT;
    osb_buf_adds(&b, "x");
    osb_optparse_format_options(&empty, 80, &b);
    assert_text(&b, "x");
}

static void formats_rows(void **state) {
    (void)state;
    assert_int_equal(osb_optparse_column(7, 78), 9);
    assert_int_equal(osb_optparse_column(70, 78), 24);
    assert_int_equal(osb_optparse_column(70, 30), 10);
    assert_int_equal(osb_optparse_column(70, 0), 4);
    osb_buf b = OSB_BUF_INIT;
    osb_optparse_format_row(&b, OSB_LIT("ab"), OSB_LIT("one two three"), 2, 6, 0);
    osb_optparse_format_row(&b, OSB_LIT("abc"), OSB_LIT("one"), 2, 6, 80);
    osb_optparse_format_row(&b, OSB_LIT("abc"), OSB_LIT(""), 2, 6, 80);
    assert_text(&b, "  ab  one two\n"
                    "      three\n"
                    "  abc\n"
                    "      one\n"
                    "  abc\n");
}

static void fills_paragraphs(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    osb_optparse_fill(&b,
                      OSB_LIT("A well-known\ttext--in fact\ntwo.\n\n\nThe second has "
                              "anextraordinarilylongword. -- \xc3\xa9"),
                      16, 2);
    osb_optparse_fill(&b, OSB_LIT(""), 16, 2);
    assert_text(&b, "  A well-known\n"
                    "  text--in fact\n"
                    "  two.\n"
                    "\n"
                    "  The second has\n"
                    "  anextraordinar\n"
                    "  ilylongword.\n"
                    "  -- \xc3\xa9\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_each_way_of_giving_a_value),
        cmocka_unit_test(takes_the_next_word_whatever_it_is),
        cmocka_unit_test(leaves_positional_arguments_in_order),
        cmocka_unit_test(stops_at_a_positional_argument_where_asked),
        cmocka_unit_test(parses_no_words),
        cmocka_unit_test(stores_by_type),
        cmocka_unit_test(does_each_action),
        cmocka_unit_test(appends_in_order),
        cmocka_unit_test(help_and_version_stop_the_parse),
        cmocka_unit_test(refuses_unknown_options),
        cmocka_unit_test(refuses_wrong_numbers_of_words),
        cmocka_unit_test(refuses_wrong_values),
        cmocka_unit_test(a_callbacks_error_names_the_option),
        cmocka_unit_test(abbreviates_where_asked),
        cmocka_unit_test(iterates_over_both_tables),
        cmocka_unit_test(knows_the_type_of_the_words),
        cmocka_unit_test(names_dest_and_metavar),
        cmocka_unit_test(expands_the_default),
        cmocka_unit_test(suggests_the_nearest),
        cmocka_unit_test(formats_the_option_list),
        cmocka_unit_test(formats_no_options),
        cmocka_unit_test(formats_rows),
        cmocka_unit_test(fills_paragraphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
