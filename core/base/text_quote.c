/* Text made fit for others to read: Python (repr), JSON, a shell, a terminal.
 *
 * Each writer copies runs of plain characters whole and turns the others into escapes. */
#include <osbox/text.h>

/* A letter after a backslash stands for some characters; the letters in `to` for those in `from`. */
typedef struct escapes {
    osb_bytes from;
    const char *to;
} escapes;

static const escapes repr_escapes = {OSB_LIT("\t\n\r\\'\""), "tnr\\'\""};
static const escapes json_escapes = {OSB_LIT("\b\t\n\f\r\\\""), "btnfr\\\""};

static bool add_letter(osb_buf *b, const escapes *known, uint32_t cp) {
    size_t i = cp < 0x80 ? osb_bytes_find_char(known->from, (char)cp, 0) : OSB_NPOS;
    if (i == OSB_NPOS)
        return false;
    osb_buf_addc(b, '\\');
    osb_buf_addc(b, known->to[i]);
    return true;
}

/* Python prefers single quotes, unless that means escaping and double quotes do not. */
static char repr_quote(osb_bytes s) {
    bool has_single = osb_bytes_find_char(s, '\'', 0) != OSB_NPOS;
    bool has_double = osb_bytes_find_char(s, '"', 0) != OSB_NPOS;
    return has_single && !has_double ? '"' : '\'';
}

static bool is_printable(uint32_t cp) {
    return cp < 0x7F ? cp >= ' ' : osb_text_isprintable(cp);
}

static void add_repr_escape(osb_buf *b, uint32_t cp) {
    if (add_letter(b, &repr_escapes, cp))
        return;
    const char *fmt = cp <= 0xFF ? "\\x%02x" : cp <= 0xFFFF ? "\\u%04x" : "\\U%08x";
    osb_buf_fmt(b, fmt, (unsigned)cp);
}

void osb_text_repr(osb_buf *b, osb_bytes s) {
    if (osb_bytes_is_none(s)) {
        osb_buf_adds(b, "None");
        return;
    }
    char quote = repr_quote(s);
    osb_buf_addc(b, quote);
    size_t run = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t cp = (unsigned char)s.ptr[i];
        size_t n = cp < 0x80 ? 1 : osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
        if (cp == (uint32_t)quote || cp == '\\' || !is_printable(cp)) {
            osb_buf_add(b, osb_bytes_sub(s, run, i));
            add_repr_escape(b, cp);
            run = i + n;
        }
        i += n;
    }
    osb_buf_add(b, osb_bytes_sub(s, run, s.len));
    osb_buf_addc(b, quote);
}

/* Source: RFC 8259, section 7, and json.encoder.ESCAPE_DCT for which escapes have a letter. */
void osb_text_json(osb_buf *b, osb_bytes s) {
    osb_buf_addc(b, '"');
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        osb_buf_add(b, osb_bytes_sub(s, run, i));
        if (!add_letter(b, &json_escapes, c))
            osb_buf_fmt(b, "\\u%04x", (unsigned)c);
        run = i + 1;
    }
    osb_buf_add(b, osb_bytes_sub(s, run, s.len));
    osb_buf_addc(b, '"');
}

static bool is_shell_safe(char c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool digit = c >= '0' && c <= '9';
    return letter || digit || osb_bytes_find_char(OSB_LIT("@%+=:,./-_"), c, 0) != OSB_NPOS;
}

static bool needs_shell_quotes(osb_bytes s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!is_shell_safe(s.ptr[i]))
            return true;
    }
    return s.len == 0;
}

/* Nothing ends single quotes but a single quote, so each goes into double quotes of its own. */
void osb_text_shell(osb_buf *b, osb_bytes s) {
    if (!needs_shell_quotes(s)) {
        osb_buf_add(b, s);
        return;
    }
    osb_buf_addc(b, '\'');
    size_t run = 0;
    for (size_t quote; (quote = osb_bytes_find_char(s, '\'', run)) != OSB_NPOS; run = quote + 1) {
        osb_buf_add(b, osb_bytes_sub(s, run, quote));
        osb_buf_adds(b, "'\"'\"'");
    }
    osb_buf_add(b, osb_bytes_sub(s, run, s.len));
    osb_buf_addc(b, '\'');
}

static bool is_control(uint32_t cp) {
    return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
}

/* A bad byte is judged by its own value: to a terminal that is not set to UTF-8 it may be a C1
 * control. */
void osb_text_visible(osb_buf *b, osb_bytes s) {
    size_t run = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        size_t n = osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
        uint32_t shown = n == 1 ? (unsigned char)s.ptr[i] : cp;
        if (is_control(shown)) {
            osb_buf_add(b, osb_bytes_sub(s, run, i));
            osb_buf_fmt(b, "\\x%02x", (unsigned)shown);
            run = i + n;
        }
        i += n;
    }
    osb_buf_add(b, osb_bytes_sub(s, run, s.len));
}
