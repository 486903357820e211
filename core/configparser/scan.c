/* The grammar of configparser, one line at a time.
 *
 * Where CPython asks regular expressions that backtrack, this walks: a line is looked at a fixed
 * number of times, so a hostile one costs no more than its length.
 * Source: RawConfigParser._read and the patterns SECTCRE and OPTCRE of CPython 3.11 */
#include <osbox/configparser.h>
#include <osbox/text.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { DELIMITER = 1, COMMENT = 2 };

static void mark_first_bytes(osb_ini_scanner *s, osb_strings prefixes, unsigned char class) {
    for (size_t i = 0; i < prefixes.n; i++) {
        osb_bytes prefix = prefixes.items[i];
        if (prefix.len) {
            s->classes[(unsigned char)prefix.ptr[0]] |= class;
            continue;
        }
        for (size_t byte = 0; byte < sizeof s->classes; byte++)
            s->classes[byte] |= class; /* the empty prefix begins everything */
    }
}

/* One or two bytes that begin every delimiter can be searched for 16 at a time. */
static void note_delimiter_bytes(osb_ini_scanner *s) {
    osb_strings delimiters = s->grammar->delimiters;
    s->few_delimiters = delimiters.n == 1 || delimiters.n == 2;
    for (size_t i = 0; i < delimiters.n && s->few_delimiters; i++) {
        s->few_delimiters = delimiters.items[i].len > 0;
        if (s->few_delimiters)
            s->delimiter_bytes[i] = delimiters.items[i].ptr[0];
    }
    if (delimiters.n == 1)
        s->delimiter_bytes[1] = s->delimiter_bytes[0];
}

void osb_ini_scan_start(osb_ini_scanner *s, const osb_ini_grammar *grammar) {
    *s = (osb_ini_scanner){.grammar = grammar, .in_section = grammar->headerless};
    note_delimiter_bytes(s);
    mark_first_bytes(s, grammar->delimiters, DELIMITER);
    mark_first_bytes(s, grammar->comment_prefixes, COMMENT);
}

void osb_ini_scan_feed(osb_ini_scanner *s, osb_bytes text) {
    s->start = s->at = text.ptr;
    s->end = text.ptr + text.len;
    s->piece_lines = 0;
}

void osb_ini_scan_drop_option(osb_ini_scanner *s) {
    s->in_option = false;
}

/* -- text ---------------------------------------------------------------------------------------- */

