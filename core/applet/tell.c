/* What an applet says on stderr: each message is one write(2), so that the lines of two processes
 * do not mix. */
#include "internal.h"

#include <osbox/errno.h>
#include <osbox/text.h>

#include <errno.h>
#include <unistd.h>

void applet_show(osb_buf *out, osb_bytes s, bool lines) {
    for (size_t i = 0, n; i < s.len; i += n) {
        uint32_t cp;
        n = osb_text_next(s.ptr + i, s.ptr + s.len, &cp);
        unsigned shown = n == 1 ? (unsigned char)s.ptr[i] : cp;
        bool layout = lines && (cp == '\n' || cp == '\t');
        if (shown >= 0xD800 && shown <= 0xDFFF)
            osb_buf_fmt(out, "\\u%04x", shown);
        else if (!layout && (shown < 0x20 || shown == 0x7F || (n == 1 && shown >= 0x80) ||
                             (shown >= 0x80 && shown < 0xA0)))
            osb_buf_fmt(out, "\\x%02x", shown);
        else
            osb_buf_add(out, osb_bytes_sub(s, i, i + n));
    }
}

/* Write the line, its newline added, and free it. What could not be kept for lack of memory is cut
 * off. There is nobody to tell when this fails. */
static void write_line(osb_buf *line) {
    if (line->state == OSB_BUF_OK)
        osb_buf_addc(line, '\n');
    if (line->state != OSB_BUF_OK && line->len > 0)
        line->ptr[line->len - 1] = '\n';
    osb_fd_write_all(STDERR_FILENO, osb_buf_bytes(line), OSB_NONE, NULL);
    osb_buf_free(line);
}

static void add_message(osb_buf *line, const char *fmt, va_list ap) {
    char mem[512];
    osb_buf message = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_vfmt(&message, fmt, ap);
    applet_show(line, osb_buf_bytes(&message), true);
    osb_buf_free(&message);
}

int osb_applet_usage(const osb_applet *self, const char *fmt, ...) {
    char mem[2048];
    osb_buf line = OSB_BUF_ON(mem, sizeof mem);
    applet_format_usage(self, &line);
    osb_buf_fmt(&line, "\n%s: error: ", self->name);
    va_list ap;
    va_start(ap, fmt);
    add_message(&line, fmt, ap);
    va_end(ap);
    write_line(&line);
    return OSB_EXIT_USAGE;
}

void osb_applet_warn(const osb_applet *self, const char *fmt, ...) {
    char mem[1024];
    osb_buf line = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&line, "%s: ", self->name);
    va_list ap;
    va_start(ap, fmt);
    add_message(&line, fmt, ap);
    va_end(ap);
    write_line(&line);
}

/* Whether CPython's own text tells the file: "While reading from 'app.ini' [line  2]: ...". */
static bool names_file(const osb_error *err, osb_bytes file) {
    if (!osb_error_is(err, OSB_PARSINGERROR) && !osb_error_is(err, OSB_DUPLICATESECTIONERROR) &&
        !osb_error_is(err, OSB_DUPLICATEOPTIONERROR))
        return false;
    char mem[256];
    osb_buf quoted = OSB_BUF_ON(mem, sizeof mem);
    osb_text_repr(&quoted, file);
    bool found = osb_bytes_find(osb_error_message(err), osb_buf_bytes(&quoted), 0) != OSB_NPOS;
    osb_buf_free(&quoted);
    return found;
}

/* "FILE: No such file or directory", and what was appended to Python's form of it. */
static void add_oserror(osb_buf *line, osb_bytes file, const osb_error *err) {
    osb_bytes name = osb_bytes_is_none(err->filename) ? file : err->filename;
    if (!osb_bytes_is_none(name)) {
        applet_show(line, name, false);
        osb_buf_adds(line, ": ");
    }
    osb_errno_strerror(line, err->errnum);
    osb_error plain;
    osb_error_init(&plain);
    osb_error_set_errno(&plain, err->errnum, err->filename);
    osb_bytes message = osb_error_message(err), start = osb_error_message(&plain);
    if (osb_bytes_startswith(message, start))
        applet_show(line, osb_bytes_sub(message, start.len, message.len), true);
    osb_error_free(&plain);
}

static void add_located(osb_buf *line, osb_bytes file, const osb_error *err) {
    if (!osb_bytes_is_none(file) && !names_file(err, file)) {
        applet_show(line, file, false);
        if (err->line)
            osb_buf_fmt(line, ":%u", err->line);
        if (err->line && err->column)
            osb_buf_fmt(line, ":%u", err->column);
        osb_buf_adds(line, ": ");
    }
    applet_show(line, osb_error_message(err), true);
}

int osb_applet_fail(const osb_applet *self, osb_bytes file, osb_error *err) {
    int code = osb_applet_exit_code(err);
    if (err->errnum != EPIPE) {
        char mem[1024];
        osb_buf line = OSB_BUF_ON(mem, sizeof mem);
        osb_buf_fmt(&line, "%s: ", self->name);
        if (err->errnum)
            add_oserror(&line, file, err);
        else
            add_located(&line, file, err);
        write_line(&line);
    }
    osb_error_free(err);
    return code;
}

int osb_applet_exit_code(const osb_error *err) {
    static const struct {
        osb_kind kind;
        int code;
    } codes[] = {
        {OSB_OSERROR, OSB_EXIT_SYSTEM},    {OSB_MEMORYERROR, OSB_EXIT_SYSTEM},
        {OSB_NOSECTIONERROR, OSB_EXIT_NO}, {OSB_NOOPTIONERROR, OSB_EXIT_NO},
        {OSB_KEYERROR, OSB_EXIT_NO},       {OSB_OPTPARSEERROR, OSB_EXIT_USAGE},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (osb_error_is(err, codes[i].kind))
            return codes[i].code;
    }
    return OSB_EXIT_MALFORMED;
}
