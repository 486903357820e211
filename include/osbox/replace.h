/* The one way to rewrite a file.
 *
 * A rewrite takes the lock, hands the old content to the caller, writes the new content to a
 * temporary file beside the target, gives it the target's mode, owner, xattrs and ACL, and renames it
 * into place, with fsync of file and directory. Whoever looks sees the old file or the new one. A
 * symlink stays: the file it leads to is rewritten. Nothing is written when nothing changed.
 *
 * The temporary, .NAME.osbox-new, is also the lock: it is created if need be, locked with flock(2),
 * and its name re-checked, so writers of the same file queue without touching the target, and the
 * litter of a killed writer is taken over by the next one. */
#ifndef OSBOX_REPLACE_H
#define OSBOX_REPLACE_H

#include <osbox/arena.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

typedef enum osb_replace_mode {
    OSB_REPLACE_ATOMIC,
    OSB_REPLACE_INPLACE /* write and truncate the same inode: for bind mounts and hard links. A crash
                         * in the middle leaves a torn file. Takes the lock of ATOMIC too, where the
                         * directory can be written to, and flock(2) on the file itself */
} osb_replace_mode;

typedef struct osb_replace osb_replace;

typedef struct osb_replace_opts {
    osb_replace_mode mode;
    bool create;  /* a missing file is an empty one; made atomically, mode 0666 less umask */
    bool no_wait; /* fail with OSB_BLOCKINGIOERROR instead of waiting for the lock */
    size_t max;   /* most bytes read; 0: OSB_BUF_MAX */
} osb_replace_opts;

/* Lock path (a C string) and read it.
 *   ret   begun; ends with commit or cancel. Lives in a
 *   old   the content, borrowed from a; None where the file is missing and create is set
 * Blocks until other writers are done.
 * Errors: OSError of the call that failed, filename = path */
int osb_replace_begin(const char *path, const osb_replace_opts *opts, osb_arena *a,
                      osb_replace **ret, osb_bytes *old, osb_error *err);

/* Write the new content, given as n slices, and put it in place; nothing is written when they add
 * up to the old content. Releases the lock. On -1 the old file is untouched and nothing is left
 * beside it; but where only the directory could not be synced, the new file is in place already, and
 * mode INPLACE puts the old content back as far as it can. */
int osb_replace_commit(osb_replace *r, const osb_bytes *parts, size_t n, osb_error *err);

/* Give up: release the lock, leave the file alone. */
void osb_replace_cancel(osb_replace *r);

#endif
