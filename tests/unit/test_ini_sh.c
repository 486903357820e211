#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <osbox/ini.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static osb_buf out;
static osb_error err;

static int setup(void **state) {
    (void)state;
    osb_buf_free(&out);
    osb_error_free(&err);
    return 0;
}

static void assert_out(const char *expected) {
    osb_bytes made = osb_buf_bytes(&out);
    if (!osb_bytes_eq(made, osb_bytes_from(expected)))
        print_error("made:     %.*s\nexpected: %s\n", (int)made.len, made.ptr, expected);
    assert_true(osb_bytes_eq(made, osb_bytes_from(expected)));
    osb_buf_truncate(&out, 0);
}

static osb_ini_emitter started(osb_ini_shape shape) {
    osb_ini_emitter e = {.output = OSB_INI_OUT_SH, .shape = shape, .out = &out};
    osb_ini_emit_start(&e);
    return e;
}

static int emit(osb_ini_emitter *e, osb_bytes section, osb_bytes option, osb_bytes value) {
    osb_ini_record record = {section, option, &value, 1, false, OSB_NONE, 0};
    return osb_ini_emit(e, &record, &err);
}

static int emit_one(osb_ini_emitter *e, const char *section, const char *option) {
    return emit(e, osb_bytes_from(section), osb_bytes_from(option), OSB_LIT("1"));
}

static void assert_emits(osb_ini_emitter *e, const char *section, const char *option) {
    assert_int_equal(emit_one(e, section, option), 0);
}

static void assert_refuses(osb_ini_emitter *e, const char *section, const char *option,
                           const char *message) {
    assert_int_equal(emit_one(e, section, option), -1);
    assert_int_equal(err.kind, OSB_VALUEERROR);
    osb_bytes text = osb_error_message(&err);
    if (!osb_bytes_eq(text, osb_bytes_from(message)))
        print_error("refused: %.*s\n", (int)text.len, text.ptr);
    assert_true(osb_bytes_eq(text, osb_bytes_from(message)));
    osb_error_free(&err);
}

/* -- names and values --------------------------------------------------------------------------- */

static void names_are_the_options(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_ITEMS);
    osb_ini_emit_section(&e, OSB_LIT("web"));
    assert_emits(&e, "web", "port");
    e.prefix = OSB_LIT("P_");
    assert_emits(&e, "web", "_Port9");
    osb_ini_emit_finish(&e);
    assert_out("port=1\nP__Port9=1\n");
}

static void names_in_a_tree_have_the_section(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_TREE);
    assert_emits(&e, "", "top");
    assert_emits(&e, "web", "port");
    assert_emits(&e, "db", "port");
    e.prefix = OSB_LIT("P_");
    assert_emits(&e, "db", "port");
    osb_ini_emit_finish(&e);
    assert_out("top=1\nweb_port=1\ndb_port=1\nP_db_port=1\n");
}

static void values_are_quoted_and_joined(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_SCALAR);
    static const osb_bytes several[] = {OSB_LIT("it's"), OSB_NONE, OSB_LIT("y z")};
    osb_ini_record record = {OSB_LIT("s"), OSB_LIT("o"), several, 3, false, OSB_LIT("f"), 3};
    e.origin = true;
    assert_int_equal(osb_ini_emit(&e, &record, &err), 0);
    record.nvalues = 0;
    assert_int_equal(osb_ini_emit(&e, &record, &err), 0);
    assert_int_equal(emit(&e, record.section, record.option, OSB_NONE), 0);
    assert_int_equal(emit(&e, record.section, record.option, OSB_LIT("a b")), 0);
    osb_ini_emit_finish(&e);
    assert_out("o='it'\"'\"'s\n\ny z'\no=''\no=''\no='a b'\n");
}

static void bad_names_are_refused(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_SCALAR);
    assert_refuses(&e, "s", "bad-key", "'bad-key' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "1st", "'1st' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "", "'' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "\xC3\xA9",
                   "'\xC3\xA9' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "a=b", "'a=b' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "a\nb", "'a\\nb' is no name for a shell variable (try --mangle)");
    assert_refuses(&e, "s", "a;id", "'a;id' is no name for a shell variable (try --mangle)");
    assert_emits(&e, "s", "fine");
    osb_ini_emit_finish(&e);
    assert_out("fine=1\n");
}

