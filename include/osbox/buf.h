/* Growable byte buffers.
 *
 * Appending never fails visibly: the first failure (no memory, or the buffer's maximum) latches,
 * later appends do nothing, and osb_buf_check tells once at the end. */
#ifndef OSBOX_BUF_H
#define OSBOX_BUF_H

#include <osbox/bytes.h>
#include <osbox/error.h>

typedef enum osb_buf_state { OSB_BUF_OK, OSB_BUF_NOMEM, OSB_BUF_FULL } osb_buf_state;

typedef struct osb_buf {
    char *ptr;
    size_t len, cap;
    size_t max; /* most bytes it may hold; 0 means OSB_BUF_MAX */
    osb_buf_state state;
    bool fixed; /* ptr is the caller's memory; moved to the heap when outgrown */
} osb_buf;

/* The most any buffer holds unless it says otherwise: 1 GiB. */
#define OSB_BUF_MAX ((size_t)1 << 30)

/* An empty buffer; the same as zeroing it. */
#define OSB_BUF_INIT ((osb_buf){NULL, 0, 0, 0, OSB_BUF_OK, false})

/* An empty buffer that uses n bytes of the caller's memory before it asks for any. */
#define OSB_BUF_ON(mem, n) ((osb_buf){(mem), 0, (n), 0, OSB_BUF_OK, true})

void osb_buf_free(osb_buf *b);

/* Free a scratch buffer whose text went into out: where it failed, out has failed too. */
static inline void osb_buf_done(osb_buf *scratch, osb_buf *out) {
    if (out->state == OSB_BUF_OK)
        out->state = scratch->state;
    osb_buf_free(scratch);
}

static inline osb_bytes osb_buf_bytes(const osb_buf *b) {
    return (osb_bytes){b->ptr ? b->ptr : "", b->len};
}

/* Room for n more bytes at ptr + len, or NULL (latched). */
char *osb_buf_room(osb_buf *b, size_t n);

void osb_buf_add(osb_buf *b, osb_bytes s);
void osb_buf_addc(osb_buf *b, char c);
void osb_buf_adds(osb_buf *b, const char *s);

/* Append a formatted text:
 *   %s char *       %b osb_bytes        %r osb_bytes as Python's repr(), None for a None slice
 *   %d int          %u unsigned         %z size_t         %l int64_t         %c char (as int)
 *   %x unsigned, lower-case hex         %%
 * with an optional width before d, u, z, l, x: right-aligned, filled with blanks, or with zeros
 * after a leading 0 (%2d, %04x). */
void osb_buf_fmt(osb_buf *b, const char *fmt, ...);
void osb_buf_vfmt(osb_buf *b, const char *fmt, va_list ap);

/* Forget everything past n bytes (n <= len). */
void osb_buf_truncate(osb_buf *b, size_t n);

/* 0, or -1 with OSB_MEMORYERROR, or OSB_VALUEERROR where the maximum was passed. */
int osb_buf_check(const osb_buf *b, osb_error *err);

#endif
