/* LegacyInterpolation: the value is formatted by Python's % operator, up to ten times over.
 *
 * The operands are the mapping the value is read from, and every value in it is a text (or None), so
 * of printf's conversions only %s, %r, %a, %c and %% can succeed; the others fail with Python's text.
 * Source: LegacyInterpolation.before_get; PyUnicode_Format for the operator */
#include "internal.h"

#include <osbox/num.h>
#include <osbox/text.h>

/* One run of the operator. */
typedef struct formatting {
    expansion *e;
    const osb_lookup *lookup;
    osb_bytes format, rest;
    osb_bytes missing; /* the key that was not found; None: another error */
    bool keyed;        /* a key was used: the mapping itself is no operand any more */
    bool consumed;     /* the operand without a key was used */
    osb_error *err;
} formatting;

typedef enum operand_kind { TEXT, NONE_VALUE, MAPPING } operand_kind;

typedef struct conversion {
    bool left, sharp;
    size_t width, precision; /* precision OSB_NPOS: none */
    operand_kind kind;
    osb_bytes text; /* a TEXT's value */
    bool has_operand;
    uint32_t type;
} conversion;

static int fail_value(formatting *f, const char *message) {
    return osb_error_set(f->err, OSB_VALUEERROR, "%s", message);
}

static const char *type_name(const formatting *f, operand_kind kind) {
    static const char *const names[] = {"str", "NoneType"};
    return kind == MAPPING ? (f->lookup->merged ? "dict" : "ChainMap") : names[kind];
}

static char take(formatting *f) {
    char c = f->rest.ptr[0];
    f->rest = osb_bytes_sub(f->rest, 1, f->rest.len);
    return c;
}

/* "(key)": brackets nest. */
static int take_key(formatting *f, conversion *c) {
    size_t depth = 1, i = 1;
    for (; i < f->rest.len && depth; i++)
        depth += (f->rest.ptr[i] == '(') - (f->rest.ptr[i] == ')');
    if (depth)
        return fail_value(f, "incomplete format key");
    osb_bytes key = osb_bytes_sub(f->rest, 1, i - 1);
    if (!osb_lookup_get(f->lookup, key, &c->text)) {
        f->missing = key;
        return -1;
    }
    c->kind = osb_bytes_is_none(c->text) ? NONE_VALUE : TEXT;
    c->has_operand = f->keyed = true;
    f->consumed = false;
    f->rest = osb_bytes_sub(f->rest, i, f->rest.len);
    return 0;
}

/* The operand: the keyed value, else, once, the mapping itself. */
static int need_operand(formatting *f, conversion *c) {
    if (f->consumed || (f->keyed && !c->has_operand))
        return osb_error_set(f->err, OSB_TYPEERROR, "not enough arguments for format string");
    if (!c->has_operand)
        c->kind = MAPPING;
    f->consumed = true;
    return 0;
}

/* Digits, or "*", which needs a number and gets none. */
static int take_number(formatting *f, conversion *c, size_t *ret, const char *too_big) {
    if (f->rest.len && f->rest.ptr[0] == '*') {
        take(f);
        if (need_operand(f, c) < 0)
            return -1;
        return osb_error_set(f->err, OSB_TYPEERROR, "* wants int");
    }
    size_t n = 0;
    while (f->rest.len && f->rest.ptr[0] >= '0' && f->rest.ptr[0] <= '9') {
        n = n * 10 + (size_t)(take(f) - '0');
        if (n > INT32_MAX)
            return fail_value(f, too_big);
    }
    *ret = n;
    return 0;
}

static bool next_is_one_of(const formatting *f, const char *characters) {
    return f->rest.len && f->rest.ptr[0] && strchr(characters, f->rest.ptr[0]);
}

static void take_flags(formatting *f, conversion *c) {
    while (next_is_one_of(f, "-+ #0")) {
        char flag = take(f);
        c->left = c->left || flag == '-';
        c->sharp = c->sharp || flag == '#';
    }
}

static int parse_conversion(formatting *f, conversion *c) {
    if (f->rest.len && f->rest.ptr[0] == '(' && take_key(f, c) < 0)
        return -1;
    take_flags(f, c);
    if (take_number(f, c, &c->width, "width too big") < 0)
        return -1;
    if (f->rest.len && f->rest.ptr[0] == '.') {
        take(f);
        if (take_number(f, c, &c->precision, "precision too big") < 0)
            return -1;
    }
    if (next_is_one_of(f, "hlL"))
        take(f);
    if (f->rest.len == 0)
        return fail_value(f, "incomplete format");
    size_t n = osb_text_next(f->rest.ptr, f->rest.ptr + f->rest.len, &c->type);
    f->rest = osb_bytes_sub(f->rest, n, f->rest.len);
    return 0;
}

static int add_blanks(formatting *f, size_t n) {
    if (configparser_charge(f->e, n, f->err) < 0)
        return -1;
    for (; n; n--)
        osb_buf_addc(f->e->out, ' ');
    return 0;
}