static const char shells_own[] =
    "BASHOPTS BASH_VERSINFO EUID PPID SHELLOPTS UID OPTIND LINENO PATH IFS ENV BASH_ENV PS0 PS1 "
    "PS2 "
    "PS4 SHELL HOME CDPATH LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT RANDOM SRANDOM SECONDS HISTCMD "
    "HISTFILE HISTFILESIZE HISTSIZE EPOCHSECONDS EPOCHREALTIME DIRSTACK FUNCNAME FUNCNEST "
    "GLOBIGNORE EXECIGNORE GROUPS LINES COLUMNS MAILPATH PWD OLDPWD PIPESTATUS POSIXLY_CORRECT "
    "PROMPT_COMMAND TMOUT _ auto_resume histchars BASH";

static void the_shells_own_variables_are_refused(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_SCALAR);
    char names[sizeof shells_own];
    memcpy(names, shells_own, sizeof names);
    for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) {
        char message[128];
        (void)snprintf(message, sizeof message,
                       "'%s' is a variable of the shell's own (try --prefix)", name);
        assert_refuses(&e, "s", name, message);
    }
    assert_emits(&e, "s", "path");
    assert_emits(&e, "s", "PATHS");
    e.prefix = OSB_LIT("x");
    assert_emits(&e, "s", "PATH");
    osb_ini_emit_finish(&e);
    assert_out("path=1\nPATHS=1\nxPATH=1\n");
}

static void mangling_makes_names(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_ITEMS);
    e.mangle = true;
    assert_emits(&e, "s", "bad-key");
    assert_emits(&e, "s", "1st");
    assert_emits(&e, "s", "\xC3\xA9");
    assert_emits(&e, "s", "a b=c");
    assert_emits(&e, "s", "fine");
    assert_refuses(&e, "s", "-", "'_' is a variable of the shell's own (try --prefix)");
    assert_refuses(&e, "s", "", "'' is no name for a shell variable");
    e.shape = OSB_INI_TREE;
    e.prefix = OSB_LIT("2");
    assert_emits(&e, "a.b", "1");
    osb_ini_emit_finish(&e);
    assert_out("bad_key=1\n_1st=1\n__=1\na_b_c=1\nfine=1\n_2a_b_1=1\n");
}

static void collisions_are_refused(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_TREE);
    e.mangle = true;
    assert_emits(&e, "s", "a-b");
    assert_refuses(&e, "s", "a.b",
                   "shell variable 's_a_b' cannot hold both 'a-b' in section 's' and 'a.b' in "
                   "section 's'");
    assert_refuses(&e, "s_a", "b",
                   "shell variable 's_a_b' cannot hold both 'a-b' in section 's' and 'b' in "
                   "section 's_a'");
    assert_emits(&e, "s", "a-b");
    osb_ini_emit_finish(&e);
    assert_out("s_a_b=1\ns_a_b=1\n");
}

static void many_names_are_kept_apart(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_TREE);
    for (int i = 0; i < 20000; i++) {
        char section[16], option[16];
        (void)snprintf(section, sizeof section, "s%d", i / 100);
        (void)snprintf(option, sizeof option, "o%d", i % 100);
        assert_emits(&e, section, option);
        osb_buf_truncate(&out, 0);
    }
    assert_emits(&e, "s7", "o7");
    assert_emits(&e, "s7_o7", "x");
    assert_int_equal(emit_one(&e, "s7", "o7_x"), -1);
    osb_ini_emit_finish(&e);
    assert_out("s7_o7=1\ns7_o7_x=1\n");
}

