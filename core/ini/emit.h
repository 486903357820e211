/* What the output formats have in common; private to the emitter's files. */
#ifndef OSBOX_INI_EMIT_H
#define OSBOX_INI_EMIT_H

#include <osbox/ini.h>

/* An output format. A hook that is NULL has nothing to do. */
typedef struct ini_emit_format {
    void (*start)(osb_ini_emitter *e);
    void (*section)(osb_ini_emitter *e, osb_bytes name); /* e->sections does not count it yet */
    int (*record)(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err);
    void (*finish)(osb_ini_emitter *e);
    /* A list of names: each with `between` before all but the first and `behind` after it. */
    osb_bytes before_names, between, behind, after_names;
    void (*name)(osb_buf *out, osb_bytes name);
    bool no_nul; /* no name may have a NUL in it */
    bool whole;  /* shows a record of several values as one, each with its origin */
} ini_emit_format;

extern const ini_emit_format ini_emit_raw, ini_emit_json, ini_emit_jsonl, ini_emit_sh, ini_emit_csv,
    ini_emit_lines, ini_emit_ini, ini_emit_nul;

/* Whether the record's origin stands before its text. */
static inline bool ini_emit_shows_origin(const osb_ini_emitter *e, const osb_ini_record *record) {
    return e->origin && !osb_bytes_is_none(record->source);
}

static inline bool ini_emit_has_nul(osb_bytes text) {
    return osb_bytes_find_char(text, '\0', 0) != OSB_NPOS;
}

#endif
