/* Lines with the canonical names they belong to: what a dialect makes of headers and keys. */
#include "internal.h"

#include <osbox/text.h>

osb_ini_grammar ini_grammar(const osb_ini_format *format, bool universal_newlines) {
    const osb_configparser_opts *opts = &format->opts;
    return (osb_ini_grammar){.delimiters = opts->delimiters,
                             .comment_prefixes = opts->comment_prefixes,
                             .inline_comment_prefixes = opts->inline_comment_prefixes,
                             .allow_no_value = opts->allow_no_value,
                             .empty_lines_in_values = opts->empty_lines_in_values,
                             .universal_newlines = universal_newlines,
                             .flat = format->dialect->flat,
                             .joins = format->dialect->joins,
                             .comments_in_joined = format->dialect->comments_in_joined,
                             .headerless = format->dialect->headerless};
}

void ini_reader_start(ini_reader *r, const osb_ini_format *format, osb_bytes text, osb_arena *a) {
    *r = (ini_reader){.format = format, .arena = a, .section = OSB_LIT("")};
    r->grammar = ini_grammar(format, true);
    osb_ini_scan_start(&r->scanner, &r->grammar);
    osb_ini_scan_feed(&r->scanner, text);
}

osb_bytes ini_raw_value(const osb_ini_format *format, const osb_ini_line *line) {
    const char *end = line->whole.ptr + line->whole.len;
    return format->opts.inline_comment_prefixes.n
               ? line->value
               : (osb_bytes){line->value.ptr, (size_t)(end - line->value.ptr)};
}

/* -- keys ----------------------------------------------------------------------------------------- */

int ini_key(const osb_ini_format *format, osb_bytes name, osb_arena *a, osb_bytes *ret,
            osb_error *err) {
    if (format->opts.optionxform == osb_ini_keep_case ||
        (!format->opts.optionxform && osb_text_is_lower_ascii(name))) {
        *ret = name;
        return 0;
    }
    osb_buf key = OSB_BUF_INIT;
    int rc = 0;
    if (format->opts.optionxform)
        rc = format->opts.optionxform(format->opts.optionxform_ctx, name, &key, err);
    else
        osb_text_lower(&key, name);
    if (rc == 0)
        rc = osb_buf_check(&key, err);
    if (rc == 0) {
        *ret = osb_arena_copy(a, osb_buf_bytes(&key));
        rc = osb_bytes_is_none(*ret) ? osb_error_set_nomem(err) : 0;
    }
    osb_buf_free(&key);
    return rc;
}

/* -- names that can be written -------------------------------------------------------------------- */

static bool is_git_name(osb_bytes name, bool is_key) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i], lower = (char)(c | 0x20);
        bool letter = lower >= 'a' && lower <= 'z';
        bool other = (c >= '0' && c <= '9') || c == '-';
        if (!letter && !(other && (i > 0 || !is_key)))
            return false;
    }
    return name.len > 0;
}

static int check_git_names(osb_bytes section, osb_bytes key, osb_error *err) {
    size_t dot = osb_bytes_find_char(section, '.', 0);
    osb_bytes first = osb_bytes_sub(section, 0, dot == OSB_NPOS ? section.len : dot);
    if (!is_git_name(first, false))
        return osb_error_set(err, OSB_VALUEERROR,
                             "a git config section is letters, digits and -: %r", first);
    if (!osb_bytes_is_none(key) && !is_git_name(key, true))
        return osb_error_set(
            err, OSB_VALUEERROR,
            "a git config key is letters, digits and -, and begins with a letter: %r", key);
    return 0;
}

static bool has_newline(osb_bytes name) {
    return osb_bytes_find_char(name, '\n', 0) != OSB_NPOS ||
           osb_bytes_find_char(name, '\r', 0) != OSB_NPOS;
}

