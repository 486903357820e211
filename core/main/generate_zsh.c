/* Completion for zsh, by its _arguments.
 * Source: zshcompsys(1), "Completion Functions" */
#include "internal.h"

#include <osbox/text.h>

/* Append a text with a backslash before each character that has a meaning where it stands. */
static void add_escaped(osb_buf *spec, osb_bytes text, osb_bytes special) {
    for (size_t i = 0; i < text.len; i++) {
        if (osb_bytes_find_char(special, text.ptr[i], 0) != OSB_NPOS)
            osb_buf_addc(spec, '\\');
        osb_buf_addc(spec, text.ptr[i]);
    }
}

/* "(a b c)", which zsh reads as shell words. */
static void add_choices(osb_buf *spec, const char *const *choices) {
    char before = '(';
    for (; *choices; choices++) {
        char mem[128];
        osb_buf word = OSB_BUF_ON(mem, sizeof mem);
        osb_text_shell(&word, osb_bytes_from(*choices));
        osb_buf_addc(spec, before);
        add_escaped(spec, osb_buf_bytes(&word), OSB_LIT(":"));
        osb_buf_done(&word, spec);
        before = ' ';
    }
    osb_buf_addc(spec, ')');
}

/* ":METAVAR:ACTION" for each word the option takes. */
static void add_values(osb_buf *spec, const osb_option *option) {
    if (!osb_optparse_takes_value(option))
        return;
    for (int n = option->nargs > 1 ? option->nargs : 1; n; n--) {
        char mem[64];
        osb_buf metavar = OSB_BUF_ON(mem, sizeof mem);
        osb_optparse_metavar(option, &metavar);
        osb_buf_addc(spec, ':');
        add_escaped(spec, osb_buf_bytes(&metavar), OSB_LIT(":"));
        osb_buf_addc(spec, ':');
        if (option->choices)
            add_choices(spec, option->choices);
        else if (main_takes_files(option))
            osb_buf_adds(spec, "_files");
        else
            osb_buf_addc(spec, ' ');
        osb_buf_done(&metavar, spec);
    }
}

/* What rules the option out: itself, but for those that add up. */
static void add_exclusion(osb_buf *spec, const osb_option *option) {
    if (option->action == OSB_APPEND || option->action == OSB_COUNT ||
        option->action == OSB_CALLBACK) {
        osb_buf_addc(spec, '*');
    } else if (option->action == OSB_HELP || option->action == OSB_VERSION) {
        osb_buf_adds(spec, "(- *)");
    } else if (option->short_name && option->long_name) {
        osb_buf_fmt(spec, "(-%c --%s)", option->short_name, option->long_name);
    }
}

/* A line with the spec of one of the option's names. */
static void add_spec(osb_buf *out, const osb_option *option, bool is_long) {
    char spec_mem[512], help_mem[256];
    osb_buf spec = OSB_BUF_ON(spec_mem, sizeof spec_mem);
    osb_buf help = OSB_BUF_ON(help_mem, sizeof help_mem);
    bool takes_value = osb_optparse_takes_value(option);
    add_exclusion(&spec, option);
    if (is_long)
        osb_buf_fmt(&spec, "--%s%s", option->long_name, takes_value ? "=" : "");
    else
        osb_buf_fmt(&spec, "-%c%s", option->short_name, takes_value ? "+" : "");
    osb_optparse_expand_default(option, &help);
    osb_buf_adds(&spec, help.len ? "[" : "");
    add_escaped(&spec, osb_buf_bytes(&help), OSB_LIT("\\:[]"));
    osb_buf_adds(&spec, help.len ? "]" : "");
    add_values(&spec, option);
    osb_buf_adds(out, " \\\n        ");
    osb_text_shell(out, osb_buf_bytes(&spec));
    osb_buf_done(&help, out);
    osb_buf_done(&spec, out);
}

/* The array of verbs, as _describe wants it. */
static void add_verbs(osb_buf *out, const osb_applet *self) {
    osb_buf_adds(out, "    local -a verbs=(\n");
    for (const osb_verb *verb = self->verbs; verb->name; verb++) {
        char mem[256];
        osb_buf line = OSB_BUF_ON(mem, sizeof mem);
        osb_buf_fmt(&line, "%s:%s", verb->name, verb->help);
        osb_buf_adds(out, "        ");
        osb_text_shell(out, osb_buf_bytes(&line));
        osb_buf_addc(out, '\n');
        osb_buf_done(&line, out);
    }
    osb_buf_adds(out, "    )\n");
}

/* The function that completes a verb. */
static void add_verb_function(osb_buf *out, const osb_applet *self) {
    main_function_name(self, out);
    osb_buf_adds(out, "_verb() {\n    _describe -t verbs verb verbs\n    _files\n}\n\n");
}

/* Behind a verb that is a command: what that command's own completion offers. */
static void add_delegation(osb_buf *out) {
    osb_buf_adds(out, "    if ((CURRENT > 2)) && [[ $words[2] != -* ]]; then\n"
                      "        shift words\n"
                      "        ((CURRENT--))\n"
                      "        _normal\n"
                      "        return\n"
                      "    fi\n");
}

/* osbox takes names of applets in several places, others a verb in the first. */
static void add_positionals(osb_buf *out, const osb_applet *self) {
    bool anywhere = main_verbs_are_commands(self);
    if (self->verbs) {
        osb_buf_fmt(out, " \\\n        '%s:verb:", anywhere ? "*" : "1");
        main_function_name(self, out);
        osb_buf_adds(out, "_verb'");
    }
    osb_buf_adds(out, anywhere ? "" : " \\\n        '*:file:_files'");
}

static void add_arguments(osb_buf *out, const osb_applet *self) {
    osb_optparse parser = osb_applet_parser(self);
    osb_buf_adds(out, "    _arguments -s -S");
    osb_buf_adds(out, self->stop_at_positional ? " -A '-*'" : "");
    const osb_option *option = NULL;
    while ((option = main_shown_option(&parser, option))) {
        if (option->short_name)
            add_spec(out, option, false);
        if (option->long_name)
            add_spec(out, option, true);
    }
    add_positionals(out, self);
    osb_buf_addc(out, '\n');
}

void main_generate_zsh(const osb_applet *self, osb_buf *out) {
    osb_buf_fmt(out, "#compdef %s", self->name);
    for (const char *const *alias = self->aliases; alias && *alias; alias++)
        osb_buf_fmt(out, " %s", *alias);
    osb_buf_fmt(out, "\n# made by osbox --generate zsh %s\n\n", self->name);
    if (self->verbs)
        add_verb_function(out, self);
    main_function_name(self, out);
    osb_buf_adds(out, "() {\n");
    if (main_verbs_are_commands(self))
        add_delegation(out);
    if (self->verbs)
        add_verbs(out, self);
    add_arguments(out, self);
    osb_buf_adds(out, "}\n\n");
    main_function_name(self, out);
    osb_buf_adds(out, " \"$@\"\n");
}
