/* What the unit tests of configparser share. */
#ifndef OSBOX_CONFIGPARSER_TESTING_H
#define OSBOX_CONFIGPARSER_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/configparser.h>

static inline osb_bytes of(const char *s) {
    return osb_bytes_from(s);
}

static inline void assert_text(osb_bytes given, const char *expected) {
    assert_int_equal(osb_bytes_is_none(given), expected == NULL);
    if (!expected)
        return;
    assert_int_equal(given.len, strlen(expected));
    assert_memory_equal(given.ptr, expected, given.len);
}

static inline void assert_error(osb_error *err, osb_kind kind, const char *message) {
    assert_string_equal(osb_error_name(err->kind), osb_error_name(kind));
    assert_text(osb_error_message(err), message);
    osb_error_free(err);
}

/* A list as "a,b,c". */
static inline void assert_strings(osb_strings given, const char *expected) {
    osb_buf joined = OSB_BUF_INIT;
    for (size_t i = 0; i < given.n; i++)
        osb_buf_fmt(&joined, i ? ",%b" : "%b", given.items[i]);
    assert_text(osb_buf_bytes(&joined), expected);
    osb_buf_free(&joined);
}

/* Items as "k=v,l=None". */
static inline void assert_items(osb_items given, const char *expected) {
    osb_buf joined = OSB_BUF_INIT;
    for (size_t i = 0; i < given.n; i++) {
        osb_bytes value = given.items[i].value;
        osb_buf_fmt(&joined, i ? ",%b=%b" : "%b=%b", given.items[i].key,
                    osb_bytes_is_none(value) ? OSB_LIT("None") : value);
    }
    assert_text(osb_buf_bytes(&joined), expected);
    osb_buf_free(&joined);
}

static inline osb_configparser *make(const osb_configparser_opts *opts, const char *text) {
    osb_configparser *cp;
    osb_error err = {0};
    assert_int_equal(osb_configparser_new(opts, &cp, &err), 0);
    if (osb_configparser_read_string(cp, of(text), OSB_NONE, &err) < 0)
        fail_msg("%s", osb_error_message(&err).ptr);
    return cp;
}

static inline void assert_get(osb_configparser *cp, const char *section, const char *option,
                              const char *expected) {
    osb_bytes value;
    osb_error err = {0};
    if (osb_configparser_get(cp, of(section), of(option), NULL, &value, &err) < 0)
        fail_msg("%s", osb_error_message(&err).ptr);
    assert_text(value, expected);
}

static inline void refuse_get(osb_configparser *cp, const char *section, const char *option,
                              uint32_t line, osb_kind kind, const char *message) {
    osb_bytes value = OSB_LIT("untouched");
    osb_error err = {0};
    assert_int_equal(osb_configparser_get(cp, of(section), of(option), NULL, &value, &err), -1);
    assert_text(value, "untouched");
    assert_int_equal(err.line, line);
    assert_error(&err, kind, message);
}

static inline void assert_written(osb_configparser *cp, const char *expected) {
    osb_buf out = OSB_BUF_INIT;
    assert_int_equal(osb_configparser_write(cp, &out, true, NULL), 0);
    assert_text(osb_buf_bytes(&out), expected);
    osb_buf_free(&out);
}

#endif
