/* Sizes and durations: decimal numbers with units, reckoned in whole bytes and microseconds. */
#include "convert.h"

#include <osbox/text.h>

typedef struct unit {
    const char *name;
    uint64_t factor;
} unit;

/* Source: git-config(1) and systemd's parse_size for the letters alone; IEC 80000-13 for Ki and its
 * kin; SI for the others. Compared in lower case. */
static const unit size_units[] = {
    {"", 1},
    {"b", 1},
    {"k", (uint64_t)1 << 10},
    {"ki", (uint64_t)1 << 10},
    {"kib", (uint64_t)1 << 10},
    {"kb", 1000},
    {"m", (uint64_t)1 << 20},
    {"mi", (uint64_t)1 << 20},
    {"mib", (uint64_t)1 << 20},
    {"mb", 1000000},
    {"g", (uint64_t)1 << 30},
    {"gi", (uint64_t)1 << 30},
    {"gib", (uint64_t)1 << 30},
    {"gb", 1000000000},
    {"t", (uint64_t)1 << 40},
    {"ti", (uint64_t)1 << 40},
    {"tib", (uint64_t)1 << 40},
    {"tb", 1000000000000},
    {"p", (uint64_t)1 << 50},
    {"pi", (uint64_t)1 << 50},
    {"pib", (uint64_t)1 << 50},
    {"pb", 1000000000000000},
    {"e", (uint64_t)1 << 60},
    {"ei", (uint64_t)1 << 60},
    {"eib", (uint64_t)1 << 60},
    {"eb", 1000000000000000000},
    {NULL, 0},
};

enum { SECOND = 1000000 };
#define MINUTE ((uint64_t)60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* In microseconds. A year is 365.25 days, a month a twelfth of that. Source: systemd.time(7) */
static const unit duration_units[] = {
    {"", SECOND},
    {"us", 1},
    {"usec", 1},
    {"\xC2\xB5s", 1},
    {"\xCE\xBCs", 1},
    {"ms", 1000},
    {"msec", 1000},
    {"s", SECOND},
    {"sec", SECOND},
    {"second", SECOND},
    {"seconds", SECOND},
    {"m", MINUTE},
    {"min", MINUTE},
    {"minute", MINUTE},
    {"minutes", MINUTE},
    {"h", HOUR},
    {"hr", HOUR},
    {"hour", HOUR},
    {"hours", HOUR},
    {"d", DAY},
    {"day", DAY},
    {"days", DAY},
    {"w", 7 * DAY},
    {"week", 7 * DAY},
    {"weeks", 7 * DAY},
    {"M", 2629800 * (uint64_t)SECOND},
    {"month", 2629800 * (uint64_t)SECOND},
    {"months", 2629800 * (uint64_t)SECOND},
    {"y", 31557600 * (uint64_t)SECOND},
    {"year", 31557600 * (uint64_t)SECOND},
    {"years", 31557600 * (uint64_t)SECOND},
    {NULL, 0},
};

typedef struct quantity {
    osb_bytes value;
    const char *p, *end; /* what is still to be read of it */
    const unit *units;
    bool any_case;    /* of the units */
    const char *kind; /* for the errors */
    const char *most;
} quantity;

static int refuse(const quantity *q, const char *reason, osb_bytes part, osb_error *err) {
    char mem[256];
    osb_buf why = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&why, reason, part);
    int rc = osb_error_set(err, OSB_VALUEERROR, "%r is not %s: %b", q->value, q->kind,
                           osb_buf_bytes(&why));
    osb_buf_free(&why);
    return rc;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(quantity *q) {
    while (q->p < q->end && is_blank(*q->p))
        q->p++;
}

static osb_bytes take_digits(quantity *q) {
    const char *start = q->p;
    while (q->p < q->end && is_digit(*q->p))
        q->p++;
    return (osb_bytes){start, (size_t)(q->p - start)};
}

/* What stands between a number and the next one, or the end. */
static osb_bytes take_unit(quantity *q) {
    const char *start = q->p;
    while (q->p < q->end && !is_blank(*q->p) && !is_digit(*q->p) && *q->p != '+' && *q->p != '-')
        q->p++;
    return (osb_bytes){start, (size_t)(q->p - start)};
}

/* -- numbers ------------------------------------------------------------------------------------ */

typedef struct decimal {
    osb_bytes whole, fraction; /* digits */
} decimal;

static int read_decimal(quantity *q, decimal *d, osb_error *err) {
    const char *start = q->p;
    if (q->p < q->end && *q->p == '-')
        return refuse(q, "it is negative", OSB_NONE, err);
    if (q->p < q->end && *q->p == '+')
        q->p++;
    d->whole = take_digits(q);
    d->fraction = OSB_LIT("");
    if (q->end - q->p >= 2 && q->p[0] == '.' && is_digit(q->p[1])) {
        q->p++;
        d->fraction = take_digits(q);
    }
    if (d->whole.len || d->fraction.len)
        return 0;
    return refuse(q, "no number before %r", (osb_bytes){start, (size_t)(q->end - start)}, err);
}

