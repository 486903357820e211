/* base in memory: bytes, buf, error, arena, pool, map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <limits.h>

#include <osbox/arena.h>
#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>
#include <osbox/map.h>
#include <osbox/pool.h>

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

/* -- bytes --------------------------------------------------------------------------------------- */

static void bytes_values(void **state) {
    (void)state;
    assert_true(osb_bytes_is_none(OSB_NONE));
    assert_true(osb_bytes_is_none(osb_bytes_from(NULL)));
    assert_false(osb_bytes_is_none(osb_bytes_from("")));
    assert_int_equal(OSB_LIT("a\0b").len, 3);
    assert_int_equal(osb_bytes_from("abc").len, 3);
    assert_true(osb_bytes_eq(OSB_LIT("a\0b"), OSB_LIT("a\0b")));
    assert_false(osb_bytes_eq(OSB_LIT("a\0b"), OSB_LIT("a\0c")));
    assert_false(osb_bytes_eq(OSB_LIT("a"), OSB_LIT("ab")));
    assert_true(osb_bytes_eq(OSB_NONE, OSB_LIT("")));
}

static void bytes_cmp(void **state) {
    (void)state;
    assert_int_equal(osb_bytes_cmp(OSB_LIT("a"), OSB_LIT("a")), 0);
    assert_true(osb_bytes_cmp(OSB_LIT("a"), OSB_LIT("b")) < 0);
    assert_true(osb_bytes_cmp(OSB_LIT("ab"), OSB_LIT("a")) > 0);
    assert_true(osb_bytes_cmp(OSB_LIT(""), OSB_LIT("a")) < 0);
    assert_true(osb_bytes_cmp(OSB_LIT("\x7f"), OSB_LIT("\xc3\xa9")) < 0);
    assert_int_equal(osb_bytes_cmp(OSB_NONE, OSB_LIT("")), 0);
}

static void bytes_sub(void **state) {
    (void)state;
    osb_bytes b = OSB_LIT("hello");
    assert_bytes(osb_bytes_sub(b, 1, 3), OSB_LIT("el"));
    assert_bytes(osb_bytes_sub(b, 3, 99), OSB_LIT("lo"));
    assert_bytes(osb_bytes_sub(b, 9, 99), OSB_LIT(""));
    assert_bytes(osb_bytes_sub(b, 3, 1), OSB_LIT(""));
    assert_bytes(osb_bytes_sub(b, 0, SIZE_MAX), b);
}

static void bytes_prefixes(void **state) {
    (void)state;
    assert_true(osb_bytes_startswith(OSB_LIT("hello"), OSB_LIT("he")));
    assert_true(osb_bytes_startswith(OSB_LIT("he"), OSB_LIT("he")));
    assert_true(osb_bytes_startswith(OSB_LIT("he"), OSB_LIT("")));
    assert_false(osb_bytes_startswith(OSB_LIT("h"), OSB_LIT("he")));
    assert_false(osb_bytes_startswith(OSB_LIT("eh"), OSB_LIT("he")));
    assert_true(osb_bytes_endswith(OSB_LIT("hello"), OSB_LIT("lo")));
    assert_true(osb_bytes_endswith(OSB_LIT("hello"), OSB_LIT("")));
    assert_false(osb_bytes_endswith(OSB_LIT("o"), OSB_LIT("lo")));
    assert_false(osb_bytes_endswith(OSB_LIT("hello"), OSB_LIT("ll")));
    /* A None slice is an empty text here, as for osb_bytes_eq. */
    assert_true(osb_bytes_startswith(OSB_NONE, OSB_LIT("")));
    assert_true(osb_bytes_endswith(OSB_LIT("a"), OSB_NONE));
    assert_true(osb_bytes_startswith(OSB_LIT("a"), OSB_NONE));
    assert_false(osb_bytes_startswith(OSB_NONE, OSB_LIT("a")));
}

