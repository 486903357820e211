/* Interpolation: None, Basic and Extended.
 *
 * Depth is bounded as in Python; breadth, which Python does not bound, by a budget of bytes that
 * output and references draw on. */
#include "internal.h"

#include <osbox/text.h>

const osb_interpolation osb_no_interpolation = {0};

/* -- what all forms share ------------------------------------------------------------------------ */

int configparser_charge(expansion *e, size_t bytes, osb_error *err) {
    if (bytes > e->left)
        return osb_error_set(err, OSB_INTERPOLATIONERROR,
                             "Interpolation cap exceeded: the value would grow past %z bytes",
                             e->cp->opts.interpolation_max);
    e->left -= bytes;
    return 0;
}

int configparser_add_expanded(expansion *e, osb_bytes text, osb_error *err) {
    if (configparser_charge(e, text.len, err) < 0)
        return -1;
    osb_buf_add(e->out, text);
    return 0;
}

int configparser_missing_reference(osb_bytes opt, osb_bytes sect, osb_bytes reference,
                                   osb_bytes raw, osb_error *err) {
    return osb_error_set(err, OSB_INTERPOLATIONMISSINGOPTIONERROR,
                         "Bad value substitution: option %r in section %r contains an "
                         "interpolation key %r which is not a valid option name. Raw value: %r",
                         opt, sect, reference, raw);
}

int configparser_too_deep(osb_bytes opt, osb_bytes sect, osb_bytes raw, osb_error *err) {
    return osb_error_set(err, OSB_INTERPOLATIONDEPTHERROR,
                         "Recursion limit exceeded in value substitution: option %r in section %r "
                         "contains an interpolation key which cannot be substituted in %d steps. "
                         "Raw value: %r",
                         opt, sect, OSB_MAX_INTERPOLATION_DEPTH, raw);
}

/* A form of reference: %(name)s or ${name}. */
typedef struct syntax {
    char sign, open, close;
    const char *tail; /* what stands behind the closing bracket */
} syntax;

static const syntax basic = {'%', '(', ')', "s"};
static const syntax extended = {'$', '{', '}', ""};

/* The reference at the start of text, its sign and bracket known to be there: its name, and its
 * length or 0 where it is malformed. */
static size_t match_reference(const syntax *x, osb_bytes text, osb_bytes *name) {
    size_t close = osb_bytes_find_char(text, x->close, 2);
    if (close == OSB_NPOS || close == 2)
        return 0;
    osb_bytes rest = osb_bytes_sub(text, close + 1, text.len);
    if (!osb_bytes_startswith(rest, osb_bytes_from(x->tail)))
        return 0;
    *name = osb_bytes_sub(text, 2, close);
    return close + 1 + strlen(x->tail);
}

/* One value on its way through the expansion. */
typedef struct frame {
    osb_bytes opt, sect;
    const osb_lookup *lookup;
    osb_bytes value;
    int depth;
} frame;

/* What Python shows as "Raw value": the option's own, even where vars override it. */
static osb_bytes raw_value(expansion *e, const frame *f) {
    static const osb_get_opts raw = {.raw = true};
    osb_get_opts opts = raw;
    osb_bytes value = f->value;
    opts.fallback = &f->value;
    osb_configparser_get(e->cp, f->sect, f->opt, &opts, &value, NULL);
    return value;
}

static int expand(expansion *e, const syntax *x, const frame *f, osb_error *err);

/* Expand a value that a reference led to. */
static int expand_found(expansion *e, const syntax *x, const frame *f, osb_error *err) {
    if (osb_bytes_is_none(f->value))
        return osb_error_set(err, OSB_TYPEERROR, "argument of type 'NoneType' is not iterable");
    if (osb_bytes_find_char(f->value, x->sign, 0) == OSB_NPOS)
        return configparser_add_expanded(e, f->value, err);
    return expand(e, x, f, err);
}

/* The canonical form of a reference's name, in a buffer of its own: the parser's does not outlive the
 * next reference. */
static int canonical_name(expansion *e, osb_bytes name, osb_buf *key, osb_error *err) {
    osb_bytes canonical;
    if (configparser_xform(e->cp, name, &canonical, err) < 0)
        return -1;
    osb_buf_add(key, canonical);
    return osb_buf_check(key, err);
}

