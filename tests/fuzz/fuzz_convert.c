/* Typed values: any text as any type; a canonical text is its own canonical text. */
#include "fuzz.h"

#include <osbox/ini.h>

static int convert(osb_ini_type type, osb_bytes value, osb_buf *out, osb_error *err) {
    return osb_ini_convert(type, value, OSB_LIT("/home/me"), OSB_LIT("/etc/app"), out, err);
}

/* Elements are put on lines of their own: a list again, if there are two or more, or no comma. */
static void check_list(osb_bytes list) {
    osb_buf lines = OSB_BUF_INIT, again = OSB_BUF_INIT;
    osb_error err = {0};
    osb_bytes rest = list;
    while (rest.len) {
        osb_bytes element = take_until(&rest, OSB_LIT("\0"));
        require(element.len > 0, "no element is empty");
        osb_buf_fmt(&lines, "%b\n", element);
    }
    require_done(convert(OSB_INI_LIST, osb_buf_bytes(&lines), &again, &err), "a list again", &err);
    require_equal("the list again", osb_buf_bytes(&again), list);
    osb_buf_free(&lines);
    osb_buf_free(&again);
}

static void check_again(osb_ini_type type, osb_bytes canonical) {
    osb_buf again = OSB_BUF_INIT;
    osb_error err = {0};
    require_done(convert(type, canonical, &again, &err), "a canonical text", &err);
    require_equal("a canonical text", osb_buf_bytes(&again), canonical);
    osb_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes value = {(const char *)data, size};
    osb_ini_type type = take_byte(&value) % (OSB_INI_LIST + 1);
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    bool has_nul = osb_bytes_find_char(value, '\0', 0) != OSB_NPOS;
    osb_buf_adds(&out, "before");
    if (convert(type, value, &out, &err) < 0) {
        require(err.kind == OSB_VALUEERROR || err.kind == OSB_TYPEERROR, "a value's error");
        require_equal("after an error", osb_buf_bytes(&out), OSB_LIT("before"));
    } else {
        osb_bytes made = osb_bytes_sub(osb_buf_bytes(&out), 6, OSB_NPOS);
        if (type != OSB_INI_LIST)
            check_again(type, made);
        else if (!has_nul) /* a NUL ends an element */
            check_list(made);
    }
    osb_error_free(&err);
    osb_buf_free(&out);
    return 0;
}
