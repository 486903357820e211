#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/text.h>

typedef void (*writer)(osb_buf *b, osb_bytes s);

/* What a writer appends to a buffer that holds something already. */
static void assert_writes(writer write, osb_bytes s, osb_bytes expected) {
    osb_buf b = OSB_BUF_INIT;
    osb_buf_adds(&b, "> ");
    write(&b, s);
    osb_bytes written = osb_bytes_sub(osb_buf_bytes(&b), 2, b.len);
    assert_int_equal(written.len, expected.len);
    assert_memory_equal(written.ptr, expected.ptr, expected.len);
    assert_int_equal(b.state, OSB_BUF_OK);
    osb_buf_free(&b);
}

static void assert_slice(osb_bytes s, const char *expected) {
    assert_int_equal(s.len, strlen(expected));
    assert_memory_equal(s.ptr, expected, s.len);
}

static void assert_next(const char *s, size_t width, uint32_t code_point) {
    uint32_t cp = 0;
    assert_int_equal(osb_text_next(s, s + strlen(s), &cp), width);
    assert_int_equal(cp, code_point);
}

static void next_decodes(void **state) {
    (void)state;
    assert_next("a", 1, 'a');
    assert_next("\x7f", 1, 0x7F);
    assert_next("\xc2\x80", 2, 0x80);
    assert_next("\xc3\xa9t", 2, 0xE9);
    assert_next("\xe0\xa0\x80", 3, 0x800);
    assert_next("\xe2\x82\xac", 3, 0x20AC);
    assert_next("\xed\xa0\x80", 3, 0xD800);
    assert_next("\xed\xbf\xbf", 3, 0xDFFF);
    assert_next("\xf0\x90\x80\x80", 4, 0x10000);
    assert_next("\xf4\x8f\xbf\xbf", 4, 0x10FFFF);
}

static void next_takes_a_bad_byte_alone(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xc3",
                                      "\xc3(",
                                      "\xe0\x9f\xbf",
                                      "\xe2\x82",
                                      "\xe2(\x82",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf0\x9f\x98",
                                      "\xf5\x80\x80\x80",
                                      "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_next(bad[i], 1, 0xFFFD);
}

static void next_reads_nul_as_a_character(void **state) {
    (void)state;
    static const char nul[] = {'\0', 'x'};
    uint32_t cp = 1;
    assert_int_equal(osb_text_next(nul, nul + sizeof nul, &cp), 1);
    assert_int_equal(cp, 0);
}

static void prev_goes_the_way_back(void **state) {
    (void)state;
    static const char s[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xed\xb2\x80\x80\xe2\x82";
    static const struct {
        size_t width;
        uint32_t cp;
    } characters[] = {{1, 0xFFFD},  {1, 0xFFFD}, {1, 0xFFFD}, {3, 0xDC80},
                      {4, 0x1F600}, {3, 0x20AC}, {2, 0xE9},   {1, 'a'}};
    const char *p = s + sizeof s - 1;
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        uint32_t cp = 0;
        size_t width = osb_text_prev(s, p, &cp);
        assert_int_equal(width, characters[i].width);
        assert_int_equal(cp, characters[i].cp);
        p -= width;
    }
    assert_ptr_equal(p, s);
}

static void put_encodes(void **state) {
    (void)state;
    static const uint32_t code_points[] = {0,      'a',    0x7F,   0x80,    0x7FF,   0x800,
                                           0xD800, 0xDFFF, 0xFFFF, 0x10000, 0x10FFFF};
    osb_buf b = OSB_BUF_INIT;
    for (size_t i = 0; i < sizeof code_points / sizeof code_points[0]; i++)
        osb_text_put(&b, code_points[i]);
    osb_bytes expected =
        OSB_LIT("\0a\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\xa0\x80\xed\xbf\xbf\xef\xbf"
                "\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
    assert_true(osb_bytes_eq(osb_buf_bytes(&b), expected));
    osb_buf_free(&b);
}

static void len_counts_characters(void **state) {
    (void)state;
    assert_int_equal(osb_text_len(OSB_LIT("")), 0);
    assert_int_equal(osb_text_len(OSB_NONE), 0);
    assert_int_equal(osb_text_len(OSB_LIT("na\xc3\xafve \xf0\x9f\x98\x80")), 7);
    assert_int_equal(osb_text_len(OSB_LIT("\xe2\x82x\xff\0")), 5);
}

static void offset_finds_a_character(void **state) {
    (void)state;
    osb_bytes s = OSB_LIT("a\xe2\x82\xac\xff"
                          "b");
    static const size_t offsets[] = {0, 1, 4, 5, 6, 6};
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++)
        assert_int_equal(osb_text_offset(s, i), offsets[i]);
    assert_int_equal(osb_text_offset(s, SIZE_MAX), 6);
}

