/* An applet's declaration as JSON, under optparse's names. */
#include "internal.h"

#include <osbox/text.h>

/* A JSON text being written. */
typedef struct json {
    osb_buf *out;
    unsigned depth;
    bool first; /* nothing has been written at this depth */
} json;

static void newline(json *j) {
    osb_buf_addc(j->out, '\n');
    for (unsigned i = 0; i < j->depth; i++)
        osb_buf_adds(j->out, "  ");
}

/* Begin an item: a member where it has a key, an array's element where key is NULL. */
static void item(json *j, const char *key) {
    if (!j->first)
        osb_buf_addc(j->out, ',');
    j->first = false;
    newline(j);
    if (key) {
        osb_text_json(j->out, osb_bytes_from(key));
        osb_buf_adds(j->out, ": ");
    }
}

static void begin(json *j, const char *key, char bracket) {
    if (j->depth)
        item(j, key);
    osb_buf_addc(j->out, bracket);
    j->depth++;
    j->first = true;
}

static void end(json *j, char bracket) {
    j->depth--;
    if (!j->first)
        newline(j);
    osb_buf_addc(j->out, bracket);
    j->first = false;
}

static void text(json *j, const char *key, const char *value) {
    item(j, key);
    if (value)
        osb_text_json(j->out, osb_bytes_from(value));
    else
        osb_buf_adds(j->out, "null");
}

static void buffer(json *j, const char *key, void (*append)(const osb_option *, osb_buf *),
                   const osb_option *option) {
    char mem[256];
    osb_buf value = OSB_BUF_ON(mem, sizeof mem);
    append(option, &value);
    item(j, key);
    osb_text_json(j->out, osb_buf_bytes(&value));
    osb_buf_done(&value, j->out);
}

static void integer(json *j, const char *key, int value) {
    item(j, key);
    osb_buf_fmt(j->out, "%d", value);
}

static void boolean(json *j, const char *key, bool value) {
    item(j, key);
    osb_buf_adds(j->out, value ? "true" : "false");
}

static void texts(json *j, const char *key, const char *const *values) {
    begin(j, key, '[');
    for (; values && *values; values++)
        text(j, NULL, *values);
    end(j, ']');
}

static void value_members(json *j, const osb_option *option) {
    static const char *const types[] = {NULL, "string", "int", "float", "choice"};
    if (option->action == OSB_STORE_CONST)
        integer(j, "const", option->constant);
    if (!osb_optparse_takes_value(option))
        return;
    text(j, "type", types[osb_optparse_type(option)]);
    integer(j, "nargs", option->nargs ? option->nargs : 1);
    text(j, "default", option->default_text);
    if (option->choices)
        texts(j, "choices", option->choices);
    buffer(j, "metavar", osb_optparse_metavar, option);
}

static void add_option(json *j, const osb_option *option) {
    static const char *const actions[] = {"store",       "store_const", "store_true",
                                          "store_false", "append",      "count",
                                          "callback",    "help",        "version"};
    char short_opt[] = {'-', option->short_name, '\0'};
    begin(j, NULL, '{');
    text(j, "short", option->short_name ? short_opt : NULL);
    item(j, "long");
    if (option->long_name)
        osb_buf_fmt(j->out, "\"--%s\"", option->long_name);
    else
        osb_buf_adds(j->out, "null");
    text(j, "action", actions[option->action]);
    buffer(j, "dest", osb_optparse_dest, option);
    value_members(j, option);
    text(j, "group", option->group);
    buffer(j, "help", osb_optparse_expand_default, option);
    end(j, '}');
}

static void add_options(json *j, const osb_applet *self) {
    osb_optparse parser = osb_applet_parser(self);
    begin(j, "options", '[');
    const osb_option *option = NULL;
    while ((option = main_shown_option(&parser, option)))
        add_option(j, option);
    end(j, ']');
}

static void add_verbs(json *j, const osb_verb *verb) {
    begin(j, "verbs", '[');
    for (; verb && verb->name; verb++) {
        begin(j, NULL, '{');
        text(j, "name", verb->name);
        text(j, "args", verb->args ? verb->args : "");
        text(j, "help", verb->help);
        end(j, '}');
    }
    end(j, ']');
}

static void add_exits(json *j, const osb_exit_code *exits) {
    begin(j, "exit_codes", '[');
    for (; exits && exits->meaning; exits++) {
        begin(j, NULL, '{');
        integer(j, "code", exits->code);
        text(j, "meaning", exits->meaning);
        end(j, '}');
    }
    end(j, ']');
}

static void add_examples(json *j, const osb_example *example) {
    begin(j, "examples", '[');
    for (; example && example->command; example++) {
        begin(j, NULL, '{');
        text(j, "command", example->command);
        text(j, "shows", example->shows);
        end(j, '}');
    }
    end(j, ']');
}

void main_generate_json(const osb_applet *self, osb_buf *out) {
    json j = {out, 0, true};
    begin(&j, NULL, '{');
    text(&j, "name", self->name);
    text(&j, "release", OSB_RELEASE);
    text(&j, "summary", self->summary);
    texts(&j, "usage", self->usage);
    text(&j, "description", self->description);
    add_verbs(&j, self->verbs);
    add_options(&j, self);
    boolean(&j, "abbreviate", self->abbreviate);
    boolean(&j, "interspersed", !self->stop_at_positional);
    add_exits(&j, self->exits);
    add_examples(&j, self->examples);
    texts(&j, "aliases", self->aliases);
    texts(&j, "see_also", self->see_also);
    end(&j, '}');
    osb_buf_addc(out, '\n');
}
