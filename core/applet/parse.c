/* The command line of an applet: parsed, or answered here. */
#include "internal.h"

#include <osbox/num.h>

#include <stdlib.h>

/* Source of the texts: OptionParser._add_version_option, _add_help_option */
static const osb_option standard[] = {
    {.long_name = "version",
     .action = OSB_VERSION,
     .help = "show program's version number and exit"},
    {.short_name = 'h',
     .long_name = "help",
     .action = OSB_HELP,
     .help = "show this help message and exit"},
    OSB_OPTIONS_END,
};

/* For an applet with a use of its own for -h. */
static const osb_option standard_without_h[] = {
    {.long_name = "version",
     .action = OSB_VERSION,
     .help = "show program's version number and exit"},
    {.long_name = "help", .action = OSB_HELP, .help = "show this help message and exit"},
    OSB_OPTIONS_END,
};

/* The standard options that the applet leaves free; none where it has a --help of its own. */
static const osb_option *standard_for(const osb_option *own) {
    const osb_optparse parser = {.options = own};
    const osb_option *table = standard, *option = NULL;
    while (own && (option = osb_optparse_next(&parser, option))) {
        if (option->long_name && strcmp(option->long_name, "help") == 0)
            return NULL;
        if (option->short_name == 'h')
            table = standard_without_h;
    }
    return table;
}

osb_optparse osb_applet_parser(const osb_applet *self) {
    static const osb_option none[] = {OSB_OPTIONS_END};
    return (osb_optparse){.options = self->options ? self->options : none,
                          .standard = standard_for(self->options),
                          .abbreviate = self->abbreviate,
                          .interspersed = !self->stop_at_positional};
}

/* Behind optparse's own text, what may have been meant: " (did you mean --format?)", or a number that
 * begins with its sign. */
static void suggest(const osb_optparse *parser, osb_error *err) {
    osb_bytes known = OSB_LIT("no such option: -"), message = osb_error_message(err);
    if (err->kind != OSB_BADOPTIONERROR || !osb_bytes_startswith(message, known))
        return;
    osb_bytes word = osb_bytes_sub(message, known.len, message.len);
    if (word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9')
        osb_error_append(err, " (write -- before an argument that begins with -)");
    if (!osb_bytes_startswith(word, OSB_LIT("-")))
        return;
    osb_bytes nearest = osb_optparse_nearest(parser, osb_bytes_sub(word, 1, word.len));
    if (!osb_bytes_is_none(nearest))
        osb_error_append(err, " (did you mean --%b?)", nearest);
}

static int refuse(const osb_applet *self, const osb_optparse *parser, osb_error *err) {
    if (!osb_error_is(err, OSB_OPTPARSEERROR))
        return osb_applet_fail(self, OSB_NONE, err);
    suggest(parser, err);
    int code = osb_applet_usage(self, "%b", osb_error_message(err));
    osb_error_free(err);
    return code;
}

static int print_version(const osb_applet *self) {
    char mem[128];
    osb_buf text = OSB_BUF_ON(mem, sizeof mem);
    osb_buf_fmt(&text, "%s (osbox) %s\n", self->name, OSB_RELEASE);
    return applet_print(self, &text);
}

/* COLUMNS - 2, as optparse has it. Source: HelpFormatter */
static size_t help_width(void) {
    int64_t columns = 80;
    osb_bytes set = osb_bytes_from(getenv("COLUMNS"));
    if (!osb_bytes_is_none(set))
        osb_num_int(set, &columns, NULL);
    return columns > 2 ? (size_t)columns - 2 : 0;
}

int osb_applet_print_help(const osb_applet *self) {
    char mem[8192];
    osb_buf text = OSB_BUF_ON(mem, sizeof mem);
    osb_applet_format_help(self, help_width(), &text);
    return applet_print(self, &text);
}

int osb_applet_parse(const osb_applet *self, int *argc, char **argv, void *result,
                     osb_arena *arena) {
    osb_optparse parser = osb_applet_parser(self);
    const osb_option *stop;
    osb_error err;
    osb_error_init(&err);
    if (osb_optparse_parse(&parser, argc, argv, result, arena, &stop, &err) < 0)
        return refuse(self, &parser, &err);
    if (!stop)
        return -1;
    return stop->action == OSB_VERSION ? print_version(self) : osb_applet_print_help(self);
}
