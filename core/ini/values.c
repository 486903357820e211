/* How the dialects write values. Sources: git-config(1), systemd.syntax(7), the Desktop Entry
 * Specification, PHP's parse_ini_file, krb5.conf(5). */
#include "internal.h"

#include <osbox/text.h>

/* Where the text behind a delimiter ends as a value and a comment begins, quotes honoured. */
static size_t find_comment(osb_bytes raw, const char *starters, const char *quotes) {
    char quote = '\0';
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '\\' && quote != '\'')
            i++;
        else if (quote && c == quote)
            quote = '\0';
        else if (!quote && c && strchr(quotes, c))
            quote = c;
        else if (!quote && c && strchr(starters, c))
            return i;
    }
    return raw.len;
}

size_t ini_value_extent(osb_ini_values how, osb_bytes raw) {
    size_t end = raw.len;
    if (how == OSB_INI_GIT_VALUES)
        end = find_comment(raw, "#;", "\"");
    else if (how == OSB_INI_PHP_VALUES)
        end = find_comment(raw, ";", "\"'");
    return osb_text_rstrip(osb_bytes_sub(raw, 0, end)).len;
}

/* What a letter behind a backslash stands for; 0: nothing. */
typedef struct escape {
    char letter, meaning;
} escape;

static const escape git_escapes[] = {{'n', '\n'}, {'t', '\t'}, {'b', '\b'}, {0, 0}};
static const escape desktop_escapes[] = {{'s', ' '}, {'n', '\n'}, {'t', '\t'}, {'r', '\r'}, {0, 0}};

static char meaning_of(const escape *escapes, char letter) {
    while (escapes->letter && escapes->letter != letter)
        escapes++;
    return escapes->meaning;
}

static char letter_for(const escape *escapes, char c) {
    while (escapes->letter && escapes->meaning != c)
        escapes++;
    return escapes->letter;
}

/* -- systemd -------------------------------------------------------------------------------------- */

/* The backslash that joins two lines becomes a blank. */
static void decode_systemd(const osb_bytes *lines, size_t n, osb_buf *out) {
    size_t start = out->len;
    for (size_t i = 0; i < n; i++) {
        osb_bytes line = osb_text_strip(lines[i]);
        bool joins = i + 1 < n && osb_bytes_endswith(line, OSB_LIT("\\"));
        osb_buf_add(out, osb_bytes_sub(line, 0, line.len - joins));
        if (joins)
            osb_buf_addc(out, ' ');
    }
    osb_bytes value = osb_bytes_sub(osb_buf_bytes(out), start, out->len);
    osb_buf_truncate(out, start + osb_text_rstrip(value).len);
}

/* -- git ------------------------------------------------------------------------------------------ */

/* One line of a git value; quotes may span lines. Blanks at the value's end count only in quotes:
 * *kept is the length of out up to what must stay. */
static void decode_git_line(osb_bytes line, bool *quoted, osb_buf *out, size_t *kept) {
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '"') {
            *quoted = !*quoted;
            *kept = out->len;
            continue;
        }
        if (c == '\\' && i + 1 < line.len) {
            char next = line.ptr[++i];
            char meaning = meaning_of(git_escapes, next);
            osb_buf_addc(out, meaning ? meaning : next);
            *kept = out->len;
            continue;
        }
        if (c == '\\' || (!*quoted && (c == '#' || c == ';')))
            break;
        osb_buf_addc(out, c);
        if (*quoted || (c != ' ' && c != '\t' && c != '\r'))
            *kept = out->len;
    }
}

static void decode_git(const osb_bytes *lines, size_t n, osb_buf *out) {
    bool quoted = false;
    size_t kept = out->len;
    for (size_t i = 0; i < n; i++)
        decode_git_line(i ? lines[i] : osb_text_strip(lines[i]), &quoted, out, &kept);
    osb_buf_truncate(out, kept);
}

static bool has_edge_blank(osb_bytes value) {
    return osb_text_strip(value).len != value.len;
}

static bool has_any(osb_bytes value, const char *characters) {
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] && strchr(characters, value.ptr[i]))
            return true;
    }
    return false;
}

static void encode_git(osb_bytes value, osb_buf *out) {
    bool quote = has_edge_blank(value) || has_any(value, "#;\r");
    if (quote)
        osb_buf_addc(out, '"');
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        char letter = letter_for(git_escapes, c);
        if (letter || c == '"' || c == '\\')
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, letter ? letter : c);
    }
    if (quote)
        osb_buf_addc(out, '"');
}

/* -- desktop -------------------------------------------------------------------------------------- */

static void decode_desktop(osb_bytes raw, osb_buf *out) {
    for (size_t i = 0; i < raw.len; i++) {
        char next = raw.ptr[i] == '\\' && i + 1 < raw.len ? raw.ptr[i + 1] : '\0';
        char meaning = next == '\\' ? '\\' : meaning_of(desktop_escapes, next);
        if (next && meaning) {
            osb_buf_addc(out, meaning);
            i++;
        } else {
            osb_buf_addc(out, raw.ptr[i]);
        }
    }
}

