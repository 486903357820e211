/* stdout: one writer, in memory that costs nothing until it is used. */
#include "internal.h"

#include <unistd.h>

static char memory[64 << 10];
static osb_writer out;
static bool opened;

osb_writer *osb_applet_out(void) {
    if (!opened) {
        osb_writer_init(&out, STDOUT_FILENO, memory, sizeof memory);
        opened = true;
    }
    return &out;
}

static int lost(const osb_applet *self, osb_error *err) {
    osb_applet_fail(self, OSB_LIT("standard output"), err);
    return OSB_EXIT_SYSTEM;
}

int osb_applet_end(const osb_applet *self, int code) {
    if (!opened)
        return code;
    opened = false;
    osb_error err;
    osb_error_init(&err);
    return osb_writer_close(&out, &err) < 0 ? lost(self, &err) : code;
}

/* Without asking whether stdout is a terminal: our own texts hold no controls. */
int applet_print(const osb_applet *self, osb_buf *text) {
    osb_error err;
    osb_error_init(&err);
    if (osb_buf_check(text, &err) < 0) {
        osb_buf_free(text);
        return osb_applet_fail(self, OSB_NONE, &err);
    }
    out = (osb_writer){.fd = STDOUT_FILENO, .buf = memory, .cap = sizeof memory};
    opened = true;
    osb_writer_put(&out, osb_buf_bytes(text));
    osb_buf_free(text);
    return osb_applet_end(self, OSB_EXIT_DONE);
}
