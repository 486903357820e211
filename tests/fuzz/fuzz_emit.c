/* Output: what a text holds, in every format. Shell output means its values, NUL output is its values,
 * JSON is JSON. The input is two bytes of options, then an INI text. */
#include "fuzz.h"

#include <osbox/ini.h>
#include <osbox/text.h>

enum { MAX_RECORDS = 256 };

typedef struct shown {
    osb_bytes section, option, value;
} shown;

typedef struct run {
    osb_ini_emitter emitter;
    osb_buf out;
    shown records[MAX_RECORDS]; /* those that could be shown */
    size_t n;
} run;

static osb_configparser *load(osb_bytes text) {
    osb_configparser_opts opts = osb_rawconfigparser_defaults;
    osb_configparser *cp;
    osb_error err = {0};
    opts.allow_no_value = true;
    opts.strict = false;
    require_done(osb_configparser_new(&opts, &cp, &err), "new", &err);
    osb_configparser_read_text(cp, text, OSB_LIT("input"), &err);
    osb_error_free(&err);
    return cp;
}

static void emit_one(run *r, osb_configparser *cp, osb_bytes section, osb_item item) {
    osb_ini_record record = {
        .section = section, .option = item.key, .values = &item.value, .nvalues = 1};
    osb_error err = {0};
    if (r->emitter.origin)
        osb_configparser_origin(cp, section, item.key, &record.source, &record.line);
    size_t before = r->out.len;
    if (osb_ini_emit(&r->emitter, &record, &err) == 0) {
        if (r->n < MAX_RECORDS)
            r->records[r->n++] = (shown){section, item.key, item.value};
    } else {
        require(err.kind == OSB_VALUEERROR && err.len > 0, "a refusal says why");
        require(r->out.len == before, "what is refused leaves nothing");
    }
    osb_error_free(&err);
}

static void emit_all(run *r, osb_configparser *cp) {
    osb_strings names;
    osb_error err = {0};
    require_done(osb_configparser_sections(cp, &names, &err), "sections", &err);
    osb_ini_emit_start(&r->emitter);
    for (size_t i = 0; i < names.n; i++) {
        osb_items items;
        require_done(osb_configparser_items(cp, names.items[i], true, (osb_items){0}, &items, &err),
                     "items", &err);
        osb_ini_emit_section(&r->emitter, names.items[i]);
        for (size_t k = 0; k < items.n; k++)
            emit_one(r, cp, names.items[i], items.items[k]);
    }
    osb_ini_emit_finish(&r->emitter);
    require_done(osb_buf_check(&r->out, &err), "output", &err);
}

/* -- shell ---------------------------------------------------------------------------------------- */

/* Our batches are quoted as shells quote: each line is one word, NAME=VALUE. */
static void check_sh(const run *r) {
    osb_ini_batch batch = {osb_buf_bytes(&r->out), 1};
    osb_bytes words[OSB_INI_BATCH_WORDS], name;
    osb_arena arena = {0};
    osb_error err = {0};
    uint32_t line;
    size_t n;
    for (size_t i = 0; i < r->n; i++) {
        require(osb_ini_batch_next(&batch, &arena, words, &n, &line, &err) == 1 && n == 1,
                "a word");
        osb_bytes_cut(&words[0], '=', &name);
        require(osb_bytes_endswith(name, r->emitter.mangle ? OSB_LIT("") : r->records[i].option),
                "the option's name");
        require_equal("value", words[0],
                      r->records[i].value.ptr ? r->records[i].value : OSB_LIT(""));
    }
    require(osb_ini_batch_next(&batch, &arena, words, &n, &line, &err) == 0, "nothing more");
    osb_arena_free(&arena);
}

/* -- NUL ------------------------------------------------------------------------------------------ */

static void check_nul(const run *r) {
    osb_bytes rest = osb_buf_bytes(&r->out);
    for (size_t i = 0; i < r->n; i++) {
        require_equal("section", take_until(&rest, OSB_LIT("\0")), r->records[i].section);
        require_equal("option", take_until(&rest, OSB_LIT("\0")), r->records[i].option);
        osb_bytes value = r->records[i].value.ptr ? r->records[i].value : OSB_LIT("");
        require_equal("value", take_until(&rest, OSB_LIT("\0")), value);
    }
    require(rest.len == 0, "nothing more");
}

/* -- JSON ----------------------------------------------------------------------------------------- */

/* Past a string; its control characters are escaped. */
static void take_string(osb_bytes *text) {
    require(take_byte(text) == '"', "a string");
    for (;;) {
        unsigned c = take_byte(text);
        require(c >= 0x20, "a character of a string");
        if (c == '"')
            return;
        if (c == '\\') {
            char letter = (char)take_byte(text);
            require(letter && strchr("\"\\/bfnrtu", letter), "an escape");
        }
    }
}

static void take_blanks(osb_bytes *text) {
    while (text->len && (*text->ptr == ' ' || *text->ptr == '\n'))
        take_byte(text);
}

/* A string, null, a number, or an object of them: what dumps are made of. depth bounds the nesting. */
static void take_value(osb_bytes *text, int depth) {
    take_blanks(text);
    require(text->len && depth > 0, "a value");
    if (*text->ptr == '"') {
        take_string(text);
    } else if (*text->ptr == '{') {
        do {
            take_byte(text);
            take_blanks(text);
            if (text->len && *text->ptr == '}')
                break;
            take_string(text);
            require(take_byte(text) == ':', "a colon");
            take_value(text, depth - 1);
            take_blanks(text);
        } while (text->len && *text->ptr == ',');
        require(take_byte(text) == '}', "an object's end");
    } else {
        while (text->len &&
               osb_bytes_find_char(OSB_LIT("nul0123456789"), *text->ptr, 0) != OSB_NPOS)
            take_byte(text);
    }
}

static void check_json(const run *r) {
    osb_bytes rest = osb_buf_bytes(&r->out);
    for (size_t i = 0; i < r->n || i == 0; i++) {
        if (r->emitter.output == OSB_INI_OUT_JSONL && r->n == 0)
            break;
        take_value(&rest, 4);
        require(take_byte(&rest) == '\n', "a line's end");
        if (r->emitter.output == OSB_INI_OUT_JSON)
            break;
    }
    require(rest.len == 0 || r->n == MAX_RECORDS, "nothing more");
}

/* -- one input ------------------------------------------------------------------------------------ */

static void check(const run *r) {
    if (r->n == MAX_RECORDS)
        return;
    if (r->emitter.output == OSB_INI_OUT_SH)
        check_sh(r);
    else if (r->emitter.output == OSB_INI_OUT_NUL && !r->emitter.origin)
        check_nul(r);
    else if (r->emitter.output == OSB_INI_OUT_JSON || r->emitter.output == OSB_INI_OUT_JSONL)
        check_json(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static run r;
    osb_bytes text = {(const char *)data, size};
    unsigned output = take_byte(&text), flags = take_byte(&text);
    osb_configparser *cp = load(text);
    r = (run){.out = OSB_BUF_INIT};
    r.emitter = (osb_ini_emitter){.output = output % (OSB_INI_OUT_NUL + 1),
                                  .shape = OSB_INI_TREE,
                                  .prefix = flags & 1 ? OSB_LIT("p_") : OSB_LIT(""),
                                  .mangle = flags & 2,
                                  .origin = flags & 4,
                                  .delimiter = flags & 8 ? OSB_LIT("=") : OSB_NONE,
                                  .out = &r.out};
    emit_all(&r, cp);
    check(&r);
    osb_buf_free(&r.out);
    osb_configparser_free(cp);
    return 0;
}
