/* base on files: fdio, lock, replace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* rename, remove */
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <osbox/arena.h>
#include <osbox/bytes.h>
#include <osbox/error.h>
#include <osbox/fdio.h>
#include <osbox/lock.h>
#include <osbox/replace.h>

static void assert_bytes(osb_bytes given, osb_bytes expected) {
    assert_int_equal(given.len, expected.len);
    assert_int_equal(osb_bytes_is_none(given), osb_bytes_is_none(expected));
    if (expected.len)
        assert_memory_equal(given.ptr, expected.ptr, expected.len);
}

static void assert_error(osb_error *err, osb_kind kind, const char *message) {
    assert_string_equal(osb_error_name(err->kind), osb_error_name(kind));
    assert_bytes(osb_error_message(err), osb_bytes_from(message));
    osb_error_free(err);
}

/* Each test of files runs in a directory of its own, which is emptied afterwards. */
static int enter_directory(void **state) {
    char *name = strdup("/tmp/osbox-test-base-XXXXXX");
    *state = name;
    return mkdtemp(name) && chdir(name) == 0 ? 0 : -1;
}

static int leave_directory(void **state) {
    static const char *const names[] = {"f", "link", "g", "sub/f", "sub", ".f.osbox-new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove(names[i]);
    int rc = rmdir(*state);
    free(*state);
    return chdir("/") == 0 ? rc : -1;
}

static void write_file(const char *name, osb_bytes content) {
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(osb_fd_write_all(fd, content, osb_bytes_from(name), NULL), 0);
    close(fd);
}

static void assert_file(const char *name, osb_bytes expected) {
    osb_arena a = {0};
    osb_bytes content;
    int fd = osb_fd_open(name, NULL);
    assert_true(fd >= 0);
    assert_int_equal(osb_fd_read_all(fd, osb_bytes_from(name), 1 << 30, &a, &content, NULL), 0);
    assert_bytes(content, expected);
    close(fd);
    osb_arena_free(&a);
}

static void fd_open_and_read(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    osb_arena a = {0};
    osb_bytes content;
    assert_int_equal(osb_fd_open("gone", &err), -1);
    assert_error(&err, OSB_FILENOTFOUNDERROR, "[Errno 2] No such file or directory: 'gone'");
    write_file("f", OSB_LIT("a\0b\n"));
    int fd = osb_fd_open("f", &err);
    assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), 4, &a, &content, &err), 0);
    assert_bytes(content, OSB_LIT("a\0b\n"));
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), 4, &a, &content, &err), 0);
    assert_bytes(content, OSB_LIT("")); /* at its end already */
    lseek(fd, 2, SEEK_SET);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), 4, &a, &content, &err), 0);
    assert_bytes(content, OSB_LIT("b\n"));
    lseek(fd, 0, SEEK_SET);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), 3, &a, &content, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "f: larger than 3 bytes");
    close(fd);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), 4, &a, &content, &err), -1);
    assert_error(&err, OSB_OSERROR, "[Errno 9] Bad file descriptor: 'f'");
    fd = osb_fd_open(".", &err);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("."), 4, &a, &content, &err), -1);
    assert_error(&err, OSB_ISADIRECTORYERROR, "[Errno 21] Is a directory: '.'");
    close(fd);
    osb_arena_free(&a);
}

/* Inputs of unknown size: a pipe, in pieces, and files of /proc, whose size is 0. */
static void fd_read_unknown_size(void **state) {
    (void)state;
    enum { SIZE = 300000 };
    int ends[2];
    osb_arena a = {0};
    osb_bytes content;
    osb_error err = {.kind = OSB_OK};
    char *sent = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        sent[i] = (char)(i * 7 >> 3);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        for (size_t at = 0; at < SIZE; at += 1000)
            osb_fd_write_all(ends[1], (osb_bytes){sent + at, 1000}, OSB_NONE, NULL);
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(osb_fd_read_all(ends[0], OSB_LIT("pipe"), SIZE, &a, &content, &err), 0);
    assert_bytes(content, (osb_bytes){sent, SIZE});
    close(ends[0]);
    waitpid(child, NULL, 0);
    int fd = osb_fd_open("/proc/self/stat", NULL);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("stat"), 10, &a, &content, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "stat: larger than 10 bytes");
    close(fd);
    free(sent);
    osb_arena_free(&a);
}

