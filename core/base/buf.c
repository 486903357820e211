#include <osbox/buf.h>
#include <osbox/text.h>

#include <stdlib.h>

void osb_buf_free(osb_buf *b) {
    if (!b->fixed)
        free(b->ptr);
    *b = OSB_BUF_INIT;
}

/* The capacity to grow to for `need` bytes: doubled, at least 64, at most max. */
static size_t grown(const osb_buf *b, size_t need, size_t max) {
    size_t cap = b->cap < 32 ? 64 : b->cap * 2;
    if (cap < need)
        cap = need;
    return cap < max ? cap : max;
}

char *osb_buf_room(osb_buf *b, size_t n) {
    if (b->state != OSB_BUF_OK)
        return NULL;
    size_t max = b->max ? b->max : OSB_BUF_MAX;
    if (b->len > max || n > max - b->len) {
        b->state = OSB_BUF_FULL;
        return NULL;
    }
    if (n <= b->cap - b->len)
        return b->ptr + b->len;
    size_t cap = grown(b, b->len + n, max);
    char *ptr = realloc(b->fixed ? NULL : b->ptr, cap);
    if (!ptr) {
        b->state = OSB_BUF_NOMEM;
        return NULL;
    }
    if (b->fixed && b->len)
        memcpy(ptr, b->ptr, b->len);
    b->ptr = ptr;
    b->cap = cap;
    b->fixed = false;
    return ptr + b->len;
}

void osb_buf_add(osb_buf *b, osb_bytes s) {
    if (s.len == 0)
        return;
    char *to = osb_buf_room(b, s.len);
    if (!to)
        return;
    memcpy(to, s.ptr, s.len);
    b->len += s.len;
}

void osb_buf_addc(osb_buf *b, char c) {
    char *to = osb_buf_room(b, 1);
    if (!to)
        return;
    *to = c;
    b->len++;
}

void osb_buf_adds(osb_buf *b, const char *s) {
    osb_buf_add(b, osb_bytes_from(s));
}

void osb_buf_truncate(osb_buf *b, size_t n) {
    if (n < b->len)
        b->len = n;
}

int osb_buf_check(const osb_buf *b, osb_error *err) {
    switch (b->state) {
    case OSB_BUF_OK: return 0;
    case OSB_BUF_NOMEM: return osb_error_set_nomem(err);
    case OSB_BUF_FULL: break;
    }
    return osb_error_set(err, OSB_VALUEERROR, "more than %z bytes", b->max ? b->max : OSB_BUF_MAX);
}

/* Append the digits of n, right-aligned in width; zeros go behind the sign, blanks before it. */
static void add_digits(osb_buf *b, uint64_t n, bool negative, unsigned base, unsigned width,
                       char pad) {
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[n % base];
        n /= base;
    } while (n);
    size_t used = sizeof digits - at;
    if (negative && pad == '0')
        osb_buf_addc(b, '-');
    for (size_t i = used + negative; i < width; i++)
        osb_buf_addc(b, pad);
    if (negative && pad != '0')
        osb_buf_addc(b, '-');
    osb_buf_add(b, (osb_bytes){digits + at, used});
}

static void add_signed(osb_buf *b, int64_t n, unsigned width, char pad) {
    add_digits(b, n < 0 ? -(uint64_t)n : (uint64_t)n, n < 0, 10, width, pad);
}

/* One conversion of osb_buf_vfmt, past its width. */
static void add_conversion(osb_buf *b, char conversion, unsigned width, char pad, va_list *ap) {
    switch (conversion) {
    case 's': osb_buf_adds(b, va_arg(*ap, const char *)); break;
    case 'b': osb_buf_add(b, va_arg(*ap, osb_bytes)); break;
    case 'r': osb_text_repr(b, va_arg(*ap, osb_bytes)); break;
    case 'c': osb_buf_addc(b, (char)va_arg(*ap, int)); break;
    case 'd': add_signed(b, va_arg(*ap, int), width, pad); break;
    case 'l': add_signed(b, va_arg(*ap, int64_t), width, pad); break;
    case 'u': add_digits(b, va_arg(*ap, unsigned), false, 10, width, pad); break;
    case 'z': add_digits(b, va_arg(*ap, size_t), false, 10, width, pad); break;
    case 'x': add_digits(b, va_arg(*ap, unsigned), false, 16, width, pad); break;
    default: osb_buf_addc(b, conversion);
    }
}

void osb_buf_vfmt(osb_buf *b, const char *fmt, va_list ap) {
    va_list args;
    va_copy(args, ap);
    while (*fmt) {
        size_t literal = strcspn(fmt, "%");
        osb_buf_add(b, (osb_bytes){fmt, literal});
        fmt += literal;
        if (!*fmt++)
            break;
        char pad = *fmt == '0' ? '0' : ' ';
        unsigned width = 0;
        while (*fmt >= '0' && *fmt <= '9')
            width = width * 10 + (unsigned)(*fmt++ - '0');
        if (*fmt)
            add_conversion(b, *fmt++, width, pad, &args);
    }
    va_end(args);
}

void osb_buf_fmt(osb_buf *b, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    osb_buf_vfmt(b, fmt, ap);
    va_end(ap);
}