static void bytes_find(void **state) {
    (void)state;
    osb_bytes b = OSB_LIT("abcabc\0x");
    assert_int_equal(osb_bytes_find(b, OSB_LIT("bc"), 0), 1);
    assert_int_equal(osb_bytes_find(b, OSB_LIT("bc"), 2), 4);
    assert_true(osb_bytes_find(b, OSB_LIT("bc"), 5) == OSB_NPOS);
    assert_int_equal(osb_bytes_find(b, OSB_LIT("\0x"), 0), 6);
    assert_int_equal(osb_bytes_find(b, OSB_LIT("c"), 3), 5);
    assert_int_equal(osb_bytes_find(b, OSB_LIT(""), 8), 8);
    assert_true(osb_bytes_find(b, OSB_LIT(""), 9) == OSB_NPOS);
    assert_true(osb_bytes_find(OSB_LIT("a"), OSB_LIT("ab"), 0) == OSB_NPOS);
    assert_int_equal(osb_bytes_find_char(b, '\0', 0), 6);
    assert_int_equal(osb_bytes_find_char(b, 'a', 1), 3);
    assert_true(osb_bytes_find_char(b, 'a', 4) == OSB_NPOS);
    assert_true(osb_bytes_find_char(b, 'a', 99) == OSB_NPOS);
    assert_true(osb_bytes_find_char(OSB_NONE, 'a', 0) == OSB_NPOS);
}

static void bytes_cut(void **state) {
    (void)state;
    osb_bytes rest = OSB_LIT("a,,b"), head;
    assert_true(osb_bytes_cut(&rest, ',', &head));
    assert_bytes(head, OSB_LIT("a"));
    assert_true(osb_bytes_cut(&rest, ',', &head));
    assert_bytes(head, OSB_LIT(""));
    assert_false(osb_bytes_cut(&rest, ',', &head));
    assert_bytes(head, OSB_LIT("b"));
    assert_true(osb_bytes_is_none(rest));
    rest = OSB_LIT("a,");
    assert_true(osb_bytes_cut(&rest, ',', &head));
    assert_false(osb_bytes_is_none(rest));
    assert_false(osb_bytes_cut(&rest, ',', &head));
    assert_bytes(head, OSB_LIT(""));
}

/* Asked of fnmatch.fnmatchcase. */
/* clang-format off */
static const struct {
    const char *subject, *pattern;
    bool matches;
} globs[] = {
    {"", "", true}, {"", "*", true}, {"", "?", false}, {"a", "", false}, {"abc", "a*c", true},
    {"abc", "a*b", false}, {"abc", "???", true}, {"abc", "??", false}, {"\xc3\xa9", "?", true},
    {"aXbXc", "*X*X*", true}, {"aaab", "*a*b", true}, {"mississippi", "*iss*ip*i", true},
    {"b", "[a-c]", true}, {"d", "[a-c]", false}, {"d", "[!a-c]", true}, {"b", "[!a-c]", false},
    {"]", "[]]", true}, {"a", "[]a]", true}, {"]", "[!]]", false}, {"a", "[!]]", true},
    {"-", "[a-]", true}, {"-", "[-a]", true}, {"!", "[a!]", true}, {"b", "[c-a]", false},
    {"b", "[!c-a]", true}, {"[", "[", true}, {"[a", "[a", true}, {"a", "[a", false},
    {"[]", "[]", true}, {"[!]", "[!]", true}, {"*", "[*]", true}, {"a", "[*]", false},
    {"a\\*", "a\\*", true}, {"a\n", "a?", true}, {"\xc3\xa9", "[\xc3\xa0-\xc3\xbf]", true},
    {"d", "[a-c-e]", false}, {"e", "[a-c-e]", true}, {".hidden", "*", true}, {"ab", "**b", true},
    {"ab", "a**", true}, {"A", "a", false},
};
/* clang-format on */

static void bytes_glob(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        bool matches =
            osb_bytes_glob(osb_bytes_from(globs[i].subject), osb_bytes_from(globs[i].pattern));
        if (matches != globs[i].matches)
            fail_msg("glob '%s' '%s'", globs[i].subject, globs[i].pattern);
    }
    /* What backtracks exponentially in naive matchers. */
    char subject[2000];
    memset(subject, 'a', sizeof subject);
    assert_false(osb_bytes_glob((osb_bytes){subject, sizeof subject}, OSB_LIT("*a*a*a*a*a*a*a*b")));
}

/* -- buf ----------------------------------------------------------------------------------------- */