static void fd_read_large(void **state) {
    (void)state;
    enum { SIZE = 3 << 20 };
    osb_arena a = {0};
    osb_bytes content;
    char *sent = calloc(SIZE, 1);
    sent[0] = 'a';
    sent[SIZE - 1] = 'z';
    write_file("f", (osb_bytes){sent, SIZE});
    int fd = osb_fd_open("f", NULL);
    assert_int_equal(osb_fd_read_all(fd, OSB_LIT("f"), SIZE, &a, &content, NULL), 0);
    assert_bytes(content, (osb_bytes){sent, SIZE});
    close(fd);
    free(sent);
    osb_arena_free(&a);
}

static void fd_write_errors(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    int fd = open("/dev/full", O_WRONLY);
    assert_int_equal(osb_fd_write_all(fd, OSB_LIT(""), OSB_LIT("full"), &err), 0);
    assert_int_equal(osb_fd_write_all(fd, OSB_LIT("x"), OSB_LIT("full"), &err), -1);
    assert_error(&err, OSB_OSERROR, "[Errno 28] No space left on device: 'full'");
    close(fd);
}

static void writer_in_blocks(void **state) {
    (void)state;
    char mem[8];
    osb_writer w;
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    osb_writer_init(&w, fd, mem, sizeof mem);
    osb_writer_puts(&w, "ab\n");
    osb_writer_putc(&w, '\x01');
    assert_file("f", OSB_LIT(""));
    osb_writer_flush(&w);
    assert_file("f", OSB_LIT("ab\n\x01"));
    osb_writer_puts(&w, "0123456");
    osb_writer_put(&w, OSB_LIT("\0\xff"));
    osb_writer_puts(&w, "larger than the buffer");
    osb_writer_put(&w, OSB_NONE);
    osb_writer_puts(&w, "!");
    assert_int_equal(osb_writer_close(&w, NULL), 0);
    assert_file("f", OSB_LIT("ab\n\x01"
                             "0123456\0\xfflarger than the buffer!"));
    assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void writer_latches(void **state) {
    (void)state;
    char mem[8];
    osb_writer w;
    osb_error err = {.kind = OSB_OK};
    osb_writer_init(&w, open("/dev/full", O_WRONLY), mem, sizeof mem);
    osb_writer_puts(&w, "0123456789");
    assert_int_equal(w.errnum, ENOSPC);
    osb_writer_puts(&w, "more");
    assert_int_equal(osb_writer_close(&w, &err), -1);
    assert_error(&err, OSB_OSERROR, "[Errno 28] No space left on device");
    osb_writer_init(&w, -1, mem, sizeof mem);
    assert_int_equal(osb_writer_close(&w, &err), -1);
    assert_error(&err, OSB_OSERROR, "[Errno 9] Bad file descriptor");
}

static void writer_on_terminal(void **state) {
    (void)state;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
        skip();
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (terminal < 0)
        skip();
    char mem[64], shown[64];
    osb_writer w;
    osb_writer_init(&w, terminal, mem, sizeof mem);
    assert_true(w.tty);
    osb_writer_puts(&w, "a\x1b[31m");
    assert_int_equal(w.len, 9);
    osb_writer_puts(&w, "b\n"); /* a whole line: flushed */
    assert_int_equal(w.len, 0);
    ssize_t n = read(master, shown, sizeof shown);
    assert_bytes((osb_bytes){shown, (size_t)n}, OSB_LIT("a\\x1b[31mb\r\n"));
    assert_int_equal(osb_writer_close(&w, NULL), 0);
    close(master);
}

/* -- lock ---------------------------------------------------------------------------------------- */

static void lock_excludes(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    write_file("f", OSB_LIT(""));
    int one = open("f", O_RDONLY), two = open("f", O_RDONLY);
    assert_int_equal(osb_lock_exclusive(one, false, OSB_LIT("f"), &err), 0);
    assert_int_equal(osb_lock_exclusive(one, true, OSB_LIT("f"), &err), 0);
    assert_int_equal(osb_lock_exclusive(two, true, OSB_LIT("f"), &err), -1);
    assert_error(&err, OSB_BLOCKINGIOERROR, "[Errno 11] Resource temporarily unavailable: 'f'");
    close(one);
    assert_int_equal(osb_lock_exclusive(two, true, OSB_LIT("f"), &err), 0);
    close(two);
    assert_int_equal(osb_lock_exclusive(-1, true, OSB_LIT("f"), &err), -1);
    assert_error(&err, OSB_OSERROR, "[Errno 9] Bad file descriptor: 'f'");
}

static void lock_is_current(void **state) {
    (void)state;
    write_file("f", OSB_LIT("old"));
    int fd = open("f", O_RDONLY);
    assert_true(osb_lock_is_current(fd, AT_FDCWD, "f"));
    assert_false(osb_lock_is_current(fd, AT_FDCWD, "gone"));
    assert_int_equal(symlink("f", "link"), 0);
    assert_false(osb_lock_is_current(fd, AT_FDCWD, "link"));
    write_file("g", OSB_LIT("new"));
    assert_int_equal(rename("g", "f"), 0);
    assert_false(osb_lock_is_current(fd, AT_FDCWD, "f"));
    close(fd);
    assert_false(osb_lock_is_current(fd, AT_FDCWD, "f"));
}

/* -- replace ------------------------------------------------------------------------------------- */

static const osb_replace_opts atomic = {.mode = OSB_REPLACE_ATOMIC};
static const osb_replace_opts creating = {.mode = OSB_REPLACE_ATOMIC, .create = true};
static const osb_replace_opts inplace = {.mode = OSB_REPLACE_INPLACE};

/* Rewrite path, whose content must be `old`, as `new`. */
static void replace_file(const char *path, const osb_replace_opts *opts, osb_bytes old,
                         osb_bytes new) {
    osb_arena a = {0};
    osb_replace *r;
    osb_bytes content;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_replace_begin(path, opts, &a, &r, &content, &err), 0);
    assert_bytes(content, old);
    osb_bytes parts[] = {osb_bytes_sub(new, 0, 2), OSB_LIT(""), osb_bytes_sub(new, 2, new.len)};
    assert_int_equal(osb_replace_commit(r, parts, 3, &err), 0);
    assert_int_equal(access(".f.osbox-new", F_OK), -1);
    osb_arena_free(&a);
}

