#include <osbox/fdio.h>
#include <osbox/lock.h>
#include <osbox/replace.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

struct osb_replace {
    osb_bytes path;   /* the caller's, for messages */
    const char *name; /* of the target in dirfd, symlinks followed */
    const char *temp; /* of the temporary in dirfd */
    int dirfd;
    int target;  /* -1 where the file is missing */
    int temp_fd; /* -1: none */
    bool inplace, no_wait;
    osb_bytes old;
    osb_arena *arena;
};

enum { MAX_SYMLINKS = 40, MAX_NAME = 255 };

#define TEMP_SUFFIX ".osbox-new"

static int fail(const osb_replace *r, osb_error *err) {
    return osb_error_set_errno(err, errno, r->path);
}

/* -- finding the target --------------------------------------------------------------------- */

/* dir of path + "/" + link, or link alone where it is absolute. NULL: no memory. */
static const char *join_link(osb_arena *a, osb_bytes path, osb_bytes link) {
    const char *slash = link.ptr[0] == '/' ? NULL : memrchr(path.ptr, '/', path.len);
    size_t dir_len = slash ? (size_t)(slash + 1 - path.ptr) : 0;
    char *joined = osb_arena_text(a, dir_len + link.len + 1);
    if (!joined)
        return NULL;
    memcpy(joined, path.ptr, dir_len);
    memcpy(joined + dir_len, link.ptr, link.len);
    joined[dir_len + link.len] = '\0';
    return joined;
}

/* Follow path's symlinks; NULL with errno set. */
static const char *follow_symlinks(osb_arena *a, const char *path) {
    for (int i = 0; i < MAX_SYMLINKS; i++) {
        char link[4096];
        ssize_t n = readlink(path, link, sizeof link);
        if (n < 0)
            return errno == EINVAL || errno == ENOENT ? path : NULL;
        if (n == 0 || n == sizeof link) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        path = join_link(a, osb_bytes_from(path), (osb_bytes){link, (size_t)n});
        if (!path) {
            errno = ENOMEM;
            return NULL;
        }
    }
    errno = ELOOP;
    return NULL;
}

/* ".NAME.osbox-new"; a name too long for that keeps its two ends. */
static const char *temp_name(osb_arena *a, osb_bytes name) {
    size_t most = MAX_NAME - 1 - (sizeof TEMP_SUFFIX - 1);
    size_t head = name.len <= most ? name.len : most / 2;
    size_t tail = name.len <= most ? 0 : most / 2;
    char *temp = osb_arena_text(a, 1 + head + tail + sizeof TEMP_SUFFIX);
    if (!temp)
        return NULL;
    temp[0] = '.';
    memcpy(temp + 1, name.ptr, head);
    memcpy(temp + 1 + head, name.ptr + name.len - tail, tail);
    memcpy(temp + 1 + head + tail, TEMP_SUFFIX, sizeof TEMP_SUFFIX);
    return temp;
}

/* Open the target's directory and name the target and its temporary. */
static int locate(osb_replace *r, osb_error *err) {
    const char *path = follow_symlinks(r->arena, r->path.ptr);
    if (!path)
        return fail(r, err);
    osb_bytes whole = osb_bytes_from(path);
    const char *slash = memrchr(whole.ptr, '/', whole.len);
    size_t dir_len = slash ? (size_t)(slash + 1 - path) : 0;
    osb_bytes dir = dir_len ? (osb_bytes){path, dir_len} : OSB_LIT(".");
    osb_bytes dir_z = osb_arena_copy(r->arena, dir);
    r->name = path + dir_len;
    r->temp = temp_name(r->arena, osb_bytes_from(r->name));
    if (!dir_z.ptr || !r->temp)
        return osb_error_set_nomem(err);
    r->dirfd = osb_fd_openat(AT_FDCWD, dir_z.ptr, O_RDONLY | O_DIRECTORY, 0);
    return r->dirfd < 0 ? fail(r, err) : 0;
}

/* Open and check the target. A missing one is fine where it may be created. */
static int open_target(osb_replace *r, const osb_replace_opts *opts, osb_error *err) {
    int flags = r->inplace ? O_RDWR : O_RDONLY;
    struct stat st;
    r->target = osb_fd_openat(r->dirfd, r->name, flags | O_NOFOLLOW | O_NONBLOCK, 0);
    if (r->target < 0)
        return errno == ENOENT && opts->create ? 0 : fail(r, err);
    if (fstat(r->target, &st) < 0)
        return fail(r, err);
    if (S_ISREG(st.st_mode))
        return 0;
    errno = EISDIR;
    return S_ISDIR(st.st_mode) ? fail(r, err)
                               : osb_error_set(err, OSB_OSERROR, "not a regular file");
}

/* -- the temporary that is the lock ----------------------------------------------------------- */

