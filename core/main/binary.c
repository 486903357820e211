/* Where the running binary lies. */
#include "internal.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_program(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The kernel's own answer; none without /proc, or where the file has been removed. */
static bool from_proc(char *path) {
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (n <= 0)
        return false;
    path[n] = '\0';
    return is_program(path);
}

/* The first program of that name in PATH, as a shell would find it. */
static bool from_path(const char *name, char *path) {
    osb_bytes dirs = osb_bytes_from(getenv("PATH"));
    while (!osb_bytes_is_none(dirs)) {
        osb_bytes dir;
        osb_bytes_cut(&dirs, ':', &dir);
        char mem[PATH_MAX];
        osb_buf candidate = OSB_BUF_ON(mem, sizeof mem);
        candidate.max = sizeof mem;
        osb_buf_fmt(&candidate, "%b/%s%c", dir.len ? dir : OSB_LIT("."), name, '\0');
        if (candidate.state == OSB_BUF_OK && is_program(mem) && realpath(mem, path))
            return true;
    }
    return false;
}

int main_binary(const char *argv0, char *path, osb_error *err) {
    if (from_proc(path))
        return 0;
    bool found = argv0 && (strchr(argv0, '/') ? is_program(argv0) && realpath(argv0, path)
                                              : from_path(argv0, path));
    return found ? 0 : osb_error_set_errno(err, ENOENT, osb_bytes_from(argv0 ? argv0 : "osbox"));
}