static void buf_grows(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    assert_bytes(osb_buf_bytes(&b), OSB_LIT(""));
    for (int i = 0; i < 1000; i++)
        osb_buf_addc(&b, (char)i);
    osb_buf_adds(&b, "tail");
    osb_buf_add(&b, OSB_LIT("\0!"));
    osb_buf_add(&b, OSB_NONE);
    assert_int_equal(b.len, 1006);
    assert_true(b.cap >= b.len);
    assert_int_equal(b.ptr[999], (char)999);
    assert_memory_equal(b.ptr + 1000, "tail\0!", 6);
    osb_buf_truncate(&b, 3);
    osb_buf_truncate(&b, 99);
    assert_bytes(osb_buf_bytes(&b), OSB_LIT("\0\1\2"));
    assert_int_equal(osb_buf_check(&b, NULL), 0);
    osb_buf_free(&b);
    assert_null(b.ptr);
    assert_int_equal(b.cap, 0);
    osb_buf_free(&b);
}

static void buf_on_stack(void **state) {
    (void)state;
    char mem[8];
    osb_buf b = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_adds(&b, "12345678");
    assert_ptr_equal(b.ptr, mem);
    osb_buf_addc(&b, '9');
    assert_ptr_not_equal(b.ptr, mem);
    assert_bytes(osb_buf_bytes(&b), OSB_LIT("123456789"));
    osb_buf_free(&b);
}

static void buf_room(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    char *room = osb_buf_room(&b, 100);
    assert_non_null(room);
    memset(room, 'x', 100);
    assert_int_equal(b.len, 0);
    b.len = 100;
    room = osb_buf_room(&b, 1);
    assert_ptr_equal(room, b.ptr + 100);
    assert_null(osb_buf_room(&b, SIZE_MAX));
    assert_int_equal(b.state, OSB_BUF_FULL);
    osb_buf_free(&b);
}

