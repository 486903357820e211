/* "Did you mean": which of the known words is closest to a misspelt one. */
#include <osbox/text.h>

/* Longer words, less what they begin and end with alike, are near nothing. */
enum { LONGEST = 64 };

typedef unsigned char (*fold_fn)(char c);

static unsigned char keep_case(char c) {
    return (unsigned char)c;
}

static unsigned char ignore_case(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Take off what both begin with and what both end with; no edit falls there. */
static void trim_common(osb_bytes *a, osb_bytes *b, fold_fn fold) {
    while (a->len > 0 && b->len > 0 && fold(a->ptr[0]) == fold(b->ptr[0])) {
        *a = osb_bytes_sub(*a, 1, a->len);
        *b = osb_bytes_sub(*b, 1, b->len);
    }
    while (a->len > 0 && b->len > 0 && fold(a->ptr[a->len - 1]) == fold(b->ptr[b->len - 1])) {
        a->len--;
        b->len--;
    }
}

static size_t least_of(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Whether the two bytes before a, which is at offset i of its word, are those before b, swapped. */
static bool is_swap(const char *a, size_t i, const char *b, size_t j, fold_fn fold) {
    return i > 1 && j > 1 && fold(a[-1]) == fold(b[-2]) && fold(a[-2]) == fold(b[-1]);
}

/* Optimal string alignment: edits are insertions, deletions, replacements and swaps of neighbours,
 * no place edited twice. row[i][j] is the distance of a's first i bytes to b's first j; three rows
 * live at a time, and of each only the columns within max of the diagonal, as all others are past
 * max anyway.
 * Source: Ukkonen, "Algorithms for approximate string matching" (1985), for the band. */
static size_t banded_distance(osb_bytes a, osb_bytes b, size_t max, fold_fn fold) {
    size_t rows[3][LONGEST + 2];
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        previous[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t from = i > max ? i - max : 1;
        size_t to = least_of(b.len, i + max);
        current[from - 1] = from == 1 ? i : max + 1;
        for (size_t j = from; j <= to; j++) {
            bool same = fold(a.ptr[i - 1]) == fold(b.ptr[j - 1]);
            size_t edits = least_of(previous[j], current[j - 1]) + 1;
            edits = least_of(edits, previous[j - 1] + !same);
            if (is_swap(a.ptr + i, i, b.ptr + j, j, fold))
                edits = least_of(edits, before[j - 2] + 1);
            current[j] = edits;
        }
        current[to + 1] = max + 1; /* the next row looks up one column beyond */
        size_t *spare = before;
        before = previous;
        previous = current;
        current = spare;
    }
    return previous[b.len];
}

static size_t distance(osb_bytes a, osb_bytes b, size_t max, fold_fn fold) {
    size_t too_far = max < SIZE_MAX ? max + 1 : max;
    size_t length_difference = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (length_difference > max)
        return too_far;
    trim_common(&a, &b, fold);
    if (a.len > LONGEST || b.len > LONGEST)
        return too_far;
    size_t found = banded_distance(a, b, least_of(max, LONGEST), fold);
    return found <= max ? found : too_far;
}

size_t osb_text_distance(osb_bytes a, osb_bytes b, size_t max) {
    return distance(a, b, max, keep_case);
}

void osb_nearest_offer(osb_nearest *n, osb_bytes candidate) {
    size_t max = n->word.len >= 6 ? n->word.len / 3 : n->word.len >= 3;
    if (!osb_bytes_is_none(n->best)) {
        if (n->distance == 0)
            return;
        max = n->distance - 1; /* only a nearer one will do */
    }
    size_t found = distance(n->word, candidate, max, ignore_case);
    if (found <= max) {
        n->best = candidate;
        n->distance = found;
    }
}
