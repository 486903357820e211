#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osbox/ini.h>

static osb_error err;

static void assert_error(osb_kind kind, const char *message) {
    osb_bytes text = osb_error_message(&err);
    assert_int_equal(err.kind, kind);
    if (!osb_bytes_eq(text, osb_bytes_from(message)))
        print_error("made:     %.*s\nexpected: %s\n", (int)text.len, text.ptr, message);
    assert_true(osb_bytes_eq(text, osb_bytes_from(message)));
    osb_error_free(&err);
}

/* -- typed values ------------------------------------------------------------------------------- */

static const osb_bytes home = OSB_LIT("/home/me/"), dir = OSB_LIT("/etc/app");

static int convert(osb_ini_type type, osb_bytes value, osb_buf *out) {
    return osb_ini_convert(type, value, home, dir, out, &err);
}

static void assert_value(osb_ini_type type, osb_bytes value, osb_bytes expected) {
    osb_buf out = OSB_BUF_INIT;
    assert_int_equal(convert(type, value, &out), 0);
    osb_bytes made = osb_buf_bytes(&out);
    if (!osb_bytes_eq(made, expected))
        print_error("%.*s made: %.*s\n", (int)value.len, value.ptr, (int)made.len, made.ptr);
    assert_true(osb_bytes_eq(made, expected));
    osb_buf_free(&out);
}

static void assert_text(osb_ini_type type, const char *value, const char *expected) {
    assert_value(type, osb_bytes_from(value), osb_bytes_from(expected));
}

static void assert_refused(osb_ini_type type, osb_bytes value, osb_kind kind, const char *message) {
    osb_buf out = OSB_BUF_INIT;
    osb_buf_adds(&out, "before");
    assert_int_equal(convert(type, value, &out), -1);
    assert_error(kind, message);
    assert_true(osb_bytes_eq(osb_buf_bytes(&out), OSB_LIT("before")));
    osb_buf_free(&out);
}

static void refuse(osb_ini_type type, const char *value, const char *message) {
    assert_refused(type, osb_bytes_from(value), OSB_VALUEERROR, message);
}

static void plain_types(void **state) {
    (void)state;
    assert_value(OSB_INI_STR, OSB_LIT(" a\0b "), OSB_LIT(" a\0b "));
    assert_value(OSB_INI_STR, OSB_NONE, OSB_LIT(""));
    assert_text(OSB_INI_INT, " 1_000 ", "1000");
    assert_text(OSB_INI_INT, "-0099999999999999999999", "-99999999999999999999");
    assert_text(OSB_INI_FLOAT, "1e3", "1000.0");
    assert_text(OSB_INI_FLOAT, "-Infinity", "-inf");
    refuse(OSB_INI_INT, "0x1f", "invalid literal for int() with base 10: '0x1f'");
    refuse(OSB_INI_FLOAT, "1,5", "could not convert string to float: '1,5'");
    assert_refused(OSB_INI_INT, OSB_NONE, OSB_TYPEERROR,
                   "int() argument must be a string, a bytes-like object or a real number, not "
                   "'NoneType'");
    assert_refused(OSB_INI_FLOAT, OSB_NONE, OSB_TYPEERROR,
                   "float() argument must be a string or a real number, not 'NoneType'");
}

static void booleans(void **state) {
    (void)state;
    static const char *const yes[] = {"1", "yes", "TRUE", "On"};
    static const char *const no[] = {"0", "No", "false", "OFF"};
    for (size_t i = 0; i < 4; i++) {
        assert_text(OSB_INI_BOOL, yes[i], "true");
        assert_text(OSB_INI_BOOL, no[i], "false");
    }
    assert_value(OSB_INI_BOOL, OSB_NONE, OSB_LIT("true"));
    refuse(OSB_INI_BOOL, "y", "Not a boolean: y");
    refuse(OSB_INI_BOOL, "", "Not a boolean: ");
    refuse(OSB_INI_BOOL, "a value longer than any word of a boolean",
           "Not a boolean: a value longer than any word of a boolean");
}

