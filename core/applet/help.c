/* The --help page: usage, description, verbs, options, exit codes, examples. */
#include "internal.h"

enum { INDENT = 2, EXAMPLE_COLUMN = 6, MIN_WIDTH = 11 };

void applet_format_usage(const osb_applet *self, osb_buf *out) {
    static const char *const plain[] = {"[options]", NULL};
    const char *heading = "Usage: ";
    for (const char *const *form = self->usage ? self->usage : plain; *form; form++) {
        osb_buf_fmt(out, "%s%s%s%s\n", heading, self->name, **form ? " " : "", *form);
        heading = "       ";
    }
}

/* Rewrite `term` as what the verb's row shows: "get FILE SECTION OPTION". */
static osb_bytes verb_term(const osb_verb *verb, osb_buf *term) {
    osb_buf_truncate(term, 0);
    osb_buf_adds(term, verb->name);
    if (verb->args && *verb->args)
        osb_buf_fmt(term, " %s", verb->args);
    return osb_buf_bytes(term);
}

static void format_verbs(const osb_applet *self, size_t width, osb_buf *out) {
    char mem[128];
    osb_buf term = OSB_BUF_ON(mem, sizeof mem);
    size_t longest = 0;
    for (const osb_verb *verb = self->verbs; verb->name; verb++) {
        size_t len = verb_term(verb, &term).len + INDENT;
        longest = len > longest ? len : longest;
    }
    size_t column = osb_optparse_column(longest, width);
    osb_buf_fmt(out, "%s:\n", self->verbs_heading ? self->verbs_heading : "Verbs");
    for (const osb_verb *verb = self->verbs; verb->name; verb++)
        osb_optparse_format_row(out, verb_term(verb, &term), osb_bytes_from(verb->help), INDENT,
                                column, width);
    osb_buf_addc(out, '\n');
    osb_buf_done(&term, out);
}

static osb_bytes exit_term(const osb_exit_code *exit, osb_buf *term) {
    osb_buf_truncate(term, 0);
    osb_buf_fmt(term, "%d", exit->code);
    return osb_buf_bytes(term);
}

static void format_exits(const osb_exit_code *exits, size_t width, osb_buf *out) {
    char mem[16];
    osb_buf term = OSB_BUF_ON(mem, sizeof mem);
    size_t longest = 0;
    for (const osb_exit_code *exit = exits; exit->meaning; exit++) {
        size_t len = exit_term(exit, &term).len + INDENT;
        longest = len > longest ? len : longest;
    }
    size_t column = osb_optparse_column(longest, width);
    osb_buf_adds(out, "\nExit codes:\n");
    for (const osb_exit_code *exit = exits; exit->meaning; exit++)
        osb_optparse_format_row(out, exit_term(exit, &term), osb_bytes_from(exit->meaning), INDENT,
                                column, width);
}

static void format_command(osb_bytes command, osb_buf *out) {
    while (!osb_bytes_is_none(command)) {
        osb_bytes line;
        osb_bytes_cut(&command, '\n', &line);
        osb_buf_fmt(out, "  %b\n", line);
    }
}

static void format_examples(const osb_example *examples, size_t width, osb_buf *out) {
    osb_buf_adds(out, "\nExamples:\n");
    for (; examples->command; examples++) {
        format_command(osb_bytes_from(examples->command), out);
        osb_optparse_format_row(out, OSB_LIT(""), osb_bytes_from(examples->shows), 0,
                                EXAMPLE_COLUMN, width);
    }
}

void osb_applet_format_help(const osb_applet *self, size_t width, osb_buf *out) {
    osb_optparse parser = osb_applet_parser(self);
    applet_format_usage(self, out);
    osb_buf_addc(out, '\n');
    if (self->description) {
        osb_optparse_fill(out, osb_bytes_from(self->description),
                          width > MIN_WIDTH ? width : MIN_WIDTH, 0);
        osb_buf_addc(out, '\n');
    }
    if (self->verbs)
        format_verbs(self, width, out);
    osb_optparse_format_options(&parser, width, out);
    if (self->exits)
        format_exits(self->exits, width, out);
    if (self->examples)
        format_examples(self->examples, width, out);
}