static void a_nul_is_refused(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_SCALAR);
    assert_int_equal(emit(&e, OSB_LIT("s"), OSB_LIT("o"), OSB_LIT("a\0b")), -1);
    osb_bytes text = osb_error_message(&err);
    assert_int_equal(err.kind, OSB_VALUEERROR);
    assert_true(osb_bytes_eq(text, OSB_LIT("'o' in section 's' has a NUL byte in its value, which "
                                           "no shell variable can hold")));
    assert_emits(&e, "t", "o");
    osb_ini_emit_finish(&e);
    assert_out("o=1\n");
}

static void a_full_buffer_is_seen(void **state) {
    (void)state;
    osb_ini_emitter e = started(OSB_INI_SCALAR);
    out.max = 8;
    assert_int_equal(emit(&e, OSB_LIT("s"), OSB_LIT("o"), OSB_LIT("a long value")), 0);
    assert_int_equal(osb_buf_check(&out, &err), -1);
    osb_ini_emit_finish(&e);
}

/* -- real shells -------------------------------------------------------------------------------- */

static const char *const shells[][2] = {
    {"dash", NULL}, {"bash", NULL}, {"bash", "--posix"}, {"busybox", "sh"}};

static void exec_shell(const char *const shell[2], const char *locale, const char *script,
                       const char *file) {
    const char *argv[8] = {shell[0]};
    size_t n = 1;
    if (shell[1])
        argv[n++] = shell[1];
    argv[n++] = "-c";
    argv[n++] = script;
    argv[n++] = "test";
    argv[n++] = file;
    setenv("LC_ALL", locale, 1);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static void read_all(int fd, osb_buf *text) {
    ssize_t n = 1;
    for (; n > 0; text->len += (size_t)n) {
        char *room = osb_buf_room(text, 4096);
        assert_non_null(room);
        n = read(fd, room, 4096);
        assert_true(n >= 0);
    }
}

static void assert_prints(const char *const shell[2], const char *locale, const char *script,
                          const char *file, osb_bytes expected) {
    int ends[2], status;
    osb_buf printed = OSB_BUF_INIT;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        exec_shell(shell, locale, script, file);
    }
    close(ends[1]);
    read_all(ends[0], &printed);
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_true(osb_bytes_eq(osb_buf_bytes(&printed), expected));
    osb_buf_free(&printed);
}

/* Run the script everywhere, its first argument a file with what was emitted. */
static void assert_prints_everywhere(const char *script, osb_bytes expected) {
    static const char *const locales[] = {"C", "C.UTF-8"};
    char file[] = "/tmp/test_ini_sh.XXXXXX";
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, out.ptr, out.len), (ssize_t)out.len);
    close(fd);
    for (size_t i = 0; i < COUNT(shells); i++) {
        for (size_t j = 0; j < COUNT(locales); j++)
            assert_prints(shells[i], locales[j], script, file, expected);
    }
    unlink(file);
}

/* Emit the values as v0, v1, ... and have them printed, each with a NUL behind. */
static void assert_shells_give_back(const osb_bytes *values, size_t n) {
    static const char script[] = "eval \"$(cat \"$1\")\" || exit 9\n"
                                 "i=0\n"
                                 "while eval \"[ \\\"\\${v$i+x}\\\" ]\"; do\n"
                                 "  eval \"printf '%s\\\\000' \\\"\\$v$i\\\"\"; i=$((i+1))\n"
                                 "done";
    osb_ini_emitter e = started(OSB_INI_ITEMS);
    osb_buf expected = OSB_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        char name[24];
        (void)snprintf(name, sizeof name, "v%zu", i);
        assert_int_equal(emit(&e, OSB_LIT("s"), osb_bytes_from(name), values[i]), 0);
        osb_buf_add(&expected, values[i]);
        osb_buf_addc(&expected, '\0');
    }
    osb_ini_emit_finish(&e);
    assert_prints_everywhere(script, osb_buf_bytes(&expected));
    osb_buf_free(&expected);
}

