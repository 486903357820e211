/* What the generators have in common. */
#include "internal.h"

void main_function_name(const osb_applet *self, osb_buf *out) {
    osb_buf_adds(out, "_osbox_");
    for (const char *c = self->name; *c; c++)
        osb_buf_addc(out, *c == '-' || *c == '.' ? '_' : *c);
}

/* Words whose metavar says that they are something else. */
bool main_takes_files(const osb_option *option) {
    static const char *const files[] = {"FILE", "DIR", "PATH", "FILENAME", "DIRECTORY"};
    char mem[64];
    osb_buf metavar = OSB_BUF_ON(mem, sizeof mem);
    osb_optparse_metavar(option, &metavar);
    bool found = false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        found |= osb_bytes_endswith(osb_buf_bytes(&metavar), osb_bytes_from(files[i]));
    osb_buf_free(&metavar);
    return found && osb_optparse_type(option) == OSB_STRING;
}

bool main_verbs_are_commands(const osb_applet *self) {
    return self->verbs && self->main == NULL;
}

const osb_option *main_shown_option(const osb_optparse *parser, const osb_option *option) {
    do
        option = osb_optparse_next(parser, option);
    while (option && !option->help);
    return option;
}