static void check_finds_the_first_bad_byte(void **state) {
    (void)state;
    assert_int_equal(osb_text_check(OSB_LIT("")), OSB_NPOS);
    assert_int_equal(osb_text_check(OSB_NONE), OSB_NPOS);
    assert_int_equal(osb_text_check(OSB_LIT("caf\xc3\xa9 \xf0\x9f\x98\x80!")), OSB_NPOS);
    assert_int_equal(osb_text_check(OSB_LIT("\xed\x9f\xbf\xee\x80\x80")), OSB_NPOS);
    assert_int_equal(osb_text_check(OSB_LIT("abc\xed\xa0\x80")), 3);
    assert_int_equal(osb_text_check(OSB_LIT("\xc3\xa9\xe2\x82")), 2);
    assert_int_equal(osb_text_check(OSB_LIT("\xc3\xa9\xc0\x80")), 2);
    assert_int_equal(osb_text_check(OSB_LIT("\x80")), 0);
}

/* Each place of a byte in, before and behind a block of 16, and lengths around it. */
static void scans_are_right_at_every_alignment(void **state) {
    (void)state;
    char mem[80];
    for (size_t start = 0; start < 16; start++) {
        for (size_t bad = 0; bad < 40; bad++) {
            memset(mem, 'a', sizeof mem);
            mem[start + bad] = (char)0x80;
            osb_bytes found = {mem + start, bad + 1}, missed = {mem + start, bad};
            assert_int_equal(osb_text_find_nonascii(found), bad);
            assert_int_equal(osb_text_find_nonascii(missed), OSB_NPOS);
            assert_int_equal(osb_text_check(found), bad);
            assert_int_equal(osb_text_check(missed), OSB_NPOS);
        }
    }
}

static void classes(void **state) {
    (void)state;
    assert_true(osb_text_isspace(' '));
    assert_true(osb_text_isspace('\v'));
    assert_true(osb_text_isspace(0x1C));
    assert_true(osb_text_isspace(0x85));
    assert_true(osb_text_isspace(0x3000));
    assert_false(osb_text_isspace(0));
    assert_false(osb_text_isspace(0x200B));
    assert_false(osb_text_isspace(0x10FFFF));
    assert_true(osb_text_isprintable(' '));
    assert_true(osb_text_isprintable(0xE9));
    assert_true(osb_text_isprintable(0xFFFD));
    assert_true(osb_text_isprintable(0x1F600));
    assert_false(osb_text_isprintable('\n'));
    assert_false(osb_text_isprintable(0x7F));
    assert_false(osb_text_isprintable(0xA0));
    assert_false(osb_text_isprintable(0xAD));
    assert_false(osb_text_isprintable(0xDC80));
    assert_false(osb_text_isprintable(0x378));
    assert_false(osb_text_isprintable(0x10FFFF));
}

static void decimal_gives_the_value(void **state) {
    (void)state;
    assert_int_equal(osb_text_decimal('0'), 0);
    assert_int_equal(osb_text_decimal('9'), 9);
    assert_int_equal(osb_text_decimal('a'), -1);
    assert_int_equal(osb_text_decimal(0x667), 7);
    assert_int_equal(osb_text_decimal(0xFF19), 9);
    assert_int_equal(osb_text_decimal(0x1D7FF), 9);
    assert_int_equal(osb_text_decimal(0x1D800), -1);
    assert_int_equal(osb_text_decimal(0xB2), -1);
    assert_int_equal(osb_text_decimal(0x2167), -1);
    assert_int_equal(osb_text_decimal(0x10FFFF), -1);
}

