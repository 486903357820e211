/* Output of options and names: the way to the formats. */
#include "emit.h"

static const ini_emit_format *const formats[] = {
    [OSB_INI_OUT_RAW] = &ini_emit_raw,     [OSB_INI_OUT_JSON] = &ini_emit_json,
    [OSB_INI_OUT_JSONL] = &ini_emit_jsonl, [OSB_INI_OUT_SH] = &ini_emit_sh,
    [OSB_INI_OUT_CSV] = &ini_emit_csv,     [OSB_INI_OUT_LINES] = &ini_emit_lines,
    [OSB_INI_OUT_INI] = &ini_emit_ini,     [OSB_INI_OUT_NUL] = &ini_emit_nul,
};

void osb_ini_emit_start(osb_ini_emitter *e) {
    e->section = OSB_NONE;
    e->sections = e->records = 0;
    e->arena = (osb_arena){0};
    osb_map_init(&e->shell_names, 0);
    if (formats[e->output]->start)
        formats[e->output]->start(e);
}

void osb_ini_emit_section(osb_ini_emitter *e, osb_bytes section) {
    if (formats[e->output]->section)
        formats[e->output]->section(e, section);
    e->sections++;
}

static int emit_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    if (formats[e->output]->record(e, record, err) != 0)
        return -1;
    e->records++;
    return 0;
}

/* Values with origins of their own are records of their own, but for formats that show them as one. */
int osb_ini_emit(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    if (!record->origins || formats[e->output]->whole)
        return emit_record(e, record, err);
    osb_ini_record one = *record;
    one.origins = NULL;
    one.nvalues = 1;
    int rc = 0;
    for (size_t i = 0; i < record->nvalues; i++) {
        one.values = &record->values[i];
        one.source = record->origins[i].source;
        one.line = record->origins[i].line;
        rc |= emit_record(e, &one, rc ? NULL : err);
    }
    return rc;
}

void osb_ini_emit_finish(osb_ini_emitter *e) {
    if (formats[e->output]->finish)
        formats[e->output]->finish(e);
    osb_map_free(&e->shell_names);
    osb_arena_free(&e->arena);
}

static int check_names(osb_strings names, osb_error *err) {
    for (size_t i = 0; i < names.n; i++) {
        if (ini_emit_has_nul(names.items[i]))
            return osb_error_set(err, OSB_VALUEERROR,
                                 "%r has a NUL byte in it, which this output cannot show",
                                 names.items[i]);
    }
    return 0;
}

int osb_ini_emit_names(osb_ini_output output, osb_strings names, osb_buf *out, osb_error *err) {
    const ini_emit_format *format = formats[output];
    if (format->no_nul && check_names(names, err) != 0)
        return -1;
    osb_buf_add(out, format->before_names);
    for (size_t i = 0; i < names.n; i++) {
        if (i > 0)
            osb_buf_add(out, format->between);
        format->name(out, names.items[i]);
        osb_buf_add(out, format->behind);
    }
    osb_buf_add(out, format->after_names);
    return 0;
}
