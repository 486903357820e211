/* Batches: any text gives words or an error; words that are quoted again give themselves. */
#include "fuzz.h"

#include <osbox/ini.h>
#include <osbox/text.h>

static void quote(const osb_bytes *words, size_t n, osb_buf *out) {
    for (size_t i = 0; i < n; i++) {
        osb_buf_addc(out, ' ');
        osb_text_shell(out, words[i]);
    }
    osb_buf_addc(out, '\n');
}

static void compare(osb_bytes quoted, const osb_bytes *words, size_t n, osb_arena *a) {
    osb_ini_batch batch = {quoted, 1};
    osb_bytes again[OSB_INI_BATCH_WORDS];
    osb_error err = {0};
    uint32_t line;
    size_t found;
    int rc = osb_ini_batch_next(&batch, a, again, &found, &line, &err);
    require_done(rc, "quoted words read", &err);
    require(rc == 1 && found == n && line == 1, "as many words");
    for (size_t i = 0; i < n; i++)
        require_equal("word", again[i], words[i]);
    require(osb_ini_batch_next(&batch, a, again, &found, &line, &err) == 0, "one operation");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_ini_batch batch = {{(const char *)data, size}, 1};
    osb_arena arena = {0};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    osb_error err = {0};
    uint32_t line, last = 0;
    size_t n;
    int rc;
    while ((rc = osb_ini_batch_next(&batch, &arena, words, &n, &line, &err)) > 0) {
        osb_arena_mark mark = osb_arena_save(&arena);
        osb_buf quoted = OSB_BUF_INIT;
        require(n > 0 && n <= OSB_INI_BATCH_WORDS, "a number of words");
        require(line > last && batch.line >= line, "lines go on");
        last = line;
        quote(words, n, &quoted);
        compare(osb_buf_bytes(&quoted), words, n, &arena);
        osb_buf_free(&quoted);
        osb_arena_restore(&arena, mark);
    }
    require(rc == 0 || (err.kind == OSB_VALUEERROR && err.line > last && err.column > 0),
            "an error has a place");
    require(batch.rest.len == 0, "the batch is at its end");
    osb_error_free(&err);
    osb_arena_free(&arena);
    return 0;
}
