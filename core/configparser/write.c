/* Writing the parser's state. Source: RawConfigParser.write */
#include "internal.h"

#include <osbox/text.h>

/* "\n" becomes "\n\t": the lines after the first read back as continuations. */
static void add_value(osb_buf *out, osb_bytes value) {
    osb_bytes line;
    while (osb_bytes_cut(&value, '\n', &line)) {
        osb_buf_add(out, line);
        osb_buf_adds(out, "\n\t");
    }
    osb_buf_add(out, line);
}

static int write_option(osb_configparser *cp, osb_bytes name, const osb_item *item,
                        osb_bytes delimiter, osb_buf *out, osb_error *err) {
    const osb_interpolation *hooks = cp->opts.interpolation;
    osb_bytes value = item->value;
    osb_buf hooked = OSB_BUF_INIT;
    bool none = false;
    int rc = 0;
    if (hooks->before_write) {
        rc = hooks->before_write(hooks->ctx, cp, name, item->key, value, &hooked, &none, err);
        value = none ? OSB_NONE : osb_buf_bytes(&hooked);
    }
    osb_buf_add(out, item->key);
    if (!osb_bytes_is_none(value) || !cp->opts.allow_no_value) {
        osb_buf_add(out, delimiter);
        add_value(out, osb_bytes_is_none(value) ? OSB_LIT("None") : value);
    }
    osb_buf_addc(out, '\n');
    osb_buf_free(&hooked);
    return rc;
}

static int write_section(osb_configparser *cp, osb_bytes name, const section *s,
                         osb_bytes delimiter, osb_buf *out, osb_error *err) {
    osb_buf list = OSB_BUF_INIT;
    osb_items items = {0};
    for (const option *o = NULL; (o = osb_map_next(&s->options, o));)
        configparser_push_item(&list, o);
    int rc = configparser_items(cp, &list, &items, err);
    osb_buf_fmt(out, "[%b]\n", name);
    for (size_t i = 0; i < items.n && rc == 0; i++)
        rc = write_option(cp, name, &items.items[i], delimiter, out, err);
    osb_buf_addc(out, '\n');
    osb_buf_free(&list);
    return rc;
}

int osb_configparser_write(osb_configparser *cp, osb_buf *out, bool space_around_delimiters,
                           osb_error *err) {
    osb_strings names;
    if (cp->opts.delimiters.n == 0)
        return osb_error_set(err, OSB_INDEXERROR, "tuple index out of range");
    osb_buf delimiter = OSB_BUF_INIT;
    osb_buf_fmt(&delimiter, space_around_delimiters ? " %b " : "%b", cp->opts.delimiters.items[0]);
    int rc = osb_buf_check(&delimiter, err);
    if (rc == 0)
        rc = osb_configparser_sections(cp, &names, err);
    if (rc == 0 && cp->defaults.options.live)
        rc = write_section(cp, cp->opts.default_section, &cp->defaults, osb_buf_bytes(&delimiter),
                           out, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        rc = write_section(cp, names.items[i], configparser_find_section(cp, names.items[i]),
                           osb_buf_bytes(&delimiter), out, err);
    osb_buf_free(&delimiter);
    return rc == 0 ? osb_buf_check(out, err) : rc;
}