static bool is_plain(char c) {
    return c > ' ' && c < 0x7f;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Blanks and tabs go first; most texts then begin and end with a plain character, and need no look at
 * the tables of Unicode. */
static inline osb_bytes lstrip(osb_bytes s) {
    while (s.len && is_blank(s.ptr[0]))
        s = (osb_bytes){s.ptr + 1, s.len - 1};
    return s.len == 0 || is_plain(s.ptr[0]) ? s : osb_text_lstrip(s);
}

static inline osb_bytes rstrip(osb_bytes s) {
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s.len == 0 || is_plain(s.ptr[s.len - 1]) ? s : osb_text_rstrip(s);
}

static osb_bytes strip(osb_bytes s) {
    return rstrip(lstrip(s));
}

static bool is_space_before(osb_bytes s, size_t at) {
    uint32_t cp;
    osb_text_prev(s.ptr, s.ptr + at, &cp);
    return osb_text_isspace(cp);
}

/* The end of the line that begins at p: its first "\n", or "\r" where that counts. */
static const char *line_end(const char *p, const char *end, bool universal) {
    const char other = universal ? '\r' : '\n';
#ifdef __SSE2__
    const __m128i newlines = _mm_set1_epi8('\n'), others = _mm_set1_epi8(other);
    for (; end - p >= 16; p += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i found =
            _mm_or_si128(_mm_cmpeq_epi8(block, newlines), _mm_cmpeq_epi8(block, others));
        unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && *p != '\n' && *p != other)
        p++;
    return p;
}

/* Cut the next line off the text. */
static void take_line(osb_ini_scanner *s, osb_ini_line *line) {
    const char *stop = line_end(s->at, s->end, s->grammar->universal_newlines);
    line->whole = (osb_bytes){s->at, (size_t)(stop - s->at)};
    line->newline = stop < s->end;
    if (line->newline && *stop == '\r' && s->end - stop > 1 && stop[1] == '\n')
        line->newline = 2;
    line->number = ++s->number;
    s->piece_lines++;
    s->at = stop + line->newline;
}

/* -- comments ------------------------------------------------------------------------------------ */

/* Where an inline comment begins, or OSB_NPOS: at a prefix that stands first in the line or behind a
 * blank. Python tries the first occurrence of every prefix, then every second one, and so on, until
 * one counts: the occurrence with the lowest number wins, and only then the leftmost. */
static size_t find_inline_comment(osb_bytes line, osb_strings prefixes) {
    size_t start = OSB_NPOS, fewest = SIZE_MAX;
    for (size_t i = 0; i < prefixes.n; i++) {
        size_t at = 0;
        for (size_t nth = 1; nth <= fewest; nth++, at++) {
            at = osb_bytes_find(line, prefixes.items[i], at);
            if (at == OSB_NPOS)
                break;
            if (at > 0 && !is_space_before(line, at))
                continue;
            if (nth < fewest || at < start)
                start = at;
            fewest = nth;
            break;
        }
    }
    return start;
}

static bool is_comment(const osb_ini_scanner *s, osb_bytes stripped) {
    osb_strings prefixes = s->grammar->comment_prefixes;
    unsigned char first = stripped.len ? (unsigned char)stripped.ptr[0] : 0;
    if (!(s->classes[first] & COMMENT))
        return false;
    for (size_t i = 0; i < prefixes.n; i++) {
        if (osb_bytes_startswith(stripped, prefixes.items[i]))
            return true;
    }
    return false;
}

/* -- options ------------------------------------------------------------------------------------- */

/* The length of the delimiter at text[at:], the first in the list's order; OSB_NPOS where none is. */
static size_t delimiter_at(const osb_ini_scanner *s, osb_bytes text, size_t at) {
    osb_strings delimiters = s->grammar->delimiters;
    osb_bytes rest = osb_bytes_sub(text, at, text.len);
    for (size_t i = 0; i < delimiters.n; i++) {
        if (osb_bytes_startswith(rest, delimiters.items[i]))
            return delimiters.items[i].len;
    }
    return delimiters.n ? OSB_NPOS : 0;
}

/* The first place at or after `at` where a delimiter may begin, or text.len. */
static size_t next_candidate(const osb_ini_scanner *s, osb_bytes text, size_t at) {
#ifdef __SSE2__
    const __m128i first = _mm_set1_epi8(s->delimiter_bytes[0]);
    const __m128i second = _mm_set1_epi8(s->delimiter_bytes[1]);
    for (; s->few_delimiters && text.len - at >= 16; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second));
        unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask)
            return at + (size_t)__builtin_ctz(mask);
    }
#endif
    while (at < text.len && !(s->classes[(unsigned char)text.ptr[at]] & DELIMITER))
        at++;
    return at;
}

/* The leftmost delimiter and its length. */
static size_t find_delimiter(const osb_ini_scanner *s, osb_bytes text, size_t *len) {
    *len = 0;
    if (s->grammar->delimiters.n == 0)
        return 0;
    for (size_t at = 0; (at = next_candidate(s, text, at)) < text.len; at++) {
        *len = delimiter_at(s, text, at);
        if (*len != OSB_NPOS)
            return at;
    }
    return OSB_NPOS;
}

/* A delimiter that begins with a blank can stand in the blanks behind a key in several ways; the
 * last of them wins, the key being the same. Blanks run from `start` on. */
static size_t last_delimiter_in_blanks(const osb_ini_scanner *s, osb_bytes text, size_t start,
                                       size_t at, size_t *len) {
    osb_bytes blanks = osb_bytes_sub(text, start, text.len);
    size_t stop = start + (blanks.len - lstrip(blanks).len);
    while (stop > at) {
        size_t found = stop < text.len ? delimiter_at(s, text, stop) : OSB_NPOS;
        if (found != OSB_NPOS) {
            *len = found;
            return stop;
        }
        uint32_t cp;
        stop -= osb_text_prev(text.ptr, text.ptr + stop, &cp);
    }
    return at;
}