static void buf_maximum(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    osb_buf b = OSB_BUF_INIT;
    b.max = 10;
    osb_buf_adds(&b, "0123456789");
    assert_int_equal(osb_buf_check(&b, &err), 0);
    osb_buf_addc(&b, 'x');
    osb_buf_truncate(&b, 5);
    osb_buf_addc(&b, 'y'); /* latched */
    assert_bytes(osb_buf_bytes(&b), OSB_LIT("01234"));
    assert_int_equal(osb_buf_check(&b, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "more than 10 bytes");
    osb_buf_free(&b);
    b.state = OSB_BUF_NOMEM;
    assert_int_equal(osb_buf_check(&b, &err), -1);
    assert_error(&err, OSB_MEMORYERROR, "out of memory");
}

static void buf_maximum_on_stack(void **state) {
    (void)state;
    char mem[64];
    osb_buf b = OSB_BUF_ON(mem, sizeof mem);
    b.max = 4;
    osb_buf_adds(&b, "1234");
    assert_int_equal(b.state, OSB_BUF_OK);
    osb_buf_addc(&b, '5');
    assert_int_equal(b.state, OSB_BUF_FULL);
    osb_buf_free(&b);
}

static void assert_fmt(const char *expected, const char *fmt, ...) {
    osb_buf b = OSB_BUF_INIT;
    va_list ap;
    va_start(ap, fmt);
    osb_buf_vfmt(&b, fmt, ap);
    va_end(ap);
    assert_bytes(osb_buf_bytes(&b), osb_bytes_from(expected));
    osb_buf_free(&b);
}

static void buf_fmt(void **state) {
    (void)state;
    assert_fmt("", "");
    assert_fmt("a b c%", "a %s %c%%", "b", 'c');
    assert_fmt("[x\ty] 'x\\ty' None", "[%b] %r %r", OSB_LIT("x\ty"), OSB_LIT("x\ty"), OSB_NONE);
    assert_fmt("-2147483648 0 4294967295", "%d %d %u", INT_MIN, 0, UINT_MAX);
    assert_fmt("18446744073709551615", "%z", SIZE_MAX);
    assert_fmt("-9223372036854775808 9223372036854775807", "%l %l", INT64_MIN, INT64_MAX);
    assert_fmt("ff|00ff|  ff", "%x|%04x|%4x", 255u, 255u, 255u);
    assert_fmt("[ 7][12][007][  -5]", "[%2d][%2d][%03d][%4d]", 7, 12, 7, -5);
    assert_fmt("1234", "%2d", 1234);
    osb_buf b = OSB_BUF_INIT;
    osb_buf_fmt(&b, "%s=%d", "n", 3);
    assert_bytes(osb_buf_bytes(&b), OSB_LIT("n=3"));
    osb_buf_free(&b);
}

static void buf_fmt_negative_zeros(void **state) {
    (void)state;
    assert_fmt("-007|-12345", "%04d|%03l", -7, (int64_t)-12345);
}

/* -- error --------------------------------------------------------------------------------------- */

static void error_kinds(void **state) {
    (void)state;
    osb_error err;
    osb_error_init(&err);
    assert_int_equal(err.kind, OSB_OK);
    assert_string_equal(osb_error_name(OSB_OK), "");
    assert_string_equal(osb_error_name(OSB_NOSECTIONERROR), "NoSectionError");
    assert_string_equal(osb_error_name(OSB_KIND_COUNT - 1), "AmbiguousOptionError");
    err.kind = OSB_FILENOTFOUNDERROR;
    assert_true(osb_error_is(&err, OSB_FILENOTFOUNDERROR));
    assert_true(osb_error_is(&err, OSB_OSERROR));
    assert_true(osb_error_is(&err, OSB_EXCEPTION));
    assert_false(osb_error_is(&err, OSB_VALUEERROR));
    err.kind = OSB_UNSUPPORTEDOPERATION;
    assert_true(osb_error_is(&err, OSB_OSERROR));
    assert_true(osb_error_is(&err, OSB_VALUEERROR));
    assert_false(osb_error_is(&err, OSB_UNICODEERROR));
    err.kind = OSB_MISSINGSECTIONHEADERERROR;
    assert_true(osb_error_is(&err, OSB_PARSINGERROR));
    assert_true(osb_error_is(&err, OSB_CONFIGPARSER_ERROR));
    err.kind = OSB_OK;
    assert_false(osb_error_is(&err, OSB_EXCEPTION));
}

static void error_messages(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    errno = EBUSY;
    assert_int_equal(osb_error_set(&err, OSB_KEYERROR, "%r", OSB_LIT("k")), -1);
    assert_int_equal(errno, EBUSY);
    assert_null(err.heap);
    assert_bytes(osb_error_message(&err), OSB_LIT("'k'"));
    osb_error_append(&err, "; try %s", "--raw");
    assert_bytes(osb_error_message(&err), OSB_LIT("'k'; try --raw"));
    assert_int_equal(osb_error_set_at(&err, OSB_PARSINGERROR, 12, 3, "bad"), -1);
    assert_int_equal(err.line, 12);
    assert_int_equal(err.column, 3);
    assert_error(&err, OSB_PARSINGERROR, "bad");
    assert_int_equal(err.line, 0);
    assert_int_equal(osb_error_set(NULL, OSB_KEYERROR, "x"), -1);
    assert_int_equal(osb_error_set_at(NULL, OSB_KEYERROR, 1, 1, "x"), -1);
    assert_int_equal(osb_error_set_errno(NULL, ENOENT, OSB_NONE), -1);
    assert_int_equal(osb_error_set_nomem(NULL), -1);
    osb_error_append(NULL, "x");
    osb_error_set_nomem(&err);
    assert_error(&err, OSB_MEMORYERROR, "out of memory");
}

/* Messages around the size of the struct's own text, appended to until they move to the heap. */
static void error_long_messages(void **state) {
    (void)state;
    char text[400];
    memset(text, 'm', sizeof text);
    for (size_t n = 150; n < 170; n++) {
        osb_error err = {.kind = OSB_OK};
        osb_error_set(&err, OSB_VALUEERROR, "%b", ((osb_bytes){text, n}));
        assert_bytes(osb_error_message(&err), (osb_bytes){text, n});
        assert_int_equal(err.heap != NULL, n > sizeof err.text);
        osb_error_append(&err, "%b", (osb_bytes){text, 200});
        assert_bytes(osb_error_message(&err), (osb_bytes){text, n + 200});
        osb_error_append(&err, "mm");
        assert_bytes(osb_error_message(&err), (osb_bytes){text, n + 202});
        osb_error_set(&err, OSB_VALUEERROR, "short");
        assert_error(&err, OSB_VALUEERROR, "short");
    }
}

static void error_moves(void **state) {
    (void)state;
    char text[300];
    memset(text, 'm', sizeof text);
    osb_error from = {.kind = OSB_OK}, to = {.kind = OSB_OK};
    osb_error_set_at(&from, OSB_PARSINGERROR, 4, 2, "%b", (osb_bytes){text, sizeof text});
    osb_error_set(&to, OSB_VALUEERROR, "%b", (osb_bytes){text, sizeof text});
    osb_error_move(&to, &from);
    assert_int_equal(from.kind, OSB_OK);
    assert_null(from.heap);
    assert_int_equal(to.kind, OSB_PARSINGERROR);
    assert_int_equal(to.line, 4);
    assert_bytes(osb_error_message(&to), (osb_bytes){text, sizeof text});
    osb_error_move(NULL, &to);
    assert_int_equal(to.kind, OSB_OK);
    assert_null(to.heap);
    osb_error_set(&from, OSB_KEYERROR, "short");
    osb_error_move(&to, &from);
    assert_error(&to, OSB_KEYERROR, "short");
}

static void error_errno(void **state) {
    (void)state;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_error_set_errno(&err, ENOENT, OSB_LIT("it's")), -1);
    assert_int_equal(err.errnum, ENOENT);
    assert_bytes(err.filename, OSB_LIT("it's"));
    assert_error(&err, OSB_FILENOTFOUNDERROR, "[Errno 2] No such file or directory: \"it's\"");
    osb_error_set_errno(&err, EINVAL, OSB_NONE);
    assert_error(&err, OSB_OSERROR, "[Errno 22] Invalid argument");
    osb_error_set_errno(&err, 5000, OSB_NONE);
    assert_error(&err, OSB_OSERROR, "[Errno 5000] Unknown error 5000");
    assert_int_equal(osb_error_kind_of_errno(EPERM), OSB_PERMISSIONERROR);
    assert_int_equal(osb_error_kind_of_errno(EACCES), OSB_PERMISSIONERROR);
    assert_int_equal(osb_error_kind_of_errno(EWOULDBLOCK), OSB_BLOCKINGIOERROR);
    assert_int_equal(osb_error_kind_of_errno(ETIMEDOUT), OSB_TIMEOUTERROR);
    assert_int_equal(osb_error_kind_of_errno(0), OSB_OSERROR);
}