static void strips(void **state) {
    (void)state;
    osb_bytes s = OSB_LIT("\xe3\x80\x80\t x y\x1f\xc2\xa0\n");
    assert_slice(osb_text_strip(s), "x y");
    assert_slice(osb_text_lstrip(s), "x y\x1f\xc2\xa0\n");
    assert_slice(osb_text_rstrip(s), "\xe3\x80\x80\t x y");
    assert_slice(osb_text_strip(OSB_LIT(" \xe2\x80\x89 ")), "");
    assert_slice(osb_text_strip(OSB_LIT("")), "");
    assert_slice(osb_text_strip(OSB_LIT("\x80 \x85")), "\x80 \x85");
    assert_true(osb_bytes_is_none(osb_text_strip(OSB_NONE)));
}

static void lowers(void **state) {
    (void)state;
    assert_writes(osb_text_lower, OSB_LIT(""), OSB_LIT(""));
    assert_writes(osb_text_lower, OSB_LIT("Log-Level @[`{ AZaz\0"),
                  OSB_LIT("log-level @[`{ azaz\0"));
    assert_writes(osb_text_lower, OSB_LIT("\xc3\x89\xc3\x97\xd0\x96"),
                  OSB_LIT("\xc3\xa9\xc3\x97\xd0\xb6"));
    assert_writes(osb_text_lower, OSB_LIT("\xc4\xb0I"), OSB_LIT("i\xcc\x87i"));
    assert_writes(osb_text_lower, OSB_LIT("\xe2\x84\xaa"), OSB_LIT("k"));
    assert_writes(osb_text_lower, OSB_LIT("\xf0\x90\x90\x80"), OSB_LIT("\xf0\x90\x90\xa8"));
    assert_writes(osb_text_lower, OSB_LIT("A\xff\xed\xa0\x80\xe2\x82"),
                  OSB_LIT("a\xff\xed\xa0\x80\xe2\x82"));
}

static void lowers_sigma_by_its_context(void **state) {
    (void)state;
    assert_writes(osb_text_lower, OSB_LIT("\xce\xa3"), OSB_LIT("\xcf\x83"));
    assert_writes(osb_text_lower, OSB_LIT("\xce\x9f\xce\xa3"), OSB_LIT("\xce\xbf\xcf\x82"));
    assert_writes(osb_text_lower, OSB_LIT("\xce\xa3\xce\x9f"), OSB_LIT("\xcf\x83\xce\xbf"));
    assert_writes(osb_text_lower, OSB_LIT("A'\xce\xa3 "), OSB_LIT("a'\xcf\x82 "));
    assert_writes(osb_text_lower, OSB_LIT("A\xce\xa3.b"), OSB_LIT("a\xcf\x83.b"));
    assert_writes(osb_text_lower, OSB_LIT("A\xce\xa3\xcc\x81"), OSB_LIT("a\xcf\x82\xcc\x81"));
    assert_writes(osb_text_lower, OSB_LIT("1\xce\xa3"), OSB_LIT("1\xcf\x83"));
}

static void knows_lower_ascii(void **state) {
    (void)state;
    assert_true(osb_text_is_lower_ascii(OSB_LIT("")));
    assert_true(osb_text_is_lower_ascii(OSB_LIT("log_level-9@[`{")));
    assert_false(osb_text_is_lower_ascii(OSB_LIT("logLevel")));
    assert_false(osb_text_is_lower_ascii(OSB_LIT("Z")));
    assert_false(osb_text_is_lower_ascii(OSB_LIT("\xc3\xa9")));
}

