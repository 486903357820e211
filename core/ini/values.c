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

/* The backslash that joins two lines becomes a blank; the next line's indent stays. */
static void decode_systemd(const osb_bytes *lines, size_t n, osb_buf *out) {
    size_t start = out->len;
    for (size_t i = 0; i < n; i++) {
        osb_bytes line = osb_text_rstrip(i ? lines[i] : osb_text_lstrip(lines[i]));
        bool joins = i + 1 < n && osb_bytes_endswith(line, OSB_LIT("\\"));
        osb_buf_add(out, osb_bytes_sub(line, 0, line.len - joins));
        if (joins)
            osb_buf_addc(out, ' ');
    }
    osb_bytes value = osb_bytes_sub(osb_buf_bytes(out), start, out->len);
    osb_buf_truncate(out, start + osb_text_rstrip(value).len);
}

/* -- git ------------------------------------------------------------------------------------------ */

bool ini_backslash_joins(osb_bytes text, bool *quoted) {
    (void)quoted;
    size_t n = text.len;
    while (n && text.ptr[n - 1] == '\\')
        n--;
    return (text.len - n) % 2 == 1;
}

bool ini_git_joins(osb_bytes text, bool *quoted) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\\' && ++i == text.len)
            return true;
        if (!*quoted && (c == '#' || c == ';'))
            return false;
        if (c == '"')
            *quoted = !*quoted;
    }
    return false;
}

/* A git value being read: its lines in turn, quotes open from one to the next. Blanks at the value's
 * end count only in quotes: kept is the length of out up to what must stay. */
typedef struct git_value {
    osb_buf *out;
    size_t start, kept;
    bool quoted, valid;
} git_value;

/* The character behind a backslash: n t b " \, nothing else; at the line's end it joins the lines. */
static void decode_git_escape(git_value *v, char c) {
    char meaning = meaning_of(git_escapes, c);
    v->valid = v->valid && (meaning || c == '"' || c == '\\');
    osb_buf_addc(v->out, meaning ? meaning : c);
    v->kept = v->out->len;
}

static void decode_git_line(git_value *v, osb_bytes line) {
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (!v->quoted && (c == '#' || c == ';'))
            return;
        if (c == '\\') {
            if (++i < line.len)
                decode_git_escape(v, line.ptr[i]);
            continue;
        }
        bool blank = !v->quoted && (c == ' ' || c == '\t' || c == '\r');
        if (c == '"')
            v->quoted = !v->quoted;
        else if (!blank || v->out->len > v->start) /* none counts before the value has begun */
            osb_buf_addc(v->out, c);
        if (!blank)
            v->kept = v->out->len;
    }
}