/* %(name)s or ${name}. In Extended, what the value refers to in turn is looked up without vars, and
 * errors name it and not the option that was asked for. */
static int expand_local(expansion *e, const syntax *x, const frame *f, osb_bytes name,
                        osb_error *err) {
    char mem[64];
    osb_buf key = OSB_BUF_ON(mem, sizeof mem);
    osb_lookup inner = {.cp = e->cp, .section = f->lookup->section, .merged = true};
    frame next = {f->opt, f->sect, f->lookup, OSB_NONE, f->depth + 1};
    int rc = canonical_name(e, name, &key, err);
    if (rc == 0 && !osb_lookup_get(f->lookup, osb_buf_bytes(&key), &next.value))
        rc = configparser_missing_reference(
            f->opt, f->sect, x == &basic ? osb_buf_bytes(&key) : name, raw_value(e, f), err);
    if (x == &extended) {
        next.opt = osb_buf_bytes(&key);
        next.lookup = &inner;
    }
    if (rc == 0)
        rc = expand_found(e, x, &next, err);
    osb_buf_free(&key);
    return rc;
}

/* ${section:option}; `shown` is both. The name is canonicalized twice: once here, once by get(). */
static int expand_foreign(expansion *e, const frame *f, osb_bytes sect, osb_bytes name,
                          osb_bytes shown, osb_error *err) {
    char mem[64];
    osb_buf opt = OSB_BUF_ON(mem, sizeof mem);
    osb_bytes key;
    const section *where = configparser_find_any_section(e->cp, sect);
    const option *o = NULL;
    int rc = canonical_name(e, name, &opt, err);
    if (rc == 0 && where) {
        rc = configparser_xform(e->cp, osb_buf_bytes(&opt), &key, err);
        o = rc == 0 ? configparser_find_option(e->cp, where, key) : NULL;
    }
    if (rc == 0 && !o)
        rc = configparser_missing_reference(f->opt, f->sect, shown, raw_value(e, f), err);
    osb_lookup inner = {.cp = e->cp, .section = where, .merged = true};
    if (rc == 0) {
        frame next = {osb_buf_bytes(&opt), sect, &inner, option_value(o), f->depth + 1};
        rc = expand_found(e, &extended, &next, err);
    }
    osb_buf_free(&opt);
    return rc;
}

static int expand_reference(expansion *e, const syntax *x, const frame *f, osb_bytes name,
                            osb_bytes rest, osb_error *err) {
    size_t colon = x == &basic ? OSB_NPOS : osb_bytes_find_char(name, ':', 0);
    if (colon == OSB_NPOS)
        return expand_local(e, x, f, name, err);
    if (osb_bytes_find_char(name, ':', colon + 1) != OSB_NPOS)
        return osb_error_set(err, OSB_INTERPOLATIONSYNTAXERROR, "More than one ':' found: %r",
                             rest);
    return expand_foreign(e, f, osb_bytes_sub(name, 0, colon),
                          osb_bytes_sub(name, colon + 1, name.len), name, err);
}

/* The sign stands at the start of *rest: deal with it and what belongs to it. */
static int expand_sign(expansion *e, const syntax *x, const frame *f, osb_bytes *rest,
                       osb_error *err) {
    osb_bytes text = *rest, name;
    char next = text.len > 1 ? text.ptr[1] : '\0';
    if (text.len > 1 && next == x->sign) {
        *rest = osb_bytes_sub(text, 2, text.len);
        return configparser_add_expanded(e, osb_bytes_sub(text, 0, 1), err);
    }
    if (text.len < 2 || next != x->open)
        return osb_error_set(err, OSB_INTERPOLATIONSYNTAXERROR,
                             "'%c' must be followed by '%c' or '%c', found: %r", x->sign, x->sign,
                             x->open, text);
    size_t len = match_reference(x, text, &name);
    if (len == 0)
        return osb_error_set(err, OSB_INTERPOLATIONSYNTAXERROR,
                             "bad interpolation variable reference %r", text);
    *rest = osb_bytes_sub(text, len, text.len);
    if (configparser_charge(e, len, err) < 0)
        return -1;
    return expand_reference(e, x, f, name, *rest, err);
}