static void paths(void **state) {
    (void)state;
    osb_buf out = OSB_BUF_INIT;
    assert_text(OSB_INI_PATH, "/abs/x", "/abs/x");
    assert_text(OSB_INI_PATH, "rel/x", "/etc/app/rel/x");
    assert_text(OSB_INI_PATH, "./~x", "/etc/app/./~x");
    assert_text(OSB_INI_PATH, "~", "/home/me");
    assert_text(OSB_INI_PATH, "~/x y", "/home/me/x y");
    assert_int_equal(osb_ini_convert(OSB_INI_PATH, OSB_LIT("x"), home, OSB_LIT(""), &out, &err), 0);
    osb_buf_addc(&out, '|');
    assert_int_equal(osb_ini_convert(OSB_INI_PATH, OSB_LIT("x"), home, OSB_LIT("d/"), &out, &err),
                     0);
    osb_buf_addc(&out, '|');
    assert_int_equal(osb_ini_convert(OSB_INI_PATH, OSB_LIT("~"), OSB_LIT("/"), dir, &out, &err), 0);
    osb_buf_addc(&out, '|');
    assert_int_equal(osb_ini_convert(OSB_INI_PATH, OSB_LIT("~/x"), OSB_LIT("/"), dir, &out, &err),
                     0);
    assert_true(osb_bytes_eq(osb_buf_bytes(&out), OSB_LIT("x|d/x|/|/x")));
    osb_buf_free(&out);
}

static void paths_refused(void **state) {
    (void)state;
    osb_buf out = OSB_BUF_INIT;
    refuse(OSB_INI_PATH, "", "'' is not a path: it is empty");
    refuse(OSB_INI_PATH, "~bob/x",
           "'~bob/x': the homes of other users are not looked up (write ./~ for a file's own "
           "name)");
    assert_refused(OSB_INI_PATH, OSB_LIT("a\0b"), OSB_VALUEERROR,
                   "'a\\x00b' is not a path: it has a NUL byte in it");
    assert_refused(OSB_INI_PATH, OSB_NONE, OSB_TYPEERROR,
                   "expected str, bytes or os.PathLike object, not NoneType");
    assert_int_equal(osb_ini_convert(OSB_INI_PATH, OSB_LIT("~/x"), OSB_NONE, dir, &out, &err), -1);
    assert_error(OSB_VALUEERROR, "'~/x' needs HOME, which is not set");
    osb_buf_free(&out);
}

static void sizes(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"0", "0"},
        {"512", "512"},
        {"+512B", "512"},
        {"64K", "65536"},
        {"64k", "65536"},
        {"64Ki", "65536"},
        {"64 KiB", "65536"},
        {"64kB", "64000"},
        {"64KB", "64000"},
        {"1.5MiB", "1572864"},
        {" 2 GB ", "2000000000"},
        {"2\tG", "2147483648"},
        {"3T", "3298534883328"},
        {"3tb", "3000000000000"},
        {"1P", "1125899906842624"},
        {"1PB", "1000000000000000"},
        {"7E", "8070450532247928832"},
        {"7.999999999999999999E", "9223372036854775806"},
        {"9EB", "9000000000000000000"},
        {"9223372036854775807", "9223372036854775807"},
        {"0000000000000000000000000000001", "1"},
        {"0.3K", "307"},
        {".5K", "512"},
        {"0.0009765625K", "1"},
        {"0.00097656249999999999999999999999999K", "0"},
        {"0.1E", "115292150460684697"},
        {"0.33333333333333333333333333333333E", "384307168202282325"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(OSB_INI_SIZE, cases[i][0], cases[i][1]);
}