/* A blank needs its escape at the edges only. */
static void encode_desktop(osb_bytes value, osb_buf *out) {
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        char letter = c == '\\' ? '\\' : letter_for(desktop_escapes, c);
        bool inner_blank = c == ' ' && i > 0 && i + 1 < value.len;
        if (letter && !inner_blank)
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, letter && !inner_blank ? letter : c);
    }
}

/* -- php and krb5 --------------------------------------------------------------------------------- */

/* Append the text between the quotes that raw begins with. */
static void decode_quoted(osb_bytes raw, const escape *escapes, osb_buf *out) {
    char quote = raw.ptr[0];
    for (size_t i = 1; i < raw.len && raw.ptr[i] != quote; i++) {
        char next = i + 1 < raw.len ? raw.ptr[i + 1] : '\0';
        char meaning = escapes ? meaning_of(escapes, next) : '\0';
        bool escaped =
            quote == '"' && raw.ptr[i] == '\\' && (next == quote || next == '\\' || meaning);
        i += escaped;
        osb_buf_addc(out, escaped && meaning ? meaning : raw.ptr[i]);
    }
}

/* Source: PHP's INI scanner, INI_SCANNER_NORMAL */
static const struct {
    char word[8];
    char value[2];
} php_words[] = {{"on", "1"}, {"yes", "1"},  {"true", "1"}, {"off", ""},
                 {"no", ""},  {"false", ""}, {"none", ""},  {"null", ""}};

static void decode_php(osb_bytes raw, osb_buf *out) {
    raw = osb_bytes_sub(raw, 0, ini_value_extent(OSB_INI_PHP_VALUES, raw));
    if (raw.len && (raw.ptr[0] == '"' || raw.ptr[0] == '\'')) {
        decode_quoted(raw, NULL, out);
        return;
    }
    char mem[16];
    osb_buf lower = OSB_BUF_ON(mem, sizeof mem);
    osb_text_lower(&lower, osb_bytes_sub(raw, 0, 8));
    for (size_t i = 0; i < sizeof php_words / sizeof *php_words; i++) {
        if (raw.len > 7 || !osb_bytes_eq(osb_buf_bytes(&lower), osb_bytes_from(php_words[i].word)))
            continue;
        osb_buf_adds(out, php_words[i].value);
        osb_buf_free(&lower);
        return;
    }
    osb_buf_free(&lower);
    osb_buf_add(out, raw);
}

static void add_quoted(osb_bytes value, osb_buf *out) {
    osb_buf_addc(out, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"' || value.ptr[i] == '\\')
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, value.ptr[i]);
    }
    osb_buf_addc(out, '"');
}

/* In double quotes PHP expands ${...}; single quotes hold anything but themselves. */
static void encode_php(osb_bytes value, osb_buf *out) {
    bool digits_only = value.len > 0;
    for (size_t i = 0; i < value.len; i++)
        digits_only = digits_only && value.ptr[i] >= '0' && value.ptr[i] <= '9';
    if (digits_only)
        osb_buf_add(out, value);
    else if (has_any(value, "$") && !has_any(value, "'"))
        osb_buf_fmt(out, "'%b'", value);
    else
        add_quoted(value, out);
}

static void decode_krb5(osb_bytes raw, osb_buf *out) {
    if (raw.len && raw.ptr[0] == '"')
        decode_quoted(raw, git_escapes, out);
    else
        osb_buf_add(out, raw);
}

static void encode_krb5(osb_bytes value, osb_buf *out) {
    if (value.len == 0 || has_edge_blank(value) || value.ptr[0] == '"' || value.ptr[0] == '{')
        add_quoted(value, out);
    else
        osb_buf_add(out, value);
}

/* -- all of them ---------------------------------------------------------------------------------- */

void ini_decode_value(osb_ini_values how, const osb_bytes *lines, size_t n, osb_buf *out) {
    osb_bytes raw = osb_text_strip(lines[0]);
    switch (how) {
    case OSB_INI_VERBATIM: osb_buf_add(out, raw); break;
    case OSB_INI_SYSTEMD_VALUES: decode_systemd(lines, n, out); break;
    case OSB_INI_GIT_VALUES: decode_git(lines, n, out); break;
    case OSB_INI_DESKTOP_VALUES: decode_desktop(raw, out); break;
    case OSB_INI_PHP_VALUES: decode_php(raw, out); break;
    case OSB_INI_KRB5_VALUES: decode_krb5(raw, out); break;
    }
}

int ini_encode_value(osb_ini_values how, osb_bytes value, osb_buf *out, osb_error *err) {
    bool has_newline = osb_bytes_find_char(value, '\n', 0) != OSB_NPOS;
    bool expressible = how == OSB_INI_GIT_VALUES || how == OSB_INI_DESKTOP_VALUES;
    if (has_newline && !expressible)
        return osb_error_set(err, OSB_VALUEERROR, "a newline cannot stand in a value here: %r",
                             value);
    switch (how) {
    case OSB_INI_VERBATIM:
    case OSB_INI_SYSTEMD_VALUES: osb_buf_add(out, value); break;
    case OSB_INI_GIT_VALUES: encode_git(value, out); break;
    case OSB_INI_DESKTOP_VALUES: encode_desktop(value, out); break;
    case OSB_INI_PHP_VALUES: encode_php(value, out); break;
    case OSB_INI_KRB5_VALUES: encode_krb5(value, out); break;
    }
    return 0;
}
