/* What the fuzz targets share: taking an input apart, and complaining. */
#ifndef OSBOX_TESTS_FUZZ_H
#define OSBOX_TESTS_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte of what is left, 0 at the end. */
static inline unsigned take_byte(osb_bytes *input) {
    if (input->len == 0)
        return 0;
    input->len--;
    return (unsigned char)*input->ptr++;
}

/* What stands before the separator; all that is left where there is none. */
static inline osb_bytes take_until(osb_bytes *input, osb_bytes separator) {
    size_t end = osb_bytes_find(*input, separator, 0);
    osb_bytes head = osb_bytes_sub(*input, 0, end);
    *input = osb_bytes_sub(*input, end == OSB_NPOS ? end : end + separator.len, OSB_NPOS);
    return head;
}

static inline void show(const char *name, osb_bytes text) {
    osb_buf shown = OSB_BUF_INIT;
    osb_buf_fmt(&shown, "  %s: %r", name, text);
    fprintf(stderr, "%.*s\n", (int)shown.len, shown.ptr);
    osb_buf_free(&shown);
}

/* Stop with the two texts that should have been the same. */
static inline void require_equal(const char *what, osb_bytes made, osb_bytes expected) {
    if (osb_bytes_eq(made, expected) && osb_bytes_is_none(made) == osb_bytes_is_none(expected))
        return;
    fprintf(stderr, "differ: %s\n", what);
    show("made    ", made);
    show("expected", expected);
    abort();
}

static inline void require(bool holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* Stop with the error of a call that was to succeed. */
static inline void require_done(int rc, const char *what, const osb_error *err) {
    if (rc >= 0)
        return;
    fprintf(stderr, "failed: %s: %s\n", what, osb_error_name(err->kind));
    show("message ", osb_error_message(err));
    abort();
}

#endif
