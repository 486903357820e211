/* Drop-in files. Source: systemd.unit(5), "Unit File Load Path", and systemd's conf-files.c for what
 * hides what */
#include <osbox/ini.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* What an administrator writes, what a program writes until the next boot, what is installed. */
static const char *const layers[] = {"/etc/", "/run/", "/usr/local/lib/", "/usr/lib/"};
enum { LAYERS = sizeof layers / sizeof *layers };

/* One file of a drop-in directory. */
typedef struct dropin {
    osb_bytes name, path;
    size_t rank; /* of its directory; 0 is the highest */
} dropin;

typedef struct search {
    osb_bytes root; /* without a slash at its end */
    osb_arena *arena;
    osb_buf found; /* of dropin */
} search;

static int join(osb_arena *a, osb_bytes root, osb_bytes dir, osb_bytes name, osb_bytes suffix,
                osb_bytes *ret, osb_error *err) {
    char mem[512];
    osb_buf path = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&path, "%b%b%b%b", root, dir, name, suffix);
    int rc = osb_buf_check(&path, err);
    if (rc == 0)
        *ret = osb_arena_copy(a, osb_buf_bytes(&path));
    if (rc == 0 && osb_bytes_is_none(*ret))
        rc = osb_error_set_nomem(err);
    osb_buf_free(&path);
    return rc;
}

static void push(osb_buf *list, const void *element, size_t size) {
    osb_buf_add(list, (osb_bytes){element, size});
}

/* -- one file ----------------------------------------------------------------------------------- */

typedef enum file_kind { ABSENT, IGNORED, HIDING, USED } file_kind;

static bool links_to_null(const char *path) {
    static const char target[] = "/dev/null";
    char text[sizeof target];
    ssize_t n = readlink(path, text, sizeof text);
    return n == sizeof target - 1 && memcmp(text, target, sizeof target - 1) == 0;
}

static bool is_null_device(const struct stat *st) {
    return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

/* A link to /dev/null hides even where there is no such device, as below another root. */
static int classify(const char *path, file_kind *ret, osb_error *err) {
    struct stat st;
    if (stat(path, &st) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return osb_error_set_errno(err, errno, osb_bytes_from(path));
        *ret = links_to_null(path) ? HIDING : ABSENT;
        return 0;
    }
    bool empty = S_ISREG(st.st_mode) && st.st_size == 0;
    if (empty || is_null_device(&st))
        *ret = HIDING;
    else
        *ret = S_ISREG(st.st_mode) ? USED : IGNORED;
    return 0;
}

/* -- one directory ------------------------------------------------------------------------------ */

static bool is_dropin_name(osb_bytes name) {
    return name.ptr[0] != '.' && osb_bytes_endswith(name, OSB_LIT(".conf"));
}

static int take_name(search *s, osb_bytes dir, osb_bytes name, size_t rank, osb_error *err) {
    dropin d = {.rank = rank};
    if (join(s->arena, dir, OSB_LIT("/"), name, OSB_LIT(""), &d.path, err) != 0)
        return -1;
    d.name = osb_bytes_sub(d.path, d.path.len - name.len, d.path.len);
    push(&s->found, &d, sizeof d);
    return osb_buf_check(&s->found, err);
}

static int take_names(search *s, DIR *stream, osb_bytes dir, size_t rank, osb_error *err) {
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry)
            return errno ? osb_error_set_errno(err, errno, dir) : 0;
        osb_bytes name = osb_bytes_from(entry->d_name);
        if (is_dropin_name(name) && take_name(s, dir, name, rank, err) != 0)
            return -1;
    }
}

static int search_dir(search *s, osb_bytes dir, size_t rank, osb_error *err) {
    DIR *stream;
    do
        stream = opendir(dir.ptr);
    while (!stream && errno == EINTR);
    if (!stream)
        return errno == ENOENT ? 0 : osb_error_set_errno(err, errno, dir);
    int rc = take_names(s, stream, dir, rank, err);
    closedir(stream);
    return rc;
}

/* -- all of them -------------------------------------------------------------------------------- */

