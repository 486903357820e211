/* --install and --uninstall: links to this binary, made and removed. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h> /* renameat */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory that links are made in or removed from. */
typedef struct place {
    const osb_applet *self;
    main_install_opts opts;
    bool named; /* the user named what to link or unlink */
    const char *dir;
    int fd;
    char dir_path[PATH_MAX]; /* resolved */
    char binary[PATH_MAX];   /* resolved */
    struct stat binary_st;
    char target[2 * PATH_MAX]; /* what a symlink holds */
    int code;
} place;

/* What stands in the directory under a name. */
typedef struct found {
    bool exists, symlink;
    bool ours;   /* leads to this binary */
    bool itself; /* is where this binary lies */
} found;

static void worsen(place *p, int code) {
    p->code = code > p->code ? code : p->code;
}

/* "osbox: DIR/NAME: WHAT". */
static void complain(place *p, const char *name, int code, const char *what) {
    osb_applet_warn(p->self, "%s/%s: %s", p->dir, name, what);
    worsen(p, code);
}

static void complain_errno(place *p, const char *name, int errnum, const char *remedy) {
    char mem[512];
    osb_buf path = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&path, "%s/%s", p->dir, name);
    osb_error err;
    osb_error_init(&err);
    osb_error_set_errno(&err, errnum, osb_buf_bytes(&path));
    osb_error_append(&err, "%s", remedy);
    worsen(p, osb_applet_fail(p->self, OSB_NONE, &err));
    osb_buf_free(&path);
}

/* -- the place ----------------------------------------------------------------------------------- */

/* The way from one resolved directory to a resolved file. */
static void relative_path(const char *from, const char *to, osb_buf *out) {
    size_t common = 0; /* bytes of the directories that both share */
    for (size_t i = 0; from[i] == to[i] || (!from[i] && to[i] == '/'); i++) {
        if (to[i] == '/')
            common = i + 1;
        if (!from[i])
            break;
    }
    size_t rest = strlen(from);
    for (size_t i = common; i < rest; i++) {
        if (i == common || from[i - 1] == '/')
            osb_buf_adds(out, "../");
    }
    osb_buf_adds(out, to + common);
}

static int set_target(place *p, osb_error *err) {
    osb_buf target = OSB_BUF_ON(p->target, sizeof p->target);
    target.max = sizeof p->target;
    if (p->opts.relative)
        relative_path(p->dir_path, p->binary, &target);
    else
        osb_buf_adds(&target, p->binary);
    osb_buf_addc(&target, '\0');
    return target.state == OSB_BUF_OK
               ? 0
               : osb_error_set_errno(err, ENAMETOOLONG, osb_bytes_from(p->dir));
}

static int open_place(place *p, const char *argv0, osb_error *err) {
    osb_bytes dir = osb_bytes_from(p->dir);
    if (main_binary(argv0, p->binary, err) < 0)
        return -1;
    if (stat(p->binary, &p->binary_st) < 0)
        return osb_error_set_errno(err, errno, osb_bytes_from(p->binary));
    p->fd = open(p->dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (p->fd < 0 || !realpath(p->dir, p->dir_path))
        return osb_error_set_errno(err, errno, dir);
    return set_target(p, err);
}

static bool is_binary_path(const place *p, const char *name) {
    osb_bytes path = osb_bytes_from(p->binary), dir = osb_bytes_from(p->dir_path);
    if (dir.len == 1)
        dir.len = 0; /* the root's own slash */
    return osb_bytes_startswith(path, dir) && p->binary[dir.len] == '/' &&
           strcmp(p->binary + dir.len + 1, name) == 0;
}

static found look(const place *p, const char *name) {
    struct stat own, led;
    found f = {0};
    f.exists = fstatat(p->fd, name, &own, AT_SYMLINK_NOFOLLOW) == 0;
    if (!f.exists)
        return f;
    f.symlink = S_ISLNK(own.st_mode);
    f.ours = fstatat(p->fd, name, &led, 0) == 0 && led.st_dev == p->binary_st.st_dev &&
             led.st_ino == p->binary_st.st_ino;
    f.itself = !f.symlink && is_binary_path(p, name);
    return f;
}

/* Do it for the names, or for those of all applets. */
static void for_each_name(place *p, char **names, bool aliases,
                          void (*act)(place *, const char *)) {
    for (char **name = names; *name; name++)
        act(p, *name);
    if (*names)
        return;
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        act(p, (*applet)->name);
        const char *const *alias = aliases ? (*applet)->aliases : NULL;
        for (; alias && *alias; alias++)
            act(p, *alias);
    }
}

