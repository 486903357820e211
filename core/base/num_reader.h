/* Reading the text of a number, for core/base alone: each character as the ASCII one that int()
 * and float() take it for. */
#ifndef OSBOX_BASE_NUM_READER_H
#define OSBOX_BASE_NUM_READER_H

#include <osbox/text.h>

#define READER_END (-1)

typedef struct reader {
    const char *p, *end; /* p is at the character of c */
    size_t width;        /* of that character, in bytes */
    int c;               /* READER_END past the last one */
} reader;

/* Unicode's blanks and digits are as good as ASCII's; nothing else beyond ASCII has a place in a
 * number, so any other becomes '?'.
 * Source: _PyUnicode_TransformDecimalAndSpaceToASCII */
static inline int reader_fold(const char *p, const char *end, size_t *width) {
    uint32_t cp;
    *width = osb_text_next(p, end, &cp);
    int digit = osb_text_decimal(cp);
    if (digit >= 0)
        return '0' + digit;
    return osb_text_isspace(cp) ? ' ' : '?';
}

static inline void reader_load(reader *r) {
    r->width = 1;
    if (r->p == r->end)
        r->c = READER_END;
    else if ((unsigned char)*r->p < 0x80)
        r->c = (unsigned char)*r->p;
    else
        r->c = reader_fold(r->p, r->end, &r->width);
}

static inline reader reader_start(osb_bytes s) {
    reader r = {s.ptr, s.ptr + s.len, 0, 0};
    reader_load(&r);
    return r;
}

/* On to the next character; not to be asked for at the end. */
static inline void reader_step(reader *r) {
    r->p += r->width;
    reader_load(r);
}

static inline bool reader_accept(reader *r, char c) {
    if (r->c != c)
        return false;
    reader_step(r);
    return true;
}

/* The blanks of numbers are C's; U+001C to U+001F, blanks to strip(), are none here. */
static inline void reader_skip_blanks(reader *r) {
    while (r->c == ' ' || (r->c >= '\t' && r->c <= '\r'))
        reader_step(r);
}

/* Read a sign, if there is one; whether it was a minus. */
static inline bool reader_sign(reader *r) {
    bool negative = r->c == '-';
    if (negative || r->c == '+')
        reader_step(r);
    return negative;
}

#endif