static bool decode_git(const osb_bytes *lines, size_t n, osb_buf *out) {
    git_value v = {.out = out, .start = out->len, .kept = out->len, .valid = true};
    for (size_t i = 0; i < n; i++)
        decode_git_line(&v, i ? lines[i] : osb_text_strip(lines[i]));
    osb_buf_truncate(out, v.kept);
    return v.valid && !v.quoted;
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

/* Append the text between the quotes that raw begins with; false where they stay open or something
 * stands behind them. */
static bool decode_quoted(osb_bytes raw, const escape *escapes, osb_buf *out) {
    char quote = raw.ptr[0];
    size_t i = 1;
    for (; i < raw.len && raw.ptr[i] != quote; i++) {
        char next = i + 1 < raw.len ? raw.ptr[i + 1] : '\0';
        char meaning = escapes ? meaning_of(escapes, next) : '\0';
        bool escaped =
            quote == '"' && raw.ptr[i] == '\\' && (next == quote || next == '\\' || meaning);
        i += escaped;
        osb_buf_addc(out, escaped && meaning ? meaning : raw.ptr[i]);
    }
    return i + 1 == raw.len;
}

/* Source: PHP's INI scanner, INI_SCANNER_NORMAL */
static const struct {
    char word[8];
    char value[2];
} php_words[] = {{"on", "1"}, {"yes", "1"},  {"true", "1"}, {"off", ""},
                 {"no", ""},  {"false", ""}, {"none", ""},  {"null", ""}};

/* What an unquoted PHP word means; NULL: itself. */
static const char *php_word(osb_bytes raw) {
    char mem[16];
    osb_buf lower = OSB_BUF_ON(mem, sizeof mem);
    const char *value = NULL;
    osb_text_lower(&lower, osb_bytes_sub(raw, 0, 8));
    for (size_t i = 0; i < sizeof php_words / sizeof *php_words && raw.len < 8; i++) {
        if (osb_bytes_eq(osb_buf_bytes(&lower), osb_bytes_from(php_words[i].word)))
            value = php_words[i].value;
    }
    osb_buf_free(&lower);
    return value;
}

static bool is_quoted(osb_bytes raw) {
    return raw.len && (raw.ptr[0] == '"' || raw.ptr[0] == '\'');
}

static bool decode_php(osb_bytes raw, osb_buf *out) {
    raw = osb_bytes_sub(raw, 0, ini_value_extent(OSB_INI_PHP_VALUES, raw));
    if (is_quoted(raw))
        return decode_quoted(raw, NULL, out);
    const char *word = php_word(raw);
    osb_buf_add(out, word ? osb_bytes_from(word) : raw);
    return true;
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

/* Whether a text can stand without quotes where it stands for itself. */
static bool php_reads_bare(osb_bytes value) {
    return !is_quoted(value) && !php_word(value) && !has_edge_blank(value) &&
           ini_value_extent(OSB_INI_PHP_VALUES, value) == value.len;
}

/* Quotes are written where there were some, or where they are needed: an expression (E_ALL & ~E_STRICT)
 * must stay one. In double quotes PHP expands ${...}; single quotes hold anything but themselves. */
static void encode_php(osb_bytes value, osb_bytes old, osb_buf *out) {
    if (!is_quoted(old) && php_reads_bare(value))
        osb_buf_add(out, value);
    else if (has_any(value, "$") && !has_any(value, "'"))
        osb_buf_fmt(out, "'%b'", value);
    else
        add_quoted(value, out);
}

static bool decode_krb5(osb_bytes raw, osb_buf *out) {
    if (raw.len && raw.ptr[0] == '"')
        return decode_quoted(raw, git_escapes, out);
    osb_buf_add(out, raw);
    return true;
}

/* Quotes stay where they were, and come where they are needed. */
static void encode_krb5(osb_bytes value, osb_bytes old, osb_buf *out) {
    if (is_quoted(old) || has_edge_blank(value) || osb_bytes_startswith(value, OSB_LIT("\"")) ||
        osb_bytes_startswith(value, OSB_LIT("{")))
        add_quoted(value, out);
    else
        osb_buf_add(out, value);
}

/* -- all of them ---------------------------------------------------------------------------------- */

bool ini_decode_value(osb_ini_values how, const osb_bytes *lines, size_t n, osb_buf *out) {
    osb_bytes raw = osb_text_strip(lines[0]);
    switch (how) {
    case OSB_INI_VERBATIM: osb_buf_add(out, raw); break;
    case OSB_INI_SYSTEMD_VALUES: decode_systemd(lines, n, out); break;
    case OSB_INI_DESKTOP_VALUES: decode_desktop(raw, out); break;
    case OSB_INI_GIT_VALUES: return decode_git(lines, n, out);
    case OSB_INI_PHP_VALUES: return decode_php(raw, out);
    case OSB_INI_KRB5_VALUES: return decode_krb5(raw, out);
    }
    return true;
}

int ini_encode_value(osb_ini_values how, osb_bytes value, osb_bytes old, osb_buf *out,
                     osb_error *err) {
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
    case OSB_INI_PHP_VALUES: encode_php(value, old, out); break;
    case OSB_INI_KRB5_VALUES: encode_krb5(value, old, out); break;
    }
    return 0;
}
