/* Advisory locks on open files, flock(2). */
#ifndef OSBOX_LOCK_H
#define OSBOX_LOCK_H

#include <osbox/bytes.h>
#include <osbox/error.h>

/* Take the exclusive lock of fd's file; blocks unless no_wait. Released when fd's last copy closes.
 * Errors: OSB_BLOCKINGIOERROR where no_wait is set and another holds it; OSError, filename `name` */
int osb_lock_exclusive(int fd, bool no_wait, osb_bytes name, osb_error *err);

/* Whether name in dirfd still is the file that fd has open: a lock on a file that was renamed over
 * or removed meanwhile protects nothing. */
bool osb_lock_is_current(int fd, int dirfd, const char *name);

#endif