static void writes_repr(void **state) {
    (void)state;
    assert_writes(osb_text_repr, OSB_NONE, OSB_LIT("None"));
    assert_writes(osb_text_repr, OSB_LIT(""), OSB_LIT("''"));
    assert_writes(osb_text_repr, OSB_LIT("it's"), OSB_LIT("\"it's\""));
    assert_writes(osb_text_repr, OSB_LIT("\"hi\""), OSB_LIT("'\"hi\"'"));
    assert_writes(osb_text_repr, OSB_LIT("'\""), OSB_LIT("'\\'\"'"));
    assert_writes(osb_text_repr, OSB_LIT("\t\r\n\\\0\x1b\x7f"),
                  OSB_LIT("'\\t\\r\\n\\\\\\x00\\x1b\\x7f'"));
    assert_writes(osb_text_repr, OSB_LIT("\xc3\xa9\xc2\xa0\xe2\x80\xa8\xf3\xa0\x80\x81"),
                  OSB_LIT("'\xc3\xa9\\xa0\\u2028\\U000e0001'"));
    assert_writes(osb_text_repr, OSB_LIT("\xed\xb2\x80"), OSB_LIT("'\\udc80'"));
    assert_writes(osb_text_repr, OSB_LIT("a\xff"), OSB_LIT("'a\xff'"));
}

static void writes_json(void **state) {
    (void)state;
    assert_writes(osb_text_json, OSB_LIT(""), OSB_LIT("\"\""));
    assert_writes(osb_text_json, OSB_LIT("\"\\/\b\f\n\r\t\v\0"),
                  OSB_LIT("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u000b\\u0000\""));
    assert_writes(osb_text_json, OSB_LIT("\xc3\xa9\x7f\xe2\x80\xa8\xed\xa0\x80\xff"),
                  OSB_LIT("\"\xc3\xa9\x7f\xe2\x80\xa8\xed\xa0\x80\xff\""));
}

static void writes_shell_words(void **state) {
    (void)state;
    assert_writes(osb_text_shell, OSB_LIT(""), OSB_LIT("''"));
    assert_writes(osb_text_shell, OSB_LIT("azAZ09@%+=:,./-_"), OSB_LIT("azAZ09@%+=:,./-_"));
    assert_writes(osb_text_shell, OSB_LIT("a b"), OSB_LIT("'a b'"));
    assert_writes(osb_text_shell, OSB_LIT("$x\n"), OSB_LIT("'$x\n'"));
    assert_writes(osb_text_shell, OSB_LIT("~"), OSB_LIT("'~'"));
    assert_writes(osb_text_shell, OSB_LIT("'it''s'"), OSB_LIT("''\"'\"'it'\"'\"''\"'\"'s'\"'\"''"));
    assert_writes(osb_text_shell, OSB_LIT("\xff\xc3\xa9"), OSB_LIT("'\xff\xc3\xa9'"));
}

static void shows_control_characters(void **state) {
    (void)state;
    assert_writes(osb_text_visible, OSB_LIT("a\tb\n"), OSB_LIT("a\tb\n"));
    assert_writes(osb_text_visible, OSB_LIT("\x1b[31m\r\0\x7f"),
                  OSB_LIT("\\x1b[31m\\x0d\\x00\\x7f"));
    assert_writes(osb_text_visible, OSB_LIT("\xc2\x9b\xc3\xa9"), OSB_LIT("\\x9b\xc3\xa9"));
    assert_writes(osb_text_visible, OSB_LIT("\x9b\xff"), OSB_LIT("\\x9b\xff"));
}

static void assert_distance(const char *a, const char *b, size_t max, size_t expected) {
    osb_bytes first = osb_bytes_from(a), second = osb_bytes_from(b);
    assert_int_equal(osb_text_distance(first, second, max), expected);
    assert_int_equal(osb_text_distance(second, first, max), expected);
}

static void measures_distance(void **state) {
    (void)state;
    assert_distance("", "", 3, 0);
    assert_distance("", "abc", 3, 3);
    assert_distance("", "abc", 2, 3);
    assert_distance("kitten", "sitting", 5, 3);
    assert_distance("kitten", "sitting", 2, 3);
    assert_distance("section", "setcion", 1, 1);
    assert_distance("abcd", "badc", 9, 2);
    assert_distance("Port", "port", 1, 1);
    assert_distance("a", "b", 0, 1);
    assert_distance("same", "same", 0, 0);
    assert_distance("abc", "xyz", SIZE_MAX, 3);
}

