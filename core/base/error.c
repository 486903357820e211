#include <osbox/buf.h>
#include <osbox/errno.h>
#include <osbox/error.h>

#include <errno.h>
#include <stdlib.h>

/* Names are kept inside the rows, so that the table needs no relocation at start-up. */
static const struct {
    char name[32];
    uint8_t parents[2];
} kinds[] = {{"", {OSB_OK, OSB_OK}},
#define KIND_ROW(constant, name, parent, parent2) {name, {OSB_##parent, OSB_##parent2}},
             OSB_ERROR_KINDS(KIND_ROW)
#undef KIND_ROW
};

void osb_error_init(osb_error *err) {
    *err = (osb_error){0};
}

void osb_error_free(osb_error *err) {
    free(err->heap);
    osb_error_init(err);
}

osb_bytes osb_error_message(const osb_error *err) {
    return (osb_bytes){err->heap ? err->heap : err->text, err->len};
}

const char *osb_error_name(osb_kind kind) {
    return kinds[kind].name;
}

static bool derives(osb_kind kind, osb_kind from) {
    for (; kind != OSB_OK; kind = kinds[kind].parents[0]) {
        if (kind == from || (kinds[kind].parents[1] && derives(kinds[kind].parents[1], from)))
            return true;
    }
    return false;
}

bool osb_error_is(const osb_error *err, osb_kind kind) {
    return derives(err->kind, kind);
}

/* The message as a buffer that starts in err->text, and back. */
static osb_buf open_message(osb_error *err) {
    if (err->heap)
        return (osb_buf){err->heap, err->len, err->len, 0, OSB_BUF_OK, false};
    osb_buf b = OSB_BUF_ON(err->text, sizeof err->text);
    b.len = err->len;
    return b;
}

static void close_message(osb_error *err, const osb_buf *b) {
    err->len = b->len;
    err->heap = b->fixed ? NULL : b->ptr;
    err->cut = err->cut || b->state != OSB_BUF_OK;
}

int osb_error_vset(osb_error *err, osb_kind kind, const char *fmt, va_list ap) {
    if (!err)
        return -1;
    int saved = errno;
    osb_error_free(err);
    err->kind = kind;
    osb_buf b = open_message(err);
    osb_buf_vfmt(&b, fmt, ap);
    close_message(err, &b);
    errno = saved;
    return -1;
}

int osb_error_set(osb_error *err, osb_kind kind, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    osb_error_vset(err, kind, fmt, ap);
    va_end(ap);
    return -1;
}

int osb_error_set_at(osb_error *err, osb_kind kind, size_t line, size_t column, const char *fmt,
                     ...) {
    va_list ap;
    va_start(ap, fmt);
    osb_error_vset(err, kind, fmt, ap);
    va_end(ap);
    if (err) {
        err->line = (uint32_t)line;
        err->column = (uint32_t)column;
    }
    return -1;
}

int osb_error_set_errno(osb_error *err, int errnum, osb_bytes filename) {
    if (!err)
        return -1;
    const osb_errno_entry *entry = osb_errno_by_number(OSB_ERRNO_GENERIC, errnum);
    osb_kind kind = osb_error_kind_of_errno(errnum);
    if (entry)
        osb_error_set(err, kind, "[Errno %d] %s", errnum, osb_errno_text(entry));
    else
        osb_error_set(err, kind, "[Errno %d] Unknown error %d", errnum, errnum);
    if (!osb_bytes_is_none(filename))
        osb_error_append(err, ": %r", filename);
    err->errnum = errnum;
    err->filename = filename;
    return -1;
}

int osb_error_set_nomem(osb_error *err) {
    return osb_error_set(err, OSB_MEMORYERROR, "out of memory");
}

void osb_error_move(osb_error *err, osb_error *from) {
    if (!err) {
        osb_error_free(from);
        return;
    }
    osb_error_free(err);
    *err = *from;
    osb_error_init(from);
}

void osb_error_append(osb_error *err, const char *fmt, ...) {
    if (!err)
        return;
    osb_buf b = open_message(err);
    va_list ap;
    va_start(ap, fmt);
    osb_buf_vfmt(&b, fmt, ap);
    va_end(ap);
    close_message(err, &b);
}

/* Source: PEP 3151, the OSError hierarchy. */
static const struct {
    uint16_t errnum;
    uint16_t kind;
} subclasses[] = {
    {EAGAIN, OSB_BLOCKINGIOERROR},
    {EALREADY, OSB_BLOCKINGIOERROR},
    {EINPROGRESS, OSB_BLOCKINGIOERROR},
    {ECHILD, OSB_CHILDPROCESSERROR},
    {EPIPE, OSB_BROKENPIPEERROR},
    {ESHUTDOWN, OSB_BROKENPIPEERROR},
    {ECONNABORTED, OSB_CONNECTIONABORTEDERROR},
    {ECONNREFUSED, OSB_CONNECTIONREFUSEDERROR},
    {ECONNRESET, OSB_CONNECTIONRESETERROR},
    {EEXIST, OSB_FILEEXISTSERROR},
    {ENOENT, OSB_FILENOTFOUNDERROR},
    {EINTR, OSB_INTERRUPTEDERROR},
    {EISDIR, OSB_ISADIRECTORYERROR},
    {ENOTDIR, OSB_NOTADIRECTORYERROR},
    {EACCES, OSB_PERMISSIONERROR},
    {EPERM, OSB_PERMISSIONERROR},
    {ESRCH, OSB_PROCESSLOOKUPERROR},
    {ETIMEDOUT, OSB_TIMEOUTERROR},
};

osb_kind osb_error_kind_of_errno(int errnum) {
    for (size_t i = 0; i < sizeof subclasses / sizeof *subclasses; i++) {
        if (subclasses[i].errnum == errnum)
            return subclasses[i].kind;
    }
    return OSB_OSERROR;
}