static int check_names(const osb_applet *self, char **names) {
    for (; *names; names++) {
        if (!main_find(*names) && strcmp(*names, self->name) != 0)
            return main_unknown(self, *names);
    }
    return OSB_EXIT_DONE;
}

static int at_place(place *p, const char *argv0, char **names, bool aliases,
                    void (*act)(place *, const char *)) {
    int code = check_names(p->self, names);
    if (code != OSB_EXIT_DONE)
        return code;
    osb_error err;
    osb_error_init(&err);
    if (open_place(p, argv0, &err) < 0)
        worsen(p, osb_applet_fail(p->self, OSB_NONE, &err));
    else
        for_each_name(p, names, aliases, act);
    if (p->fd >= 0)
        close(p->fd);
    return p->code;
}

/* -- install ------------------------------------------------------------------------------------- */

/* Make the link; 0 or -1 with errno. Never replaces anything. */
static int make_link(const place *p, const char *name) {
    if (p->opts.symlink)
        return symlinkat(p->target, p->fd, name);
    return linkat(AT_FDCWD, p->binary, p->fd, name, 0);
}

static void complain_link(place *p, const char *name) {
    bool no_hard_links = !p->opts.symlink && (errno == EXDEV || errno == EPERM || errno == EMLINK ||
                                              errno == EOPNOTSUPP);
    complain_errno(p, name, errno, no_hard_links ? " (try --symlink)" : "");
}

/* Make the link under another name and rename it into place, so that the name always leads
 * somewhere. */
static void replace_link(place *p, const char *name) {
    char temporary[NAME_MAX + 1];
    osb_buf path = OSB_BUF_ON(temporary, sizeof temporary);
    path.max = sizeof temporary;
    osb_buf_fmt(&path, ".%s.osbox-%d%c", name, (int)getpid(), '\0');
    unlinkat(p->fd, temporary, 0);
    if (make_link(p, temporary) < 0) {
        complain_link(p, name);
    } else if (renameat(p->fd, temporary, p->fd, name) < 0) {
        complain_errno(p, name, errno, "");
        unlinkat(p->fd, temporary, 0);
    }
}

/* Whether what is there is the very link that would be made. */
static bool is_wanted(const place *p, const char *name, const found *f) {
    if (!f->ours || f->symlink != p->opts.symlink)
        return f->itself;
    if (!f->symlink)
        return true;
    char target[2 * PATH_MAX];
    ssize_t n = readlinkat(p->fd, name, target, sizeof target);
    return n >= 0 && osb_bytes_eq((osb_bytes){target, (size_t)n}, osb_bytes_from(p->target));
}

static void install_name(place *p, const char *name) {
    if (make_link(p, name) == 0)
        return;
    if (errno != EEXIST) {
        complain_link(p, name);
        return;
    }
    found f = look(p, name);
    if (is_wanted(p, name, &f))
        return;
    if (f.ours || p->opts.force)
        replace_link(p, name);
    else
        complain(p, name, OSB_EXIT_NO, "is not a link to this binary (--force replaces it)");
}

int main_install(const osb_applet *self, const char *argv0, const char *dir, char **names,
                 const main_install_opts *opts) {
    place p = {.self = self, .opts = *opts, .named = *names, .dir = dir, .fd = -1};
    p.opts.symlink |= opts->relative;
    return at_place(&p, argv0, names, false, install_name);
}

/* -- uninstall ----------------------------------------------------------------------------------- */

static void uninstall_name(place *p, const char *name) {
    found f = look(p, name);
    if (f.ours && !f.itself) {
        if (unlinkat(p->fd, name, 0) < 0)
            complain_errno(p, name, errno, "");
    } else if (p->named) {
        complain(p, name, OSB_EXIT_NO,
                 f.itself   ? "is the binary itself"
                 : f.exists ? "is not a link to this binary"
                            : "there is no such link");
    }
}

int main_uninstall(const osb_applet *self, const char *argv0, const char *dir, char **names) {
    place p = {.self = self, .named = *names, .dir = dir, .fd = -1};
    return at_place(&p, argv0, names, true, uninstall_name);
}