static void close_fd(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Make the temporary and lock it. 1: ours; 0: somebody else was quicker, try again. */
static int create_temp(osb_replace *r, mode_t mode, osb_error *err) {
    r->temp_fd = osb_fd_openat(r->dirfd, r->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    if (r->temp_fd < 0)
        return errno == EEXIST ? 0 : fail(r, err);
    if (osb_lock_exclusive(r->temp_fd, r->no_wait, r->path, err) < 0) {
        if (errno == EWOULDBLOCK) /* taken for litter already: not ours to remove */
            close_fd(&r->temp_fd);
        return -1;
    }
    if (osb_lock_is_current(r->temp_fd, r->dirfd, r->temp))
        return 1;
    close_fd(&r->temp_fd);
    return 0;
}

/* Wait until the temporary that is there is no longer locked. If it then still stands there, its
 * writer was killed: remove it. */
static int outwait_temp(osb_replace *r, osb_error *err) {
    int fd = osb_fd_openat(r->dirfd, r->temp, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    if (fd < 0)
        return errno == ENOENT ? 0 : fail(r, err);
    int rc = osb_lock_exclusive(fd, r->no_wait, r->path, err);
    if (rc == 0 && osb_lock_is_current(fd, r->dirfd, r->temp) && unlinkat(r->dirfd, r->temp, 0) < 0)
        rc = fail(r, err);
    close(fd);
    return rc;
}

/* -- the target, locked ----------------------------------------------------------------------- */

static int look_for_target(const osb_replace *r, bool *missing, osb_error *err) {
    struct stat st;
    *missing = fstatat(r->dirfd, r->name, &st, AT_SYMLINK_NOFOLLOW) < 0;
    return *missing && errno != ENOENT ? fail(r, err) : 0;
}

static void let_go(osb_replace *r) {
    if (r->temp_fd >= 0)
        unlinkat(r->dirfd, r->temp, 0);
    close_fd(&r->temp_fd);
    close_fd(&r->target);
}

/* Where nothing can be made beside it, a file that is written in place has its own lock alone. */
static bool is_closed_directory(int errnum) {
    return errnum == EACCES || errnum == EPERM || errnum == EROFS;
}

/* Lock the target and open it. 1: done; 0: it came, went or was replaced meanwhile, try again. A
 * missing one is made by renaming in either mode. */
static int lock_target(osb_replace *r, const osb_replace_opts *opts, osb_error *err) {
    bool missing;
    if (look_for_target(r, &missing, err) < 0)
        return -1;
    r->inplace = opts->mode == OSB_REPLACE_INPLACE && !missing;
    int rc = create_temp(r, missing ? 0666 : 0600, err);
    if (rc < 0 && r->inplace && is_closed_directory(errno)) {
        if (err)
            osb_error_free(err);
        rc = 1;
    }
    if (rc <= 0)
        return rc < 0 ? -1 : outwait_temp(r, err);
    if (open_target(r, opts, err) < 0)
        return -1;
    bool same = missing == (r->target < 0);
    if (same && r->inplace) {
        if (osb_lock_exclusive(r->target, r->no_wait, r->path, err) < 0)
            return -1;
        same = osb_lock_is_current(r->target, r->dirfd, r->name);
    }
    if (!same)
        let_go(r);
    return same;
}

void osb_replace_cancel(osb_replace *r) {
    let_go(r);
    close_fd(&r->dirfd);
}

static int lock_and_read(osb_replace *r, const osb_replace_opts *opts, osb_error *err) {
    if (locate(r, err) < 0)
        return -1;
    int locked;
    do
        locked = lock_target(r, opts, err);
    while (locked == 0);
    if (locked < 0 || r->target < 0)
        return locked < 0 ? -1 : 0;
    size_t max = opts->max ? opts->max : OSB_BUF_MAX;
    return osb_fd_read_all(r->target, r->path, max, r->arena, &r->old, err);
}

int osb_replace_begin(const char *path, const osb_replace_opts *opts, osb_arena *a,
                      osb_replace **ret, osb_bytes *old, osb_error *err) {
    osb_replace *r = osb_arena_alloc(a, sizeof *r);
    if (!r)
        return osb_error_set_nomem(err);
    *r = (osb_replace){.path = osb_bytes_from(path),
                       .dirfd = -1,
                       .target = -1,
                       .temp_fd = -1,
                       .no_wait = opts->no_wait,
                       .arena = a};
    if (lock_and_read(r, opts, err) < 0) {
        osb_replace_cancel(r);
        return -1;
    }
    *ret = r;
    *old = r->old;
    return 0;
}

/* -- commit ----------------------------------------------------------------------------------- */

static bool is_unchanged(const osb_replace *r, const osb_bytes *parts, size_t n) {
    if (r->target < 0)
        return false;
    osb_bytes rest = r->old;
    for (size_t i = 0; i < n; i++) {
        if (!osb_bytes_startswith(rest, parts[i]))
            return false;
        rest = osb_bytes_sub(rest, parts[i].len, rest.len);
    }
    return rest.len == 0;
}

static int write_parts(const osb_replace *r, int fd, const osb_bytes *parts, size_t n,
                       osb_error *err) {
    for (size_t i = 0; i < n; i++) {
        if (osb_fd_write_all(fd, parts[i], r->path, err) < 0)
            return -1;
    }
    return 0;
}

#define ACL_XATTR "system.posix_acl_access"

/* An attribute that may not be set (a security label, say) is fine where the kernel gave the new
 * file the same one. */
static int copy_xattr(const osb_replace *r, const char *name, osb_error *err) {
    char value[4096], present[4096];
    ssize_t n = fgetxattr(r->target, name, value, sizeof value);
    if (n < 0)
        return fail(r, err);
    if (fsetxattr(r->temp_fd, name, value, (size_t)n, 0) == 0)
        return 0;
    int errnum = errno;
    if (fgetxattr(r->temp_fd, name, present, sizeof present) == n &&
        memcmp(value, present, (size_t)n) == 0)
        return 0;
    osb_error_set_errno(err, errnum, r->path);
    osb_error_append(err, " (its attribute %s cannot be kept)", name);
    return -1;
}

static int copy_xattrs(const osb_replace *r, osb_error *err) {
    char names[8192];
    ssize_t n = flistxattr(r->target, names, sizeof names);
    if (n < 0)
        return errno == ENOTSUP || errno == ENOSYS ? 0 : fail(r, err);
    bool has_acl = false;
    for (const char *name = names; name < names + n; name += strlen(name) + 1) {
        has_acl = has_acl || strcmp(name, ACL_XATTR) == 0;
        if (copy_xattr(r, name, err) < 0)
            return -1;
    }
    /* The directory's default ACL may have given the temporary one that the target lacks. */
    if (!has_acl && fremovexattr(r->temp_fd, ACL_XATTR) < 0 && errno != ENODATA && errno != ENOTSUP)
        return fail(r, err);
    return 0;
}

/* Owner before mode: a change of owner clears the set-id bits. */
static int copy_attributes(const osb_replace *r, osb_error *err) {
    struct stat old, new;
    if (fstat(r->target, &old) < 0 || fstat(r->temp_fd, &new) < 0)
        return fail(r, err);
    bool same_owner = old.st_uid == new.st_uid &&old.st_gid == new.st_gid;
    if (!same_owner && fchown(r->temp_fd, old.st_uid, old.st_gid) < 0) {
        fail(r, err);
        osb_error_append(err, " (its owner cannot be kept)");
        return -1;
    }
    if (copy_xattrs(r, err) < 0)
        return -1;
    return fchmod(r->temp_fd, old.st_mode & 07777) < 0 ? fail(r, err) : 0;
}

static int sync_fd(int fd) {
    int rc;
    do
        rc = fsync(fd);
    while (rc < 0 && errno == EINTR);
    return rc;
}

static int commit_atomic(osb_replace *r, const osb_bytes *parts, size_t n, osb_error *err) {
    if (write_parts(r, r->temp_fd, parts, n, err) < 0)
        return -1;
    if (r->target >= 0 && copy_attributes(r, err) < 0)
        return -1;
    if (sync_fd(r->temp_fd) < 0 || renameat(r->dirfd, r->temp, r->dirfd, r->name) < 0)
        return fail(r, err);
    close_fd(&r->temp_fd);
    /* Some file systems cannot sync a directory, and say so by EINVAL. */
    return sync_fd(r->dirfd) < 0 && errno != EINVAL ? fail(r, err) : 0;
}

static int overwrite(const osb_replace *r, const osb_bytes *parts, size_t n, osb_error *err) {
    if (lseek(r->target, 0, SEEK_SET) < 0)
        return fail(r, err);
    if (write_parts(r, r->target, parts, n, err) < 0)
        return -1;
    off_t size = lseek(r->target, 0, SEEK_CUR);
    return size < 0 || ftruncate(r->target, size) < 0 ? fail(r, err) : 0;
}

static int commit_inplace(const osb_replace *r, const osb_bytes *parts, size_t n, osb_error *err) {
    if (overwrite(r, parts, n, err) < 0) {
        overwrite(r, &r->old, 1, NULL);
        return -1;
    }
    return sync_fd(r->target) < 0 ? fail(r, err) : 0;
}

int osb_replace_commit(osb_replace *r, const osb_bytes *parts, size_t n, osb_error *err) {
    int rc = 0;
    if (!is_unchanged(r, parts, n))
        rc = r->inplace ? commit_inplace(r, parts, n, err) : commit_atomic(r, parts, n, err);
    osb_replace_cancel(r);
    return rc;
}
