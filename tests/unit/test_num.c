#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <osbox/num.h>

enum { ANY_BASE = 0, TEN = 10 };

static void assert_error(osb_error *err, osb_kind kind, const char *message) {
    osb_bytes text = osb_error_message(err);
    assert_int_equal(err->kind, kind);
    assert_int_equal(text.len, strlen(message));
    assert_memory_equal(text.ptr, message, text.len);
    osb_error_free(err);
}

static void assert_int(osb_bytes s, int base, int64_t expected) {
    int64_t value = 0;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_num_int_base(s, base, &value, &err), 0);
    assert_true(value == expected);
    if (base != TEN)
        return;
    value = 0;
    assert_int_equal(osb_num_int(s, &value, &err), 0);
    assert_true(value == expected);
    assert_int_equal(err.kind, OSB_OK);
}

static void refuse_int(osb_bytes s, int base, osb_kind kind, const char *message) {
    int64_t value = 42;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_num_int_base(s, base, &value, &err), -1);
    assert_error(&err, kind, message);
    if (base == TEN) {
        assert_int_equal(osb_num_int(s, &value, &err), -1);
        assert_error(&err, kind, message);
    }
    assert_int_equal(value, 42);
}

static void int_reads(void **state) {
    (void)state;
    assert_int(OSB_LIT("0"), TEN, 0);
    assert_int(OSB_LIT("-0"), TEN, 0);
    assert_int(OSB_LIT("+7"), TEN, 7);
    assert_int(OSB_LIT("007"), TEN, 7);
    assert_int(OSB_LIT(" \t\n\v\f\r-42 "), TEN, -42);
    assert_int(OSB_LIT("1_000_000"), TEN, 1000000);
    assert_int(OSB_LIT("\xd9\xa1\xd9\xa2"), TEN, 12);
    assert_int(OSB_LIT("\xe3\x80\x80"
                       "5\xc2\xa0"),
               TEN, 5);
    assert_int(OSB_LIT("999999999999999999"), TEN, 999999999999999999);
    assert_int(OSB_LIT("9223372036854775807"), TEN, INT64_MAX);
    assert_int(OSB_LIT("-9223372036854775808"), TEN, INT64_MIN);
    assert_int(OSB_LIT("00000000000000000000000000000000000001"), TEN, 1);
}

