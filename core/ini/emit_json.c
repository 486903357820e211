/* Output for programs: JSON, JSON Lines, CSV. */
#include "emit.h"

#include <osbox/text.h>

static void add_value(osb_buf *out, osb_bytes value) {
    if (osb_bytes_is_none(value))
        osb_buf_adds(out, "null");
    else
        osb_text_json(out, value);
}

static void add_array(osb_buf *out, const osb_bytes *values, size_t n) {
    osb_buf_addc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            osb_buf_adds(out, ", ");
        add_value(out, values[i]);
    }
    osb_buf_addc(out, ']');
}

static void add_values(osb_buf *out, const osb_ini_record *record) {
    if (record->is_list || record->nvalues != 1)
        add_array(out, record->values, record->nvalues);
    else
        add_value(out, record->values[0]);
}

/* The members that tell the origin, and the end of the object. */
static void add_origin(osb_buf *out, const osb_ini_record *record) {
    osb_buf_adds(out, ", \"file\": ");
    add_value(out, record->source);
    osb_buf_adds(out, ", \"line\": ");
    if (osb_bytes_is_none(record->source))
        osb_buf_adds(out, "null");
    else
        osb_buf_fmt(out, "%u", record->line);
}

/* -- JSON --------------------------------------------------------------------------------------- */

static void json_start(osb_ini_emitter *e) {
    if (e->shape != OSB_INI_SCALAR)
        osb_buf_addc(e->out, '{');
}

static void json_section(osb_ini_emitter *e, osb_bytes name) {
    if (e->shape != OSB_INI_TREE)
        return;
    osb_buf_adds(e->out, e->sections ? "}, " : "");
    osb_text_json(e->out, name);
    osb_buf_adds(e->out, ": {");
    e->records = 0;
}

static void add_with_origin(osb_buf *out, const osb_ini_record *record) {
    osb_buf_adds(out, "{\"value\": ");
    add_values(out, record);
    add_origin(out, record);
    osb_buf_addc(out, '}');
}

/* Values that each have an origin: an array of objects. */
static void add_each_with_origin(osb_buf *out, const osb_ini_record *record) {
    osb_ini_record one = {.nvalues = 1};
    for (size_t i = 0; i < record->nvalues; i++) {
        one.values = &record->values[i];
        one.source = record->origins[i].source;
        one.line = record->origins[i].line;
        osb_buf_adds(out, i ? ", " : "[");
        add_with_origin(out, &one);
    }
    osb_buf_adds(out, record->nvalues ? "]" : "[]");
}

static int json_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    if (e->shape != OSB_INI_SCALAR) {
        osb_buf_adds(e->out, e->records ? ", " : "");
        osb_text_json(e->out, record->option);
        osb_buf_adds(e->out, ": ");
    }
    if (e->origin && record->origins)
        add_each_with_origin(e->out, record);
    else if (e->origin)
        add_with_origin(e->out, record);
    else
        add_values(e->out, record);
    if (e->shape == OSB_INI_SCALAR)
        osb_buf_addc(e->out, '\n');
    return 0;
}

static void json_finish(osb_ini_emitter *e) {
    if (e->shape == OSB_INI_TREE && e->sections)
        osb_buf_addc(e->out, '}');
    if (e->shape != OSB_INI_SCALAR)
        osb_buf_adds(e->out, "}\n");
}

const ini_emit_format ini_emit_json = {
    .start = json_start,
    .section = json_section,
    .record = json_record,
    .finish = json_finish,
    .before_names = OSB_LIT("["),
    .between = OSB_LIT(", "),
    .after_names = OSB_LIT("]\n"),
    .whole = true,
    .name = osb_text_json,
};

/* -- JSON Lines --------------------------------------------------------------------------------- */

static void add_object(const osb_ini_emitter *e, const osb_ini_record *record) {
    osb_buf_adds(e->out, "{\"section\": ");
    osb_text_json(e->out, record->section);
    osb_buf_adds(e->out, ", \"option\": ");
    osb_text_json(e->out, record->option);
    osb_buf_adds(e->out, ", \"value\": ");
    add_values(e->out, record);
    if (e->origin)
        add_origin(e->out, record);
    osb_buf_adds(e->out, "}\n");
}

static int jsonl_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    if (record->is_list) {
        add_object(e, record);
        return 0;
    }
    osb_ini_record one = *record;
    one.nvalues = 1;
    for (size_t i = 0; i < record->nvalues; i++) {
        one.values = &record->values[i];
        add_object(e, &one);
    }
    return 0;
}

const ini_emit_format ini_emit_jsonl = {
    .record = jsonl_record,
    .behind = OSB_LIT("\n"),
    .name = osb_text_json,
};

/* -- CSV ---------------------------------------------------------------------------------------- */

static bool needs_quotes(osb_bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"' || c == ',' || c == '\r' || c == '\n')
            return true;
    }
    return text.len == 0;
}

/* Source: RFC 4180, section 2, rules 5 to 7. Of readers that tell them apart (PostgreSQL's COPY),
 * empty quotes are an empty text and nothing at all is no value. */
static void add_cell(osb_buf *out, osb_bytes text) {
    if (osb_bytes_is_none(text) || !needs_quotes(text)) {
        osb_buf_add(out, text);
        return;
    }
    osb_buf_addc(out, '"');
    osb_bytes run;
    while (osb_bytes_cut(&text, '"', &run)) {
        osb_buf_add(out, run);
        osb_buf_adds(out, "\"\"");
    }
    osb_buf_add(out, run);
    osb_buf_addc(out, '"');
}

static void csv_start(osb_ini_emitter *e) {
    osb_buf_adds(e->out, e->origin ? "section,option,value,file,line\n" : "section,option,value\n");
}

static int csv_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    (void)err;
    for (size_t i = 0; i < record->nvalues; i++) {
        add_cell(e->out, record->section);
        osb_buf_addc(e->out, ',');
        add_cell(e->out, record->option);
        osb_buf_addc(e->out, ',');
        add_cell(e->out, record->values[i]);
        if (e->origin) {
            osb_buf_addc(e->out, ',');
            add_cell(e->out, record->source);
            osb_buf_addc(e->out, ',');
        }
        if (ini_emit_shows_origin(e, record))
            osb_buf_fmt(e->out, "%u", record->line);
        osb_buf_addc(e->out, '\n');
    }
    return 0;
}

const ini_emit_format ini_emit_csv = {
    .start = csv_start,
    .record = csv_record,
    .before_names = OSB_LIT("name\n"),
    .behind = OSB_LIT("\n"),
    .name = add_cell,
};
