#include <osbox/lock.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

int osb_lock_exclusive(int fd, bool no_wait, osb_bytes name, osb_error *err) {
    int rc;
    do
        rc = flock(fd, LOCK_EX | (no_wait ? LOCK_NB : 0));
    while (rc < 0 && errno == EINTR);
    return rc < 0 ? osb_error_set_errno(err, errno, name) : 0;
}

bool osb_lock_is_current(int fd, int dirfd, const char *name) {
    struct stat open_file, named;
    return fstat(fd, &open_file) == 0 && fstatat(dirfd, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}
