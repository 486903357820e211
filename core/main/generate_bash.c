/* Completion for bash, 4.1 or newer; it needs no other package. */
#include "internal.h"

#include <osbox/text.h>

/* " WORD" quoted for the shell. */
static void add_quoted(osb_buf *out, const char *word) {
    osb_buf_addc(out, ' ');
    osb_text_shell(out, osb_bytes_from(word));
}

/* "-f|--format", the pattern of a case. */
static void add_pattern(osb_buf *out, const osb_option *option) {
    if (option->short_name)
        osb_buf_fmt(out, "-%c", option->short_name);
    if (option->long_name)
        osb_buf_fmt(out, "%s--%s", option->short_name ? "|" : "", option->long_name);
}

/* How many words each option takes, so that they are not taken for positional arguments. */
static void add_arities(osb_buf *out, const osb_optparse *parser) {
    const osb_option *option = NULL;
    while ((option = main_shown_option(parser, option))) {
        if (!osb_optparse_takes_value(option))
            continue;
        osb_buf_adds(out, "        ");
        add_pattern(out, option);
        osb_buf_fmt(out, ") option=$word needs=%d ;;\n", option->nargs > 1 ? option->nargs : 1);
    }
}

/* A case for each: its choices, or nothing; a file is bash's own default. */
static void add_values(osb_buf *out, const osb_optparse *parser) {
    const osb_option *option = NULL;
    while ((option = main_shown_option(parser, option))) {
        if (!osb_optparse_takes_value(option) || main_takes_files(option))
            continue;
        osb_buf_adds(out, "        ");
        add_pattern(out, option);
        osb_buf_adds(out, option->choices ? ") _osbox_offer \"$current\""
                                          : ") compopt +o default +o bashdefault 2>/dev/null");
        for (const char *const *choice = option->choices; choice && *choice; choice++)
            add_quoted(out, *choice);
        osb_buf_adds(out, " ;;\n");
    }
}

static void add_option_words(osb_buf *out, const osb_optparse *parser) {
    osb_buf_adds(out, "        _osbox_offer \"$current\"");
    const osb_option *option = NULL;
    while ((option = main_shown_option(parser, option))) {
        char short_opt[] = {'-', option->short_name, '\0'};
        if (option->short_name)
            add_quoted(out, short_opt);
        if (option->long_name)
            osb_buf_fmt(out, " --%s", option->long_name);
    }
    osb_buf_adds(out, "\n        return\n");
}

/* Behind a verb that is a command: what that command's own completion offers. */
static void add_delegation(osb_buf *out) {
    osb_buf_adds(out, "    if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} != -* ]]; then\n"
                      "        COMP_WORDS=(\"${COMP_WORDS[@]:1}\")\n"
                      "        COMP_CWORD=$((COMP_CWORD - 1))\n"
                      "        COMP_LINE=${COMP_WORDS[*]}\n"
                      "        COMP_POINT=${#COMP_LINE}\n"
                      "        local function=_osbox_${COMP_WORDS[0]//[-.]/_}\n"
                      "        declare -F \"$function\" >/dev/null ||\n"
                      "            _completion_loader \"${COMP_WORDS[0]}\" 2>/dev/null\n"
                      "        ! declare -F \"$function\" >/dev/null || \"$function\"\n"
                      "        return\n"
                      "    fi\n");
}

/* Whether it matters that a positional argument came before. */
static bool positions_matter(const osb_applet *self) {
    return self->stop_at_positional || (self->verbs && !main_verbs_are_commands(self));
}

/* Go through the words before the current one: `needs` words of `option` are due, or `first` says
 * that a positional argument was given. */
static void add_scan(osb_buf *out, const osb_applet *self, const osb_optparse *parser) {
    osb_buf_adds(out, "    local current=${COMP_WORDS[COMP_CWORD]}\n");
    osb_buf_fmt(out, "    local word option='' ended='' needs=0 index%s\n",
                positions_matter(self) ? " first=''" : "");
    osb_buf_adds(out, "    COMPREPLY=()\n"
                      "    for ((index = 1; index < COMP_CWORD; index++)); do\n"
                      "        word=${COMP_WORDS[index]}\n"
                      "        if ((needs)); then # bash cuts --option=word at the =\n"
                      "            [[ $word == = ]] || ((needs--))\n"
                      "            continue\n"
                      "        fi\n"
                      "        [[ -z $ended ]] || word=''\n"
                      "        case $word in\n"
                      "        --) ended=1 ;;\n");
    add_arities(out, parser);
    osb_buf_adds(out, "        -?*) ;;\n");
    osb_buf_adds(out, positions_matter(self) ? "        *) first=1 ;;\n" : "");
    osb_buf_adds(out, "        esac\n"
                      "    done\n"
                      "    [[ $current != = ]] || current=''\n");
}

/* What completes an option's word. */
static void add_option_value(osb_buf *out, const osb_optparse *parser) {
    osb_buf_adds(out, "    if ((needs)); then\n        case $option in\n");
    add_values(out, parser);
    osb_buf_adds(out, "        esac\n        return\n    fi\n");
}

static void add_option(osb_buf *out, const osb_applet *self, const osb_optparse *parser) {
    osb_buf_fmt(out, "    if [[ -z $ended%s && $current == -* ]]; then\n",
                self->stop_at_positional ? "$first" : "");
    add_option_words(out, parser);
    osb_buf_adds(out, "    fi\n");
}

/* The first word is a verb, or a file. */
static void add_verb(osb_buf *out, const osb_applet *self) {
    osb_buf_adds(out, positions_matter(self) ? "    [[ -z $first ]] || return 0\n" : "");
    osb_buf_adds(out, "    _osbox_offer \"$current\"");
    for (const osb_verb *verb = self->verbs; verb->name; verb++)
        add_quoted(out, verb->name);
    osb_buf_addc(out, '\n');
    if (!main_verbs_are_commands(self))
        osb_buf_adds(out, "    compopt -o filenames 2>/dev/null\n"
                          "    while IFS= read -r word; do\n"
                          "        COMPREPLY+=(\"$word\")\n"
                          "    done < <(compgen -f -- \"$current\")\n");
}

static void add_registration(osb_buf *out, const osb_applet *self) {
    osb_buf_adds(out, "complete -o bashdefault -o default -F ");
    main_function_name(self, out);
    add_quoted(out, self->name);
    for (const char *const *alias = self->aliases; alias && *alias; alias++)
        add_quoted(out, *alias);
    osb_buf_addc(out, '\n');
}

void main_generate_bash(const osb_applet *self, osb_buf *out) {
    osb_optparse parser = osb_applet_parser(self);
    osb_buf_fmt(out, "# bash completion for %s, made by osbox --generate bash %s\n\n", self->name,
                self->name);
    osb_buf_adds(out, "_osbox_offer() {\n"
                      "    local word\n"
                      "    for word in \"${@:2}\"; do\n"
                      "        [[ $word != \"$1\"* ]] || COMPREPLY+=(\"$word\")\n"
                      "    done\n"
                      "}\n\n");
    main_function_name(self, out);
    osb_buf_adds(out, "() {\n");
    if (main_verbs_are_commands(self))
        add_delegation(out);
    add_scan(out, self, &parser);
    add_option_value(out, &parser);
    add_option(out, self, &parser);
    if (self->verbs)
        add_verb(out, self);
    osb_buf_adds(out, "}\n\n");
    add_registration(out, self);
}