static void replace_error(const char *path, const osb_replace_opts *opts, osb_kind kind,
                          const char *message) {
    osb_arena a = {0};
    osb_replace *r;
    osb_bytes content;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_replace_begin(path, opts, &a, &r, &content, &err), -1);
    assert_error(&err, kind, message);
    assert_int_equal(access(".f.osbox-new", F_OK), -1);
    osb_arena_free(&a);
}

static struct stat stat_of(const char *path) {
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st;
}

static void replace_atomic(void **state) {
    (void)state;
    write_file("f", OSB_LIT("old\n"));
    assert_int_equal(chmod("f", 0640), 0);
    setxattr("f", "user.osbox", "kept", 4, 0);
    ino_t before = stat_of("f").st_ino;
    replace_file("f", &atomic, OSB_LIT("old\n"), OSB_LIT("new content"));
    assert_file("f", OSB_LIT("new content"));
    struct stat after = stat_of("f");
    assert_int_equal(after.st_mode & 07777, 0640);
    assert_true(after.st_ino != before);
    char value[8];
    ssize_t n = getxattr("f", "user.osbox", value, sizeof value);
    if (n >= 0)
        assert_bytes((osb_bytes){value, (size_t)n}, OSB_LIT("kept"));
    replace_file("f", &atomic, OSB_LIT("new content"), OSB_LIT(""));
    assert_file("f", OSB_LIT(""));
    replace_file("f", &atomic, OSB_LIT(""), OSB_LIT("x"));
}

