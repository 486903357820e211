/* References in values: each kind of interpolation, a small cap. The input is a byte for the kind and
 * the cap, then lines: `[section` or `name=value`. */
#include "fuzz.h"

#include <osbox/configparser.h>
#include <osbox/text.h>

static const osb_interpolation *const kinds[] = {
    &osb_basic_interpolation, &osb_extended_interpolation, &osb_legacy_interpolation};

static osb_configparser *new_parser(unsigned choice) {
    osb_configparser_opts opts = osb_configparser_defaults;
    osb_configparser *cp;
    osb_error err = {0};
    opts.interpolation = kinds[choice % 3];
    opts.interpolation_max = (size_t)64 << (choice >> 2 & 7);
    opts.allow_no_value = true;
    require_done(osb_configparser_new(&opts, &cp, &err), "new", &err);
    return cp;
}

/* Around set(), which refuses what is not well formed. A line without "=" has no value. */
static void put_lines(osb_configparser *cp, osb_bytes text) {
    osb_bytes section = OSB_LIT(OSB_DEFAULTSECT), line;
    osb_error err = {0};
    uint32_t source, number = 0;
    require_done(osb_configparser_begin_source(cp, OSB_LIT("input"), &source, &err), "source",
                 &err);
    while (osb_bytes_cut(&text, '\n', &line), line.len || !osb_bytes_is_none(text)) {
        osb_bytes name;
        number++;
        if (osb_bytes_startswith(line, OSB_LIT("["))) {
            section = osb_bytes_sub(line, 1, OSB_NPOS);
            require_done(osb_configparser_put_section(cp, section, &err), "section", &err);
        } else if (line.len) {
            bool has_value = osb_bytes_cut(&line, '=', &name);
            require_done(osb_configparser_put(cp, source, number, section, name,
                                              has_value ? line : OSB_NONE, &err),
                         "put", &err);
        }
        if (osb_bytes_is_none(text))
            break;
    }
}

static void forgive(osb_error *err) {
    osb_error_free(err);
    osb_error_init(err);
}

/* What items() gives is what get() gives: one looks names up in a dict, the other in a chain. Python's
 * get() leaves None alone, its items() does not. */
static void compare(osb_configparser *cp, osb_bytes section, osb_items items) {
    for (size_t i = 0; i < items.n; i++) {
        osb_bytes value;
        osb_error err = {0};
        int rc = osb_configparser_get(cp, section, items.items[i].key, NULL, &value, &err);
        if (rc == 0 && !osb_bytes_is_none(value))
            require_equal("get and items", value, items.items[i].value);
        forgive(&err);
    }
}

static void get_each(osb_configparser *cp, osb_bytes section, osb_bytes vars) {
    static const osb_bytes names[] = {OSB_LIT("a"), OSB_LIT("B"), OSB_LIT("x")};
    osb_item given[] = {{OSB_LIT("A"), vars}, {OSB_LIT("var"), OSB_NONE}};
    osb_get_opts opts = {.vars = {given, 2}};
    osb_error err = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        osb_bytes value, again;
        if (osb_configparser_get(cp, section, names[i], &opts, &value, &err) == 0) {
            osb_buf first = OSB_BUF_INIT;
            osb_buf_add(&first, value);
            require_done(osb_configparser_get(cp, section, names[i], &opts, &again, &err), "get",
                         &err);
            require(osb_bytes_eq(osb_buf_bytes(&first), again), "get gives the same twice");
            osb_buf_free(&first);
        }
        forgive(&err);
    }
}

static void set_and_get(osb_configparser *cp, osb_bytes value) {
    osb_error err = {0};
    osb_bytes got;
    osb_configparser_add_section(cp, OSB_LIT("set"), &err);
    forgive(&err);
    osb_configparser_set(cp, OSB_LIT("set"), OSB_LIT("x"), value, &err);
    forgive(&err);
    osb_configparser_get(cp, OSB_LIT("set"), OSB_LIT("x"), NULL, &got, &err);
    forgive(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes text = {(const char *)data, size};
    unsigned choice = take_byte(&text);
    osb_error err = {0};
    osb_strings names;
    osb_bytes lines = text, first;
    /* What is put has been read, and was UTF-8 then. */
    if (osb_text_check(text) != OSB_NPOS)
        return -1;
    osb_configparser *cp = new_parser(choice);
    put_lines(cp, text);
    osb_bytes_cut(&lines, '\n', &first);
    require_done(osb_configparser_keys(cp, &names, &err), "keys", &err);
    for (size_t i = 0; i < names.n; i++) {
        osb_items items;
        int rc = osb_configparser_items(cp, names.items[i], false, (osb_items){0}, &items, &err);
        if (rc == 0)
            compare(cp, names.items[i], items);
        forgive(&err);
        get_each(cp, names.items[i], first);
    }
    set_and_get(cp, text);
    osb_configparser_free(cp);
    return 0;
}
