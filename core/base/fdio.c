#include "input.h"

#include <osbox/fdio.h>
#include <osbox/text.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where fd took the place of a closed standard stream, move it up. */
static int above_stdio(int fd) {
    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int saved = errno;
    close(fd);
    errno = saved;
    return moved;
}

/* musl's open() adds an fcntl() to O_CLOEXEC, openat() does not. */
int osb_fd_openat(int dirfd, const char *name, int flags, unsigned mode) {
    int fd;
    do
        fd = openat(dirfd, name, flags | O_CLOEXEC, (mode_t)mode);
    while (fd < 0 && errno == EINTR);
    return above_stdio(fd);
}

int osb_fd_open(const char *path, osb_error *err) {
    int fd = osb_fd_openat(AT_FDCWD, path, O_RDONLY, 0);
    return fd < 0 ? osb_error_set_errno(err, errno, osb_bytes_from(path)) : fd;
}

static ssize_t read_some(int fd, char *to, size_t n) {
    ssize_t got;
    do
        got = read(fd, to, n);
    while (got < 0 && errno == EINTR);
    return got;
}

enum { FIRST_ROOM = 64 << 10 };

size_t base_file_size(int fd) {
    struct stat st;
    bool known = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    return known ? (size_t)st.st_size : BASE_UNKNOWN_SIZE;
}

static int grow_input(osb_arena *a, osb_bytes *content, size_t *room) {
    char *larger = osb_arena_text(a, *room * 2);
    if (!larger)
        return -1;
    memcpy(larger, content->ptr, content->len);
    content->ptr = larger;
    *room *= 2;
    return 0;
}

int osb_fd_read_all(int fd, osb_bytes name, size_t max, osb_arena *a, osb_bytes *ret,
                    osb_error *err) {
    return base_read_sized(fd, name, base_file_size(fd), max, a, ret, err);
}

int base_read_sized(int fd, osb_bytes name, size_t size, size_t max, osb_arena *a, osb_bytes *ret,
                    osb_error *err) {
    /* A byte more than the file has, so that one read() shows its end. */
    size_t room = size == BASE_UNKNOWN_SIZE ? FIRST_ROOM : size + 1;
    osb_bytes content = {NULL, 0};
    if (size != BASE_UNKNOWN_SIZE && size > max)
        return osb_error_set(err, OSB_VALUEERROR, "%b: larger than %z bytes", name, max);
    content.ptr = osb_arena_text(a, room);
    if (!content.ptr)
        return osb_error_set_nomem(err);
    for (;;) {
        ssize_t got = read_some(fd, (char *)content.ptr + content.len, room - content.len);
        if (got < 0)
            return osb_error_set_errno(err, errno, name);
        content.len += (size_t)got;
        if (content.len > max)
            return osb_error_set(err, OSB_VALUEERROR, "%b: larger than %z bytes", name, max);
        /* A read() that stops where the file did is its end; one that stops before need not be. */
        if (got == 0 || content.len == size)
            break;
        if (content.len == room && grow_input(a, &content, &room) < 0)
            return osb_error_set_nomem(err);
    }
    *ret = content;
    return 0;
}

/* Write all of s; returns 0 or an errno. */
static int write_all(int fd, osb_bytes s) {
    while (s.len) {
        ssize_t put = write(fd, s.ptr, s.len);
        if (put < 0 && errno != EINTR)
            return errno;
        if (put > 0)
            s = osb_bytes_sub(s, (size_t)put, s.len);
    }
    return 0;
}

int osb_fd_write_all(int fd, osb_bytes s, osb_bytes name, osb_error *err) {
    int errnum = write_all(fd, s);
    return errnum ? osb_error_set_errno(err, errnum, name) : 0;
}

void osb_writer_init(osb_writer *w, int fd, char *mem, size_t cap) {
    *w = (osb_writer){.fd = fd, .tty = isatty(fd) == 1, .buf = mem, .cap = cap};
}

static void write_out(osb_writer *w, osb_bytes s) {
    if (w->errnum == 0)
        w->errnum = write_all(w->fd, s);
}

void osb_writer_flush(osb_writer *w) {
    write_out(w, (osb_bytes){w->buf, w->len});
    w->len = 0;
}

static void put_raw(osb_writer *w, osb_bytes s) {
    if (s.len > w->cap - w->len)
        osb_writer_flush(w);
    if (s.len >= w->cap) {
        write_out(w, s);
        return;
    }
    if (s.len)
        memcpy(w->buf + w->len, s.ptr, s.len);
    w->len += s.len;
}

static void put_visible(osb_writer *w, osb_bytes s) {
    char mem[256];
    osb_buf shown = OSB_BUF_ON(mem, sizeof mem);
    osb_text_visible(&shown, s);
    if (shown.state != OSB_BUF_OK && w->errnum == 0)
        w->errnum = ENOMEM;
    put_raw(w, osb_buf_bytes(&shown));
    osb_buf_free(&shown);
    if (osb_bytes_find_char(s, '\n', 0) != OSB_NPOS)
        osb_writer_flush(w);
}

void osb_writer_put(osb_writer *w, osb_bytes s) {
    if (w->tty)
        put_visible(w, s);
    else
        put_raw(w, s);
}

void osb_writer_putc(osb_writer *w, char c) {
    osb_writer_put(w, (osb_bytes){&c, 1});
}

void osb_writer_puts(osb_writer *w, const char *s) {
    osb_writer_put(w, osb_bytes_from(s));
}

int osb_writer_close(osb_writer *w, osb_error *err) {
    osb_writer_flush(w);
    if (close(w->fd) < 0 && w->errnum == 0 && errno != EINTR)
        w->errnum = errno;
    return w->errnum ? osb_error_set_errno(err, w->errnum, OSB_NONE) : 0;
}
