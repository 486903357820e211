/* Typed values: each type's canonical text. */
#include "convert.h"

#include <osbox/num.h>
#include <osbox/text.h>

/* What the types need beside the value. */
typedef struct surroundings {
    osb_bytes home, base_dir;
} surroundings;

typedef int converter(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err);

static int convert_str(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at, (void)err;
    osb_buf_add(out, value);
    return 0;
}

static int convert_int(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    return osb_num_int_str(value, out, err);
}

static int convert_float(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    double number;
    if (osb_num_float(value, &number, err) != 0)
        return -1;
    osb_num_float_repr(out, number);
    return 0;
}

/* -- booleans ----------------------------------------------------------------------------------- */

/* Source: RawConfigParser.BOOLEAN_STATES */
static const struct {
    char name[6];
    bool value;
} boolean_states[] = {{"1", true},  {"yes", true}, {"true", true},   {"on", true},
                      {"0", false}, {"no", false}, {"false", false}, {"off", false}};

/* An option without a value is true. Source: git-config(1), --type bool */
static int convert_bool(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    if (osb_bytes_is_none(value))
        value = OSB_LIT("true");
    char mem[16];
    osb_buf lower = OSB_BUF_ON(mem, sizeof mem);
    osb_text_lower(&lower, value);
    const char *found = NULL;
    for (size_t i = 0; i < sizeof boolean_states / sizeof *boolean_states && !found; i++) {
        if (osb_bytes_eq(osb_buf_bytes(&lower), osb_bytes_from(boolean_states[i].name)))
            found = boolean_states[i].value ? "true" : "false";
    }
    int rc = osb_buf_check(&lower, err);
    osb_buf_free(&lower);
    if (rc != 0)
        return rc;
    if (!found)
        return osb_error_set(err, OSB_VALUEERROR, "Not a boolean: %b", value);
    osb_buf_adds(out, found);
    return 0;
}

/* -- paths -------------------------------------------------------------------------------------- */

static int expand_home(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    osb_bytes home = at->home, rest = osb_bytes_sub(value, 1, value.len);
    if (rest.len && rest.ptr[0] != '/')
        return osb_error_set(err, OSB_VALUEERROR,
                             "%r: the homes of other users are not looked up (write ./~ for a "
                             "file's own name)",
                             value);
    if (home.len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "%r needs HOME, which is not set", value);
    while (home.len && home.ptr[home.len - 1] == '/')
        home.len--;
    osb_buf_add(out, home);
    osb_buf_add(out, home.len || rest.len ? rest : OSB_LIT("/"));
    return 0;
}

static int convert_path(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    osb_bytes dir = at->base_dir;
    if (value.len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "%r is not a path: it is empty", value);
    if (osb_bytes_find_char(value, '\0', 0) != OSB_NPOS)
        return osb_error_set(err, OSB_VALUEERROR, "%r is not a path: it has a NUL byte in it",
                             value);
    if (value.ptr[0] == '~')
        return expand_home(at, value, out, err);
    if (value.ptr[0] != '/' && dir.len) {
        osb_buf_add(out, dir);
        if (dir.ptr[dir.len - 1] != '/')
            osb_buf_addc(out, '/');
    }
    osb_buf_add(out, value);
    return 0;
}

/* -- sizes, durations --------------------------------------------------------------------------- */

static int convert_size(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    return ini_convert_size(value, out, err);
}

static int convert_duration(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    return ini_convert_duration(value, out, err);
}

/* -- lists -------------------------------------------------------------------------------------- */

static int convert_list(const surroundings *at, osb_bytes value, osb_buf *out, osb_error *err) {
    (void)at;
    if (osb_bytes_find_char(value, '\0', 0) != OSB_NPOS)
        return osb_error_set(err, OSB_VALUEERROR,
                             "%r has a NUL byte in it, which no element of a list can have", value);
    char separator = osb_bytes_find_char(value, '\n', 0) != OSB_NPOS ? '\n' : ',';
    while (!osb_bytes_is_none(value)) {
        osb_bytes element;
        osb_bytes_cut(&value, separator, &element);
        element = osb_text_strip(element);
        if (element.len) {
            osb_buf_add(out, element);
            osb_buf_addc(out, '\0');
        }
    }
    return 0;
}

/* -- all ---------------------------------------------------------------------------------------- */

static const struct {
    converter *convert;
    const char *for_none; /* the text of the TypeError; NULL: None is fine */
} types[] = {
    [OSB_INI_STR] = {convert_str, NULL},
    [OSB_INI_INT] = {convert_int, "int() argument must be a string, a bytes-like object or a real "
                                  "number, not 'NoneType'"},
    [OSB_INI_FLOAT] = {convert_float,
                       "float() argument must be a string or a real number, not 'NoneType'"},
    [OSB_INI_BOOL] = {convert_bool, NULL},
    [OSB_INI_PATH] = {convert_path, "expected str, bytes or os.PathLike object, not NoneType"},
    [OSB_INI_SIZE] = {convert_size, "a size must be a string, not 'NoneType'"},
    [OSB_INI_DURATION] = {convert_duration, "a duration must be a string, not 'NoneType'"},
    [OSB_INI_LIST] = {convert_list, NULL},
};

int osb_ini_convert(osb_ini_type type, osb_bytes value, osb_bytes home, osb_bytes base_dir,
                    osb_buf *out, osb_error *err) {
    surroundings at = {home, base_dir};
    if (osb_bytes_is_none(value) && types[type].for_none)
        return osb_error_set(err, OSB_TYPEERROR, "%s", types[type].for_none);
    if (types[type].convert(&at, value, out, err) != 0)
        return -1;
    return osb_buf_check(out, err);
}
