/* Applying a unified diff: the proof that one tells the whole change. */
#ifndef OSBOX_TESTS_FUZZ_UNIFIED_H
#define OSBOX_TESTS_FUZZ_UNIFIED_H

#include "fuzz.h"

typedef struct patching {
    osb_bytes old, diff; /* what is left of them */
    osb_buf *out;
} patching;

static inline osb_bytes next_line(osb_bytes *text) {
    size_t end = osb_bytes_find_char(*text, '\n', 0);
    osb_bytes line = osb_bytes_sub(*text, 0, end == OSB_NPOS ? end : end + 1);
    *text = osb_bytes_sub(*text, line.len, OSB_NPOS);
    return line;
}

static inline size_t take_number(osb_bytes *text) {
    size_t n = 0;
    require(text->len && *text->ptr >= '0' && *text->ptr <= '9', "a number in a hunk's header");
    while (text->len && *text->ptr >= '0' && *text->ptr <= '9')
        n = n * 10 + (take_byte(text) - '0');
    return n;
}

/* "A,B" or "A", which is "A,1". */
static inline void take_range(osb_bytes *text, size_t *start, size_t *count) {
    *start = take_number(text);
    *count = 1;
    if (osb_bytes_startswith(*text, OSB_LIT(","))) {
        take_byte(text);
        *count = take_number(text);
    }
}

static inline void take_literal(osb_bytes *text, osb_bytes literal) {
    require(osb_bytes_startswith(*text, literal), "a hunk's header");
    *text = osb_bytes_sub(*text, literal.len, OSB_NPOS);
}

/* The text of the line behind its sign, without the newline that it does not have in the file. */
static inline osb_bytes take_content(patching *p, char *sign) {
    osb_bytes line = next_line(&p->diff);
    *sign = (char)take_byte(&line);
    if (osb_bytes_startswith(p->diff, OSB_LIT("\\"))) {
        next_line(&p->diff);
        line.len--;
    }
    return line;
}

static inline void apply_hunk(patching *p, size_t *old_line, size_t *new_line) {
    size_t old_start, old_count, new_start, new_count;
    take_literal(&p->diff, OSB_LIT("@@ -"));
    take_range(&p->diff, &old_start, &old_count);
    take_literal(&p->diff, OSB_LIT(" +"));
    take_range(&p->diff, &new_start, &new_count);
    take_literal(&p->diff, OSB_LIT(" @@\n"));
    for (; *old_line < old_start + (old_count == 0); ++*old_line, ++*new_line)
        osb_buf_add(p->out, next_line(&p->old));
    require(*new_line == new_start + (new_count == 0), "a hunk begins where it says");
    while (old_count || new_count) {
        char sign;
        osb_bytes line = take_content(p, &sign);
        if (sign != '+') {
            require_equal("old line", line, next_line(&p->old));
            old_count--;
            ++*old_line;
        }
        if (sign != '-') {
            osb_buf_add(p->out, line);
            new_count--;
            ++*new_line;
        }
    }
}

static inline void apply_diff(osb_bytes old, osb_bytes diff, osb_buf *out) {
    patching p = {old, diff, out};
    size_t old_line = 1, new_line = 1;
    if (diff.len) {
        next_line(&p.diff);
        next_line(&p.diff);
    }
    while (p.diff.len)
        apply_hunk(&p, &old_line, &new_line);
    osb_buf_add(out, p.old);
}

#endif
