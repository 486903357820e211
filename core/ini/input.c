/* Bytes of a file to text and back. */
#include "internal.h"

#define BOM OSB_LIT("\xef\xbb\xbf")

int osb_ini_encoding_of(osb_bytes name, const osb_ini_dialect *dialect, osb_ini_encoding *ret,
                        osb_error *err) {
    *ret = (osb_ini_encoding){NULL, dialect->skip_bom};
    if (osb_bytes_is_none(name))
        return 0;
    if (osb_codecs_lookup(name, &ret->codec, err) < 0)
        return -1;
    osb_bytes canonical = osb_bytes_from(osb_codecs_name(ret->codec));
    bool with_bom = osb_bytes_eq(canonical, OSB_LIT("utf-8-sig"));
    if (with_bom || osb_bytes_eq(canonical, OSB_LIT("utf-8")))
        *ret = (osb_ini_encoding){NULL, dialect->skip_bom || with_bom};
    return 0;
}

int osb_ini_decode(const osb_ini_encoding *encoding, osb_arena *a, osb_ini_input *in,
                   osb_error *err) {
    in->text = in->bytes;
    in->bom = OSB_LIT("");
    if (!encoding->codec && encoding->skip_bom && osb_bytes_startswith(in->bytes, BOM)) {
        in->bom = osb_bytes_sub(in->bytes, 0, BOM.len);
        in->text = osb_bytes_sub(in->bytes, BOM.len, in->bytes.len);
    }
    if (!encoding->codec)
        return 0;
    osb_buf text = OSB_BUF_INIT;
    osb_codec_state state = {0};
    int rc = osb_codecs_decode_next(encoding->codec, &state, in->bytes, true, OSB_ERRORS_STRICT,
                                    &text, err);
    if (rc == 0)
        rc = osb_buf_check(&text, err);
    in->text = rc == 0 ? osb_arena_copy(a, osb_buf_bytes(&text)) : OSB_NONE;
    if (rc == 0 && osb_bytes_is_none(in->text))
        rc = osb_error_set_nomem(err);
    osb_buf_free(&text);
    return rc;
}

static int check_round_trip(const osb_ini_encoding *encoding, const osb_ini_input *in,
                            osb_error *err) {
    osb_buf bytes = OSB_BUF_INIT;
    int rc = osb_codecs_encode(encoding->codec, in->text, OSB_ERRORS_STRICT, &bytes, err);
    if (rc == 0)
        rc = osb_buf_check(&bytes, err);
    bool same = osb_bytes_eq(osb_buf_bytes(&bytes), in->bytes);
    osb_buf_free(&bytes);
    if (rc == 0 && in->bytes.len && !same)
        return osb_error_set(err, OSB_VALUEERROR,
                             "%s would not give the file's own bytes back; name its exact encoding",
                             osb_codecs_name(encoding->codec));
    return rc;
}

int osb_ini_encode(const osb_ini_encoding *encoding, const osb_ini_input *in, osb_bytes text,
                   osb_buf *out, osb_error *err) {
    if (osb_bytes_eq(text, in->text)) {
        osb_buf_add(out, in->bytes);
        return osb_buf_check(out, err);
    }
    if (!encoding->codec) {
        osb_buf_add(out, in->bom);
        osb_buf_add(out, text);
        return osb_buf_check(out, err);
    }
    if (check_round_trip(encoding, in, err) < 0 ||
        osb_codecs_encode(encoding->codec, text, OSB_ERRORS_STRICT, out, err) < 0)
        return -1;
    return osb_buf_check(out, err);
}