/* By name, namesakes by the rank of their directories. */
static int order(const void *a, const void *b) {
    const dropin *x = a, *y = b;
    int cmp = osb_bytes_cmp(x->name, y->name);
    if (cmp != 0)
        return cmp;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Of namesakes the first that is there at all counts; it is used unless it only hides the others. */
static int list_found(const search *s, osb_buf *list, osb_error *err) {
    const dropin *found = (const dropin *)(const void *)s->found.ptr;
    size_t n = s->found.len / sizeof *found;
    for (size_t i = 0; i < n;) {
        osb_bytes name = found[i].name;
        file_kind kind = ABSENT;
        for (; i < n && osb_bytes_eq(found[i].name, name); i++) {
            if (kind == USED || kind == HIDING)
                continue;
            if (classify(found[i].path.ptr, &kind, err) != 0)
                return -1;
            if (kind == USED)
                push(list, &found[i].path.ptr, sizeof found[i].path.ptr);
        }
    }
    return osb_buf_check(list, err);
}

static int list_dropins(search *s, const osb_bytes *dirs, size_t ndirs, osb_bytes name,
                        osb_buf *list, osb_error *err) {
    for (size_t i = 0; i < ndirs; i++) {
        osb_bytes dir;
        if (join(s->arena, s->root, dirs[i], name, OSB_LIT(".d"), &dir, err) != 0 ||
            search_dir(s, dir, i, err) != 0)
            return -1;
    }
    if (s->found.len)
        qsort(s->found.ptr, s->found.len / sizeof(dropin), sizeof(dropin), order);
    return list_found(s, list, err);
}

/* The file itself, from the first directory that has it. One that is there but cannot be looked at
 * counts: to open it tells why. */
static int list_main(const search *s, const osb_bytes *dirs, size_t ndirs, osb_bytes name,
                     osb_buf *list, osb_error *err) {
    bool found = false;
    for (size_t i = 0; i < ndirs && !found; i++) {
        osb_bytes path;
        struct stat st;
        if (join(s->arena, s->root, dirs[i], name, OSB_LIT(""), &path, err) != 0)
            return -1;
        bool there = stat(path.ptr, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
        if (there)
            push(list, &path.ptr, sizeof path.ptr);
        found = there || links_to_null(path.ptr);
    }
    return osb_buf_check(list, err);
}

/* The part of a path behind one of the layers' directories, or None. */
static osb_bytes name_in_layers(osb_bytes path) {
    for (size_t i = 0; i < LAYERS; i++) {
        osb_bytes dir = osb_bytes_from(layers[i]);
        if (path.len > dir.len && osb_bytes_startswith(path, dir))
            return osb_bytes_sub(path, dir.len, path.len);
    }
    return OSB_NONE;
}

/* With nothing to be found, the file itself is what the caller misses. */
static int list_path(const search *s, osb_bytes dir, osb_bytes path, osb_buf *list,
                     osb_error *err) {
    osb_bytes full;
    if (join(s->arena, s->root, dir, path, OSB_LIT(""), &full, err) != 0)
        return -1;
    push(list, &full.ptr, sizeof full.ptr);
    return osb_buf_check(list, err);
}

static osb_bytes without_slash(osb_bytes root) {
    while (root.len && root.ptr[root.len - 1] == '/')
        root.len--;
    return root;
}

int osb_ini_dropins(const char *path, const char *root, osb_arena *a, osb_buf *list,
                    osb_error *err) {
    search s = {.root = without_slash(osb_bytes_from(root)), .arena = a};
    osb_bytes whole = osb_bytes_from(path), name = name_in_layers(whole);
    osb_bytes own_dir = s.root.len && *path != '/' ? OSB_LIT("/") : OSB_LIT("");
    osb_bytes dirs[LAYERS] = {own_dir};
    size_t ndirs = 1, before = list->len;
    if (osb_bytes_is_none(name)) {
        name = whole;
    } else {
        for (ndirs = 0; ndirs < LAYERS; ndirs++)
            dirs[ndirs] = osb_bytes_from(layers[ndirs]);
    }
    int rc = list_main(&s, dirs, ndirs, name, list, err);
    if (rc == 0)
        rc = list_dropins(&s, dirs, ndirs, name, list, err);
    osb_buf_free(&s.found);
    if (rc == 0 && list->len == before)
        rc = list_path(&s, own_dir, whole, list, err);
    return rc;
}
