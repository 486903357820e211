#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/codecs.h>

#define S(literal) OSB_LIT(literal)

static const osb_codec *codec_of(const char *name) {
    const osb_codec *codec = NULL;
    assert_int_equal(osb_codecs_lookup(osb_bytes_from(name), &codec, NULL), 0);
    return codec;
}

static void assert_bytes(osb_bytes got, osb_bytes expected) {
    assert_int_equal(got.len, expected.len);
    assert_memory_equal(got.ptr, expected.ptr, expected.len);
}

static void assert_error(osb_error *err, osb_kind kind, const char *message) {
    assert_int_equal(err->kind, kind);
    assert_bytes(osb_error_message(err), osb_bytes_from(message));
    osb_error_free(err);
}

/* -- names ------------------------------------------------------------------------------------- */

static void knows_names(void **state) {
    (void)state;
    static const char *const names[][2] = {
        {"UTF8", "utf-8"},           {"utf_8_sig", "utf-8-sig"},  {"U8", "utf-8"},
        {"cp65001", "utf-8"},        {" utf - 8 ", "utf-8"},      {"L1", "iso8859-1"},
        {"iso-8859-1", "iso8859-1"}, {"iso.8859.1", "iso8859-1"}, {"646", "ascii"},
        {"ANSI_X3.4-1968", "ascii"}, {"utf-16le", "utf-16-le"},   {"U16", "utf-16"},
        {"UTF-32BE", "utf-32-be"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(osb_codecs_name(codec_of(names[i][0])), names[i][1]);
}

static void refuses_names(void **state) {
    (void)state;
    const osb_codec *codec = NULL;
    osb_error err = {0};
    assert_int_equal(osb_codecs_lookup(S("utf.8"), &codec, &err), -1);
    assert_error(&err, OSB_LOOKUPERROR, "unknown encoding: utf.8");
    osb_codecs_lookup(S("unicodelittleunmarkedx"), &codec, &err);
    assert_error(&err, OSB_LOOKUPERROR, "unknown encoding: unicodelittleunmarkedx");
    osb_codecs_lookup(S(""), &codec, &err);
    assert_error(&err, OSB_LOOKUPERROR, "unknown encoding: ");
    osb_codecs_lookup(S("utf-8\0"), &codec, &err);
    assert_error(&err, OSB_VALUEERROR, "embedded null character");
    osb_codecs_lookup(S("a\xED\xA0\x80"), &codec, &err);
    assert_error(
        &err, OSB_UNICODEENCODEERROR,
        "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed");
    assert_null(codec);
}

static void knows_handlers(void **state) {
    (void)state;
    osb_codec_errors errors;
    osb_error err = {0};
    assert_int_equal(osb_codecs_lookup_error(S("surrogateescape"), &errors, &err), 0);
    assert_int_equal(errors, OSB_ERRORS_SURROGATEESCAPE);
    assert_int_equal(osb_codecs_lookup_error(S("Strict"), &errors, &err), -1);
    assert_error(&err, OSB_LOOKUPERROR, "unknown error handler name 'Strict'");
}

/* -- decoding ---------------------------------------------------------------------------------- */

static void assert_decodes(const char *codec, osb_codec_errors errors, osb_bytes bytes,
                           osb_bytes text) {
    osb_buf out = OSB_BUF_INIT;
    assert_int_equal(osb_codecs_decode(codec_of(codec), bytes, errors, &out, NULL), 0);
    assert_bytes(osb_buf_bytes(&out), text);
    osb_buf_free(&out);
}

static void decodes(void **state) {
    (void)state;
    assert_decodes("utf-8", OSB_ERRORS_STRICT, S("\xEF\xBB\xBF\xC3\xA9"),
                   S("\xEF\xBB\xBF\xC3\xA9"));
    assert_decodes("utf-8-sig", OSB_ERRORS_STRICT, S("\xEF\xBB\xBF\xEF\xBB\xBF"),
                   S("\xEF\xBB\xBF"));
    assert_decodes("utf-16", OSB_ERRORS_STRICT, S("\xFE\xFF\x20\xAC\xD8\x3D\xDE\x00"),
                   S("\xE2\x82\xAC\xF0\x9F\x98\x80"));
    assert_decodes("utf-16", OSB_ERRORS_STRICT, S("a\0"), S("a"));
    assert_decodes("utf-16-be", OSB_ERRORS_STRICT, S("\xFE\xFF"), S("\xEF\xBB\xBF"));
    assert_decodes("utf-32", OSB_ERRORS_STRICT, S("\0\0\xFE\xFF\0\x01\xF6\x00"),
                   S("\xF0\x9F\x98\x80"));
    assert_decodes("latin-1", OSB_ERRORS_STRICT, S("a\xE9\0\xFF"), S("a\xC3\xA9\0\xC3\xBF"));
    assert_decodes("ascii", OSB_ERRORS_STRICT, S(""), S(""));
}

static void serves_decoding_faults(void **state) {
    (void)state;
    assert_decodes("utf-8", OSB_ERRORS_IGNORE, S("a\xE2\x82z"), S("az"));
    /* one replacement per maximal subpart */
    assert_decodes("utf-8", OSB_ERRORS_REPLACE, S("\xE2\x82|\xED\xA0\x80"),
                   S("\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_decodes("utf-8", OSB_ERRORS_BACKSLASHREPLACE, S("\xE2\x82|\xFF"), S("\\xe2\\x82|\\xff"));
    assert_decodes("utf-8", OSB_ERRORS_SURROGATEESCAPE, S("\x80z"), S("\xED\xB2\x80z"));
    assert_decodes("utf-8", OSB_ERRORS_SURROGATEPASS, S("\xED\xA0\x80"), S("\xED\xA0\x80"));
    assert_decodes("utf-16-le", OSB_ERRORS_SURROGATEPASS, S("\x00\xD8"), S("\xED\xA0\x80"));
    assert_decodes("utf-32-be", OSB_ERRORS_SURROGATEPASS, S("\0\0\xD8\x00"), S("\xED\xA0\x80"));
}

/* The text, and what of `bytes` had been decoded before. */
static void assert_no_decode(const char *codec, osb_codec_errors errors, osb_bytes bytes,
                             size_t start, size_t end, osb_bytes before, const char *message) {
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    assert_int_equal(osb_codecs_decode(codec_of(codec), bytes, errors, &out, &err), -1);
    assert_int_equal(err.start, start);
    assert_int_equal(err.end, end);
    assert_error(&err, OSB_UNICODEDECODEERROR, message);
    assert_bytes(osb_buf_bytes(&out), before);
    assert_int_equal(osb_codecs_decode(codec_of(codec), bytes, errors, &out, NULL), -1);
    osb_buf_free(&out);
}

static void tells_decoding_errors(void **state) {
    (void)state;
    assert_no_decode("utf-8", OSB_ERRORS_STRICT, S("ab\xFFz"), 2, 3, S("ab"),
                     "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
    assert_no_decode("utf-8", OSB_ERRORS_STRICT, S("\xF0\x9F\x98z"), 0, 3, S(""),
                     "'utf-8' codec can't decode bytes in position 0-2: invalid continuation byte");
    assert_no_decode("utf-8", OSB_ERRORS_STRICT, S("\xF0\x9F"), 0, 2, S(""),
                     "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
    assert_no_decode("utf-8-sig", OSB_ERRORS_STRICT, S("\xEF\xBB\xBF\xFF"), 0, 1, S(""),
                     "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
    assert_no_decode("utf-16", OSB_ERRORS_STRICT, S("\xFE\xFF\xDC\x00"), 2, 4, S(""),
                     "'utf-16-be' codec can't decode bytes in position 2-3: illegal encoding");
    assert_no_decode(
        "utf-16-le", OSB_ERRORS_STRICT, S("\x00\xD8\x41\x00"), 0, 2, S(""),
        "'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate");
    assert_no_decode("utf-16-le", OSB_ERRORS_STRICT, S("a\0b"), 2, 3, S("a"),
                     "'utf-16-le' codec can't decode byte 0x62 in position 2: truncated data");
    assert_no_decode("utf-32-le", OSB_ERRORS_STRICT, S("\x00\xD8\0\0"), 0, 4, S(""),
                     "'utf-32-le' codec can't decode bytes in position 0-3: "
                     "code point in surrogate code point range(0xd800, 0xe000)");
    assert_no_decode("utf-32-le", OSB_ERRORS_STRICT, S("\0\0\x11\0"), 0, 4, S(""),
                     "'utf-32-le' codec can't decode bytes in position 0-3: "
                     "code point not in range(0x110000)");
    assert_no_decode("ascii", OSB_ERRORS_SURROGATEPASS, S("a\xED\xA0\x80"), 1, 2, S("a"),
                     "'ascii' codec can't decode byte 0xed in position 1: "
                     "ordinal not in range(128)");
}

static void xmlcharrefreplace_cannot_decode(void **state) {
    (void)state;
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    assert_int_equal(
        osb_codecs_decode(codec_of("utf-8"), S("\xFF"), OSB_ERRORS_XMLCHARREFREPLACE, &out, &err),
        -1);
    assert_error(&err, OSB_TYPEERROR,
                 "don't know how to handle UnicodeDecodeError in error callback");
    osb_buf_free(&out);
    assert_decodes("utf-8", OSB_ERRORS_XMLCHARREFREPLACE, S("fine"), S("fine"));
}

/* -- encoding ---------------------------------------------------------------------------------- */

static void assert_encodes(const char *codec, osb_codec_errors errors, osb_bytes text,
                           osb_bytes bytes) {
    osb_buf out = OSB_BUF_INIT;
    assert_int_equal(osb_codecs_encode(codec_of(codec), text, errors, &out, NULL), 0);
    assert_bytes(osb_buf_bytes(&out), bytes);
    osb_buf_free(&out);
}

static void encodes(void **state) {
    (void)state;
    assert_encodes("utf-8-sig", OSB_ERRORS_STRICT, S(""), S("\xEF\xBB\xBF"));
    assert_encodes("utf-16", OSB_ERRORS_STRICT, S("\xF0\x9F\x98\x80"),
                   S("\xFF\xFE\x3D\xD8\x00\xDE"));
    assert_encodes("utf-16-be", OSB_ERRORS_STRICT, S("a"), S("\0a"));
    assert_encodes("utf-32-be", OSB_ERRORS_STRICT, S("\xE2\x82\xAC"), S("\0\0\x20\xAC"));
    assert_encodes("latin-1", OSB_ERRORS_STRICT, S("a\xC3\xA9"), S("a\xE9"));
    /* a byte that is no character counts as U+FFFD */
    assert_encodes("utf-8", OSB_ERRORS_STRICT, S("a\xFFz"), S("a\xEF\xBF\xBDz"));
}

static void serves_encoding_faults(void **state) {
    (void)state;
    osb_bytes euro = S("a\xE2\x82\xAC\xF0\x9F\x98\x80\xC3\xA9z");
    assert_encodes("ascii", OSB_ERRORS_IGNORE, euro, S("az"));
    assert_encodes("ascii", OSB_ERRORS_REPLACE, euro, S("a???z"));
    assert_encodes("ascii", OSB_ERRORS_BACKSLASHREPLACE, euro, S("a\\u20ac\\U0001f600\\xe9z"));
    assert_encodes("ascii", OSB_ERRORS_XMLCHARREFREPLACE, euro, S("a&#8364;&#128512;&#233;z"));
    assert_encodes("utf-16-be", OSB_ERRORS_REPLACE, S("\xED\xA0\x80"), S("\0?"));
    assert_encodes("utf-8", OSB_ERRORS_SURROGATEESCAPE, S("\xED\xB2\x80\xED\xB3\xBF"),
                   S("\x80\xFF"));
    assert_encodes("utf-8", OSB_ERRORS_SURROGATEPASS, S("\xED\xA0\x80"), S("\xED\xA0\x80"));
    assert_encodes("utf-16-le", OSB_ERRORS_SURROGATEPASS, S("\xED\xA0\x80"), S("\x00\xD8"));
    assert_encodes("utf-32-le", OSB_ERRORS_SURROGATEPASS, S("\xED\xA0\x80"), S("\x00\xD8\0\0"));
}

static void assert_no_encode(const char *codec, osb_codec_errors errors, osb_bytes text,
                             size_t start, size_t end, osb_bytes before, const char *message) {
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    assert_int_equal(osb_codecs_encode(codec_of(codec), text, errors, &out, &err), -1);
    assert_int_equal(err.start, start);
    assert_int_equal(err.end, end);
    assert_error(&err, OSB_UNICODEENCODEERROR, message);
    assert_bytes(osb_buf_bytes(&out), before);
    assert_int_equal(osb_codecs_encode(codec_of(codec), text, errors, &out, NULL), -1);
    osb_buf_free(&out);
}

static void tells_encoding_errors(void **state) {
    (void)state;
    assert_no_encode("ascii", OSB_ERRORS_STRICT, S("\xC3\xA9"), 0, 1, S(""),
                     "'ascii' codec can't encode character '\\xe9' in position 0: "
                     "ordinal not in range(128)");
    assert_no_encode("latin-1", OSB_ERRORS_STRICT, S("\xC3\xA9\xF0\x9F\x98\x80"), 1, 2, S("\xE9"),
                     "'latin-1' codec can't encode character '\\U0001f600' in position 1: "
                     "ordinal not in range(256)");
    assert_no_encode("ascii", OSB_ERRORS_STRICT, S("a\xC3\xA9\xE2\x82\xACz"), 1, 3, S("a"),
                     "'ascii' codec can't encode characters in position 1-2: "
                     "ordinal not in range(128)");
    assert_no_encode("utf-8", OSB_ERRORS_SURROGATEESCAPE, S("\xED\xB2\x80\xED\xA0\x80"), 1, 2,
                     S("\x80"),
                     "'utf-8' codec can't encode character '\\ud800' in position 1: "
                     "surrogates not allowed");
    /* one at a time, and an escaped byte is no code unit */
    assert_no_encode("utf-16-le", OSB_ERRORS_SURROGATEESCAPE, S("\xED\xB2\x80\xED\xB2\x80"), 0, 1,
                     S(""),
                     "'utf-16-le' codec can't encode character '\\udc80' in position 0: "
                     "surrogates not allowed");
}

/* -- pieces ------------------------------------------------------------------------------------ */

typedef int next_function(const osb_codec *codec, osb_codec_state *state, osb_bytes piece,
                          bool final, osb_codec_errors errors, osb_buf *ret, osb_error *err);

/* All of input, a byte at a time. */
static void assert_bytewise(next_function *next, const char *codec, osb_bytes input,
                            osb_bytes expected) {
    osb_codec_state state = {0};
    osb_buf out = OSB_BUF_INIT;
    for (size_t i = 0; i < input.len; i++) {
        osb_bytes byte = osb_bytes_sub(input, i, i + 1);
        assert_int_equal(next(codec_of(codec), &state, byte, false, OSB_ERRORS_STRICT, &out, NULL),
                         0);
    }
    assert_int_equal(next(codec_of(codec), &state, S(""), true, OSB_ERRORS_STRICT, &out, NULL), 0);
    assert_bytes(osb_buf_bytes(&out), expected);
    osb_buf_free(&out);
}

static void decodes_pieces(void **state) {
    (void)state;
    osb_bytes text = S("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_bytewise(osb_codecs_decode_next, "utf-8", text, text);
    assert_bytewise(osb_codecs_decode_next, "utf-8-sig", S("\xEF\xBB\xBF|\xEF\xBB\xBF"),
                    S("|\xEF\xBB\xBF"));
    assert_bytewise(osb_codecs_decode_next, "utf-8-sig", S("\xEF\xBB"), S(""));
    assert_bytewise(osb_codecs_decode_next, "utf-16", S("\xFE\xFF\xD8\x3D\xDE\x00\0a"),
                    S("\xF0\x9F\x98\x80\x61"));
    assert_bytewise(osb_codecs_decode_next, "utf-32", S("\xFF\xFE\0\0\xFF\xFE\0\0"),
                    S("\xEF\xBB\xBF"));
}

static void encodes_pieces(void **state) {
    (void)state;
    osb_bytes text = S("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_bytewise(osb_codecs_encode_next, "utf-8", text, text);
    assert_bytewise(osb_codecs_encode_next, "utf-8-sig", S("a\xC3\xA9"),
                    S("\xEF\xBB\xBF\x61\xC3\xA9"));
    assert_bytewise(osb_codecs_encode_next, "utf-16", S("\xF0\x9F\x98\x80"),
                    S("\xFF\xFE\x3D\xD8\x00\xDE"));
    assert_bytewise(osb_codecs_encode_next, "latin-1", S("\xC3\xA9\xC3\xBF"), S("\xE9\xFF"));
    assert_bytewise(osb_codecs_encode_next, "utf-8", S("a\xE2\x82"),
                    S("a\xEF\xBF\xBD\xEF\xBF\xBD"));
}

static void positions_are_the_streams(void **state) {
    (void)state;
    osb_codec_state decoder = {0}, encoder = {0};
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    const osb_codec *utf_8 = codec_of("utf-8"), *ascii = codec_of("ascii");
    osb_codecs_decode_next(utf_8, &decoder, S("abc\xE2"), false, OSB_ERRORS_STRICT, &out, NULL);
    assert_int_equal(
        osb_codecs_decode_next(utf_8, &decoder, S("\x82z"), true, OSB_ERRORS_STRICT, &out, &err),
        -1);
    assert_int_equal(err.start, 3);
    assert_int_equal(err.end, 5);
    assert_error(&err, OSB_UNICODEDECODEERROR,
                 "'utf-8' codec can't decode bytes in position 3-4: invalid continuation byte");
    osb_codecs_encode_next(ascii, &encoder, S("abc"), false, OSB_ERRORS_STRICT, &out, NULL);
    osb_codecs_encode_next(ascii, &encoder, S("\xC3\xA9"), true, OSB_ERRORS_STRICT, &out, &err);
    assert_error(&err, OSB_UNICODEENCODEERROR,
                 "'ascii' codec can't encode character '\\xe9' in position 3: "
                 "ordinal not in range(128)");
    osb_buf_free(&out);
}

static void an_error_leaves_the_state(void **state) {
    (void)state;
    osb_codec_state decoder = {0};
    osb_buf out = OSB_BUF_INIT;
    const osb_codec *codec = codec_of("utf-8");
    osb_codecs_decode_next(codec, &decoder, S("\xE2\x82"), false, OSB_ERRORS_STRICT, &out, NULL);
    osb_codecs_decode_next(codec, &decoder, S("\xFF"), false, OSB_ERRORS_STRICT, &out, NULL);
    assert_int_equal(
        osb_codecs_decode_next(codec, &decoder, S("\xAC"), true, OSB_ERRORS_STRICT, &out, NULL), 0);
    assert_bytes(osb_buf_bytes(&out), S("\xE2\x82\xAC"));
    osb_buf_free(&out);
}

static void a_stream_needs_its_mark(void **state) {
    (void)state;
    osb_codec_state decoder = {0};
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    osb_codecs_decode_next(codec_of("utf-16"), &decoder, S("a\0"), false, OSB_ERRORS_STRICT, &out,
                           &err);
    assert_error(&err, OSB_UNICODEERROR, "UTF-16 stream does not start with BOM");
    osb_codecs_decode_next(codec_of("utf-32"), &decoder, S("a\0\0\0"), false, OSB_ERRORS_STRICT,
                           &out, &err);
    assert_error(&err, OSB_UNICODEERROR, "UTF-32 stream does not start with BOM");
    assert_int_equal(out.len, 0);
    osb_buf_free(&out);
}

static void a_full_buffer_is_an_error(void **state) {
    (void)state;
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    out.max = 4;
    assert_int_equal(
        osb_codecs_decode(codec_of("latin-1"), S("\xE9\xE9"), OSB_ERRORS_STRICT, &out, &err), 0);
    assert_int_equal(
        osb_codecs_decode(codec_of("latin-1"), S("\xE9"), OSB_ERRORS_STRICT, &out, &err), -1);
    assert_int_equal(err.kind, OSB_VALUEERROR);
    osb_error_free(&err);
    osb_buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_names),
        cmocka_unit_test(refuses_names),
        cmocka_unit_test(knows_handlers),
        cmocka_unit_test(decodes),
        cmocka_unit_test(serves_decoding_faults),
        cmocka_unit_test(tells_decoding_errors),
        cmocka_unit_test(xmlcharrefreplace_cannot_decode),
        cmocka_unit_test(encodes),
        cmocka_unit_test(serves_encoding_faults),
        cmocka_unit_test(tells_encoding_errors),
        cmocka_unit_test(decodes_pieces),
        cmocka_unit_test(encodes_pieces),
        cmocka_unit_test(positions_are_the_streams),
        cmocka_unit_test(an_error_leaves_the_state),
        cmocka_unit_test(a_stream_needs_its_mark),
        cmocka_unit_test(a_full_buffer_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