/* -- arena --------------------------------------------------------------------------------------- */

static void arena_allocates(void **state) {
    (void)state;
    osb_arena a = {0};
    char *first = osb_arena_alloc(&a, 1);
    void *second = osb_arena_alloc(&a, 0);
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    for (size_t size = 1; size < 100000; size = size * 3 / 2 + 1) {
        char *p = osb_arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        memset(p, 0x5a, size);
        char *text = osb_arena_text(&a, 3);
        memcpy(text, "odd", 3);
    }
    assert_null(osb_arena_alloc(&a, SIZE_MAX));
    assert_null(osb_arena_alloc(&a, SIZE_MAX - 8));
    assert_null(osb_arena_text(&a, SIZE_MAX));
    osb_arena_free(&a);
    osb_arena_free(&a);
}

static void arena_copies(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_bytes copy = osb_arena_copy(&a, OSB_LIT("a\0b"));
    assert_bytes(copy, OSB_LIT("a\0b"));
    assert_int_equal(copy.ptr[3], '\0');
    assert_bytes(osb_arena_copy(&a, OSB_LIT("")), OSB_LIT(""));
    assert_true(osb_bytes_is_none(osb_arena_copy(&a, OSB_NONE)));
    osb_arena_free(&a);
}

static void arena_on_stack(void **state) {
    (void)state;
    _Alignas(max_align_t) char mem[64];
    osb_arena a;
    osb_arena_init(&a, mem, sizeof mem);
    char *inside = osb_arena_alloc(&a, 48);
    assert_ptr_equal(inside, mem);
    char *outside = osb_arena_alloc(&a, 48);
    assert_false(outside >= mem && outside < mem + sizeof mem);
    osb_arena_free(&a);
    assert_ptr_equal(osb_arena_alloc(&a, 1), mem);
    osb_arena_free(&a);
}

