#include <osbox/errno.h>

#include <osbox/text.h>

static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_name(osb_bytes given, const char *name) {
    for (size_t i = 0; i < given.len; i++) {
        if (name[i] == '\0' || upper(given.ptr[i]) != name[i])
            return false;
    }
    return name[given.len] == '\0';
}

const osb_errno_entry *osb_errno_by_name(osb_errno_table table, osb_bytes name) {
    size_t n;
    const osb_errno_entry *entries = osb_errno_entries(table, &n);
    for (size_t i = 0; i < n; i++) {
        if (same_name(name, osb_errno_name(&entries[i])))
            return &entries[i];
    }
    return NULL;
}

/* By name, as PEP 3151 has it: the number is another machine's, perhaps. */
osb_kind osb_errno_kind(osb_errno_table table, const osb_errno_entry *entry) {
    const osb_errno_entry *first = osb_errno_by_number(table, entry->number);
    osb_bytes name = osb_bytes_from(osb_errno_name(first));
    const osb_errno_entry *here = osb_errno_by_name(OSB_ERRNO_HOST, name);
    return here ? osb_error_kind_of_errno(here->number) : OSB_OSERROR;
}

osb_bytes osb_errno_nearest(osb_errno_table table, osb_bytes name) {
    osb_nearest nearest = {name, OSB_NONE, 0};
    size_t n;
    const osb_errno_entry *entries = osb_errno_entries(table, &n);
    for (size_t i = 0; i < n; i++)
        osb_nearest_offer(&nearest, osb_bytes_from(osb_errno_name(&entries[i])));
    return nearest.best;
}

/* Names and texts are ASCII and short, so lower() is a loop over a local copy. */
static bool contains(const char *text, osb_bytes lower_word) {
    char lower[64];
    size_t n = 0;
    for (; n < sizeof lower && text[n]; n++)
        lower[n] = text[n] >= 'A' && text[n] <= 'Z' ? (char)(text[n] - 'A' + 'a') : text[n];
    return osb_bytes_find((osb_bytes){lower, n}, lower_word, 0) != OSB_NPOS;
}

bool osb_errno_matches(const osb_errno_entry *entry, const osb_bytes *words, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!contains(osb_errno_name(entry), words[i]) &&
            !contains(osb_errno_text(entry), words[i]))
            return false;
    }
    return true;
}

void osb_errno_strerror(osb_buf *out, int number) {
    const osb_errno_entry *entry = osb_errno_by_number(OSB_ERRNO_HOST, number);
    if (entry)
        osb_buf_adds(out, osb_errno_text(entry));
    else if (number == 0)
        osb_buf_adds(out, "Success");
    else
        osb_buf_fmt(out, "Unknown error %d", number);
}
