/* Text: UTF-8 with Python's notions of it, whatever the locale.
 *
 * Text in memory is UTF-8; a lone surrogate is carried as its three-byte form (ED A0..BF xx), so
 * that surrogateescape round-trips. Functions here accept any bytes: one that cannot begin or go on
 * with a character counts as a character of its own, U+FFFD, and is copied as it is.
 * Tables: Unicode 14.0.0, as CPython 3.11's. */
#ifndef OSBOX_TEXT_H
#define OSBOX_TEXT_H

#include <osbox/buf.h>
#include <osbox/bytes.h>

#define OSB_UNICODE_VERSION "14.0.0"

/* Decode the character at p < end: its code point into *cp, its length in bytes returned (>= 1).
 * A bad byte gives U+FFFD and 1. */
size_t osb_text_next(const char *p, const char *end, uint32_t *cp);

/* The character that ends before p > start; as osb_text_next. */
size_t osb_text_prev(const char *start, const char *p, uint32_t *cp);

/* Append a code point (0..0x10FFFF, surrogates too). */
void osb_text_put(osb_buf *b, uint32_t cp);

/* Length in characters. */
size_t osb_text_len(osb_bytes s);

/* Byte offset of character n, or s.len where there are fewer. */
size_t osb_text_offset(osb_bytes s, size_t n);

/* Offset of the first byte that is not strict UTF-8 (surrogates are not), or OSB_NPOS.
 * ASCII runs are skipped 16 bytes at a time. */
size_t osb_text_check(osb_bytes s);

/* Offset of the first byte >= 0x80, or OSB_NPOS. */
size_t osb_text_find_nonascii(osb_bytes s);

/* str.isspace, str.isprintable of one character; str.isdecimal's value 0..9, or -1. */
bool osb_text_isspace(uint32_t cp);
bool osb_text_isprintable(uint32_t cp);
int osb_text_decimal(uint32_t cp);

/* str.strip(), lstrip(), rstrip(): slices of s. */
osb_bytes osb_text_strip(osb_bytes s);
osb_bytes osb_text_lstrip(osb_bytes s);
osb_bytes osb_text_rstrip(osb_bytes s);

/* Append str.lower(): the full mapping, final sigma included. Source: str.lower */
void osb_text_lower(osb_buf *b, osb_bytes s);

/* Whether str.lower() would leave ASCII-only s as it is (no A-Z); false for any non-ASCII text. */
bool osb_text_is_lower_ascii(osb_bytes s);

/* Append repr(s): quotes, backslash escapes, unprintable characters escaped. None gives None.
 * Source: str.__repr__ */
void osb_text_repr(osb_buf *b, osb_bytes s);

/* Append s as a JSON string with its quotes, as json.dumps(s, ensure_ascii=False) does. */
void osb_text_json(osb_buf *b, osb_bytes s);

/* Append s so that `eval` in any POSIX shell gives its bytes back: bare where that is safe, in
 * single quotes otherwise. Source: shlex.quote */
void osb_text_shell(osb_buf *b, osb_bytes s);

/* Append s with control characters (C0 but newline and tab, DEL, C1) as \x1b, for a terminal. */
void osb_text_visible(osb_buf *b, osb_bytes s);

/* Damerau-Levenshtein distance (adjacent swaps count 1) in bytes, or max + 1 when it is more. */
size_t osb_text_distance(osb_bytes a, osb_bytes b, size_t max);

/* The best of candidates seen so far for a misspelt word; start with {word, None, 0}.
 * A candidate is near when its distance is at most a third of the word's length, 1 for three to five
 * letters, 0 for fewer;
 * case counts for nothing. */
typedef struct osb_nearest {
    osb_bytes word;
    osb_bytes best; /* None where none was near */
    size_t distance;
} osb_nearest;

void osb_nearest_offer(osb_nearest *n, osb_bytes candidate);

#endif