int ini_check_names(const osb_ini_format *format, osb_bytes section, osb_bytes key,
                    osb_error *err) {
    if (section.len == 0 && !format->dialect->headerless)
        return osb_error_set(err, OSB_VALUEERROR, "a section needs a name");
    if (!osb_bytes_is_none(key) && key.len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "an option needs a name");
    if (has_newline(section) || has_newline(key))
        return osb_error_set(err, OSB_VALUEERROR, "a name cannot hold a newline: %r",
                             has_newline(section) ? section : key);
    if (format->dialect->headers == OSB_INI_GIT_HEADERS)
        return check_git_names(section, key, err);
    return 0;
}

/* -- git headers ---------------------------------------------------------------------------------- */

int osb_ini_section(const osb_ini_format *format, osb_bytes name, osb_arena *a, osb_bytes *ret,
                    osb_error *err) {
    size_t dot = osb_bytes_find_char(name, '.', 0);
    osb_bytes first = osb_bytes_sub(name, 0, dot == OSB_NPOS ? name.len : dot);
    *ret = name;
    if (format->dialect->headers != OSB_INI_GIT_HEADERS || osb_text_is_lower_ascii(first))
        return 0;
    osb_buf section = OSB_BUF_INIT;
    osb_text_lower(&section, first);
    osb_buf_add(&section, osb_bytes_sub(name, first.len, name.len));
    *ret = section.state == OSB_BUF_OK ? osb_arena_copy(a, osb_buf_bytes(&section)) : OSB_NONE;
    osb_buf_free(&section);
    return osb_bytes_is_none(*ret) ? osb_error_set_nomem(err) : 0;
}

/* `remote "origin"` becomes remote.origin: the first word in lower case, the quoted one as it is.
 * False where something stands behind the quotes. */
static bool add_git_section(osb_bytes name, osb_buf *section) {
    size_t quote = osb_bytes_find_char(name, '"', 0);
    osb_bytes word = quote == OSB_NPOS ? name : osb_bytes_sub(name, 0, quote);
    osb_text_lower(section, osb_text_strip(word));
    if (quote == OSB_NPOS)
        return true;
    osb_buf_addc(section, '.');
    for (size_t i = quote + 1; i < name.len; i++) {
        if (name.ptr[i] == '"')
            return osb_text_strip(osb_bytes_sub(name, i + 1, name.len)).len == 0;
        if (name.ptr[i] == '\\' && i + 1 < name.len)
            i++;
        osb_buf_addc(section, name.ptr[i]);
    }
    return false;
}

/* A git header; one with an option or anything else on its line is an error: to pass it over would be
 * to lose it. */
static int read_git_header(ini_reader *r, osb_ini_line *line, osb_error *err) {
    osb_buf section = OSB_BUF_INIT;
    const char *end = line->name.ptr + line->name.len + 1;
    osb_bytes tail =
        osb_text_strip((osb_bytes){end, (size_t)(line->whole.ptr + line->whole.len - end)});
    bool alone = tail.len == 0 || tail.ptr[0] == '#' || tail.ptr[0] == ';';
    if (!add_git_section(line->name, &section) || !alone)
        line->kind = OSB_INI_ERROR;
    int rc = osb_buf_check(&section, err);
    if (rc == 0) {
        r->section = osb_arena_copy(r->arena, osb_buf_bytes(&section));
        rc = osb_bytes_is_none(r->section) ? osb_error_set_nomem(err) : 0;
    }
    osb_buf_free(&section);
    return rc;
}

static void git_header(osb_bytes section, osb_buf *out) {
    size_t dot = osb_bytes_find_char(section, '.', 0);
    if (dot == OSB_NPOS) {
        osb_buf_fmt(out, "[%b]", section);
        return;
    }
    osb_buf_fmt(out, "[%b \"", osb_bytes_sub(section, 0, dot));
    for (size_t i = dot + 1; i < section.len; i++) {
        if (section.ptr[i] == '"' || section.ptr[i] == '\\')
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, section.ptr[i]);
    }
    osb_buf_adds(out, "\"]");
}

