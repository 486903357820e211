/* Codecs: any bytes, whole and in pieces; what decodes encodes to the same bytes. The input is a byte
 * for the codec, one for the handlers, one for the pieces, then the bytes. */
#include "fuzz.h"

#include <osbox/codecs.h>
#include <osbox/text.h>

static const osb_bytes names[] = {OSB_LIT("utf-8"),     OSB_LIT("utf-8-sig"), OSB_LIT("utf-16"),
                                  OSB_LIT("utf-16-le"), OSB_LIT("utf-16-be"), OSB_LIT("utf-32"),
                                  OSB_LIT("utf-32-le"), OSB_LIT("utf-32-be"), OSB_LIT("ascii"),
                                  OSB_LIT("latin-1")};

typedef struct result {
    osb_buf out;
    osb_error err;
    int rc;
} result;

static void free_result(result *r) {
    osb_buf_free(&r->out);
    osb_error_free(&r->err);
}

typedef int whole(const osb_codec *codec, osb_bytes in, osb_codec_errors errors, osb_buf *ret,
                  osb_error *err);
typedef int piece(const osb_codec *codec, osb_codec_state *state, osb_bytes in, bool final,
                  osb_codec_errors errors, osb_buf *ret, osb_error *err);

static result run_whole(whole *convert, const osb_codec *codec, osb_bytes in,
                        osb_codec_errors errors) {
    result r = {.out = OSB_BUF_INIT};
    r.rc = convert(codec, in, errors, &r.out, &r.err);
    return r;
}

/* Pieces of 0 to 7 bytes, or characters: their lengths follow from seed. */
static result run_pieces(piece *convert, const osb_codec *codec, osb_bytes in,
                         osb_codec_errors errors, unsigned seed, bool characters) {
    result r = {.out = OSB_BUF_INIT};
    osb_codec_state state = {.phase = 0};
    bool final = false;
    while (r.rc == 0 && !final) {
        seed = seed * 1103515245 + 12345;
        size_t n = seed >> 16 & 7;
        if (characters)
            n = osb_text_offset(in, n);
        osb_bytes head = osb_bytes_sub(in, 0, n);
        in = osb_bytes_sub(in, head.len, OSB_NPOS);
        final = in.len == 0;
        r.rc = convert(codec, &state, head, final, errors, &r.out, &r.err);
    }
    return r;
}

/* As in Python: in pieces, utf-16 and utf-32 insist on a byte order mark, and utf-8-sig takes half a
 * mark for an empty text. */
static bool differs_in_pieces(const osb_codec *codec, osb_bytes bytes) {
    const char *name = osb_codecs_name(codec);
    if (strcmp(name, "utf-16") == 0)
        return !osb_bytes_startswith(bytes, OSB_LIT("\xff\xfe")) &&
               !osb_bytes_startswith(bytes, OSB_LIT("\xfe\xff"));
    if (strcmp(name, "utf-32") == 0)
        return !osb_bytes_startswith(bytes, OSB_LIT("\xff\xfe\0\0")) &&
               !osb_bytes_startswith(bytes, OSB_LIT("\0\0\xfe\xff"));
    return strcmp(name, "utf-8-sig") == 0 && bytes.len < 3 &&
           osb_bytes_startswith(OSB_LIT("\xef\xbb\xbf"), bytes);
}

static void require_same(const result *pieces, const result *whole) {
    require(pieces->rc == whole->rc && pieces->err.kind == whole->err.kind, "the same error");
    if (whole->rc == 0)
        require_equal("in pieces", osb_buf_bytes(&pieces->out), osb_buf_bytes(&whole->out));
}

/* What the strict decoder takes is text, and the whole input. */
static void check_text(const osb_codec *codec, osb_bytes bytes, const result *text) {
    result again =
        run_whole(osb_codecs_encode, codec, osb_buf_bytes(&text->out), OSB_ERRORS_STRICT);
    result twice;
    require(osb_text_check(osb_buf_bytes(&text->out)) == OSB_NPOS, "strictly decoded text");
    require_done(again.rc, "decoded text encodes", &again.err);
    /* Where a mark tells the byte order, the text may have come in the other one, or without. */
    twice = run_whole(osb_codecs_decode, codec, osb_buf_bytes(&again.out), OSB_ERRORS_STRICT);
    require_equal("decoded again", osb_buf_bytes(&twice.out), osb_buf_bytes(&text->out));
    const char *name = osb_codecs_name(codec);
    if (strcmp(name, "utf-16") != 0 && strcmp(name, "utf-32") != 0 &&
        strcmp(name, "utf-8-sig") != 0)
        require_equal("encoded again", osb_buf_bytes(&again.out), bytes);
    free_result(&again);
    free_result(&twice);
}

static void check_utf8(osb_bytes bytes) {
    osb_error err = {0};
    size_t bad = osb_text_check(bytes);
    int rc = osb_codecs_check_utf8(bytes, &err);
    require((rc == 0) == (bad == OSB_NPOS), "check_utf8 and text_check agree");
    require(rc == 0 || err.start == bad, "on the place, too");
    osb_error_free(&err);
}

/* A name, or a text that is none. */
static void look_up(osb_bytes name) {
    const osb_codec *codec;
    osb_codec_errors errors;
    osb_error err = {0};
    if (osb_codecs_lookup(name, &codec, &err) == 0)
        require(osb_codecs_name(codec) != NULL, "a codec has a name");
    osb_error_free(&err);
    osb_error_init(&err);
    osb_codecs_lookup_error(name, &errors, &err);
    osb_error_free(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes bytes = {(const char *)data, size};
    const osb_codec *codec;
    osb_error err = {0};
    look_up(bytes);
    check_utf8(bytes);
    unsigned which = take_byte(&bytes), handlers = take_byte(&bytes), seed = take_byte(&bytes);
    osb_codec_errors decoding = handlers % (OSB_ERRORS_SURROGATEPASS + 1);
    osb_codec_errors encoding = (handlers >> 4) % (OSB_ERRORS_SURROGATEPASS + 1);
    require_done(osb_codecs_lookup(names[which % (sizeof names / sizeof *names)], &codec, &err),
                 "lookup", &err);

    result text = run_whole(osb_codecs_decode, codec, bytes, decoding);
    result pieces = run_pieces(osb_codecs_decode_next, codec, bytes, decoding, seed, false);
    if (!differs_in_pieces(codec, bytes))
        require_same(&pieces, &text);
    if (text.rc == 0 && decoding == OSB_ERRORS_STRICT)
        check_text(codec, bytes, &text);
    free_result(&pieces);

    result back = run_whole(osb_codecs_encode, codec, osb_buf_bytes(&text.out), encoding);
    pieces =
        run_pieces(osb_codecs_encode_next, codec, osb_buf_bytes(&text.out), encoding, seed, true);
    require_same(&pieces, &back);
    free_result(&pieces);
    free_result(&back);
    free_result(&text);
    return 0;
}