static void int_refuses(void **state) {
    (void)state;
    refuse_int(OSB_LIT(""), TEN, OSB_VALUEERROR, "invalid literal for int() with base 10: ''");
    refuse_int(OSB_LIT("-"), TEN, OSB_VALUEERROR, "invalid literal for int() with base 10: '-'");
    refuse_int(OSB_LIT("- 1"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: '- 1'");
    refuse_int(OSB_LIT("0x1f"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: '0x1f'");
    refuse_int(OSB_LIT("1__0"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: '1__0'");
    refuse_int(OSB_LIT("_1"), TEN, OSB_VALUEERROR, "invalid literal for int() with base 10: '_1'");
    refuse_int(OSB_LIT("1_"), TEN, OSB_VALUEERROR, "invalid literal for int() with base 10: '1_'");
    refuse_int(OSB_LIT("1\0"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: '1\\x00'");
    refuse_int(OSB_LIT("1\x1f"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: '1\\x1f'");
    refuse_int(OSB_LIT("it's"), TEN, OSB_VALUEERROR,
               "invalid literal for int() with base 10: \"it's\"");
    refuse_int(OSB_LIT("9223372036854775808"), TEN, OSB_OVERFLOWERROR,
               "Python int too large to convert to C long");
    refuse_int(OSB_LIT("-9223372036854775809"), TEN, OSB_OVERFLOWERROR,
               "Python int too large to convert to C long");
}

static void int_base_reads(void **state) {
    (void)state;
    assert_int(OSB_LIT("0x1F"), ANY_BASE, 31);
    assert_int(OSB_LIT("-0o17"), ANY_BASE, -15);
    assert_int(OSB_LIT("0B_101"), ANY_BASE, 5);
    assert_int(OSB_LIT("0_0"), ANY_BASE, 0);
    assert_int(OSB_LIT("12"), ANY_BASE, 12);
    assert_int(OSB_LIT("0xff"), 16, 255);
    assert_int(OSB_LIT("ff"), 16, 255);
    assert_int(OSB_LIT("0b1"), 16, 177);
    assert_int(OSB_LIT("zZ"), 36, 35 * 36 + 35);
    assert_int(OSB_LIT("-8000000000000000"), 16, INT64_MIN);
}

static void int_base_refuses(void **state) {
    (void)state;
    refuse_int(OSB_LIT("1"), 1, OSB_VALUEERROR, "int() base must be >= 2 and <= 36, or 0");
    refuse_int(OSB_LIT("1"), 37, OSB_VALUEERROR, "int() base must be >= 2 and <= 36, or 0");
    refuse_int(OSB_LIT("1"), -1, OSB_VALUEERROR, "int() base must be >= 2 and <= 36, or 0");
    refuse_int(OSB_LIT("017"), ANY_BASE, OSB_VALUEERROR,
               "invalid literal for int() with base 0: '017'");
    refuse_int(OSB_LIT("0x"), ANY_BASE, OSB_VALUEERROR,
               "invalid literal for int() with base 0: '0x'");
    refuse_int(OSB_LIT("0x__1"), 16, OSB_VALUEERROR,
               "invalid literal for int() with base 16: '0x__1'");
    refuse_int(OSB_LIT("102"), 2, OSB_VALUEERROR, "invalid literal for int() with base 2: '102'");
}

/* n times c, between before and after; to be freed. */
static osb_bytes repeated(const char *before, char c, size_t n, const char *after) {
    size_t head = strlen(before), tail = strlen(after);
    char *text = malloc(head + n + tail + 1);
    assert_non_null(text);
    memcpy(text, before, head);
    memset(text + head, c, n);
    memcpy(text + head + n, after, tail + 1);
    return (osb_bytes){text, head + n + tail};
}

static void free_slice(osb_bytes s) {
    free((char *)s.ptr);
}

static void int_limits_the_digits(void **state) {
    (void)state;
    osb_bytes s = repeated("", '9', 4301, "x");
    refuse_int(s, TEN, OSB_VALUEERROR,
               "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 "
               "digits; use sys.set_int_max_str_digits() to increase the limit");
    free_slice(s);
    s = repeated("-", '9', 4300, "");
    refuse_int(s, TEN, OSB_OVERFLOWERROR, "Python int too large to convert to C long");
    free_slice(s);
    s = repeated("0x", '0', 1000000, "1");
    assert_int(s, 16, 1);
    free_slice(s);
}

static void int_shows_200_characters_of_what_it_refuses(void **state) {
    (void)state;
    static const char start[] = "invalid literal for int() with base 10: '";
    osb_bytes s = repeated("", 'x', 1000, "");
    osb_bytes expected = repeated(start, 'x', 199, "");
    refuse_int(s, TEN, OSB_VALUEERROR, expected.ptr);
    free_slice(s);
    free_slice(expected);
}

static void assert_int_str(osb_bytes s, const char *expected) {
    osb_buf b = OSB_BUF_INIT;
    osb_error err = {.kind = OSB_OK};
    osb_buf_addc(&b, '>');
    assert_int_equal(osb_num_int_str(s, &b, &err), 0);
    osb_buf_addc(&b, '\0');
    assert_string_equal(b.ptr + 1, expected);
    osb_buf_free(&b);
}

static void int_str_writes_any_size(void **state) {
    (void)state;
    assert_int_str(OSB_LIT(" 42 "), "42");
    assert_int_str(OSB_LIT("-0_0"), "0");
    assert_int_str(OSB_LIT("+0_0123456789_0123456789012345"), "1234567890123456789012345");
    assert_int_str(OSB_LIT("-\xef\xbc\x91\xef\xbc\x90"), "-10");
    osb_bytes s = repeated("", '7', 4300, "");
    assert_int_str(s, s.ptr);
    free_slice(s);
}

static void int_str_refuses(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_num_int_str(OSB_LIT("1.5"), &b, &err), -1);
    assert_error(&err, OSB_VALUEERROR, "invalid literal for int() with base 10: '1.5'");
    assert_int_equal(b.len, 0);
}

static void assert_float(osb_bytes s, double expected) {
    double value = 0;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_num_float(s, &value, &err), 0);
    assert_memory_equal(&value, &expected, sizeof value);
}

static void float_reads(void **state) {
    (void)state;
    assert_float(OSB_LIT("0"), 0.0);
    assert_float(OSB_LIT("-0.0"), -0.0);
    assert_float(OSB_LIT(" +1.5e3\n"), 1500.0);
    assert_float(OSB_LIT(".5"), 0.5);
    assert_float(OSB_LIT("5."), 5.0);
    assert_float(OSB_LIT("1_0.2_5E-0_1"), 1.025);
    assert_float(OSB_LIT("\xd9\xa3.\xd9\xa1"), 3.1);
    assert_float(OSB_LIT("inf"), INFINITY);
    assert_float(OSB_LIT("-Infinity"), -INFINITY);
    assert_float(OSB_LIT("1e309"), INFINITY);
    assert_float(OSB_LIT("-1e-400"), -0.0);
    assert_float(OSB_LIT("1e99999999999999999999999"), INFINITY);
    assert_float(OSB_LIT("0e99999999999999999999999"), 0.0);
}

static void float_reads_nan(void **state) {
    (void)state;
    double value = 0;
    assert_int_equal(osb_num_float(OSB_LIT("NaN"), &value, NULL), 0);
    assert_true(isnan(value) && !signbit(value));
    assert_int_equal(osb_num_float(OSB_LIT("-nan"), &value, NULL), 0);
    assert_true(isnan(value) && signbit(value));
}

static void float_rounds_correctly(void **state) {
    (void)state;
    assert_float(OSB_LIT("9007199254740993"), 0x1p53);
    assert_float(OSB_LIT("9007199254740993.00000000000000000000000000000001"),
                 0x1.0000000000001p53);
    assert_float(OSB_LIT("9007199254740995"), 0x1.0000000000002p53);
    assert_float(OSB_LIT("1.7976931348623158e308"), DBL_MAX);
    assert_float(OSB_LIT("1.7976931348623159e308"), INFINITY);
    assert_float(OSB_LIT("2.2250738585072014e-308"), DBL_MIN);
    assert_float(OSB_LIT("2.2250738585072011e-308"), 0x0.fffffffffffffp-1022);
    assert_float(OSB_LIT("5e-324"), 0x1p-1074);
    assert_float(OSB_LIT("2.4703282292062327e-324"), 0.0);
    assert_float(OSB_LIT("2.4703282292062328e-324"), 0x1p-1074);
    assert_float(OSB_LIT("1e23"), 0x1.52d02c7e14af6p+76);
    assert_float(OSB_LIT("8.5e22"), 0x1.1ffdbf6b2b2ebp+76);
}

static void float_takes_a_million_digits(void **state) {
    (void)state;
    osb_bytes s = repeated("9007199254740993.", '0', 1000000, "");
    assert_float(s, 0x1p53);
    free_slice(s);
    s = repeated("9007199254740993.", '0', 1000000, "1");
    assert_float(s, 0x1.0000000000001p53);
    free_slice(s);
    s = repeated("0.", '0', 1000000, "1e1000001");
    assert_float(s, 1.0);
    free_slice(s);
    s = repeated("1", '0', 1000000, "e-1000000");
    assert_float(s, 1.0);
    free_slice(s);
}

static void refuse_float(osb_bytes s, const char *message) {
    double value = 42;
    osb_error err = {.kind = OSB_OK};
    assert_int_equal(osb_num_float(s, &value, &err), -1);
    assert_error(&err, OSB_VALUEERROR, message);
    assert_true(value == 42);
}

static void float_refuses(void **state) {
    (void)state;
    refuse_float(OSB_LIT(""), "could not convert string to float: ''");
    refuse_float(OSB_LIT("."), "could not convert string to float: '.'");
    refuse_float(OSB_LIT("1e"), "could not convert string to float: '1e'");
    refuse_float(OSB_LIT("1_e5"), "could not convert string to float: '1_e5'");
    refuse_float(OSB_LIT("1._5"), "could not convert string to float: '1._5'");
    refuse_float(OSB_LIT("infin"), "could not convert string to float: 'infin'");
    refuse_float(OSB_LIT("0x1p3"), "could not convert string to float: '0x1p3'");
    refuse_float(OSB_LIT("1 2"), "could not convert string to float: '1 2'");
    refuse_float(OSB_LIT("1\0"), "could not convert string to float: '1\\x00'");
}

static void assert_repr(double x, const char *expected) {
    char mem[64];
    osb_buf b = OSB_BUF_ON(mem, sizeof mem);
    osb_num_float_repr(&b, x);
    osb_buf_addc(&b, '\0');
    assert_string_equal(mem, expected);
}

static void repr_is_the_shortest(void **state) {
    (void)state;
    assert_repr(0.1, "0.1");
    assert_repr(0.1 + 0.2, "0.30000000000000004");
    assert_repr(-123.456, "-123.456");
    assert_repr(5e-324, "5e-324");
    assert_repr(DBL_MIN, "2.2250738585072014e-308");
    assert_repr(DBL_MAX, "1.7976931348623157e+308");
    assert_repr(1e23, "1e+23");
    assert_repr(9007199254740991.0, "9007199254740991.0");
    assert_repr(9007199254740992.0, "9007199254740992.0");
    assert_repr(0x1p-1022, "2.2250738585072014e-308");
    assert_repr(0x1p60, "1.152921504606847e+18");
    assert_repr(9.5367431640625e-07, "9.5367431640625e-07");
}

static void repr_has_pythons_form(void **state) {
    (void)state;
    assert_repr(0.0, "0.0");
    assert_repr(-0.0, "-0.0");
    assert_repr(1.0, "1.0");
    assert_repr(100.0, "100.0");
    assert_repr(1e15, "1000000000000000.0");
    assert_repr(1e16, "1e+16");
    assert_repr(12345678901234567.0, "1.2345678901234568e+16");
    assert_repr(0.0001, "0.0001");
    assert_repr(0.00001, "1e-05");
    assert_repr(1.5e-5, "1.5e-05");
    assert_repr(1e100, "1e+100");
    assert_repr(INFINITY, "inf");
    assert_repr(-INFINITY, "-inf");
    assert_repr(NAN, "nan");
    assert_repr(-NAN, "nan");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(int_reads),
        cmocka_unit_test(int_refuses),
        cmocka_unit_test(int_base_reads),
        cmocka_unit_test(int_base_refuses),
        cmocka_unit_test(int_limits_the_digits),
        cmocka_unit_test(int_shows_200_characters_of_what_it_refuses),
        cmocka_unit_test(int_str_writes_any_size),
        cmocka_unit_test(int_str_refuses),
        cmocka_unit_test(float_reads),
        cmocka_unit_test(float_reads_nan),
        cmocka_unit_test(float_rounds_correctly),
        cmocka_unit_test(float_takes_a_million_digits),
        cmocka_unit_test(float_refuses),
        cmocka_unit_test(repr_is_the_shortest),
        cmocka_unit_test(repr_has_pythons_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