static void long_words_are_far_from_others(void **state) {
    (void)state;
    char a[200], b[200];
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    osb_bytes first = {a, sizeof a}, second = {b, sizeof b};
    assert_int_equal(osb_text_distance(first, second, 150), 151);
    assert_int_equal(osb_text_distance(first, second, SIZE_MAX), SIZE_MAX);
    first.len = second.len = 64;
    assert_int_equal(osb_text_distance(first, second, 150), 64);
    memset(b, 'a', sizeof b);
    b[100] = 'x';
    assert_int_equal(osb_text_distance((osb_bytes){a, 200}, (osb_bytes){b, 200}, 2), 1);
}

static void offers_the_nearest(void **state) {
    (void)state;
    osb_nearest n = {OSB_LIT("tiemout"), OSB_NONE, 0};
    osb_nearest_offer(&n, OSB_LIT("retries"));
    assert_true(osb_bytes_is_none(n.best));
    osb_nearest_offer(&n, OSB_LIT("timeouts"));
    assert_slice(n.best, "timeouts");
    assert_int_equal(n.distance, 2);
    osb_nearest_offer(&n, OSB_LIT("TIMEOUT"));
    assert_slice(n.best, "TIMEOUT");
    assert_int_equal(n.distance, 1);
    osb_nearest_offer(&n, OSB_LIT("timeout"));
    assert_slice(n.best, "TIMEOUT");
    osb_nearest_offer(&n, OSB_LIT("Tiemout"));
    assert_slice(n.best, "Tiemout");
    assert_int_equal(n.distance, 0);
}

static void a_short_word_may_miss_by_one(void **state) {
    (void)state;
    osb_nearest n = {OSB_LIT("abc"), OSB_NONE, 0};
    osb_nearest_offer(&n, OSB_LIT("xyc"));
    assert_true(osb_bytes_is_none(n.best));
    osb_nearest_offer(&n, OSB_LIT("bac"));
    assert_slice(n.best, "bac");
}

static void one_or_two_letters_are_near_to_themselves_only(void **state) {
    (void)state;
    osb_nearest n = {OSB_LIT("ab"), OSB_NONE, 0};
    osb_nearest_offer(&n, OSB_LIT("ba"));
    assert_true(osb_bytes_is_none(n.best));
    osb_nearest_offer(&n, OSB_LIT("AB"));
    assert_slice(n.best, "AB");
}

static void a_full_buffer_stays_latched(void **state) {
    (void)state;
    osb_buf b = OSB_BUF_INIT;
    b.max = 4;
    osb_text_lower(&b, OSB_LIT("ABCDE\xc3\x89"));
    osb_text_repr(&b, OSB_LIT("x"));
    assert_int_equal(b.state, OSB_BUF_FULL);
    assert_int_equal(b.len, 0);
    osb_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_decodes),
        cmocka_unit_test(next_takes_a_bad_byte_alone),
        cmocka_unit_test(next_reads_nul_as_a_character),
        cmocka_unit_test(prev_goes_the_way_back),
        cmocka_unit_test(put_encodes),
        cmocka_unit_test(len_counts_characters),
        cmocka_unit_test(offset_finds_a_character),
        cmocka_unit_test(check_finds_the_first_bad_byte),
        cmocka_unit_test(scans_are_right_at_every_alignment),
        cmocka_unit_test(classes),
        cmocka_unit_test(decimal_gives_the_value),
        cmocka_unit_test(strips),
        cmocka_unit_test(lowers),
        cmocka_unit_test(lowers_sigma_by_its_context),
        cmocka_unit_test(knows_lower_ascii),
        cmocka_unit_test(writes_repr),
        cmocka_unit_test(writes_json),
        cmocka_unit_test(writes_shell_words),
        cmocka_unit_test(shows_control_characters),
        cmocka_unit_test(measures_distance),
        cmocka_unit_test(long_words_are_far_from_others),
        cmocka_unit_test(offers_the_nearest),
        cmocka_unit_test(a_short_word_may_miss_by_one),
        cmocka_unit_test(one_or_two_letters_are_near_to_themselves_only),
        cmocka_unit_test(a_full_buffer_stays_latched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
