/* What lint and diff say. */
#include <osbox/ini.h>
#include <osbox/text.h>

/* JSON is one array over all reports, JSONL an object a line. */
static void begin_object(osb_ini_output output, size_t shown, osb_buf *out) {
    if (output == OSB_INI_OUT_JSON)
        osb_buf_adds(out, shown ? ",\n {" : "[{");
    else
        osb_buf_addc(out, '{');
}

static void end_object(osb_ini_output output, osb_buf *out) {
    osb_buf_adds(out, output == OSB_INI_OUT_JSON ? "}" : "}\n");
}

void osb_ini_emit_reports_end(osb_ini_output output, size_t shown, osb_buf *out) {
    if (output == OSB_INI_OUT_JSON)
        osb_buf_adds(out, shown ? "]\n" : "[]\n");
}

static bool is_json(osb_ini_output output) {
    return output == OSB_INI_OUT_JSON || output == OSB_INI_OUT_JSONL;
}

static void add_member(osb_buf *out, const char *name, osb_bytes value) {
    osb_buf_fmt(out, "\"%s\": ", name);
    if (osb_bytes_is_none(value))
        osb_buf_adds(out, "null");
    else
        osb_text_json(out, value);
}

void osb_ini_emit_problem(osb_ini_output output, size_t shown, osb_bytes file,
                          const osb_ini_problem *p, osb_buf *out) {
    if (!is_json(output)) {
        osb_buf_fmt(out, "%b:%u:%u: %b [%s]\n", file, p->line, p->column, p->message, p->code);
        return;
    }
    begin_object(output, shown, out);
    add_member(out, "file", file);
    osb_buf_fmt(out, ", \"line\": %u, \"column\": %u, ", p->line, p->column);
    add_member(out, "code", osb_bytes_from(p->code));
    osb_buf_adds(out, ", ");
    add_member(out, "message", p->message);
    end_object(output, out);
}

/* "-[db] port = 1", on one line: a newline in the value is \n, a backslash \\. */
static void add_side(osb_buf *out, char sign, const osb_ini_difference *d, osb_bytes value) {
    osb_buf_fmt(out, "%c[%b]", sign, d->section);
    if (!osb_bytes_is_none(d->option))
        osb_buf_fmt(out, osb_bytes_is_none(value) ? " %b" : " %b = ", d->option);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == '\n' || c == '\\')
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, c == '\n' ? 'n' : c);
    }
    osb_buf_addc(out, '\n');
}

static void add_members(osb_buf *out, const osb_ini_difference *d) {
    add_member(out, "section", d->section);
    if (!osb_bytes_is_none(d->option)) {
        osb_buf_adds(out, ", ");
        add_member(out, "option", d->option);
    }
    if (d->in_old) {
        osb_buf_adds(out, ", ");
        add_member(out, "old", d->old);
    }
    if (d->in_new) {
        osb_buf_adds(out, ", ");
        add_member(out, "new", d->new);
    }
}

void osb_ini_emit_difference(osb_ini_output output, size_t shown, const osb_ini_difference *d,
                             osb_buf *out) {
    if (is_json(output)) {
        begin_object(output, shown, out);
        add_members(out, d);
        end_object(output, out);
        return;
    }
    if (d->in_old)
        add_side(out, '-', d, d->old);
    if (d->in_new)
        add_side(out, '+', d, d->new);
}