int ini_header(osb_ini_headers how, osb_bytes section, osb_buf *out, osb_error *err) {
    if (section.len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "the section without a name has no header");
    if (how == OSB_INI_KRB5_HEADERS && osb_bytes_find_char(section, '/', 0) != OSB_NPOS)
        return osb_error_set(err, OSB_VALUEERROR, "a subsection (%r) must be opened by hand",
                             section);
    if (how == OSB_INI_GIT_HEADERS)
        git_header(section, out);
    else
        osb_buf_fmt(out, "[%b]", section);
    return osb_buf_check(out, err);
}

/* -- krb5 subsections ----------------------------------------------------------------------------- */

static osb_bytes without_final_star(osb_bytes name) {
    return osb_bytes_endswith(name, OSB_LIT("*"))
               ? osb_text_rstrip(osb_bytes_sub(name, 0, name.len - 1))
               : name;
}

static int open_subsection(ini_reader *r, osb_bytes name, osb_error *err) {
    if (r->depth == INI_MAX_DEPTH)
        return osb_error_set_at(err, OSB_PARSINGERROR, r->scanner.number, 0,
                                "subsections are nested more than %d deep", INI_MAX_DEPTH);
    osb_buf path = OSB_BUF_INIT;
    osb_buf_fmt(&path, "%b/%b", r->section, name);
    int rc = osb_buf_check(&path, err);
    osb_bytes section = rc == 0 ? osb_arena_copy(r->arena, osb_buf_bytes(&path)) : OSB_NONE;
    osb_buf_free(&path);
    if (osb_bytes_is_none(section))
        return rc == 0 ? osb_error_set_nomem(err) : rc;
    r->outer[r->depth++] = r->section;
    r->section = section;
    return 0;
}

static bool is_directive(osb_bytes text) {
    return osb_bytes_startswith(text, OSB_LIT("include ")) ||
           osb_bytes_startswith(text, OSB_LIT("includedir ")) ||
           osb_bytes_startswith(text, OSB_LIT("module "));
}

static int read_krb5_line(ini_reader *r, osb_ini_line *line, ini_place *place, osb_error *err) {
    if (line->kind == OSB_INI_HEADER)
        r->depth = 0;
    if (line->kind == OSB_INI_OPTION && osb_bytes_eq(line->value, OSB_LIT("{"))) {
        place->opens = true;
        line->kind = OSB_INI_HEADER;
        return open_subsection(r, without_final_star(line->name), err);
    }
    if (line->kind != OSB_INI_ERROR)
        return 0;
    if (r->depth && osb_bytes_eq(without_final_star(line->name), OSB_LIT("}"))) {
        place->closes = true;
        line->kind = OSB_INI_COMMENT;
        r->section = r->outer[--r->depth];
    } else if (is_directive(line->name)) {
        line->kind = OSB_INI_COMMENT;
    }
    return 0;
}

/* -- lines ---------------------------------------------------------------------------------------- */

int ini_reader_next(ini_reader *r, osb_ini_line *line, ini_place *place, osb_error *err) {
    if (!osb_ini_scan_next(&r->scanner, line))
        return 0;
    const osb_ini_dialect *dialect = r->format->dialect;
    *place = (ini_place){0};
    if (line->kind == OSB_INI_HEADER) {
        r->section = line->name;
        if (dialect->headers == OSB_INI_GIT_HEADERS && read_git_header(r, line, err) < 0)
            return -1;
    }
    if (dialect->headers == OSB_INI_KRB5_HEADERS && read_krb5_line(r, line, place, err) < 0)
        return -1;
    place->section = r->section;
    if (line->kind != OSB_INI_OPTION)
        return 1;
    osb_bytes name =
        dialect->headers == OSB_INI_KRB5_HEADERS ? without_final_star(line->name) : line->name;
    if (ini_key(r->format, name, r->arena, &place->key, err) < 0)
        return -1;
    if (place->key.len == 0)
        osb_ini_scan_drop_option(&r->scanner);
    return 1;
}