static void sizes_refused(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", "'' is not a size: it is empty"},
        {" ", "' ' is not a size: it is empty"},
        {"10X", "'10X' is not a size: unknown unit 'X'"},
        {"10 KiBs", "'10 KiBs' is not a size: unknown unit 'KiBs'"},
        {"10 K 5", "'10 K 5' is not a size: unexpected '5'"},
        {"1e3", "'1e3' is not a size: unexpected '3'"},
        {"abc", "'abc' is not a size: no number before 'abc'"},
        {"K", "'K' is not a size: no number before 'K'"},
        {".", "'.' is not a size: no number before '.'"},
        {"5.", "'5.' is not a size: unknown unit '.'"},
        {"1.5.5K", "'1.5.5K' is not a size: unknown unit '.'"},
        {"1,5K", "'1,5K' is not a size: unknown unit ','"},
        {"-1", "'-1' is not a size: it is negative"},
        {"+-1", "'+-1' is not a size: no number before '+-1'"},
        {"8E", "'8E' is not a size: more than 9223372036854775807 bytes"},
        {"9223372036854775808",
         "'9223372036854775808' is not a size: more than 9223372036854775807 bytes"},
        {"9223372036854775807.5K",
         "'9223372036854775807.5K' is not a size: more than 9223372036854775807 bytes"},
        {"99999999999999999999999999",
         "'99999999999999999999999999' is not a size: more than 9223372036854775807 bytes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refuse(OSB_INI_SIZE, cases[i][0], cases[i][1]);
    assert_refused(OSB_INI_SIZE, OSB_NONE, OSB_TYPEERROR,
                   "a size must be a string, not 'NoneType'");
    assert_refused(OSB_INI_SIZE, OSB_LIT("1\0"), OSB_VALUEERROR,
                   "'1\\x00' is not a size: unknown unit '\\x00'");
    assert_refused(OSB_INI_SIZE, OSB_LIT("1K\0"), OSB_VALUEERROR,
                   "'1K\\x00' is not a size: unknown unit 'K\\x00'");
}

/* The values are those of systemd-analyze timespan. */
static void durations(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"90", "90"},
        {"0", "0"},
        {"1h 30min", "5400"},
        {"1h30", "3630"},
        {"1 2", "3"},
        {"5sec3", "8"},
        {"1.5d", "129600"},
        {"500ms", "0.5"},
        {".5s", "0.5"},
        {"1.5", "1.5"},
        {"5us", "0.000005"},
        {"5 \xC2\xB5s", "0.000005"},
        {"5\xCE\xBCs", "0.000005"},
        {"10 usec", "0.00001"},
        {"10 msec", "0.01"},
        {"1.9999999s", "1.999999"},
        {"0.0000001s", "0"},
        {"2 seconds 1second", "3"},
        {"5 m", "300"},
        {"1 minute 2minutes", "180"},
        {"1hr 1hour 2 hours", "14400"},
        {"1day 2days", "259200"},
        {"1w 1week 1 weeks", "1814400"},
        {"1M", "2629800"},
        {"1month 2months", "7889400"},
        {"1y 1year 1years", "94672800"},
        {"\t1\n2\r", "3"},
        {"+5", "5"},
        {"0.1y", "3155760"},
        {"9223372036854.775807", "9223372036854.775807"},
        {"292271y", "9223371309600"},
        {"infinity", "infinity"},
        {" infinity ", "infinity"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(OSB_INI_DURATION, cases[i][0], cases[i][1]);
}

static void durations_refused(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", "'' is not a duration: it is empty"},
        {"10x", "'10x' is not a duration: unknown unit 'x'"},
        {"1Min", "'1Min' is not a duration: unknown unit 'Min'"},
        {"5s;", "'5s;' is not a duration: unknown unit 's;'"},
        {"h", "'h' is not a duration: no number before 'h'"},
        {"1 min s", "'1 min s' is not a duration: no number before 's'"},
        {"1h -5s", "'1h -5s' is not a duration: it is negative"},
        {"5.s", "'5.s' is not a duration: unknown unit '.s'"},
        {"1.5.5s", "'1.5.5s' is not a duration: unknown unit '.'"},
        {"infinitys", "'infinitys' is not a duration: no number before 'infinitys'"},
        {"9223372036854.775808",
         "'9223372036854.775808' is not a duration: more than 9223372036854.775807 seconds"},
        {"292271y 1y", "'292271y 1y' is not a duration: more than 9223372036854.775807 seconds"},
        {"9223372036854.775807 1us",
         "'9223372036854.775807 1us' is not a duration: more than 9223372036854.775807 seconds"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refuse(OSB_INI_DURATION, cases[i][0], cases[i][1]);
    assert_refused(OSB_INI_DURATION, OSB_NONE, OSB_TYPEERROR,
                   "a duration must be a string, not 'NoneType'");
}

static void lists(void **state) {
    (void)state;
    assert_value(OSB_INI_LIST, OSB_LIT("a, b c ,,d"), OSB_LIT("a\0b c\0d\0"));
    assert_value(OSB_INI_LIST, OSB_LIT("one"), OSB_LIT("one\0"));
    assert_value(OSB_INI_LIST, OSB_LIT("\na, b\n\n \xC2\xA0 c \n"), OSB_LIT("a, b\0c\0"));
    assert_value(OSB_INI_LIST, OSB_LIT("\nfoo>=1,<2"), OSB_LIT("foo>=1,<2\0"));
    assert_value(OSB_INI_LIST, OSB_LIT(" , "), OSB_LIT(""));
    assert_value(OSB_INI_LIST, OSB_LIT(""), OSB_LIT(""));
    assert_value(OSB_INI_LIST, OSB_NONE, OSB_LIT(""));
    assert_refused(OSB_INI_LIST, OSB_LIT("a,b\0c"), OSB_VALUEERROR,
                   "'a,b\\x00c' has a NUL byte in it, which no element of a list can have");
}

/* -- batches ------------------------------------------------------------------------------------ */

static osb_arena arena;

static int reset(void **state) {
    (void)state;
    osb_arena_free(&arena);
    osb_error_free(&err);
    return 0;
}

/* The operations of a batch, each as its line, then its words in <>. */
static void assert_batch(osb_bytes text, const char *expected) {
    osb_ini_batch batch = {text, 1};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    osb_buf made = OSB_BUF_INIT;
    size_t n;
    uint32_t line;
    int rc;
    while ((rc = osb_ini_batch_next(&batch, &arena, words, &n, &line, &err)) == 1) {
        osb_buf_fmt(&made, "%u:", line);
        for (size_t i = 0; i < n; i++)
            osb_buf_fmt(&made, "<%b>", words[i]);
        osb_buf_addc(&made, '\n');
    }
    assert_int_equal(rc, 0);
    if (!osb_bytes_eq(osb_buf_bytes(&made), osb_bytes_from(expected)))
        print_error("made:\n%.*s\n", (int)made.len, made.ptr);
    assert_true(osb_bytes_eq(osb_buf_bytes(&made), osb_bytes_from(expected)));
    osb_buf_free(&made);
}

#define ASSERT_BATCH(text, expected) assert_batch(OSB_LIT(text), expected)

static void batch_splits_lines(void **state) {
    (void)state;
    ASSERT_BATCH("", "");
    ASSERT_BATCH("\n  \n# a comment 'open\n\t# another\n", "");
    ASSERT_BATCH("set s o v\ndel  s\to\t\n\nadd-section x", "1:<set><s><o><v>\n2:<del><s><o>\n"
                                                            "4:<add-section><x>\n");
    ASSERT_BATCH("set a #b\r\n\r\ndel\r\n", "1:<set><a><#b>\n3:<del>\n");
    ASSERT_BATCH("a\rb \r c", "1:<a\rb><\r><c>\n");
    ASSERT_BATCH("1 2 3 4 5 6\n", "1:<1><2><3><4><5><6>\n");
    ASSERT_BATCH("$x `y` * ~ a;b |\n", "1:<$x><`y`><*><~><a;b><|>\n");
}

static void batch_knows_quotes(void **state) {
    (void)state;
    ASSERT_BATCH("'a b' \"c d\" e\\ f", "1:<a b><c d><e f>\n");
    ASSERT_BATCH("a'b'\"c\"\\d '' \"\"", "1:<abcd><><>\n");
    ASSERT_BATCH("'\\n$x\"' \"'\\\"\\\\\\$\\`\\n\"", "1:<\\n$x\"><'\"\\$`\\n>\n");
    ASSERT_BATCH("$'a\\n\\t\\r\\\\\\'\\\"' $x $", "1:<a\n\t\r\\'\"><$x><$>\n");
    ASSERT_BATCH("x$'a'\"$'b'\"", "1:<xa$'b'>\n");
    ASSERT_BATCH("a '1\n2' b\n\"3\n4\" c\nd", "1:<a><1\n2><b>\n3:<3\n4><c>\n5:<d>\n");
    ASSERT_BATCH("'a\r\nb'", "1:<a\r\nb>\n");
    ASSERT_BATCH("\\#x '#y'", "1:<#x><#y>\n");
}

static void batch_joins_lines(void **state) {
    (void)state;
    ASSERT_BATCH("a\\\nb c \\\n d \\\r\ne\nf", "1:<ab><c><d><e>\n5:<f>\n");
    ASSERT_BATCH("\\\n\\\na\n", "3:<a>\n");
    ASSERT_BATCH("\"a\\\nb\" 'a\\\nb'", "1:<ab><a\\\nb>\n");
    ASSERT_BATCH("a \\\n", "1:<a>\n");
}

static void batch_keeps_any_bytes(void **state) {
    (void)state;
    osb_ini_batch batch = {OSB_LIT("a\0b '\0' \xFF"), 1};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    size_t n;
    uint32_t line;
    assert_int_equal(osb_ini_batch_next(&batch, &arena, words, &n, &line, &err), 1);
    assert_int_equal(n, 3);
    assert_true(osb_bytes_eq(words[0], OSB_LIT("a\0b")));
    assert_true(osb_bytes_eq(words[1], OSB_LIT("\0")));
    assert_true(osb_bytes_eq(words[2], OSB_LIT("\xFF")));
}

static void refuse_batch(const char *text, uint32_t line, uint32_t column, const char *message) {
    osb_ini_batch batch = {osb_bytes_from(text), 1};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    size_t n;
    uint32_t begin;
    int rc;
    while ((rc = osb_ini_batch_next(&batch, &arena, words, &n, &begin, &err)) == 1) {
    }
    assert_int_equal(rc, -1);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    assert_error(OSB_VALUEERROR, message);
    assert_int_equal(osb_ini_batch_next(&batch, &arena, words, &n, &begin, &err), 0);
}

static void batch_refuses(void **state) {
    (void)state;
    refuse_batch("a\nset 'b\nc", 2, 5, "No closing quotation");
    refuse_batch("a \"b\\\"\n", 1, 3, "No closing quotation");
    refuse_batch("'x\ny' \xC3\xA9 $'b\\'", 2, 6, "No closing quotation");
    refuse_batch("a b\\", 1, 4, "No escaped character");
    refuse_batch("a $'x\ny\\x41'", 2, 2,
                 "$'...' knows no other escapes than \\n \\t \\r \\\\ \\' \\\"");
    refuse_batch("ok\n1 2 3 4 5 6 '7'", 2, 13,
                 "an operation has at most 6 words (quote what has blanks in it)");
}

/* -- drop-in files ------------------------------------------------------------------------------ */

static char root[32];

static void in_root(char *path, size_t size, const char *name) {
    (void)snprintf(path, size, "%s%s", root, name);
}

/* A file below root, its directories too. */
static void make_file(const char *name, const char *text) {
    char path[256];
    in_root(path, sizeof path, name);
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void make_link(const char *name, const char *target) {
    char path[256];
    in_root(path, sizeof path, name);
    assert_int_equal(symlink(target, path), 0);
}

static int make_root(void **state) {
    reset(state);
    (void)snprintf(root, sizeof root, "/tmp/test_dropins.XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state) {
    char command[64];
    reset(state);
    (void)snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command);
}

/* The list must be the names, one a line, below root. */
static void assert_dropins(const char *path, const char *below, const char *expected) {
    osb_buf list = OSB_BUF_INIT, made = OSB_BUF_INIT;
    assert_int_equal(osb_ini_dropins(path, below, &arena, &list, &err), 0);
    const char *const *files = (const char *const *)(const void *)list.ptr;
    for (size_t i = 0; i < list.len / sizeof *files; i++) {
        assert_true(strncmp(files[i], root, strlen(root)) == 0);
        osb_buf_fmt(&made, "%s\n", files[i] + strlen(root));
    }
    if (!osb_bytes_eq(osb_buf_bytes(&made), osb_bytes_from(expected)))
        print_error("made:\n%.*s\n", (int)made.len, made.ptr);
    assert_true(osb_bytes_eq(osb_buf_bytes(&made), osb_bytes_from(expected)));
    osb_buf_free(&list);
    osb_buf_free(&made);
}

static void dropins_are_layered(void **state) {
    (void)state;
    make_file("/usr/lib/app/a.conf", "x");
    make_file("/usr/lib/app/a.conf.d/50-b.conf", "x");
    make_file("/usr/lib/app/a.conf.d/10-z.conf", "x");
    make_file("/usr/lib/app/a.conf.d/60-c.conf", "x");
    make_file("/usr/local/lib/app/a.conf.d/55-l.conf", "x");
    make_file("/run/app/a.conf.d/60-c.conf", "x");
    make_file("/run/app/a.conf.d/Z.conf", "x");
    make_file("/etc/app/a.conf.d/50-b.conf", "x");
    make_file("/etc/app/a.conf.d/README", "x");
    make_file("/etc/app/a.conf.d/.hidden.conf", "x");
    make_file("/etc/app/a.conf.d/dir.conf/x", "x");
    static const char expected[] =
        "/usr/lib/app/a.conf\n"
        "/usr/lib/app/a.conf.d/10-z.conf\n/etc/app/a.conf.d/50-b.conf\n"
        "/usr/local/lib/app/a.conf.d/55-l.conf\n/run/app/a.conf.d/60-c.conf\n"
        "/run/app/a.conf.d/Z.conf\n";
    assert_dropins("/usr/lib/app/a.conf", root, expected);
    assert_dropins("/etc/app/a.conf", root, expected);
    make_file("/etc/app/a.conf", "x");
    char slashed[64];
    (void)snprintf(slashed, sizeof slashed, "%s//", root);
    assert_dropins("/run/app/a.conf", slashed,
                   "/etc/app/a.conf\n"
                   "/usr/lib/app/a.conf.d/10-z.conf\n/etc/app/a.conf.d/50-b.conf\n"
                   "/usr/local/lib/app/a.conf.d/55-l.conf\n/run/app/a.conf.d/60-c.conf\n"
                   "/run/app/a.conf.d/Z.conf\n");
}

static void dropins_hide(void **state) {
    (void)state;
    make_file("/usr/lib/a.conf", "x");
    make_file("/usr/lib/a.conf.d/1.conf", "x");
    make_file("/usr/lib/a.conf.d/2.conf", "x");
    make_file("/usr/lib/a.conf.d/3.conf", "x");
    make_file("/usr/lib/a.conf.d/4.conf", "x");
    make_file("/etc/a.conf.d/1.conf", "");
    make_link("/etc/a.conf.d/2.conf", "/dev/null");
    make_link("/etc/a.conf.d/3.conf", "/nowhere/at/all");
    make_link("/etc/a.conf.d/4.conf", "../../usr/lib/a.conf.d/1.conf");
    assert_dropins("/etc/a.conf", root,
                   "/usr/lib/a.conf\n/usr/lib/a.conf.d/3.conf\n/etc/a.conf.d/4.conf\n");
    make_link("/etc/a.conf", "/dev/null");
    assert_dropins("/etc/a.conf", root,
                   "/etc/a.conf\n/usr/lib/a.conf.d/3.conf\n/etc/a.conf.d/4.conf\n");
}

static void dropins_elsewhere(void **state) {
    (void)state;
    char path[64];
    make_file("/srv/x.ini", "x");
    make_file("/srv/x.ini.d/b.conf", "x");
    make_file("/srv/x.ini.d/a.conf", "x");
    make_file("/srv/y.ini.d/a.conf", "x");
    in_root(path, sizeof path, "/srv/x.ini");
    assert_dropins(path, NULL, "/srv/x.ini\n/srv/x.ini.d/a.conf\n/srv/x.ini.d/b.conf\n");
    assert_dropins("/srv/x.ini", root, "/srv/x.ini\n/srv/x.ini.d/a.conf\n/srv/x.ini.d/b.conf\n");
    assert_dropins("srv/x.ini", root, "/srv/x.ini\n/srv/x.ini.d/a.conf\n/srv/x.ini.d/b.conf\n");
    assert_dropins("/srv/y.ini", root, "/srv/y.ini.d/a.conf\n");
    assert_dropins("/srv/z.ini", root, "/srv/z.ini\n");
    assert_dropins("srv/z.ini", root, "/srv/z.ini\n");
    assert_dropins("/etc/none.conf", root, "/etc/none.conf\n");
}

static void dropins_relative(void **state) {
    (void)state;
    char before[256];
    osb_buf list = OSB_BUF_INIT;
    make_file("/x.ini.d/b.conf", "x");
    make_file("/x.ini", "x");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(root), 0);
    assert_int_equal(osb_ini_dropins("x.ini", "", &arena, &list, &err), 0);
    assert_int_equal(chdir(before), 0);
    const char *const *files = (const char *const *)(const void *)list.ptr;
    assert_int_equal(list.len, 2 * sizeof *files);
    assert_string_equal(files[0], "x.ini");
    assert_string_equal(files[1], "x.ini.d/b.conf");
    osb_buf_free(&list);
}

static void dropins_errors(void **state) {
    (void)state;
    osb_buf list = OSB_BUF_INIT;
    char expected[128];
    make_file("/srv/x.ini", "x");
    make_file("/srv/x.ini.d", "no directory");
    assert_int_equal(osb_ini_dropins("/srv/x.ini", root, &arena, &list, &err), -1);
    (void)snprintf(expected, sizeof expected, "[Errno 20] Not a directory: '%s/srv/x.ini.d'", root);
    assert_error(OSB_NOTADIRECTORYERROR, expected);
    make_file("/srv/y.ini.d/other.conf", "x");
    make_link("/srv/y.ini.d/loop.conf", "loop.conf");
    assert_int_equal(osb_ini_dropins("/srv/y.ini", root, &arena, &list, &err), -1);
    (void)snprintf(expected, sizeof expected,
                   "[Errno 40] Too many levels of symbolic links: '%s/srv/y.ini.d/loop.conf'",
                   root);
    assert_error(OSB_OSERROR, expected);
    osb_buf_free(&list);
}

#define DROPINS_TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_types),
        cmocka_unit_test(booleans),
        cmocka_unit_test(paths),
        cmocka_unit_test(paths_refused),
        cmocka_unit_test(sizes),
        cmocka_unit_test(sizes_refused),
        cmocka_unit_test(durations),
        cmocka_unit_test(durations_refused),
        cmocka_unit_test(lists),
        cmocka_unit_test_setup(batch_splits_lines, reset),
        cmocka_unit_test_setup(batch_knows_quotes, reset),
        cmocka_unit_test_setup(batch_joins_lines, reset),
        cmocka_unit_test_setup(batch_keeps_any_bytes, reset),
        cmocka_unit_test_setup(batch_refuses, reset),
        DROPINS_TEST(dropins_are_layered),
        DROPINS_TEST(dropins_hide),
        DROPINS_TEST(dropins_elsewhere),
        DROPINS_TEST(dropins_relative),
        DROPINS_TEST(dropins_errors),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    osb_arena_free(&arena);
    return failed;
}