static void replace_unchanged(void **state) {
    (void)state;
    write_file("f", OSB_LIT("same"));
    struct stat before = stat_of("f");
    replace_file("f", &atomic, OSB_LIT("same"), OSB_LIT("same"));
    struct stat after = stat_of("f");
    assert_int_equal(after.st_ino, before.st_ino);
    assert_int_equal(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
    /* A part of it, and more than it, are changes. */
    replace_file("f", &atomic, OSB_LIT("same"), OSB_LIT("sam"));
    replace_file("f", &atomic, OSB_LIT("sam"), OSB_LIT("same"));
    assert_file("f", OSB_LIT("same"));
}

static void replace_creates(void **state) {
    (void)state;
    replace_error("f", &atomic, OSB_FILENOTFOUNDERROR, "[Errno 2] No such file or directory: 'f'");
    mode_t mask = umask(027);
    replace_file("f", &creating, OSB_NONE, OSB_LIT("new"));
    umask(mask);
    assert_file("f", OSB_LIT("new"));
    assert_int_equal(stat_of("f").st_mode & 07777, 0640);
    /* An empty file is made too, though nothing was there before. */
    assert_int_equal(unlink("f"), 0);
    replace_file("f", &creating, OSB_NONE, OSB_LIT(""));
    assert_file("f", OSB_LIT(""));
    replace_error("gone/f", &creating, OSB_FILENOTFOUNDERROR,
                  "[Errno 2] No such file or directory: 'gone/f'");
}

static void replace_follows_symlinks(void **state) {
    (void)state;
    assert_int_equal(mkdir("sub", 0755), 0);
    write_file("sub/f", OSB_LIT("old"));
    assert_int_equal(symlink("sub/g", "link"), 0);
    assert_int_equal(symlink("f", "sub/g"), 0);
    replace_file("link", &atomic, OSB_LIT("old"), OSB_LIT("new"));
    assert_file("sub/f", OSB_LIT("new"));
    struct stat st;
    assert_int_equal(lstat("link", &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(unlink("sub/g"), 0);
    assert_int_equal(unlink("link"), 0);
    /* A dangling link: the file that it names is made. */
    assert_int_equal(symlink("g", "link"), 0);
    replace_file("link", &creating, OSB_NONE, OSB_LIT("made"));
    assert_file("g", OSB_LIT("made"));
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(symlink("link", "link"), 0);
    replace_error("link", &atomic, OSB_OSERROR,
                  "[Errno 40] Too many levels of symbolic links: 'link'");
}

/* A mapped file that is cut short reads as zeros where it was, and is told of. */
static void map_all_of_a_file_that_shrinks(void **state) {
    (void)state;
    enum { SIZE = 3 << 20 };
    osb_arena a = {0};
    osb_bytes text;
    osb_error err = {0};
    write_file("f", OSB_LIT("small"));
    int fd = osb_fd_open("f", NULL);
    assert_int_equal(osb_fd_map_all(fd, OSB_LIT("f"), SIZE_MAX, &a, &text, &err), 0);
    assert_true(osb_bytes_eq(text, OSB_LIT("small")));
    close(fd);
    fd = open("f", O_RDWR);
    assert_int_equal(ftruncate(fd, SIZE), 0);
    assert_int_equal(pwrite(fd, "x", 1, SIZE - 1), 1);
    assert_int_equal(osb_fd_map_all(fd, OSB_LIT("f"), SIZE_MAX, &a, &text, &err), 0);
    assert_int_equal(text.len, SIZE);
    assert_int_equal(text.ptr[SIZE - 1], 'x');
    assert_int_equal(osb_fd_check_maps(&err), 0);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(text.ptr[SIZE - 1], 0);
    assert_int_equal(osb_fd_check_maps(&err), -1);
    assert_int_equal(err.kind, OSB_OSERROR);
    osb_error_free(&err);
    close(fd);
    osb_arena_free(&a);
}

static void replace_refuses(void **state) {
    (void)state;
    assert_int_equal(mkdir("sub", 0755), 0);
    replace_error("sub", &atomic, OSB_ISADIRECTORYERROR, "[Errno 21] Is a directory: 'sub'");
    assert_int_equal(mkfifo("g", 0600), 0);
    replace_error("g", &atomic, OSB_OSERROR, "not a regular file");
    write_file("f", OSB_LIT("12345"));
    osb_replace_opts small = {.max = 4};
    replace_error("f", &small, OSB_VALUEERROR, "f: larger than 4 bytes");
    assert_file("f", OSB_LIT("12345"));
}

static void replace_cancels(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_replace *r;
    osb_bytes content;
    write_file("f", OSB_LIT("old"));
    assert_int_equal(osb_replace_begin("f", &atomic, &a, &r, &content, NULL), 0);
    assert_int_equal(access(".f.osbox-new", F_OK), 0);
    osb_replace_opts no_wait = {.no_wait = true};
    osb_arena b = {0};
    osb_replace *other;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_replace_begin("f", &no_wait, &b, &other, &content, &err), -1);
    assert_error(&err, OSB_BLOCKINGIOERROR, "[Errno 11] Resource temporarily unavailable: 'f'");
    osb_replace_cancel(r);
    assert_int_equal(access(".f.osbox-new", F_OK), -1);
    assert_file("f", OSB_LIT("old"));
    replace_file("f", &no_wait, OSB_LIT("old"), OSB_LIT("new"));
    osb_arena_free(&a);
    osb_arena_free(&b);
}

/* What a killed writer left behind is nobody's lock. */
static void replace_takes_over_litter(void **state) {
    (void)state;
    write_file("f", OSB_LIT("old"));
    write_file(".f.osbox-new", OSB_LIT("half wri"));
    osb_replace_opts no_wait = {.no_wait = true};
    replace_file("f", &no_wait, OSB_LIT("old"), OSB_LIT("new"));
    assert_file("f", OSB_LIT("new"));
}

static void replace_in_place(void **state) {
    (void)state;
    write_file("f", OSB_LIT("long old content"));
    assert_int_equal(link("f", "g"), 0);
    ino_t before = stat_of("f").st_ino;
    replace_file("f", &inplace, OSB_LIT("long old content"), OSB_LIT("short"));
    assert_int_equal(stat_of("f").st_ino, before);
    assert_file("g", OSB_LIT("short"));
    replace_file("g", &inplace, OSB_LIT("short"), OSB_LIT("longer again"));
    assert_file("f", OSB_LIT("longer again"));
    int fd = open("f", O_RDONLY);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    osb_replace_opts no_wait = {.mode = OSB_REPLACE_INPLACE, .no_wait = true};
    replace_error("f", &no_wait, OSB_BLOCKINGIOERROR,
                  "[Errno 11] Resource temporarily unavailable: 'f'");
    close(fd);
}

/* In place, a missing file with create set is an empty one, as in mode ATOMIC: old is None. */
static void replace_in_place_creates(void **state) {
    (void)state;
    osb_replace_opts opts = {.mode = OSB_REPLACE_INPLACE, .create = true};
    replace_file("f", &opts, OSB_NONE, OSB_LIT("new"));
    assert_file("f", OSB_LIT("new"));
}

/* The temporary's name fits even where the target's is as long as names can be. */
static void replace_long_name(void **state) {
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    write_file(name, OSB_LIT("old"));
    replace_file(name, &atomic, OSB_LIT("old"), OSB_LIT("new"));
    assert_file(name, OSB_LIT("new"));
    unlink(name);
}

/* Writers queue: of all increments none is lost. */
static void replace_concurrently(void **state) {
    (void)state;
    enum { WRITERS = 4, TIMES = 25 };
    write_file("f", OSB_LIT(""));
    for (int i = 0; i < WRITERS; i++) {
        if (fork() > 0)
            continue;
        for (int k = 0; k < TIMES; k++) {
            osb_arena a = {0};
            osb_replace *r;
            osb_bytes content;
            if (osb_replace_begin("f", &atomic, &a, &r, &content, NULL) < 0)
                _exit(1);
            osb_bytes parts[] = {content, OSB_LIT("x")};
            if (osb_replace_commit(r, parts, 2, NULL) < 0)
                _exit(2);
            osb_arena_free(&a);
        }
        _exit(0);
    }
    int status;
    while (wait(&status) > 0)
        assert_int_equal(status, 0);
    assert_int_equal(stat_of("f").st_size, WRITERS * TIMES);
}

#define FILE_TEST(f) cmocka_unit_test_setup_teardown(f, enter_directory, leave_directory)

int main(void) {
    const struct CMUnitTest tests[] = {
        FILE_TEST(fd_open_and_read),
        FILE_TEST(fd_read_unknown_size),
        FILE_TEST(fd_read_large),
        FILE_TEST(fd_write_errors),
        FILE_TEST(writer_in_blocks),
        FILE_TEST(writer_latches),
        FILE_TEST(writer_on_terminal),
        FILE_TEST(lock_excludes),
        FILE_TEST(lock_is_current),
        FILE_TEST(replace_atomic),
        FILE_TEST(replace_unchanged),
        FILE_TEST(replace_creates),
        FILE_TEST(replace_follows_symlinks),
        FILE_TEST(map_all_of_a_file_that_shrinks),
        FILE_TEST(replace_refuses),
        FILE_TEST(replace_cancels),
        FILE_TEST(replace_takes_over_litter),
        FILE_TEST(replace_in_place),
        FILE_TEST(replace_in_place_creates),
        FILE_TEST(replace_long_name),
        FILE_TEST(replace_concurrently),
    };
    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