static int add_padded(formatting *f, const conversion *c, osb_bytes text) {
    if (c->precision != OSB_NPOS)
        text = osb_bytes_sub(text, 0, osb_text_offset(text, c->precision));
    size_t length = osb_text_len(text);
    size_t pad = c->width > length ? c->width - length : 0;
    if (!c->left && add_blanks(f, pad) < 0)
        return -1;
    if (configparser_add_expanded(f->e, text, f->err) < 0)
        return -1;
    return c->left ? add_blanks(f, pad) : 0;
}

/* repr() with every character past ASCII escaped. Source: ascii() */
static void add_ascii(osb_buf *out, osb_bytes repr) {
    const char *end = repr.ptr + repr.len;
    for (const char *p = repr.ptr; p < end;) {
        uint32_t cp;
        p += osb_text_next(p, end, &cp);
        if (cp < 0x80)
            osb_buf_addc(out, (char)cp);
        else
            osb_buf_fmt(out, cp < 0x100 ? "\\x%02x" : cp < 0x10000 ? "\\u%04x" : "\\U%08x", cp);
    }
}

/* %s, %r, %a */
static int convert_text(formatting *f, const conversion *c) {
    osb_buf text = OSB_BUF_INIT, ascii = OSB_BUF_INIT;
    if (c->kind == MAPPING)
        configparser_repr_lookup(f->lookup, &text);
    else if (c->kind == NONE_VALUE || c->type != 's')
        osb_buf_fmt(&text, "%r", c->text);
    else
        osb_buf_add(&text, c->text);
    osb_buf *shown = &text;
    if (c->type == 'a') {
        add_ascii(&ascii, osb_buf_bytes(&text));
        shown = &ascii;
    }
    int rc = osb_buf_check(shown, f->err);
    if (rc == 0)
        rc = add_padded(f, c, osb_buf_bytes(shown));
    osb_buf_free(&text);
    osb_buf_free(&ascii);
    return rc;
}

static int convert_char(formatting *f, const conversion *c) {
    if (c->kind != TEXT || osb_text_len(c->text) != 1)
        return osb_error_set(f->err, OSB_TYPEERROR, "%%c requires int or char");
    conversion whole = *c;
    whole.precision = OSB_NPOS;
    return add_padded(f, &whole, c->text);
}

/* The conversions that no text can meet. */
static int fail_conversion(formatting *f, const conversion *c) {
    const char *type = type_name(f, c->kind);
    bool is_ascii = c->type > 0 && c->type < 0x80;
    if (is_ascii && strchr("diu", (char)c->type))
        return osb_error_set(f->err, OSB_TYPEERROR,
                             "%%%c format: a real number is required, not %s", (int)c->type, type);
    if (is_ascii && strchr("oxX", (char)c->type))
        return osb_error_set(f->err, OSB_TYPEERROR, "%%%c format: an integer is required, not %s",
                             (int)c->type, type);
    if (is_ascii && strchr("eEfFgG", (char)c->type))
        return osb_error_set(f->err, OSB_TYPEERROR, "must be real number, not %s", type);
    osb_bytes before = {f->format.ptr, (size_t)(f->rest.ptr - f->format.ptr)};
    return osb_error_set(
        f->err, OSB_VALUEERROR, "unsupported format character '%c' (0x%x) at index %z",
        c->type > 30 && c->type < 127 ? (int)c->type : '?', c->type, osb_text_len(before) - 1);
}

static int convert(formatting *f, conversion *c) {
    if (need_operand(f, c) < 0)
        return -1;
    if (c->type == 's' || c->type == 'r' || c->type == 'a')
        return convert_text(f, c);
    if (c->type == 'c')
        return convert_char(f, c);
    return fail_conversion(f, c);
}

/* What follows a sign: another one, or a conversion. */
static int format_sign(formatting *f) {
    conversion c = {.precision = OSB_NPOS};
    if (next_is_one_of(f, "%")) {
        take(f);
        return configparser_add_expanded(f->e, OSB_LIT("%"), f->err);
    }
    return parse_conversion(f, &c) < 0 ? -1 : convert(f, &c);
}

/* format % mapping. -1 with f->missing set: a key was not found. */
static int format_mapping(formatting *f) {
    f->rest = f->format;
    while (f->rest.len) {
        size_t sign = osb_bytes_find_char(f->rest, '%', 0);
        osb_bytes literal = osb_bytes_sub(f->rest, 0, sign == OSB_NPOS ? f->rest.len : sign);
        if (configparser_add_expanded(f->e, literal, f->err) < 0)
            return -1;
        f->rest = osb_bytes_sub(f->rest, literal.len, f->rest.len);
        if (f->rest.len == 0)
            break;
        take(f);
        if (format_sign(f) < 0)
            return -1;
    }
    return 0;
}

/* -- what a mapping looks like ------------------------------------------------------------------- */

static void repr_item(osb_buf *out, bool *first, osb_bytes key, osb_bytes value) {
    osb_buf_fmt(out, *first ? "%r: %r" : ", %r: %r", key, value);
    *first = false;
}