static void scan_option(osb_ini_scanner *s, osb_bytes text, osb_ini_line *line) {
    size_t len;
    size_t at = find_delimiter(s, text, &len);
    line->has_value = at != OSB_NPOS;
    line->kind = line->has_value || s->grammar->allow_no_value ? OSB_INI_OPTION : OSB_INI_ERROR;
    if (!line->has_value) {
        line->name = text;
        line->value = OSB_NONE;
    } else {
        line->name = rstrip(osb_bytes_sub(text, 0, at));
        if (line->name.len < at || !is_plain(text.ptr[at]))
            at = last_delimiter_in_blanks(s, text, line->name.len, at, &len);
        line->value = lstrip(osb_bytes_sub(text, at + len, text.len)); /* text is stripped */
    }
    line->empty_key = line->name.len == 0;
    if (line->kind == OSB_INI_OPTION)
        s->in_option = !line->empty_key;
}

/* -- lines --------------------------------------------------------------------------------------- */

static bool scan_header(osb_bytes text, osb_bytes *name) {
    if (text.ptr[0] != '[')
        return false;
    const char *close = memrchr(text.ptr, ']', text.len);
    if (!close || close - text.ptr < 2)
        return false;
    *name = (osb_bytes){text.ptr + 1, (size_t)(close - text.ptr) - 1};
    return true;
}

static uint32_t indent_of(osb_bytes line, osb_bytes text) {
    osb_bytes blanks = {line.ptr, (size_t)(text.ptr - line.ptr)};
    return blanks.len ? (uint32_t)osb_text_len(blanks) : 0;
}

static void scan_text(osb_ini_scanner *s, osb_bytes text, osb_ini_line *line) {
    line->indent = indent_of(line->whole, text);
    if (s->in_section && s->in_option && line->indent > s->option_indent && !s->grammar->flat) {
        line->kind = OSB_INI_CONTINUATION;
        line->value = text;
        return;
    }
    s->option_indent = line->indent;
    if (scan_header(text, &line->name)) {
        line->kind = OSB_INI_HEADER;
        s->in_section = true;
        s->in_option = false;
    } else if (!s->in_section) {
        line->kind = OSB_INI_HEADLESS;
    } else {
        scan_option(s, text, line);
    }
}

/* Dialects with joined lines: does the value that this line began or went on with go on? */
static bool goes_on(osb_ini_scanner *s, const osb_ini_line *line, osb_bytes text) {
    if (!s->grammar->joins)
        return false;
    if (line->kind == OSB_INI_OPTION) {
        s->quoted = false;
        return line->has_value && s->grammar->joins(line->value, &s->quoted);
    }
    return line->kind == OSB_INI_CONTINUATION && s->grammar->joins(text, &s->quoted);
}

bool osb_ini_scan_next(osb_ini_scanner *s, osb_ini_line *line) {
    if (s->at == s->end)
        return false;
    *line = (osb_ini_line){0};
    take_line(s, line);
    const osb_ini_grammar *g = s->grammar;
    size_t comment = OSB_NPOS;
    if (g->inline_comment_prefixes.n)
        comment = find_inline_comment(line->whole, g->inline_comment_prefixes);
    osb_bytes text = strip(line->whole);
    if (is_comment(s, text) && !(s->joining && !g->comments_in_joined))
        comment = 0;
    if (comment != OSB_NPOS)
        text = strip(osb_bytes_sub(line->whole, 0, comment));
    if (text.len == 0 && !(s->joining && comment == OSB_NPOS)) {
        line->kind = comment == OSB_NPOS ? OSB_INI_BLANK : OSB_INI_COMMENT;
        if (!g->empty_lines_in_values)
            s->option_indent = SIZE_MAX;
        return true;
    }
    if (s->joining) {
        line->kind = OSB_INI_CONTINUATION;
        line->value = text;
    } else {
        scan_text(s, text, line);
    }
    s->joining = goes_on(s, line, text);
    return true;
}