/* d * factor, what is left of one dropped; false where *sum with it would pass INT64_MAX.
 * The fraction goes from its last digit to its first: the floor of (digit * factor + floor(x)) / 10
 * is that of (digit * factor + x) / 10, so nothing is lost by the way. A factor is at most 2^60. */
static bool add_scaled(const decimal *d, uint64_t factor, uint64_t *sum) {
    uint64_t whole = 0, part = 0, most = ((uint64_t)INT64_MAX - *sum) / factor;
    for (size_t i = 0; i < d->whole.len; i++) {
        uint64_t digit = (uint64_t)(d->whole.ptr[i] - '0');
        if (digit > most || whole > (most - digit) / 10)
            return false;
        whole = whole * 10 + digit;
    }
    for (size_t i = d->fraction.len; i > 0; i--)
        part = ((uint64_t)(d->fraction.ptr[i - 1] - '0') * factor + part) / 10;
    *sum += whole * factor;
    if (part > (uint64_t)INT64_MAX - *sum)
        return false;
    *sum += part;
    return true;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool same_name(osb_bytes a, osb_bytes name, bool any_case) {
    if (a.len != name.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if ((any_case ? lower(a.ptr[i]) : a.ptr[i]) != name.ptr[i])
            return false;
    }
    return true;
}

static const unit *find_unit(const quantity *q, osb_bytes name) {
    for (const unit *u = q->units; u->name; u++) {
        if (same_name(name, osb_bytes_from(u->name), q->any_case))
            return u;
    }
    return NULL;
}

/* One number and its unit, added to *sum. */
static int read_part(quantity *q, uint64_t *sum, osb_error *err) {
    decimal number;
    if (read_decimal(q, &number, err) != 0)
        return -1;
    skip_blanks(q);
    osb_bytes name = take_unit(q);
    const unit *u = find_unit(q, name);
    if (!u)
        return refuse(q, "unknown unit %r", name, err);
    if (!add_scaled(&number, u->factor, sum))
        return refuse(q, "more than %b", osb_bytes_from(q->most), err);
    skip_blanks(q);
    return 0;
}

/* -- sizes -------------------------------------------------------------------------------------- */

int ini_convert_size(osb_bytes value, osb_buf *out, osb_error *err) {
    quantity q = {
        .value = value,
        .p = value.ptr,
        .end = value.ptr + value.len,
        .units = size_units,
        .any_case = true,
        .kind = "a size",
        .most = "9223372036854775807 bytes",
    };
    uint64_t bytes = 0;
    skip_blanks(&q);
    if (q.p == q.end)
        return refuse(&q, "it is empty", OSB_NONE, err);
    if (read_part(&q, &bytes, err) != 0)
        return -1;
    if (q.p < q.end)
        return refuse(&q, "unexpected %r", (osb_bytes){q.p, (size_t)(q.end - q.p)}, err);
    osb_buf_fmt(out, "%l", (int64_t)bytes);
    return 0;
}

/* -- durations ---------------------------------------------------------------------------------- */

/* The fraction without zeros at its end. */
static void add_seconds(osb_buf *out, uint64_t microseconds) {
    char digits[8];
    osb_buf fraction = OSB_BUF_ON(digits, sizeof digits);
    osb_buf_fmt(out, "%l", (int64_t)(microseconds / SECOND));
    if (microseconds % SECOND == 0)
        return;
    osb_buf_fmt(&fraction, "%06u", (unsigned)(microseconds % SECOND));
    while (fraction.ptr[fraction.len - 1] == '0')
        fraction.len--;
    osb_buf_fmt(out, ".%b", osb_buf_bytes(&fraction));
}

int ini_convert_duration(osb_bytes value, osb_buf *out, osb_error *err) {
    quantity q = {
        .value = value,
        .p = value.ptr,
        .end = value.ptr + value.len,
        .units = duration_units,
        .kind = "a duration",
        .most = "9223372036854.775807 seconds",
    };
    uint64_t microseconds = 0;
    if (osb_bytes_eq(osb_text_strip(value), OSB_LIT("infinity"))) {
        osb_buf_adds(out, "infinity");
        return 0;
    }
    skip_blanks(&q);
    if (q.p == q.end)
        return refuse(&q, "it is empty", OSB_NONE, err);
    while (q.p < q.end) {
        if (read_part(&q, &microseconds, err) != 0)
            return -1;
    }
    add_seconds(out, microseconds);
    return 0;
}
