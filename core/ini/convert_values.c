/* Lists of values, converted. */
#include <osbox/ini.h>

#include <stdlib.h>

/* Append the texts of the converted values, a NUL behind each. */
static int convert_each(osb_ini_type type, osb_bytes source, const osb_buf *values, osb_buf *texts,
                        osb_error *err) {
    const osb_bytes *items = (const osb_bytes *)(const void *)values->ptr;
    const char *slash = memrchr(source.ptr, '/', source.len);
    osb_bytes dir = {source.ptr, slash ? (size_t)(slash - source.ptr) + (slash == source.ptr) : 0};
    osb_bytes home = type == OSB_INI_PATH ? osb_bytes_from(getenv("HOME")) : OSB_NONE;
    for (size_t i = 0; i < values->len / sizeof *items; i++) {
        if (osb_ini_convert(type, items[i], home, dir, texts, err) < 0)
            return -1;
        if (type != OSB_INI_LIST)
            osb_buf_addc(texts, '\0');
    }
    return osb_buf_check(texts, err);
}

int osb_ini_convert_values(osb_ini_type type, osb_bytes source, osb_arena *a, osb_buf *values,
                           osb_error *err) {
    osb_buf texts = OSB_BUF_INIT;
    if (type == OSB_INI_STR)
        return 0;
    int rc = convert_each(type, source, values, &texts, err);
    osb_bytes rest = rc == 0 ? osb_arena_copy(a, osb_buf_bytes(&texts)) : OSB_NONE;
    osb_buf_free(&texts);
    if (osb_bytes_is_none(rest))
        return rc == 0 ? osb_error_set_nomem(err) : rc;
    osb_buf_truncate(values, 0);
    for (osb_bytes text; rest.len && osb_bytes_cut(&rest, '\0', &text);)
        osb_buf_add(values, (osb_bytes){(const char *)&text, sizeof text});
    return osb_buf_check(values, err);
}