static void arena_marks(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_bytes kept = osb_arena_copy(&a, OSB_LIT("kept"));
    osb_arena_mark mark = osb_arena_save(&a);
    char *again = osb_arena_text(&a, 10);
    osb_arena_restore(&a, mark);
    assert_ptr_equal(osb_arena_text(&a, 10), again);
    for (int i = 0; i < 50; i++)
        memset(osb_arena_alloc(&a, 5000), i, 5000);
    osb_arena_restore(&a, mark);
    assert_bytes(kept, OSB_LIT("kept"));
    assert_ptr_equal(osb_arena_text(&a, 10), again);
    osb_arena_free(&a);
    osb_arena_restore(&a, (osb_arena_mark){0});
    osb_arena_free(&a);
}

/* The header tells only of missing memory; no bytes are never missing. */
static void arena_empty_text(void **state) {
    (void)state;
    osb_arena a = {0};
    assert_non_null(osb_arena_text(&a, 0));
    osb_arena_free(&a);
}

/* -- pool ---------------------------------------------------------------------------------------- */

static void pool_reuses(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_pool p;
    osb_pool_init(&p, &a);
    static const size_t sizes[] = {1, 8, 16, 100, 1000, 65536, 1000000, 1 << 20, 5 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *block = osb_pool_get(&p, sizes[i]);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        memset(block, 0x5a, sizes[i]);
        osb_pool_put(&p, block, sizes[i]);
        char *again = osb_pool_get(&p, sizes[i]);
        if (sizes[i] >= 16 && sizes[i] < 1 << 20)
            assert_ptr_equal(again, block);
        memset(again, 0x5a, sizes[i]);
        osb_pool_put(&p, again, sizes[i]);
    }
    osb_pool_put(&p, NULL, 100);
    osb_pool_put(&p, NULL, 5 << 20);
    osb_arena_free(&a);
}

/* A block that was given back is not handed out for more than it holds. */
static void pool_sizes(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_pool p;
    osb_pool_init(&p, &a);
    char *small = osb_pool_get(&p, 70);
    osb_pool_put(&p, small, 70);
    char *larger = osb_pool_get(&p, 120); /* of the same power of two */
    assert_ptr_not_equal(larger, small);
    memset(larger, 0x5a, 120);
    assert_ptr_equal(osb_pool_get(&p, 64), small);
    osb_arena_free(&a);
}

/* -- map ----------------------------------------------------------------------------------------- */

typedef struct number {
    osb_map_entry entry;
    int value;
} number;

static osb_bytes key_of(char *mem, int i) {
    osb_buf b = OSB_BUF_ON(mem, 16);
    osb_buf_fmt(&b, "key-%d", i);
    return osb_buf_bytes(&b);
}

static void map_basic(void **state) {
    (void)state;
    osb_map m;
    bool added;
    osb_map_init(&m, sizeof(number));
    assert_null(osb_map_get(&m, OSB_LIT("a")));
    assert_null(osb_map_next(&m, NULL));
    number *n = osb_map_put(&m, OSB_LIT("a\0b"), &added);
    assert_true(added);
    assert_int_equal(n->value, 0);
    assert_bytes(osb_map_key(&n->entry), OSB_LIT("a\0b"));
    n->value = 7;
    n = osb_map_put(&m, OSB_LIT("a\0b"), &added);
    assert_false(added);
    assert_int_equal(n->value, 7);
    assert_null(osb_map_get(&m, OSB_LIT("a\0c")));
    assert_null(osb_map_get(&m, OSB_LIT("")));
    n = osb_map_put(&m, OSB_LIT(""), NULL);
    assert_ptr_equal(osb_map_get(&m, OSB_LIT("")), n);
    assert_int_equal(m.live, 2);
    osb_map_remove(&m, n);
    assert_null(osb_map_get(&m, OSB_LIT("")));
    assert_int_equal(m.live, 1);
    osb_map_clear(&m);
    assert_int_equal(m.live, 0);
    assert_null(osb_map_next(&m, NULL));
    assert_null(osb_map_get(&m, OSB_LIT("a\0b")));
    osb_map_put(&m, OSB_LIT("x"), &added);
    assert_true(added);
    osb_map_free(&m);
    assert_int_equal(m.entry_size, sizeof(number));
    osb_map_free(&m);
}

enum { MANY = 3000 };

