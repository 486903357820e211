/* The errno table: number, name and text, as CPython and glibc give them on Linux.
 *
 * Numbers differ between machines; OSB_ERRNO_GENERIC is x86-64, aarch64, riscv and most others.
 * Source: https://docs.python.org/3.11/library/errno.html, os.strerror */
#ifndef OSBOX_ERRNO_H
#define OSBOX_ERRNO_H

#include <osbox/bytes.h>
#include <osbox/error.h>

typedef enum osb_errno_table {
    OSB_ERRNO_GENERIC,
    OSB_ERRNO_MIPS,
    OSB_ERRNO_ALPHA,
    OSB_ERRNO_PARISC,
    OSB_ERRNO_SPARC,
    OSB_ERRNO_TABLES
} osb_errno_table;

typedef struct osb_errno_entry {
    int number;
    const char *name; /* "ENOENT" */
    const char *text; /* "No such file or directory" */
    const char
        *alias_of; /* the name errorcode gives for this number, or NULL where it is this one */
} osb_errno_entry;

/* "linux-generic", "linux-mips", ... for an osb_errno_table; NULL past the last. */
const char *osb_errno_table_name(osb_errno_table table);

/* All entries of a table in the order of their numbers, aliases behind their name; *n of them.
 * Static. */
const osb_errno_entry *osb_errno_entries(osb_errno_table table, size_t *n);

/* Exact name, aliases too; or number (the entry errorcode names). NULL where unknown.
 * Source: errno.ENOENT; errno.errorcode */
const osb_errno_entry *osb_errno_by_name(osb_errno_table table, osb_bytes name);
const osb_errno_entry *osb_errno_by_number(osb_errno_table table, int number);

/* Append os.strerror(number): "Unknown error 4711" for one without a text. */
struct osb_buf;
void osb_errno_strerror(struct osb_buf *out, int number);

#endif
