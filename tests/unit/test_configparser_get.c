/* configparser: getting values: interpolation, types, the caller's own functions; and what the oracle
 * cannot ask CPython for: limits, and time on hostile input. */
#include "configparser_testing.h"

#include <time.h>

/* -- get ----------------------------------------------------------------------------------------- */

static void get_opts(void **state) {
    (void)state;
    osb_configparser *cp = make(NULL, "[s]\na=%(b)s\nb=1\n");
    osb_error err = {0};
    osb_bytes value, fallback = OSB_LIT("f"), none = OSB_NONE;
    const osb_item vars[] = {{OSB_LIT("B"), OSB_LIT("2")}, {OSB_LIT("c"), OSB_LIT("%(a)s")}};
    osb_get_opts opts = {.vars = {vars, 2}};
    assert_int_equal(osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("c"), &opts, &value, &err), 0);
    assert_text(value, "2");
    opts.raw = true;
    assert_int_equal(osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("c"), &opts, &value, &err), 0);
    assert_text(value, "%(a)s");
    opts = (osb_get_opts){.fallback = &fallback};
    assert_int_equal(osb_configparser_get(cp, OSB_LIT("t"), OSB_LIT("c"), &opts, &value, &err), 0);
    assert_text(value, "f");
    opts.fallback = &none;
    assert_int_equal(osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("c"), &opts, &value, &err), 0);
    assert_text(value, NULL);
    refuse_get(cp, "s", "C'", 0, OSB_NOOPTIONERROR, "No option \"c'\" in section: 's'");
    refuse_get(cp, "t", "a", 0, OSB_NOSECTIONERROR, "No section: 't'");
    osb_configparser_free(cp);
}

static void interpolation_errors(void **state) {
    (void)state;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.allow_no_value = true;
    osb_configparser *cp =
        make(&opts, "[s]\na=%(b)s\nb=%(gone)s\nc=%\nd=%(d)s\ne=%(x\nf\ng=%(f)s\n");
    refuse_get(cp, "s", "a", 2, OSB_INTERPOLATIONMISSINGOPTIONERROR,
               "Bad value substitution: option 'a' in section 's' contains an interpolation key "
               "'gone' which is not a valid option name. Raw value: '%(b)s'");
    refuse_get(cp, "s", "c", 4, OSB_INTERPOLATIONSYNTAXERROR,
               "'%' must be followed by '%' or '(', found: '%'");
    refuse_get(cp, "s", "d", 5, OSB_INTERPOLATIONDEPTHERROR,
               "Recursion limit exceeded in value substitution: option 'd' in section 's' contains "
               "an interpolation key which cannot be substituted in 10 steps. Raw value: '%(d)s'");
    refuse_get(cp, "s", "e", 6, OSB_INTERPOLATIONSYNTAXERROR,
               "bad interpolation variable reference '%(x'");
    refuse_get(cp, "s", "g", 8, OSB_TYPEERROR, "argument of type 'NoneType' is not iterable");
    assert_get(cp, "s", "f", NULL);
    osb_configparser_free(cp);
}

