/* Output as text to look at or to go on with: the bare values, INI, one line an option, and fields
 * that end in NUL. */
#include "emit.h"

static void add_origin(const osb_ini_emitter *e, const osb_ini_record *record) {
    if (ini_emit_shows_origin(e, record))
        osb_buf_fmt(e->out, "%b:%u:\t", record->source, record->line);
}

/* Lines after the first are indented, to be read as the value's continuation.
 * Source: RawConfigParser._write_section */
static void add_option_line(const osb_ini_emitter *e, osb_bytes option, osb_bytes value) {
    osb_buf_add(e->out, option);
    if (!osb_bytes_is_none(value)) {
        osb_buf_add(e->out, osb_bytes_is_none(e->delimiter) ? OSB_LIT(" = ") : e->delimiter);
        osb_bytes line;
        while (osb_bytes_cut(&value, '\n', &line)) {
            osb_buf_add(e->out, line);
            osb_buf_adds(e->out, "\n\t");
        }
        osb_buf_add(e->out, line);
    }
    osb_buf_addc(e->out, '\n');
}

/* What stands before the first header has no header: its section's name is empty. */
static void add_header(const osb_ini_emitter *e, osb_bytes name) {
    if (name.len)
        osb_buf_fmt(e->out, "[%b]\n", name);
}

/* -- INI ---------------------------------------------------------------------------------------- */

static void ini_section(osb_ini_emitter *e, osb_bytes name) {
    if (e->sections)
        osb_buf_addc(e->out, '\n');
    add_header(e, name);
}

static int ini_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    if (e->shape == OSB_INI_SCALAR)
        osb_ini_emit_section(e, record->section);
    for (size_t i = 0; i < record->nvalues; i++)
        add_option_line(e, record->option, record->values[i]);
    return 0;
}

static void ini_finish(osb_ini_emitter *e) {
    if (e->sections)
        osb_buf_addc(e->out, '\n');
}

static void ini_name(osb_buf *out, osb_bytes name) {
    osb_buf_fmt(out, "[%b]", name);
}

const ini_emit_format ini_emit_ini = {
    .section = ini_section,
    .record = ini_record,
    .finish = ini_finish,
    .name = ini_name,
    .behind = OSB_LIT("\n"),
};

/* -- raw ---------------------------------------------------------------------------------------- */

static void raw_section(osb_ini_emitter *e, osb_bytes name) {
    if (e->shape == OSB_INI_TREE)
        ini_section(e, name);
}

static int raw_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    for (size_t i = 0; i < record->nvalues; i++) {
        add_origin(e, record);
        if (e->shape == OSB_INI_SCALAR)
            osb_buf_fmt(e->out, "%b\n", record->values[i]);
        else
            add_option_line(e, record->option, record->values[i]);
    }
    return 0;
}

static void raw_finish(osb_ini_emitter *e) {
    if (e->shape == OSB_INI_TREE)
        ini_finish(e);
}

const ini_emit_format ini_emit_raw = {
    .section = raw_section,
    .record = raw_record,
    .finish = raw_finish,
    .name = osb_buf_add,
    .behind = OSB_LIT("\n"),
};

/* -- lines -------------------------------------------------------------------------------------- */

static void add_on_one_line(osb_buf *out, osb_bytes text) {
    static const char escapes[] = {['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'};
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= sizeof escapes || !escapes[c])
            continue;
        osb_buf_add(out, osb_bytes_sub(text, run, i));
        osb_buf_addc(out, '\\');
        osb_buf_addc(out, escapes[c]);
        run = i + 1;
    }
    osb_buf_add(out, osb_bytes_sub(text, run, text.len));
}

static void add_line(const osb_ini_emitter *e, const osb_ini_record *record, osb_bytes value) {
    if (ini_emit_shows_origin(e, record)) {
        add_on_one_line(e->out, record->source);
        osb_buf_fmt(e->out, ":%u: ", record->line);
    }
    osb_buf_addc(e->out, '[');
    add_on_one_line(e->out, record->section);
    osb_buf_adds(e->out, "] ");
    add_on_one_line(e->out, record->option);
    if (!osb_bytes_is_none(value)) {
        osb_buf_adds(e->out, " = ");
        add_on_one_line(e->out, value);
    }
    osb_buf_addc(e->out, '\n');
}

static int lines_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    for (size_t i = 0; i < record->nvalues; i++)
        add_line(e, record, record->values[i]);
    return 0;
}

const ini_emit_format ini_emit_lines = {
    .record = lines_record,
    .name = add_on_one_line,
    .behind = OSB_LIT("\n"),
};

/* -- NUL ---------------------------------------------------------------------------------------- */

/* A NUL in a text would end its field, and the reader would take the rest for the next one. */
static int check_fields(const osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    bool names_shown = e->shape != OSB_INI_SCALAR;
    bool bad = names_shown && (ini_emit_has_nul(record->option) ||
                               (e->shape == OSB_INI_TREE && ini_emit_has_nul(record->section)));
    for (size_t i = 0; i < record->nvalues && !bad; i++)
        bad = ini_emit_has_nul(record->values[i]);
    if (!bad)
        return 0;
    return osb_error_set(err, OSB_VALUEERROR,
                         "%r in section %r has a NUL byte in it, which this output cannot show",
                         record->option, record->section);
}

static void add_field(osb_buf *out, osb_bytes text) {
    osb_buf_add(out, text);
    osb_buf_addc(out, '\0');
}

static void add_fields(const osb_ini_emitter *e, const osb_ini_record *record, osb_bytes value) {
    if (e->origin) {
        add_field(e->out, record->source);
        if (!osb_bytes_is_none(record->source))
            osb_buf_fmt(e->out, "%u", record->line);
        osb_buf_addc(e->out, '\0');
    }
    if (e->shape == OSB_INI_TREE)
        add_field(e->out, record->section);
    if (e->shape != OSB_INI_SCALAR)
        add_field(e->out, record->option);
    add_field(e->out, value);
}

static int nul_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    if (check_fields(e, record, err) != 0)
        return -1;
    for (size_t i = 0; i < record->nvalues; i++)
        add_fields(e, record, record->values[i]);
    return 0;
}

const ini_emit_format ini_emit_nul = {
    .record = nul_record,
    .name = osb_buf_add,
    .behind = OSB_LIT("\0"),
    .no_nul = true,
};
