/* The errno table: number, name and text, as CPython and glibc give them on Linux.
 *
 * Numbers differ between machines; OSB_ERRNO_GENERIC is x86, arm, riscv, s390, m68k and most
 * others. Beyond Python's errno module the tables hold every name the kernel's headers define
 * (EHWPOISON; EINIT and EREMDEV on mips; ENOSYM, EREFUSED, EREMOTERELEASE and ECANCELLED on parisc;
 * EPROCLIM and ERREMOTE on sparc).
 * Source: https://docs.python.org/3.11/library/errno.html, os.strerror; the numbers from Linux
 * 6.1's asm/errno.h of each machine */
#ifndef OSBOX_ERRNO_H
#define OSBOX_ERRNO_H

#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

typedef enum osb_errno_table {
    OSB_ERRNO_GENERIC,
    OSB_ERRNO_MIPS,
    OSB_ERRNO_ALPHA,
    OSB_ERRNO_PARISC,
    OSB_ERRNO_SPARC,
    OSB_ERRNO_POWERPC,
    OSB_ERRNO_TABLES
} osb_errno_table;

/* The table of the machine this library was compiled for. */
#if defined __mips__
#define OSB_ERRNO_HOST OSB_ERRNO_MIPS
#elif defined __alpha__
#define OSB_ERRNO_HOST OSB_ERRNO_ALPHA
#elif defined __hppa__
#define OSB_ERRNO_HOST OSB_ERRNO_PARISC
#elif defined __sparc__
#define OSB_ERRNO_HOST OSB_ERRNO_SPARC
#elif defined __powerpc__
#define OSB_ERRNO_HOST OSB_ERRNO_POWERPC
#else
#define OSB_ERRNO_HOST OSB_ERRNO_GENERIC
#endif

/* One name for one number in one table. */
typedef struct osb_errno_entry {
    uint16_t number; /* 1..1133 */
    uint16_t symbol; /* the tables' own: where the name and the text are */
} osb_errno_entry;

/* "ENOENT" and "No such file or directory"; static. */
const char *osb_errno_name(const osb_errno_entry *entry);
const char *osb_errno_text(const osb_errno_entry *entry);

/* "linux-generic", "linux-mips", ... for each osb_errno_table, and a final NULL. */
extern const char *const osb_errno_table_names[OSB_ERRNO_TABLES + 1];

/* The name of one table; NULL past the last. */
const char *osb_errno_table_name(osb_errno_table table);

/* All entries of a table in the order of their numbers, aliases behind the name that errorcode
 * gives; *n of them. Static. */
const osb_errno_entry *osb_errno_entries(osb_errno_table table, size_t *n);

/* The entry of a number: the one errorcode names (EAGAIN, not EWOULDBLOCK). NULL where unknown.
 * Source: errno.errorcode */
const osb_errno_entry *osb_errno_by_number(osb_errno_table table, int number);

/* The entry of a name, aliases too, in any ASCII case. NULL where unknown. Source: errno.ENOENT */
const osb_errno_entry *osb_errno_by_name(osb_errno_table table, osb_bytes name);

/* The OSError subclass of an entry: OSB_FILENOTFOUNDERROR for ENOENT, OSB_OSERROR where none.
 * Source: PEP 3151 */
osb_kind osb_errno_kind(osb_errno_table table, const osb_errno_entry *entry);

/* The name nearest to a misspelt one, or None where none is near. Static. */
osb_bytes osb_errno_nearest(osb_errno_table table, osb_bytes name);

/* Whether each of n words, which went through osb_text_lower, is in the entry's name or text, in
 * any case. */
bool osb_errno_matches(const osb_errno_entry *entry, const osb_bytes *words, size_t n);

/* Append os.strerror(number) of this machine: "Success" for 0, "Unknown error 4711" for one without
 * a text. */
void osb_errno_strerror(osb_buf *out, int number);

#endif