static void typed(void **state) {
    (void)state;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.allow_no_value = true;
    osb_configparser *cp =
        make(&opts, "[s]\ni= 1_0\nf=2.5\nb=Yes\nbig=9223372036854775808\nnone\nw=x\n");
    osb_error err = {0};
    osb_bytes s = OSB_LIT("s");
    int64_t i = 0, seven = 7;
    double f = 0, half = 0.5;
    bool b = false, yes = true;
    assert_int_equal(osb_configparser_getint(cp, s, OSB_LIT("i"), NULL, NULL, &i, &err), 0);
    assert_int_equal(i, 10);
    assert_int_equal(osb_configparser_getint(cp, s, OSB_LIT("z"), NULL, &seven, &i, &err), 0);
    assert_int_equal(i, 7);
    assert_int_equal(osb_configparser_getint(cp, s, OSB_LIT("w"), NULL, &seven, &i, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "invalid literal for int() with base 10: 'x'");
    assert_int_equal(osb_configparser_getint(cp, s, OSB_LIT("big"), NULL, NULL, &i, &err), -1);
    assert_error(&err, OSB_OVERFLOWERROR, "Python int too large to convert to C long");
    assert_int_equal(osb_configparser_getint(cp, s, OSB_LIT("none"), NULL, NULL, &i, &err), -1);
    assert_int_equal(err.kind, OSB_TYPEERROR);
    osb_error_free(&err);
    assert_int_equal(osb_configparser_getfloat(cp, s, OSB_LIT("f"), NULL, NULL, &f, &err), 0);
    assert_true(f == 2.5);
    assert_int_equal(osb_configparser_getfloat(cp, s, OSB_LIT("z"), NULL, &half, &f, &err), 0);
    assert_true(f == 0.5);
    assert_int_equal(osb_configparser_getfloat(cp, s, OSB_LIT("w"), NULL, NULL, &f, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "could not convert string to float: 'x'");
    assert_int_equal(osb_configparser_getboolean(cp, s, OSB_LIT("b"), NULL, NULL, &b, &err), 0);
    assert_true(b);
    b = false;
    assert_int_equal(osb_configparser_getboolean(cp, s, OSB_LIT("z"), NULL, &yes, &b, &err), 0);
    assert_true(b);
    assert_int_equal(osb_configparser_getboolean(cp, s, OSB_LIT("w"), NULL, NULL, &b, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "Not a boolean: x");
    assert_int_equal(osb_configparser_getboolean(cp, s, OSB_LIT("none"), NULL, NULL, &b, &err), -1);
    assert_error(&err, OSB_ATTRIBUTEERROR, "'NoneType' object has no attribute 'lower'");
    osb_configparser_free(cp);
}

/* -- the caller's own functions ------------------------------------------------------------------ */

static int convert_length(void *ctx, osb_bytes value, void *ret, osb_error *err) {
    if (value.len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "empty");
    *(size_t *)ret = value.len + *(const size_t *)ctx;
    return 0;
}

static void converters(void **state) {
    (void)state;
    static size_t more = 100;
    static const osb_converter length = {"length", convert_length, &more};
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.converters = &length;
    opts.nconverters = 1;
    osb_configparser *cp = make(&opts, "[s]\na=abc\nb=\n");
    osb_error err = {0};
    osb_bytes fallback = OSB_NONE;
    osb_get_opts with_fallback = {.fallback = &fallback};
    size_t n = 0;
    bool used = true;
    osb_bytes s = OSB_LIT("s"), z = OSB_LIT("z");
    assert_int_equal(
        osb_configparser_getconv(cp, "length", s, OSB_LIT("a"), &with_fallback, &n, &used, &err),
        0);
    assert_int_equal(n, 103);
    assert_false(used);
    assert_int_equal(osb_configparser_getconv(cp, "length", s, z, &with_fallback, &n, &used, &err),
                     0);
    assert_int_equal(n, 103);
    assert_true(used);
    assert_int_equal(osb_configparser_getconv(cp, "length", s, z, NULL, &n, &used, &err), -1);
    assert_error(&err, OSB_NOOPTIONERROR, "No option 'z' in section: 's'");
    assert_int_equal(osb_configparser_getconv(cp, "length", s, OSB_LIT("b"), NULL, &n, NULL, &err),
                     -1);
    assert_error(&err, OSB_VALUEERROR, "empty");
    assert_int_equal(osb_configparser_getconv(cp, "nope", s, z, NULL, &n, NULL, &err), -1);
    assert_error(&err, OSB_ATTRIBUTEERROR, "'ConfigParser' object has no attribute 'getnope'");
    osb_configparser_free(cp);
    static const osb_converter nameless = {"", convert_length, &more};
    opts.converters = &nameless;
    assert_int_equal(osb_configparser_new(&opts, &cp, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "Incompatible key: cannot use \"\" as a name");
}

static int xform_checked(void *ctx, osb_bytes option, osb_buf *out, osb_error *err) {
    (*(int *)ctx)++;
    if (osb_bytes_find_char(option, '!', 0) != OSB_NPOS)
        return osb_error_set(err, OSB_KEYERROR, "%r", option);
    osb_buf_add(out, option);
    return 0;
}

static void optionxform(void **state) {
    (void)state;
    int calls = 0;
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.optionxform = xform_checked;
    opts.optionxform_ctx = &calls;
    osb_configparser *cp = make(&opts, "[s]\nKey=1\nkey=2\n");
    osb_error err = {0};
    bool found;
    assert_get(cp, "s", "Key", "1");
    assert_get(cp, "s", "key", "2");
    assert_true(calls > 3);
    refuse_get(cp, "s", "k!", 0, OSB_KEYERROR, "'k!'");
    assert_int_equal(osb_configparser_has_option(cp, OSB_LIT("s"), OSB_LIT("!"), &found, &err), -1);
    assert_error(&err, OSB_KEYERROR, "'!'");
    assert_int_equal(osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("!"), OSB_LIT(""), &err), -1);
    assert_error(&err, OSB_KEYERROR, "'!'");
    assert_int_equal(osb_configparser_read_string(cp, OSB_LIT("[t]\n!=1"), OSB_NONE, &err), -1);
    assert_error(&err, OSB_KEYERROR, "'!'");
    osb_configparser_free(cp);
}

/* "@name" is replaced by that option's value, "none" becomes None, "bad" fails. */
static int hook_get(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                    osb_bytes value, const osb_lookup *lookup, osb_buf *out, bool *none,
                    osb_error *err) {
    (void)ctx, (void)cp;
    if (osb_bytes_eq(value, OSB_LIT("bad")))
        return osb_error_set(err, OSB_INTERPOLATIONERROR, "%b.%b", section, option);
    *none = osb_bytes_eq(value, OSB_LIT("none"));
    osb_bytes found = value;
    if (osb_bytes_startswith(value, OSB_LIT("@")) &&
        !osb_lookup_get(lookup, osb_bytes_sub(value, 1, value.len), &found))
        found = OSB_LIT("missing");
    osb_buf_add(out, found);
    return 0;
}

static int hook_double(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                       osb_bytes value, osb_buf *out, bool *none, osb_error *err) {
    (void)ctx, (void)cp, (void)section, (void)option, (void)none, (void)err;
    osb_buf_fmt(out, "%b%b", value, value);
    return 0;
}

static void own_interpolation(void **state) {
    (void)state;
    const osb_interpolation hooks = {.before_get = hook_get, .before_read = hook_double};
    osb_configparser_opts opts = osb_configparser_defaults;
    opts.interpolation = &hooks;
    osb_configparser *cp = make(&opts, "[DEFAULT]\nd=0\n[s]\na=1\n");
    osb_items items;
    assert_get(cp, "s", "a", "11");
    static const char *const values[][2] = {{"b", "@d"}, {"c", "@z"}, {"e", "none"}, {"f", "50%"}};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            osb_configparser_set(cp, OSB_LIT("s"), of(values[i][0]), of(values[i][1]), NULL), 0);
    osb_configparser_items(cp, OSB_LIT("s"), false, (osb_items){0}, &items, NULL);
    assert_items(items, "d=00,a=11,b=00,c=missing,e=None,f=50%");
    osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("g"), OSB_LIT("bad"), NULL);
    refuse_get(cp, "s", "g", 0, OSB_INTERPOLATIONERROR, "s.g");
    osb_configparser_free(cp);
}

/* -- limits and time ----------------------------------------------------------------------------- */

/* Ten levels of ten references each to a kilobyte: ten terabytes, and to nothing: as many visits. */
static void interpolation_cap(void **state) {
    (void)state;
    for (int empty = 0; empty < 2; empty++) {
        osb_buf text = OSB_BUF_INIT;
        osb_error err = {0};
        osb_bytes value;
        osb_buf_adds(&text, "[s]\nx0=");
        for (int i = 0; i < 1000 && !empty; i++)
            osb_buf_addc(&text, 'x');
        for (int level = 1; level < 10; level++) {
            osb_buf_fmt(&text, "\nx%d=", level);
            for (int i = 0; i < 10; i++)
                osb_buf_fmt(&text, "%%(x%d)s", level - 1);
        }
        osb_buf_addc(&text, '\0');
        osb_configparser *cp = make(NULL, text.ptr);
        clock_t start = clock();
        assert_int_equal(osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("x9"), NULL, &value, &err),
                         -1);
        assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
        assert_error(&err, OSB_INTERPOLATIONERROR,
                     "Interpolation cap exceeded: the value would grow past 16777216 bytes");
        osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("x2"), NULL, &value, NULL);
        assert_int_equal(value.len, empty ? 0 : 100000);
        osb_configparser_free(cp);
        osb_buf_free(&text);
    }
}

