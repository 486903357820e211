/* File descriptors: whole inputs, and one buffered writer for all output. */
#ifndef OSBOX_FDIO_H
#define OSBOX_FDIO_H

#include <osbox/arena.h>
#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

/* Open for reading (O_CLOEXEC), EINTR retried. path is a C string, NUL-terminated.
 * Returns the descriptor, or -1 with an OSError naming path. */
int osb_fd_open(const char *path, osb_error *err);

/* openat(2) with O_CLOEXEC, EINTR retried. The descriptor is never that of a closed standard stream:
 * what is printed there would end up in the file. Returns it, or -1 with errno set. */
int osb_fd_openat(int dirfd, const char *name, int flags, unsigned mode);

/* Everything from fd's position to its end, at most max bytes, into memory of a's.
 *   ret   borrowed from a
 * Small inputs take one read(); an input of unknown size grows by doubling. Blocks as read() does.
 * Errors: OSB_OSERROR and its subclasses, filename `name`; OSB_VALUEERROR past max; OSB_MEMORYERROR */
int osb_fd_read_all(int fd, osb_bytes name, size_t max, osb_arena *a, osb_bytes *ret,
                    osb_error *err);

/* As osb_fd_read_all, but a large regular file is mapped: memory that is there already costs less than
 * fresh memory to copy it to. For applets: the first mapping installs a handler for SIGBUS, which puts
 * zeros in the place of what is cut off a file meanwhile, and whoever uses the text asks
 * osb_fd_check_maps before it trusts what came of it. Mappings last as long as the process. */
int osb_fd_map_all(int fd, osb_bytes name, size_t max, osb_arena *a, osb_bytes *ret,
                   osb_error *err);
/* Errors: OSB_OSERROR where a mapped file was cut short under its reader */
int osb_fd_check_maps(osb_error *err);

/* Write all of s, EINTR and short writes handled. Errors: OSB_OSERROR, filename `name`. */
int osb_fd_write_all(int fd, osb_bytes s, osb_bytes name, osb_error *err);

/* Buffered output. On a terminal it is flushed per line and control characters are shown as
 * escapes; elsewhere bytes pass unchanged, in blocks. The first error latches. */
typedef struct osb_writer {
    int fd;
    int errnum; /* first error, 0 while fine */
    bool tty;
    char *buf;
    size_t len, cap;
} osb_writer;

/* mem: the caller's buffer of cap bytes, used as it is; it must outlive the writer. */
void osb_writer_init(osb_writer *w, int fd, char *mem, size_t cap);
void osb_writer_put(osb_writer *w, osb_bytes s);
void osb_writer_putc(osb_writer *w, char c);
void osb_writer_puts(osb_writer *w, const char *s);
void osb_writer_flush(osb_writer *w);

/* Flush and close; -1 with the first OSError of its life (filename None). */
int osb_writer_close(osb_writer *w, osb_error *err);

#endif