static void repr_options(const osb_map *options, osb_buf *out) {
    bool first = true;
    osb_buf_addc(out, '{');
    for (const option *o = NULL; options && (o = osb_map_next(options, o));)
        repr_item(out, &first, osb_map_key(&o->entry), option_value(o));
    osb_buf_addc(out, '}');
}

/* DEFAULT's options, the section's, vars': one dict, later ones in the place of earlier ones. */
static void repr_merged(const osb_lookup *lookup, osb_buf *out) {
    const osb_map *maps[] = {&lookup->cp->defaults.options,
                             lookup->section ? &lookup->section->options : NULL, lookup->vars};
    bool first = true;
    osb_buf_addc(out, '{');
    for (size_t i = 0; i < 3; i++) {
        for (const option *o = NULL; maps[i] && (o = osb_map_next(maps[i], o));) {
            osb_bytes key = osb_map_key(&o->entry), value;
            bool shown = (i > 0 && osb_map_get(maps[0], key)) ||
                         (i > 1 && maps[1] && osb_map_get(maps[1], key));
            if (!shown && osb_lookup_get(lookup, key, &value))
                repr_item(out, &first, key, value);
        }
    }
    osb_buf_addc(out, '}');
}

void configparser_repr_lookup(const osb_lookup *lookup, osb_buf *out) {
    if (lookup->merged) {
        repr_merged(lookup, out);
        return;
    }
    osb_buf_adds(out, "ChainMap(");
    repr_options(lookup->vars, out);
    osb_buf_adds(out, ", ");
    repr_options(lookup->section && lookup->section != &lookup->cp->defaults
                     ? &lookup->section->options
                     : NULL,
                 out);
    osb_buf_adds(out, ", ");
    repr_options(&lookup->cp->defaults.options, out);
    osb_buf_addc(out, ')');
}

/* -- the hooks ----------------------------------------------------------------------------------- */

/* Append value with the name in each %(name)s made canonical. A closing bracket that was looked for
 * in vain is not looked for again. */
static int canonicalize(osb_configparser *cp, osb_bytes value, osb_buf *out, osb_error *err) {
    size_t close = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool opens = value.ptr[i] == '%' && i + 1 < value.len && value.ptr[i + 1] == '(';
        if (opens && close != OSB_NPOS && close < i + 2)
            close = osb_bytes_find_char(value, ')', i + 2);
        if (!opens || close == OSB_NPOS || close + 1 >= value.len || value.ptr[close + 1] != 's') {
            osb_buf_addc(out, value.ptr[i]);
            continue;
        }
        osb_bytes key;
        if (configparser_xform(cp, osb_bytes_sub(value, i + 2, close), &key, err) < 0)
            return -1;
        osb_buf_fmt(out, "%%(%b)s", key);
        i = close + 1;
    }
    return osb_buf_check(out, err);
}

/* One round: canonicalize, then format. */
static int legacy_round(osb_configparser *cp, osb_bytes sect, osb_bytes opt, osb_bytes raw,
                        osb_bytes value, const osb_lookup *lookup, osb_buf *out, osb_error *err) {
    osb_buf format = OSB_BUF_INIT;
    expansion e = {cp, out, cp->opts.interpolation_max + raw.len};
    formatting f = {.e = &e, .lookup = lookup, .missing = OSB_NONE, .err = err};
    int rc = canonicalize(cp, value, &format, err);
    f.format = osb_buf_bytes(&format);
    if (rc == 0)
        rc = format_mapping(&f);
    if (rc < 0 && !osb_bytes_is_none(f.missing))
        configparser_missing_reference(opt, sect, f.missing, raw, err);
    osb_buf_free(&format);
    return rc == 0 ? osb_buf_check(out, err) : rc;
}

static bool has_reference(osb_bytes value) {
    return osb_bytes_find(value, OSB_LIT("%("), 0) != OSB_NPOS;
}

static int legacy_before_get(void *ctx, osb_configparser *cp, osb_bytes sect, osb_bytes opt,
                             osb_bytes value, const osb_lookup *lookup, osb_buf *out, bool *none,
                             osb_error *err) {
    (void)ctx;
    if (osb_bytes_is_none(value)) {
        *none = true;
        return 0;
    }
    osb_buf rounds[2] = {OSB_BUF_INIT, OSB_BUF_INIT};
    osb_bytes current = value;
    int rc = 0;
    for (int i = 0; i < OSB_MAX_INTERPOLATION_DEPTH && rc == 0 && has_reference(current); i++) {
        osb_buf *next = &rounds[i % 2];
        osb_buf_truncate(next, 0);
        rc = legacy_round(cp, sect, opt, value, current, lookup, next, err);
        current = osb_buf_bytes(next);
    }
    if (rc == 0 && has_reference(current))
        rc = configparser_too_deep(opt, sect, value, err);
    if (rc == 0)
        osb_buf_add(out, current);
    osb_buf_free(&rounds[0]);
    osb_buf_free(&rounds[1]);
    return rc;
}

const osb_interpolation osb_legacy_interpolation = {.before_get = legacy_before_get};