static void interpolation_max(void **state) {
    (void)state;
    static const osb_interpolation *const all[] = {&osb_basic_interpolation,
                                                   &osb_legacy_interpolation};
    for (size_t i = 0; i < 2; i++) {
        osb_configparser_opts opts = osb_configparser_defaults;
        opts.interpolation = all[i];
        opts.interpolation_max = 100;
        osb_configparser *cp = make(&opts, "[s]\na=0123456789\nb=%(a)s%(a)s\nc=%(b)s%(b)s%(b)s%(b)"
                                           "s%(b)s%(b)s%(b)s%(b)s\nd=%(a)99999999s");
        assert_get(cp, "s", "b", "01234567890123456789");
        refuse_get(cp, "s", "c", 4, OSB_INTERPOLATIONERROR,
                   "Interpolation cap exceeded: the value would grow past 100 bytes");
        if (all[i] == &osb_legacy_interpolation)
            refuse_get(cp, "s", "d", 5, OSB_INTERPOLATIONERROR,
                       "Interpolation cap exceeded: the value would grow past 100 bytes");
        osb_configparser_free(cp);
    }
}

enum { HOSTILE = 1 << 20 };

/* Texts of a megabyte and more on which CPython, or a careless port, is quadratic: head, then
 * `repeat` many times, then tail. The time allowed is a hundred times what linear work needs. */
