#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/errno.h>

static const osb_errno_entry *by_name(osb_errno_table table, const char *name) {
    return osb_errno_by_name(table, osb_bytes_from(name));
}

static void assert_entry(const osb_errno_entry *entry, int number, const char *name,
                         const char *text) {
    assert_non_null(entry);
    assert_int_equal(entry->number, number);
    assert_string_equal(osb_errno_name(entry), name);
    assert_string_equal(osb_errno_text(entry), text);
}

static void finds_by_number(void **state) {
    (void)state;
    assert_entry(osb_errno_by_number(OSB_ERRNO_GENERIC, 2), 2, "ENOENT",
                 "No such file or directory");
    assert_entry(osb_errno_by_number(OSB_ERRNO_GENERIC, 133), 133, "EHWPOISON",
                 "Memory page has hardware error");
    assert_entry(osb_errno_by_number(OSB_ERRNO_MIPS, 89), 89, "ENOSYS", "Function not implemented");
    assert_entry(osb_errno_by_number(OSB_ERRNO_MIPS, 1133), 1133, "EDQUOT", "Disk quota exceeded");
    assert_null(osb_errno_by_number(OSB_ERRNO_GENERIC, 0));
    assert_null(osb_errno_by_number(OSB_ERRNO_GENERIC, 41));
    assert_null(osb_errno_by_number(OSB_ERRNO_GENERIC, 134));
    assert_null(osb_errno_by_number(OSB_ERRNO_GENERIC, -2));
    assert_null(osb_errno_by_number(OSB_ERRNO_GENERIC, 65538));
}

static void gives_the_name_of_errorcode(void **state) {
    (void)state;
    assert_string_equal(osb_errno_name(osb_errno_by_number(OSB_ERRNO_GENERIC, 11)), "EAGAIN");
    assert_string_equal(osb_errno_name(osb_errno_by_number(OSB_ERRNO_GENERIC, 35)), "EDEADLOCK");
    assert_string_equal(osb_errno_name(osb_errno_by_number(OSB_ERRNO_GENERIC, 95)), "ENOTSUP");
}

static void finds_by_name(void **state) {
    (void)state;
    assert_entry(by_name(OSB_ERRNO_GENERIC, "ENOENT"), 2, "ENOENT", "No such file or directory");
    assert_entry(by_name(OSB_ERRNO_GENERIC, "eNoEnT"), 2, "ENOENT", "No such file or directory");
    assert_entry(by_name(OSB_ERRNO_GENERIC, "EWOULDBLOCK"), 11, "EWOULDBLOCK",
                 "Resource temporarily unavailable");
    assert_entry(by_name(OSB_ERRNO_ALPHA, "EWOULDBLOCK"), 35, "EWOULDBLOCK",
                 "Resource temporarily unavailable");
    assert_entry(by_name(OSB_ERRNO_POWERPC, "EDEADLOCK"), 58, "EDEADLOCK",
                 "Resource deadlock avoided");
    assert_entry(by_name(OSB_ERRNO_SPARC, "EPROCLIM"), 67, "EPROCLIM", "Too many processes");
    assert_null(by_name(OSB_ERRNO_GENERIC, "EPROCLIM"));
    assert_null(by_name(OSB_ERRNO_GENERIC, ""));
    assert_null(by_name(OSB_ERRNO_GENERIC, "ENOEN"));
    assert_null(by_name(OSB_ERRNO_GENERIC, "ENOENTX"));
    assert_null(osb_errno_by_name(OSB_ERRNO_GENERIC, OSB_LIT("ENOENT\0")));
}

/* Sorted by number, each name once, each entry found again by its name. */
static void tables_are_consistent(void **state) {
    (void)state;
    for (int table = 0; table < OSB_ERRNO_TABLES; table++) {
        size_t n;
        const osb_errno_entry *entries = osb_errno_entries(table, &n);
        assert_in_range(n, 134, 138);
        for (size_t i = 0; i < n; i++) {
            if (i > 0)
                assert_in_range(entries[i].number, entries[i - 1].number, 1133);
            assert_ptr_equal(by_name(table, osb_errno_name(&entries[i])), &entries[i]);
            const osb_errno_entry *first = osb_errno_by_number(table, entries[i].number);
            assert_string_equal(osb_errno_text(first), osb_errno_text(&entries[i]));
        }
    }
}

static void names_the_tables(void **state) {
    (void)state;
    assert_string_equal(osb_errno_table_name(OSB_ERRNO_GENERIC), "linux-generic");
    assert_string_equal(osb_errno_table_name(OSB_ERRNO_SPARC), "linux-sparc");
    assert_null(osb_errno_table_name(OSB_ERRNO_TABLES));
    assert_null(osb_errno_table_names[OSB_ERRNO_TABLES]);
}

static osb_kind kind_of(osb_errno_table table, const char *name) {
    return osb_errno_kind(table, by_name(table, name));
}

static void knows_the_subclass(void **state) {
    (void)state;
    assert_int_equal(kind_of(OSB_ERRNO_GENERIC, "ENOENT"), OSB_FILENOTFOUNDERROR);
    assert_int_equal(kind_of(OSB_ERRNO_GENERIC, "EWOULDBLOCK"), OSB_BLOCKINGIOERROR);
    assert_int_equal(kind_of(OSB_ERRNO_GENERIC, "EINVAL"), OSB_OSERROR);
    assert_int_equal(kind_of(OSB_ERRNO_PARISC, "ECONNREFUSED"), OSB_CONNECTIONREFUSEDERROR);
    assert_int_equal(kind_of(OSB_ERRNO_PARISC, "EREFUSED"), OSB_CONNECTIONREFUSEDERROR);
    assert_int_equal(kind_of(OSB_ERRNO_MIPS, "EINIT"), OSB_OSERROR);
}

static void suggests_the_nearest(void **state) {
    (void)state;
    osb_bytes nearest = osb_errno_nearest(OSB_ERRNO_GENERIC, OSB_LIT("ENOET"));
    assert_true(osb_bytes_eq(nearest, OSB_LIT("ENOENT")));
    nearest = osb_errno_nearest(OSB_ERRNO_GENERIC, OSB_LIT("xylophone"));
    assert_true(osb_bytes_is_none(nearest));
}

static void matches_words(void **state) {
    (void)state;
    const osb_errno_entry *entry = by_name(OSB_ERRNO_GENERIC, "ENOENT");
    const osb_bytes words[] = {OSB_LIT("directory"), OSB_LIT("noent"), OSB_LIT("process")};
    assert_true(osb_errno_matches(entry, words, 0));
    assert_true(osb_errno_matches(entry, words, 2));
    assert_false(osb_errno_matches(entry, words, 3));
}

static void tells_strerror(void **state) {
    (void)state;
    static const struct {
        int number;
        const char *text;
    } cases[] = {
        {0, "Success"},           {2, "No such file or directory"}, {41, "Unknown error 41"},
        {-1, "Unknown error -1"}, {4711, "Unknown error 4711"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        osb_buf out = OSB_BUF_INIT;
        osb_errno_strerror(&out, cases[i].number);
        osb_buf_addc(&out, '\0');
        assert_string_equal(out.ptr, cases[i].text);
        osb_buf_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_number),      cmocka_unit_test(gives_the_name_of_errorcode),
        cmocka_unit_test(finds_by_name),        cmocka_unit_test(tables_are_consistent),
        cmocka_unit_test(names_the_tables),     cmocka_unit_test(knows_the_subclass),
        cmocka_unit_test(suggests_the_nearest), cmocka_unit_test(matches_words),
        cmocka_unit_test(tells_strerror),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