static int expand(expansion *e, const syntax *x, const frame *f, osb_error *err) {
    osb_bytes canonical;
    /* Python looks the raw value up at each step; all that shows of it is a failing optionxform. */
    if (e->cp->opts.optionxform && configparser_xform(e->cp, f->opt, &canonical, err) < 0)
        return -1;
    if (f->depth > OSB_MAX_INTERPOLATION_DEPTH)
        return configparser_too_deep(f->opt, f->sect, raw_value(e, f), err);
    osb_bytes rest = f->value;
    while (rest.len) {
        size_t sign = osb_bytes_find_char(rest, x->sign, 0);
        osb_bytes literal = osb_bytes_sub(rest, 0, sign == OSB_NPOS ? rest.len : sign);
        if (configparser_add_expanded(e, literal, err) < 0)
            return -1;
        rest = osb_bytes_sub(rest, literal.len, rest.len);
        if (rest.len && expand_sign(e, x, f, &rest, err) < 0)
            return -1;
    }
    return 0;
}

/* None becomes the empty text here, as in Python: items() lets interpolation see it. */
static int before_get(const syntax *x, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                      osb_bytes value, const osb_lookup *lookup, osb_buf *out, osb_error *err) {
    expansion e = {cp, out, cp->opts.interpolation_max + value.len}; /* only growth counts */
    frame f = {opt, sect, lookup, value, 1};
    return expand(&e, x, &f, err);
}

/* -- before set ---------------------------------------------------------------------------------- */

/* Append text without the doubled signs, left to right. */
static void drop_escapes(const syntax *x, osb_bytes text, osb_buf *out) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == x->sign && i + 1 < text.len && text.ptr[i + 1] == x->sign)
            i++;
        else
            osb_buf_addc(out, text.ptr[i]);
    }
}

/* The characters before the first sign that begins no reference, or OSB_NPOS. References before it
 * do not count. */
static size_t find_bad_sign(const syntax *x, osb_bytes text) {
    size_t characters = 0;
    while (text.len) {
        size_t sign = osb_bytes_find_char(text, x->sign, 0);
        if (sign == OSB_NPOS)
            return OSB_NPOS;
        characters += osb_text_len(osb_bytes_sub(text, 0, sign));
        text = osb_bytes_sub(text, sign, text.len);
        osb_bytes name;
        size_t len = text.len > 1 && text.ptr[1] == x->open ? match_reference(x, text, &name) : 0;
        if (len == 0)
            return characters;
        text = osb_bytes_sub(text, len, text.len);
    }
    return OSB_NPOS;
}

static int before_set(const syntax *x, osb_bytes value, osb_buf *out, osb_error *err) {
    osb_buf text = OSB_BUF_INIT;
    drop_escapes(x, value, &text);
    int rc = osb_buf_check(&text, err);
    size_t at = rc == 0 ? find_bad_sign(x, osb_buf_bytes(&text)) : OSB_NPOS;
    osb_buf_free(&text);
    if (at != OSB_NPOS)
        return osb_error_set(err, OSB_VALUEERROR,
                             "invalid interpolation syntax in %r at position %z", value, at);
    osb_buf_add(out, value);
    return rc;
}

/* -- the hooks ----------------------------------------------------------------------------------- */

static int basic_before_get(void *ctx, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                            osb_bytes value, const osb_lookup *lookup, osb_buf *out, bool *none,
                            osb_error *err) {
    (void)ctx;
    (void)none;
    return before_get(&basic, cp, sect, opt, value, lookup, out, err);
}

static int basic_before_set(void *ctx, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                            osb_bytes value, osb_buf *out, bool *none, osb_error *err) {
    (void)ctx, (void)cp, (void)sect, (void)opt, (void)none;
    return before_set(&basic, value, out, err);
}

static int extended_before_get(void *ctx, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                               osb_bytes value, const osb_lookup *lookup, osb_buf *out, bool *none,
                               osb_error *err) {
    (void)ctx;
    (void)none;
    return before_get(&extended, cp, sect, opt, value, lookup, out, err);
}

static int extended_before_set(void *ctx, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                               osb_bytes value, osb_buf *out, bool *none, osb_error *err) {
    (void)ctx, (void)cp, (void)sect, (void)opt, (void)none;
    return before_set(&extended, value, out, err);
}

const osb_interpolation osb_basic_interpolation = {.before_get = basic_before_get,
                                                   .before_set = basic_before_set};
const osb_interpolation osb_extended_interpolation = {.before_get = extended_before_get,
                                                      .before_set = extended_before_set};