static const struct {
    const char *head, *repeat, *tail;
    size_t times;
    const char *inline_prefix;
} hostile[] = {
    {"[s]\nx", " ", "y", HOSTILE, NULL},
    {"[s]\nx", " ", "= y", HOSTILE, NULL},
    {"[s]\nx=1", "\n", "\n  y", HOSTILE, NULL},
    {"[s]\nx=1", "\n\n", "", HOSTILE, NULL},
    {"[s]\nx=1", "\n y", "", HOSTILE, NULL},
    {"[s]\nx=", "=", "", HOSTILE, NULL},
    {"[", "]", "", HOSTILE, NULL},
    {"[s]\nx=", ";", "", HOSTILE, ";"},
    {"[s]\nx=", "a;", " ;b", HOSTILE, ";"},
    {"[s]\nx=", "%(x", "", HOSTILE, NULL},
    {"[s]\nx=", "%%", "", HOSTILE, NULL},
    {"[s]\nx=", "\xc3\xa9\xce\xa3", "", HOSTILE, NULL},
    {"[s]\n", "\xce\xa3", "=1", HOSTILE, NULL},
    {"[s]\n", "\n[]", "", HOSTILE / 16, NULL},
    {"[s]\n", "\xc2\xa0", "x", HOSTILE, NULL},
};

static void hostile_texts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        osb_buf text = OSB_BUF_INIT;
        osb_buf_adds(&text, hostile[i].head);
        for (size_t n = 0; n < hostile[i].times; n++)
            osb_buf_adds(&text, hostile[i].repeat);
        osb_buf_adds(&text, hostile[i].tail);
        osb_bytes prefix = of(hostile[i].inline_prefix), value;
        osb_configparser_opts opts = osb_configparser_defaults;
        if (hostile[i].inline_prefix)
            opts.inline_comment_prefixes = (osb_strings){&prefix, 1};
        osb_configparser *cp;
        osb_configparser_new(&opts, &cp, NULL);
        clock_t start = clock();
        osb_configparser_read_string(cp, osb_buf_bytes(&text), OSB_NONE, NULL);
        osb_configparser_get(cp, OSB_LIT("s"), OSB_LIT("x"), NULL, &value, NULL);
        osb_configparser_set(cp, OSB_LIT("s"), OSB_LIT("y"), osb_buf_bytes(&text), NULL);
        if (clock() - start > 10 * CLOCKS_PER_SEC)
            fail_msg("hostile text %zu takes too long", i);
        osb_configparser_free(cp);
        osb_buf_free(&text);
    }
}

static void many_sections_and_options(void **state) {
    (void)state;
    osb_buf text = OSB_BUF_INIT;
    osb_strings names;
    for (int i = 0; i < 20000; i++)
        osb_buf_fmt(&text, "[s%d]\n", i);
    for (int i = 0; i < 50000; i++)
        osb_buf_fmt(&text, "k%d=%d\n", i, i);
    osb_buf_addc(&text, '\0');
    osb_configparser *cp = make(NULL, text.ptr);
    osb_configparser_sections(cp, &names, NULL);
    assert_int_equal(names.n, 20000);
    assert_get(cp, "s19999", "k49999", "49999");
    osb_section s;
    osb_configparser_getitem(cp, OSB_LIT("s19999"), &s, NULL);
    assert_int_equal(osb_section_clear(&s, NULL), 0);
    osb_configparser_clear(cp);
    osb_configparser_free(cp);
    osb_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_opts),
        cmocka_unit_test(interpolation_errors),
        cmocka_unit_test(typed),
        cmocka_unit_test(converters),
        cmocka_unit_test(optionxform),
        cmocka_unit_test(own_interpolation),
        cmocka_unit_test(interpolation_cap),
        cmocka_unit_test(interpolation_max),
        cmocka_unit_test(hostile_texts),
        cmocka_unit_test(many_sections_and_options),
    };
    return cmocka_run_group_tests_name("configparser_get", tests, NULL, NULL);
}
