/* Byte slices: a pointer and a length, borrowed from whoever the function's header names.
 *
 * A NUL byte is an ordinary byte. A slice whose ptr is NULL stands for Python's None; an empty
 * string has a pointer and length 0. */
#ifndef OSBOX_BYTES_H
#define OSBOX_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct osb_bytes {
    const char *ptr;
    size_t len;
} osb_bytes;

#define OSB_NONE ((osb_bytes){NULL, 0})

/* A string literal (or any char array with its final NUL) as a slice. */
#define OSB_LIT(s) ((osb_bytes){(s), sizeof(s) - 1})

/* A NUL-terminated string as a slice; NULL gives None. */
static inline osb_bytes osb_bytes_from(const char *s) {
    return (osb_bytes){s, s ? strlen(s) : 0};
}

static inline bool osb_bytes_is_none(osb_bytes b) {
    return b.ptr == NULL;
}

static inline bool osb_bytes_eq(osb_bytes a, osb_bytes b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Order by byte value, shorter first on a tie; UTF-8 sorts as its code points do.
 * Returns <0, 0 or >0. */
int osb_bytes_cmp(osb_bytes a, osb_bytes b);

/* b[start:end]; both are clamped to the slice. */
static inline osb_bytes osb_bytes_sub(osb_bytes b, size_t start, size_t end) {
    if (end > b.len)
        end = b.len;
    if (start > end)
        start = end;
    return (osb_bytes){b.ptr + start, end - start};
}

static inline bool osb_bytes_startswith(osb_bytes b, osb_bytes prefix) {
    return prefix.len == 0 || (b.len >= prefix.len && memcmp(b.ptr, prefix.ptr, prefix.len) == 0);
}

bool osb_bytes_endswith(osb_bytes b, osb_bytes suffix);

#define OSB_NPOS ((size_t)-1)

/* Offset of the first occurrence of needle at or after start, else OSB_NPOS. An empty needle is
 * found at start, if start <= b.len. */
size_t osb_bytes_find(osb_bytes b, osb_bytes needle, size_t start);
size_t osb_bytes_find_char(osb_bytes b, char c, size_t start);

/* Cut the text before the first `sep` off *rest into *head; *rest keeps what follows it.
 * Returns false, with *head == all of it and *rest None, where there is no sep;
 * loop with `while (!osb_bytes_is_none(rest))`. */
bool osb_bytes_cut(osb_bytes *rest, char sep, osb_bytes *head);

/* Shell pattern match over the whole slice: `*`, `?` (one code point), `[a-z]`, `[!a-z]`; no
 * character is special in the subject. Source: fnmatch.fnmatchcase. Linear in len(b)*len(pattern). */
bool osb_bytes_glob(osb_bytes b, osb_bytes pattern);

#endif
