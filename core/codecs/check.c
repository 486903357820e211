#include <osbox/codecs.h>
#include <osbox/text.h>

int osb_codecs_check_utf8(osb_bytes text, osb_error *err) {
    if (osb_text_check(text) == OSB_NPOS)
        return 0;
    const osb_codec *utf8;
    osb_buf decoded = OSB_BUF_INIT;
    int rc = osb_codecs_lookup(OSB_LIT("utf-8"), &utf8, err);
    if (rc == 0)
        rc = osb_codecs_decode(utf8, text, OSB_ERRORS_STRICT, &decoded, err);
    osb_buf_free(&decoded);
    return rc;
}
