/* Typed getters. Source: RawConfigParser._get_conv and the converters */
#include "internal.h"

#include <osbox/num.h>
#include <osbox/text.h>

static int convert_int(void *ctx, osb_bytes value, void *ret, osb_error *err) {
    (void)ctx;
    if (osb_bytes_is_none(value))
        return osb_error_set(err, OSB_TYPEERROR,
                             "int() argument must be a string, a bytes-like object or a real "
                             "number, not 'NoneType'");
    return osb_num_int(value, ret, err);
}

static int convert_float(void *ctx, osb_bytes value, void *ret, osb_error *err) {
    (void)ctx;
    if (osb_bytes_is_none(value))
        return osb_error_set(err, OSB_TYPEERROR,
                             "float() argument must be a string or a real number, not 'NoneType'");
    return osb_num_float(value, ret, err);
}

/* Source: ConfigParser.BOOLEAN_STATES */
static const struct {
    char name[6];
    bool value;
} boolean_states[] = {{"1", true},  {"yes", true}, {"true", true},   {"on", true},
                      {"0", false}, {"no", false}, {"false", false}, {"off", false}};

static int convert_boolean(void *ctx, osb_bytes value, void *ret, osb_error *err) {
    (void)ctx;
    if (osb_bytes_is_none(value))
        return osb_error_set(err, OSB_ATTRIBUTEERROR, "'NoneType' object has no attribute 'lower'");
    char mem[64];
    osb_buf lower = OSB_BUF_ON(mem, sizeof mem);
    int rc = -1;
    osb_text_lower(&lower, value);
    for (size_t i = 0; i < sizeof boolean_states / sizeof *boolean_states && rc < 0; i++) {
        if (!osb_bytes_eq(osb_buf_bytes(&lower), osb_bytes_from(boolean_states[i].name)))
            continue;
        *(bool *)ret = boolean_states[i].value;
        rc = 0;
    }
    if (rc < 0 && osb_buf_check(&lower, err) == 0)
        osb_error_set(err, OSB_VALUEERROR, "Not a boolean: %b", value);
    osb_buf_free(&lower);
    return rc;
}

/* get() into a buffer of the getters' own: what the caller's last get() returned stays valid. */
static int get_apart(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                     const osb_get_opts *opts, osb_bytes *ret, osb_error *err) {
    osb_buf held = cp->got;
    cp->got = cp->converted;
    int rc = osb_configparser_get(cp, section_name, name, opts, ret, err);
    cp->converted = cp->got;
    cp->got = held;
    return rc;
}

/* Get and convert. A missing option sets *missing instead of failing, where that is not NULL. */
static int get_converted(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                         const osb_get_opts *opts, osb_convert convert, void *ctx, void *ret,
                         bool *missing, osb_error *err) {
    osb_get_opts without_fallback = opts ? *opts : (osb_get_opts){0};
    without_fallback.fallback = NULL;
    osb_bytes value;
    osb_error failure = {0};
    if (get_apart(cp, section_name, name, &without_fallback, &value, &failure) == 0)
        return convert(ctx, value, ret, err);
    if (missing &&
        (osb_error_is(&failure, OSB_NOSECTIONERROR) || osb_error_is(&failure, OSB_NOOPTIONERROR))) {
        osb_error_free(&failure);
        *missing = true;
        return 0;
    }
    osb_error_move(err, &failure);
    return -1;
}

int osb_configparser_getint(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                            const osb_get_opts *opts, const int64_t *fallback, int64_t *ret,
                            osb_error *err) {
    bool missing = false;
    int rc = get_converted(cp, section_name, name, opts, convert_int, NULL, ret,
                           fallback ? &missing : NULL, err);
    if (missing)
        *ret = *fallback;
    return rc;
}

int osb_configparser_getfloat(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                              const osb_get_opts *opts, const double *fallback, double *ret,
                              osb_error *err) {
    bool missing = false;
    int rc = get_converted(cp, section_name, name, opts, convert_float, NULL, ret,
                           fallback ? &missing : NULL, err);
    if (missing)
        *ret = *fallback;
    return rc;
}

int osb_configparser_getboolean(osb_configparser *cp, osb_bytes section_name, osb_bytes name,
                                const osb_get_opts *opts, const bool *fallback, bool *ret,
                                osb_error *err) {
    bool missing = false;
    int rc = get_converted(cp, section_name, name, opts, convert_boolean, NULL, ret,
                           fallback ? &missing : NULL, err);
    if (missing)
        *ret = *fallback;
    return rc;
}

int osb_configparser_getconv(osb_configparser *cp, const char *name, osb_bytes section_name,
                             osb_bytes option_name, const osb_get_opts *opts, void *ret,
                             bool *used_fallback, osb_error *err) {
    bool missing = false, has_fallback = opts && opts->fallback;
    int rc = -1;
    const osb_converter *found = NULL;
    for (size_t i = 0; i < cp->opts.nconverters && !found; i++) {
        if (strcmp(cp->opts.converters[i].name, name) == 0)
            found = &cp->opts.converters[i];
    }
    if (found)
        rc = get_converted(cp, section_name, option_name, opts, found->convert, found->ctx, ret,
                           has_fallback ? &missing : NULL, err);
    else
        osb_error_set(err, OSB_ATTRIBUTEERROR, "'%s' object has no attribute 'get%s'",
                      cp->class_name, name);
    if (used_fallback)
        *used_fallback = missing;
    return rc;
}
