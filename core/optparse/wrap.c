/* Text wrapped as Python's textwrap does it.
 *
 * The text is cut into chunks: runs of blanks, words, parts of hyphenated words, dashes. A line takes
 * as many whole chunks as fit, and drops a blank one at either end.
 * Source: textwrap.TextWrapper, with its default settings. */
#include "internal.h"

#include <osbox/text.h>

/* Source: str.expandtabs, TextWrapper._munge_whitespace */
void optparse_munge(osb_buf *out, osb_bytes text) {
    size_t column = 0, n;
    uint32_t cp;
    for (size_t i = 0; i < text.len; i += n) {
        n = osb_text_next(text.ptr + i, text.ptr + text.len, &cp);
        size_t blanks = cp == '\t' ? 8 - column % 8 : cp >= '\n' && cp <= '\r' ? 1 : 0;
        if (!blanks)
            osb_buf_add(out, osb_bytes_sub(text, i, i + n));
        column += blanks ? blanks : 1;
        for (; blanks; blanks--)
            osb_buf_addc(out, ' ');
        if (cp == '\n' || cp == '\r')
            column = 0;
    }
}

/* `\w` of the re module. Beyond ASCII it is an estimate, for lack of a table of letters: printable
 * and outside the blocks that hold punctuation. */
static bool is_word(uint32_t cp) {
    if (cp < 0x80) {
        uint32_t lower = cp | 0x20;
        return (lower >= 'a' && lower <= 'z') || (cp >= '0' && cp <= '9') || cp == '_';
    }
    bool punctuation = (cp < 0xC0 && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || cp == 0xD7 ||
                       cp == 0xF7 || (cp >= 0x2000 && cp < 0x2C00) || (cp >= 0x3000 && cp < 0x3005);
    return !punctuation && cp != 0xFFFD && osb_text_isprintable(cp);
}

static bool is_letter(uint32_t cp) {
    return is_word(cp) && osb_text_decimal(cp) < 0;
}

/* What may stand before a dash between words. */
static bool is_word_punct(uint32_t cp) {
    return is_word(cp) || (cp && cp < 0x80 && strchr("!\"'&.,?", (int)cp));
}

/* The character at *at, or 0 at the end; *at moves behind it. */
static uint32_t char_after(osb_bytes text, size_t *at) {
    uint32_t cp = 0;
    if (*at < text.len)
        *at += osb_text_next(text.ptr + *at, text.ptr + text.len, &cp);
    return cp;
}

/* The character before *at, or 0 at the start; *at moves before it. */
static uint32_t char_before(osb_bytes text, size_t *at) {
    uint32_t cp = 0;
    if (*at > 0)
        *at -= osb_text_prev(text.ptr, text.ptr + *at, &cp);
    return cp;
}

/* Whether a word may be cut behind the hyphen at `at`: two letters, or letter hyphen letter, before
 * it, and a letter, perhaps a hyphen, and a letter after it. */
static bool is_hyphenated(osb_bytes text, size_t at) {
    size_t before = at;
    if (!is_letter(char_before(text, &before)))
        return false;
    uint32_t second = char_before(text, &before);
    if (!is_letter(second) && !(second == '-' && is_letter(char_before(text, &before))))
        return false;
    size_t after = at + 1;
    if (!is_letter(char_after(text, &after)))
        return false;
    uint32_t next = char_after(text, &after);
    return is_letter(next) || (next == '-' && is_letter(char_after(text, &after)));
}

/* The end of a dash (two hyphens or more between words) at `at`, or 0. */
static size_t dash_end(osb_bytes text, size_t at) {
    size_t before = at, end = at;
    if (at == 0 || !is_word_punct(char_before(text, &before)))
        return 0;
    while (end < text.len && text.ptr[end] == '-')
        end++;
    size_t after = end;
    return end - at >= 2 && is_word(char_after(text, &after)) ? end : 0;
}

/* The end of the chunk that begins at `at`. Source: TextWrapper.wordsep_re */
static size_t chunk_end(osb_bytes text, size_t at) {
    size_t end = at;
    while (end < text.len && text.ptr[end] == ' ')
        end++;
    if (end > at)
        return end;
    size_t dash = dash_end(text, at);
    if (dash)
        return dash;
    for (end = at + 1; end < text.len && text.ptr[end] != ' '; end++) {
        if (text.ptr[end] != '-')
            continue;
        if (is_hyphenated(text, end))
            return end + 1;
        if (dash_end(text, end))
            return end;
    }
    return end;
}

static bool is_blank(osb_bytes s) {
    return osb_text_strip(s).len == 0;
}

/* Where to cut a word that is too long for any line: behind its last hyphen among the first `space`
 * characters, unless only hyphens stand before that; else behind those characters. */
static size_t long_word_cut(osb_bytes word, size_t space) {
    size_t cut = osb_text_offset(word, space);
    size_t hyphen = cut;
    while (hyphen > 0 && word.ptr[hyphen - 1] != '-')
        hyphen--;
    for (size_t i = 0; i + 1 < hyphen; i++) {
        if (word.ptr[i] != '-')
            return hyphen;
    }
    return cut;
}

/* A line being filled: text[start:at], the last chunk beginning at `last`. */
typedef struct filling {
    size_t start, last;
    size_t len; /* characters */
} filling;

/* Whole chunks as long as they fit, then a part of one that is longer than any line. */
static void fill_line(optparse_wrapper *w, filling *line, size_t width) {
    while (w->at < w->text.len) {
        size_t end = w->chunk_end ? w->chunk_end : chunk_end(w->text, w->at);
        osb_bytes chunk = osb_bytes_sub(w->text, w->at, end);
        size_t room = osb_text_offset(chunk, width - line->len);
        w->chunk_end = room == chunk.len ? 0 : end;
        if (room < chunk.len && osb_text_offset(chunk, width) == chunk.len)
            return;
        line->last = w->at;
        if (room < chunk.len) {
            w->at += long_word_cut(chunk, width - line->len);
            return;
        }
        line->len += osb_text_len(chunk);
        w->at = end;
    }
}

static void skip_blank_chunk(optparse_wrapper *w) {
    size_t end = w->chunk_end ? w->chunk_end : chunk_end(w->text, w->at);
    if (is_blank(osb_bytes_sub(w->text, w->at, end))) {
        w->at = end;
        w->chunk_end = 0;
    }
}

bool optparse_wrap(optparse_wrapper *w, size_t width, osb_bytes *line) {
    while (w->at < w->text.len) {
        if (w->started)
            skip_blank_chunk(w);
        filling f = {w->at, w->at, 0};
        fill_line(w, &f, width);
        /* A blank last chunk is dropped, and so is an empty part of a long word: the blanks before
         * that one stay, in Python as here. */
        size_t end = is_blank(osb_bytes_sub(w->text, f.last, w->at)) ? f.last : w->at;
        if (end > f.start) {
            *line = osb_bytes_sub(w->text, f.start, end);
            w->started = true;
            return true;
        }
    }
    return false;
}
