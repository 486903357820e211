/* Which option a word means, and what an option is called. */
#include "internal.h"

#include <osbox/text.h>

static bool is_end(const osb_option *option) {
    return option->short_name == 0 && option->long_name == NULL;
}

static bool holds(const osb_option *table, const osb_option *option) {
    for (; table && !is_end(table); table++) {
        if (table == option)
            return true;
    }
    return false;
}

const osb_option *osb_optparse_next(const osb_optparse *parser, const osb_option *option) {
    const osb_option *next = option ? option + 1 : parser->standard;
    bool in_standard = !option || holds(parser->standard, option);
    if (in_standard && (!next || is_end(next)))
        next = parser->options;
    return next && !is_end(next) ? next : NULL;
}

bool osb_optparse_takes_value(const osb_option *option) {
    return osb_optparse_type(option) != OSB_NOTYPE;
}

osb_option_type osb_optparse_type(const osb_option *option) {
    if (option->action == OSB_CALLBACK)
        return option->type;
    if (option->action != OSB_STORE && option->action != OSB_APPEND)
        return OSB_NOTYPE;
    if (option->type != OSB_NOTYPE)
        return option->type;
    return option->choices ? OSB_CHOICE : OSB_STRING;
}

void osb_optparse_dest(const osb_option *option, osb_buf *out) {
    if (!option->long_name)
        osb_buf_addc(out, option->short_name);
    for (const char *c = option->long_name; c && *c; c++)
        osb_buf_addc(out, *c == '-' ? '_' : *c);
}

void osb_optparse_metavar(const osb_option *option, osb_buf *out) {
    if (option->metavar && *option->metavar) {
        osb_buf_adds(out, option->metavar);
        return;
    }
    size_t start = out->len;
    osb_optparse_dest(option, out);
    for (size_t i = start; i < out->len; i++) {
        if (out->ptr[i] >= 'a' && out->ptr[i] <= 'z')
            out->ptr[i] -= 'a' - 'A';
    }
}

const osb_option *optparse_find_short(const osb_optparse *parser, char name) {
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (option->short_name && option->short_name == name)
            return option;
    }
    return NULL;
}

static osb_bytes long_name(const osb_option *option) {
    return osb_bytes_from(option->long_name);
}

static bool abbreviates(osb_bytes name, const osb_option *option) {
    return option->long_name && osb_bytes_startswith(long_name(option), name);
}

/* The options that begin so: how many, and the first of them. */
static size_t count_matches(const osb_optparse *parser, osb_bytes name, const osb_option **first) {
    size_t n = 0;
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (abbreviates(name, option) && n++ == 0)
            *first = option;
    }
    return n;
}

static const osb_option *exact_match(const osb_optparse *parser, osb_bytes name) {
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (option->long_name && osb_bytes_eq(long_name(option), name))
            return option;
    }
    return NULL;
}

/* The first match in alphabetical order after `last` (None: from the start), or None. */
static osb_bytes next_match(const osb_optparse *parser, osb_bytes name, osb_bytes last) {
    osb_bytes best = OSB_NONE;
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (!abbreviates(name, option))
            continue;
        osb_bytes found = long_name(option);
        bool later = osb_bytes_is_none(last) || osb_bytes_cmp(found, last) > 0;
        if (later && (osb_bytes_is_none(best) || osb_bytes_cmp(found, best) < 0))
            best = found;
    }
    return best;
}

static int ambiguous(const osb_optparse *parser, osb_bytes name, osb_error *err) {
    osb_error_set(err, OSB_AMBIGUOUSOPTIONERROR, "ambiguous option: --%b (", name);
    osb_bytes match = OSB_NONE;
    const char *separator = "";
    while (!osb_bytes_is_none(match = next_match(parser, name, match))) {
        osb_error_append(err, "%s--%b", separator, match);
        separator = ", ";
    }
    osb_error_append(err, "?)");
    return -1;
}

int optparse_match_long(const osb_optparse *parser, osb_bytes name, const osb_option **ret,
                        osb_error *err) {
    const osb_option *option = exact_match(parser, name);
    if (!option && parser->abbreviate && count_matches(parser, name, &option) > 1)
        return ambiguous(parser, name, err);
    if (!option)
        return optparse_no_such_option("--", name, err);
    *ret = option;
    return 0;
}

int optparse_no_such_option(const char *dashes, osb_bytes name, osb_error *err) {
    char mem[128];
    osb_buf shown = OSB_BUF_ON(mem, sizeof mem);
    optparse_fsdecode(&shown, name);
    osb_error_set(err, OSB_BADOPTIONERROR, "no such option: %s%b", dashes, osb_buf_bytes(&shown));
    osb_buf_free(&shown);
    return -1;
}

osb_bytes osb_optparse_nearest(const osb_optparse *parser, osb_bytes word) {
    if (osb_bytes_startswith(word, OSB_LIT("--")))
        word = osb_bytes_sub(word, 2, word.len);
    osb_bytes name, value = word;
    osb_bytes_cut(&value, '=', &name);
    const osb_option *option = NULL;
    if (count_matches(parser, name, &option) == 1)
        return long_name(option);
    osb_nearest near = {name, OSB_NONE, 0};
    for (option = NULL; (option = osb_optparse_next(parser, option));) {
        if (option->long_name)
            osb_nearest_offer(&near, long_name(option));
    }
    return near.best;
}

void optparse_fsdecode(osb_buf *out, osb_bytes word) {
    for (;;) {
        size_t bad = osb_text_check(word);
        osb_buf_add(out, osb_bytes_sub(word, 0, bad));
        if (bad == OSB_NPOS)
            return;
        osb_text_put(out, 0xDC00u + (unsigned char)word.ptr[bad]);
        word = osb_bytes_sub(word, bad + 1, word.len);
    }
}