static void shells_give_values_back(void **state) {
    (void)state;
    static const osb_bytes values[] = {
        OSB_LIT(""),
        OSB_LIT("plain"),
        OSB_LIT("'"),
        OSB_LIT("''"),
        OSB_LIT("a'b'c"),
        OSB_LIT("\"'\"'\"'"),
        OSB_LIT("$(touch /tmp/pwned)`id`$HOME"),
        OSB_LIT("'; exit 3; '"),
        OSB_LIT("a[$(echo x)]"),
        OSB_LIT("\\"),
        OSB_LIT("\\'"),
        OSB_LIT("a\n\n"),
        OSB_LIT("\n"),
        OSB_LIT("a\r\nb\r"),
        OSB_LIT("\ta\t"),
        OSB_LIT("a b"),
        OSB_LIT("~"),
        OSB_LIT("~root:~"),
        OSB_LIT("*"),
        OSB_LIT("{a,b}"),
        OSB_LIT("!x!"),
        OSB_LIT("-n"),
        OSB_LIT("#c"),
        OSB_LIT("x=y"),
        OSB_LIT("%s%n%%"),
        OSB_LIT("\xFF\xC3\x28\xED\xA0\x80"),
        OSB_LIT("\x81\x82'\x88\\"),
        OSB_LIT("\xC2\x85\xE2\x80\xA8\xC2\xA0"),
    };
    assert_shells_give_back(values, COUNT(values));
}

/* Every byte but NUL behind every other: value i holds all pairs that begin with i + 1. */
static void shells_give_every_pair_of_bytes_back(void **state) {
    (void)state;
    static char text[255][510];
    osb_bytes values[255];
    for (size_t i = 0; i < 255; i++) {
        for (size_t j = 0; j < 255; j++) {
            text[i][2 * j] = (char)(i + 1);
            text[i][2 * j + 1] = (char)(j + 1);
        }
        values[i] = (osb_bytes){text[i], sizeof text[i]};
    }
    assert_shells_give_back(values, COUNT(values));
}

/* What the list of the shell's own variables rests on: a name that is let through is like any
 * other, be it a reserved word, and no shell runs its value. */
static void shells_hold_what_is_let_through(void **state) {
    (void)state;
    static const char names[] =
        "if then else elif fi case esac for while until do done in time select function REPLY LANG "
        "TZ EDITOR TERM MAIL OPTARG OPTERR PS3 SHLVL COPROC HOSTNAME MAPFILE INPUTRC path status";
    static const char script[] = "eval \"$(cat \"$1\")\" || exit 9\n"
                                 "for n in $names; do eval \"echo \\\"\\$$n\\\"\"; done";
    static const osb_bytes value = OSB_LIT("a[$(echo x; exit 3)]");
    osb_ini_emitter e = started(OSB_INI_ITEMS);
    osb_buf expected = OSB_BUF_INIT;
    osb_bytes name, rest = osb_bytes_from(names);
    while (!osb_bytes_is_none(rest)) {
        osb_bytes_cut(&rest, ' ', &name);
        assert_int_equal(emit(&e, OSB_LIT("s"), name, value), 0);
        osb_buf_fmt(&expected, "%b\n", value);
    }
    osb_ini_emit_finish(&e);
    setenv("names", names, 1);
    assert_prints_everywhere(script, osb_buf_bytes(&expected));
    osb_buf_free(&expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(names_are_the_options, setup),
        cmocka_unit_test_setup(names_in_a_tree_have_the_section, setup),
        cmocka_unit_test_setup(values_are_quoted_and_joined, setup),
        cmocka_unit_test_setup(bad_names_are_refused, setup),
        cmocka_unit_test_setup(the_shells_own_variables_are_refused, setup),
        cmocka_unit_test_setup(mangling_makes_names, setup),
        cmocka_unit_test_setup(collisions_are_refused, setup),
        cmocka_unit_test_setup(many_names_are_kept_apart, setup),
        cmocka_unit_test_setup(a_nul_is_refused, setup),
        cmocka_unit_test_setup(a_full_buffer_is_seen, setup),
        cmocka_unit_test_setup(shells_give_values_back, setup),
        cmocka_unit_test_setup(shells_give_every_pair_of_bytes_back, setup),
        cmocka_unit_test_setup(shells_hold_what_is_let_through, setup),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    osb_buf_free(&out);
    osb_error_free(&err);
    return failed;
}
