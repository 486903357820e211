/* The change as a unified diff. Every line knows its number in the text that was read, so there is
 * nothing to search for. Source: POSIX diff -u */
#include "internal.h"

enum { CONTEXT = 3 };

typedef struct differ {
    const osb_ini_doc *doc;
    osb_buf *out;
    osb_buf old_lines; /* of osb_bytes, newlines included */
} differ;

static size_t old_count(const differ *d) {
    return d->old_lines.len / sizeof(osb_bytes);
}

static osb_bytes old_line(const differ *d, size_t number) {
    return ((const osb_bytes *)(const void *)d->old_lines.ptr)[number - 1];
}

static void split_old(differ *d) {
    osb_ini_grammar grammar = ini_grammar(d->doc->format, true);
    osb_ini_scanner scanner;
    osb_ini_line line;
    osb_ini_scan_start(&scanner, &grammar);
    osb_ini_scan_feed(&scanner, d->doc->text);
    while (osb_ini_scan_next(&scanner, &line)) {
        osb_bytes whole = {line.whole.ptr, line.whole.len + line.newline};
        osb_buf_add(&d->old_lines, (osb_bytes){(const char *)&whole, sizeof whole});
    }
}

static void put_line(differ *d, char sign, osb_bytes text, bool has_newline) {
    osb_buf_fmt(d->out, "%c%b", sign, text);
    if (!has_newline)
        osb_buf_adds(d->out, "\n\\ No newline at end of file\n");
}

static void put_old(differ *d, char sign, size_t number) {
    osb_bytes line = old_line(d, number);
    char end = line.len ? line.ptr[line.len - 1] : '\0';
    put_line(d, sign, line, end == '\n' || end == '\r');
}

static void put_new(differ *d, const ini_node *node) {
    put_line(d, '+', node->line.whole, true);
    osb_buf_add(d->out, node->newline);
    if (node->newline.len == 0)
        osb_buf_adds(d->out, "\n\\ No newline at end of file\n");
}

/* A line that stands in both texts. One that only gained or lost its newline is a changed one. */
static bool is_common(const differ *d, const ini_node *node) {
    return node->original &&
           node->line.whole.len + node->newline.len == old_line(d, node->original).len;
}

/* A place where the texts differ: old lines [old_from, old_to) against nodes [first, stop). */
typedef struct change {
    size_t old_from, old_to;
    size_t new_from, new_count;
    const ini_node *first, *stop;
} change;

/* The next change at or after *c's stop; false at the end. */
static bool next_change(const differ *d, change *c) {
    const ini_node *node = c->stop;
    size_t old = c->old_to, new = c->new_from + c->new_count;
    while (node && is_common(d, node) && node->original == old) {
        node = node->next;
        old++;
        new ++;
    }
    if (!node && old > old_count(d))
        return false;
    *c = (change){.old_from = old, .new_from = new, .first = node};
    for (; node && !is_common(d, node); node = node->next)
        c->new_count++;
    c->stop = node;
    c->old_to = node ? node->original : old_count(d) + 1;
    return true;
}

static void put_change(differ *d, const change *c) {
    for (size_t i = c->old_from; i < c->old_to; i++)
        put_old(d, '-', i);
    for (const ini_node *node = c->first; node != c->stop; node = node->next)
        put_new(d, node);
}

static void put_context(differ *d, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        put_old(d, ' ', i);
}

static void put_range(differ *d, size_t start, size_t count) {
    osb_buf_fmt(d->out, count == 1 ? "%z" : "%z,%z", count ? start : start - 1, count);
}

static size_t min(size_t a, size_t b) {
    return a < b ? a : b;
}

/* One hunk: from `first` on all changes that are no more than twice the context apart. Returns
 * whether *c is a change that comes after it. */
static bool put_hunk(differ *d, change *c) {
    change first = *c, last = *c, next = *c;
    bool more;
    while ((more = next_change(d, &next)) && next.old_from - last.old_to <= 2 * CONTEXT)
        last = next;
    size_t head = min(CONTEXT, first.old_from - 1);
    size_t tail = min(CONTEXT, old_count(d) + 1 - last.old_to);
    size_t old_from = first.old_from - head, new_from = first.new_from - head;
    osb_buf_adds(d->out, "@@ -");
    put_range(d, old_from, last.old_to + tail - old_from);
    osb_buf_adds(d->out, " +");
    put_range(d, new_from, last.new_from + last.new_count + tail - new_from);
    osb_buf_adds(d->out, " @@\n");
    put_context(d, old_from, first.old_from);
    for (change at = first;;) {
        put_change(d, &at);
        if (at.old_from == last.old_from && at.stop == last.stop)
            break;
        size_t from = at.old_to;
        next_change(d, &at);
        put_context(d, from, at.old_from);
    }
    put_context(d, last.old_to, last.old_to + tail);
    *c = next;
    return more;
}

void osb_ini_diff(const osb_ini_doc *doc, osb_bytes name, osb_buf *out) {
    differ d = {.doc = doc, .out = out};
    split_old(&d);
    change c = {.old_from = 1, .old_to = 1, .new_from = 1, .stop = doc->first};
    if (d.old_lines.state != OSB_BUF_OK && out->state == OSB_BUF_OK)
        out->state = d.old_lines.state; /* the caller's check of out tells */
    bool more = d.old_lines.state == OSB_BUF_OK && next_change(&d, &c);
    if (more)
        osb_buf_fmt(out, "--- %b\n+++ %b\n", name, name);
    while (more)
        more = put_hunk(&d, &c);
    osb_buf_free(&d.old_lines);
}