/* Entries come in the order of insertion, whatever is removed and put again. */
static void check_order(osb_pool *pool) {
    static char keys[MANY][16];
    osb_map m;
    osb_map_init_in(&m, sizeof(number), pool);
    for (int i = 0; i < MANY; i++)
        ((number *)osb_map_put(&m, key_of(keys[i], i), NULL))->value = i;
    for (number *n = NULL; (n = osb_map_next(&m, n));) {
        if (n->value % 3)
            osb_map_remove(&m, n);
    }
    assert_int_equal(m.live, MANY / 3);
    for (int i = 1; i < MANY; i += 3)
        ((number *)osb_map_put(&m, key_of(keys[i], i), NULL))->value = i;
    int seen = 0;
    for (number *n = NULL; (n = osb_map_next(&m, n)); seen++)
        assert_int_equal(n->value, seen < MANY / 3 ? seen * 3 : (seen - MANY / 3) * 3 + 1);
    assert_int_equal(seen, MANY / 3 * 2);
    for (int i = 0; i < MANY; i++) {
        const number *n = osb_map_get(&m, key_of(keys[i], i));
        assert_int_equal(n != NULL, i % 3 != 2);
    }
    osb_map_free(&m);
}

static void map_order(void **state) {
    (void)state;
    check_order(NULL);
}

static void map_order_in_pool(void **state) {
    (void)state;
    osb_arena a = {0};
    osb_pool pool;
    osb_pool_init(&pool, &a);
    check_order(&pool);
    check_order(&pool); /* in the blocks of the first */
    osb_arena_free(&a);
}

/* A queue: the holes that removing leaves are closed, memory does not grow. */
static void map_queue(void **state) {
    (void)state;
    static char keys[64][16];
    osb_map m;
    osb_map_init(&m, sizeof(number));
    for (int i = 0; i < 10000; i++) {
        osb_map_put(&m, key_of(keys[i % 64], i), NULL);
        if (m.live > 5)
            osb_map_remove(&m, osb_map_next(&m, NULL));
    }
    assert_int_equal(m.live, 5);
    assert_true(m.cap <= 64);
    osb_map_free(&m);
}

static void map_hash(void **state) {
    (void)state;
    assert_int_equal(osb_map_hash(OSB_LIT("abc")), osb_map_hash(OSB_LIT("abc")));
    assert_int_equal(osb_map_hash(OSB_NONE), osb_map_hash(OSB_LIT("")));
    /* Every length takes its bytes in. */
    char text[64] = {0};
    for (size_t n = 1; n <= sizeof text; n++) {
        uint32_t before = osb_map_hash((osb_bytes){text, n});
        for (size_t i = 0; i < n; i++) {
            text[i] ^= 1;
            assert_int_not_equal(osb_map_hash((osb_bytes){text, n}), before);
            text[i] ^= 1;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_values),
        cmocka_unit_test(bytes_cmp),
        cmocka_unit_test(bytes_sub),
        cmocka_unit_test(bytes_prefixes),
        cmocka_unit_test(bytes_find),
        cmocka_unit_test(bytes_cut),
        cmocka_unit_test(bytes_glob),
        cmocka_unit_test(buf_grows),
        cmocka_unit_test(buf_on_stack),
        cmocka_unit_test(buf_room),
        cmocka_unit_test(buf_maximum),
        cmocka_unit_test(buf_maximum_on_stack),
        cmocka_unit_test(buf_fmt),
        cmocka_unit_test(buf_fmt_negative_zeros),
        cmocka_unit_test(error_kinds),
        cmocka_unit_test(error_messages),
        cmocka_unit_test(error_long_messages),
        cmocka_unit_test(error_moves),
        cmocka_unit_test(error_errno),
        cmocka_unit_test(arena_allocates),
        cmocka_unit_test(arena_copies),
        cmocka_unit_test(arena_on_stack),
        cmocka_unit_test(arena_marks),
        cmocka_unit_test(arena_empty_text),
        cmocka_unit_test(pool_reuses),
        cmocka_unit_test(pool_sizes),
        cmocka_unit_test(map_basic),
        cmocka_unit_test(map_order),
        cmocka_unit_test(map_order_in_pool),
        cmocka_unit_test(map_queue),
        cmocka_unit_test(map_hash),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
