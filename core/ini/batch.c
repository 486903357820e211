/* Batches: a line is split into words as a POSIX shell would, but nothing is expanded.
 * Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting; for $'...' its 2024 edition, 2.2.4 */
#include <osbox/ini.h>
#include <osbox/text.h>

typedef struct cursor {
    const char *p, *end;
    const char *line_start;
    uint32_t line; /* 1-based */
} cursor;

/* An error at a place that may be on an earlier line than the cursor. */
static int refuse(const cursor *at, const char *message, osb_error *err) {
    osb_bytes before = {at->line_start, (size_t)(at->p - at->line_start)};
    return osb_error_set_at(err, OSB_VALUEERROR, at->line, osb_text_len(before) + 1, "%s", message);
}

static char step(cursor *c) {
    char passed = *c->p++;
    if (passed == '\n') {
        c->line++;
        c->line_start = c->p;
    }
    return passed;
}

static bool at_newline(const cursor *c) {
    return *c->p == '\n' || (*c->p == '\r' && c->end - c->p >= 2 && c->p[1] == '\n');
}

static void step_newline(cursor *c) {
    while (step(c) != '\n') {
    }
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* At a backslash that joins the next line to this one. */
static bool at_join(const cursor *c) {
    cursor after = *c;
    after.p++;
    return *c->p == '\\' && after.p < after.end && at_newline(&after);
}

static void skip_blanks(cursor *c) {
    while (c->p < c->end && (is_blank(*c->p) || at_join(c))) {
        if (is_blank(*c->p))
            c->p++;
        else
            step_newline(c);
    }
}

/* -- quoting ------------------------------------------------------------------------------------ */

static const char no_closing_quote[] = "No closing quotation"; /* shlex's text */

static int take_single_quoted(cursor *c, osb_buf *word, osb_error *err) {
    const cursor opening = *c;
    step(c);
    while (c->p < c->end) {
        char next = step(c);
        if (next == '\'')
            return 0;
        osb_buf_addc(word, next);
    }
    return refuse(&opening, no_closing_quote, err);
}

/* Past a backslash in double quotes. */
static void take_double_quoted_escape(cursor *c, osb_buf *word) {
    if (c->p < c->end && at_newline(c)) {
        step_newline(c);
        return;
    }
    if (c->p == c->end || osb_bytes_find_char(OSB_LIT("\"\\$`"), *c->p, 0) == OSB_NPOS)
        osb_buf_addc(word, '\\');
    else
        osb_buf_addc(word, step(c));
}

static int take_double_quoted(cursor *c, osb_buf *word, osb_error *err) {
    const cursor opening = *c;
    step(c);
    while (c->p < c->end) {
        char next = step(c);
        if (next == '"')
            return 0;
        if (next == '\\')
            take_double_quoted_escape(c, word);
        else
            osb_buf_addc(word, next);
    }
    return refuse(&opening, no_closing_quote, err);
}

/* At the backslash. */
static int take_dollar_escape(cursor *c, osb_buf *word, osb_error *err) {
    static const osb_bytes letters = OSB_LIT("ntr\\'\"");
    static const char meant[] = "\n\t\r\\'\"";
    size_t i = c->end - c->p >= 2 ? osb_bytes_find_char(letters, c->p[1], 0) : OSB_NPOS;
    if (i == OSB_NPOS)
        return refuse(c, "$'...' knows no other escapes than \\n \\t \\r \\\\ \\' \\\"", err);
    osb_buf_addc(word, meant[i]);
    c->p += 2;
    return 0;
}

/* $'...' */
static int take_dollar_quoted(cursor *c, osb_buf *word, osb_error *err) {
    const cursor opening = *c;
    c->p += 2;
    while (c->p < c->end) {
        if (*c->p == '\\') {
            if (take_dollar_escape(c, word, err) != 0)
                return -1;
            continue;
        }
        char next = step(c);
        if (next == '\'')
            return 0;
        osb_buf_addc(word, next);
    }
    return refuse(&opening, no_closing_quote, err);
}

/* A backslash outside quotes, and what follows it. */
static int take_escape(cursor *c, osb_buf *word, osb_error *err) {
    if (c->end - c->p < 2)
        return refuse(c, "No escaped character", err); /* shlex's text */
    step(c);
    if (at_newline(c))
        step_newline(c);
    else
        osb_buf_addc(word, step(c));
    return 0;
}

/* -- words -------------------------------------------------------------------------------------- */

/* One character outside quotes, or one quoted piece. */
static int take_piece(cursor *c, osb_buf *word, osb_error *err) {
    switch (*c->p) {
    case '\'': return take_single_quoted(c, word, err);
    case '"': return take_double_quoted(c, word, err);
    case '\\': return take_escape(c, word, err);
    case '$':
        if (c->end - c->p >= 2 && c->p[1] == '\'')
            return take_dollar_quoted(c, word, err);
    }
    osb_buf_addc(word, step(c));
    return 0;
}

static int take_word(cursor *c, osb_arena *a, osb_bytes *ret, osb_error *err) {
    char mem[256];
    osb_buf word = OSB_BUF_ON(mem, sizeof mem);
    int rc = 0;
    while (rc == 0 && c->p < c->end && !is_blank(*c->p) && !at_newline(c))
        rc = take_piece(c, &word, err);
    if (rc == 0)
        rc = osb_buf_check(&word, err);
    if (rc == 0) {
        *ret = osb_arena_copy(a, osb_buf_bytes(&word));
        if (osb_bytes_is_none(*ret))
            rc = osb_error_set_nomem(err);
    }
    osb_buf_free(&word);
    return rc;
}

/* To the first word of an operation; false where there is none left. */
static bool find_operation(cursor *c) {
    while (skip_blanks(c), c->p < c->end) {
        if (*c->p == '#') {
            while (c->p < c->end && *c->p != '\n')
                c->p++;
        } else if (at_newline(c)) {
            step_newline(c);
        } else {
            return true;
        }
    }
    return false;
}

static int take_words(cursor *c, osb_arena *a, osb_bytes *words, size_t *n, osb_error *err) {
    for (*n = 0; c->p < c->end && !at_newline(c); skip_blanks(c)) {
        if (*n == OSB_INI_BATCH_WORDS)
            return refuse(c, "an operation has at most 6 words (quote what has blanks in it)", err);
        if (take_word(c, a, &words[*n], err) != 0)
            return -1;
        ++*n;
    }
    if (c->p < c->end)
        step_newline(c);
    return 0;
}

int osb_ini_batch_next(osb_ini_batch *batch, osb_arena *a, osb_bytes *words, size_t *n,
                       uint32_t *line, osb_error *err) {
    cursor c = {batch->rest.ptr, batch->rest.ptr + batch->rest.len, batch->rest.ptr, batch->line};
    int rc = 0;
    if (find_operation(&c)) {
        *line = c.line;
        rc = take_words(&c, a, words, n, err) == 0 ? 1 : -1;
    }
    if (rc < 0)
        c.p = c.end;
    batch->rest = (osb_bytes){c.p, (size_t)(c.end - c.p)};
    batch->line = c.line;
    return rc;
}
