/* Completion for fish, 3.1 or newer. */
#include "internal.h"

/* Append a word for fish: in single quotes, where only \ and ' need a backslash. */
static void add_quoted(osb_buf *out, osb_bytes word) {
    osb_buf_addc(out, '\'');
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '\\' || word.ptr[i] == '\'')
            osb_buf_addc(out, '\\');
        osb_buf_addc(out, word.ptr[i]);
    }
    osb_buf_addc(out, '\'');
}

/* fish splits the list of -a and expands each of its words, so these are quoted twice. */
static void add_choices(osb_buf *out, const char *const *choices) {
    char mem[256];
    osb_buf words = OSB_BUF_ON(mem, sizeof mem);
    const char *separator = "";
    for (; *choices; choices++, separator = " ") {
        osb_buf_adds(&words, separator);
        add_quoted(&words, osb_bytes_from(*choices));
    }
    osb_buf_adds(out, " -x -a ");
    add_quoted(out, osb_buf_bytes(&words));
    osb_buf_done(&words, out);
}

static void add_option(osb_buf *out, const osb_applet *self, const osb_option *option) {
    char mem[256];
    osb_buf help = OSB_BUF_ON(mem, sizeof mem);
    osb_optparse_expand_default(option, &help);
    osb_buf_fmt(out, "complete -c %s", self->name);
    if (self->stop_at_positional || main_verbs_are_commands(self)) {
        osb_buf_adds(out, " -n _");
        main_function_name(self, out);
        osb_buf_adds(out, "_first");
    }
    if (option->short_name)
        osb_buf_fmt(out, " -s %c", option->short_name);
    if (option->long_name)
        osb_buf_fmt(out, " -l %s", option->long_name);
    if (option->choices)
        add_choices(out, option->choices);
    else if (osb_optparse_takes_value(option))
        osb_buf_adds(out, main_takes_files(option) ? " -r -F" : " -x");
    osb_buf_adds(out, " -d ");
    add_quoted(out, osb_buf_bytes(&help));
    osb_buf_addc(out, '\n');
    osb_buf_done(&help, out);
}

/* A case for each option that takes words, so that they are not taken for positional arguments. */
static void add_arities(osb_buf *out, const osb_optparse *parser) {
    const osb_option *option = NULL;
    while ((option = main_shown_option(parser, option))) {
        if (!osb_optparse_takes_value(option))
            continue;
        osb_buf_adds(out, "            case");
        if (option->short_name)
            osb_buf_fmt(out, " -%c", option->short_name);
        if (option->long_name)
            osb_buf_fmt(out, " --%s", option->long_name);
        osb_buf_fmt(out, "\n                set needs %d\n", option->nargs > 1 ? option->nargs : 1);
    }
}

/* The condition under which a verb, or an option of a command that ends its options with the first
 * positional argument, may come next. */
static void add_condition(osb_buf *out, const osb_applet *self, const osb_optparse *parser) {
    osb_buf_adds(out, "function _");
    main_function_name(self, out);
    osb_buf_adds(out, "_first\n"
                      "    set -l words (commandline -opc)\n"
                      "    set -l needs 0\n"
                      "    set -e words[1]\n"
                      "    for word in $words\n"
                      "        if test $needs -gt 0\n"
                      "            set needs (math $needs - 1)\n"
                      "            continue\n"
                      "        end\n"
                      "        switch $word\n");
    add_arities(out, parser);
    osb_buf_adds(out, "            case '-?*'\n"
                      "                continue\n"
                      "            case '*'\n"
                      "                return 1\n"
                      "        end\n"
                      "    end\n"
                      "    return 0\n"
                      "end\n\n");
}

/* The same for osbox: whether no applet stands behind it. */
static void add_command_condition(osb_buf *out, const osb_applet *self) {
    osb_buf_adds(out, "function _");
    main_function_name(self, out);
    osb_buf_adds(out, "_first\n"
                      "    set -l words (commandline -opc)\n"
                      "    not set -q words[2]; or string match -q -- '-*' $words[2]\n"
                      "end\n\n");
}

static void add_verb(osb_buf *out, const osb_applet *self, const osb_verb *verb) {
    osb_buf_fmt(out, "complete -c %s -n _", self->name);
    main_function_name(self, out);
    osb_buf_adds(out, "_first -a ");
    add_quoted(out, osb_bytes_from(verb->name));
    osb_buf_adds(out, " -d ");
    add_quoted(out, osb_bytes_from(verb->help));
    osb_buf_addc(out, '\n');
}

void main_generate_fish(const osb_applet *self, osb_buf *out) {
    osb_optparse parser = osb_applet_parser(self);
    osb_buf_fmt(out, "# fish completion for %s, made by osbox --generate fish %s\n\n", self->name,
                self->name);
    if (main_verbs_are_commands(self))
        add_command_condition(out, self);
    else if (self->verbs || self->stop_at_positional)
        add_condition(out, self, &parser);
    const osb_option *option = NULL;
    while ((option = main_shown_option(&parser, option)))
        add_option(out, self, option);
    for (const osb_verb *verb = self->verbs; verb && verb->name; verb++)
        add_verb(out, self, verb);
    if (main_verbs_are_commands(self)) {
        osb_buf_fmt(out, "complete -c %s -n 'not _", self->name);
        main_function_name(self, out);
        osb_buf_adds(out, "_first' -x -a '(__fish_complete_subcommand)'\n");
    }
    for (const char *const *alias = self->aliases; alias && *alias; alias++)
        osb_buf_fmt(out, "complete -c %s -w %s\n", *alias, self->name);
}
