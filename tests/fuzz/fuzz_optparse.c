/* Command lines: words, split at NUL bytes, against a table with every action and type; and the
 * layout of help. */
#include "fuzz.h"

#include <osbox/optparse.h>
#include <osbox/text.h>

enum { MAX_WORDS = 64 };

typedef struct settings {
    const char *text, *pair[2];
    int64_t number, triple[3];
    double x;
    int choice, constant, count;
    bool on;
    osb_optlist list, numbers, pairs;
    size_t callbacks;
} settings;

static int call_back(const osb_option *option, const char *value, void *result, osb_error *err) {
    settings *s = result;
    s->callbacks++;
    if (value && *value == '!')
        return osb_error_set(err, OSB_VALUEERROR, "%s refuses %s", option->long_name, value);
    return 0;
}

static const char *const choices[] = {"one", "two", "three", NULL};

static const osb_option table[] = {
    {.short_name = 't',
     .long_name = "text",
     .action = OSB_STORE,
     .type = OSB_STRING,
     .dest = offsetof(settings, text),
     .help = "a text [default: %default]"},
    {.long_name = "pair",
     .action = OSB_STORE,
     .type = OSB_STRING,
     .nargs = 2,
     .dest = offsetof(settings, pair),
     .help = "two of them"},
    {.short_name = 'n',
     .long_name = "number",
     .action = OSB_STORE,
     .type = OSB_INT,
     .dest = offsetof(settings, number),
     .default_text = "0",
     .help = "a number [default: %default]"},
    {.long_name = "number-triple",
     .action = OSB_STORE,
     .type = OSB_INT,
     .nargs = 3,
     .dest = offsetof(settings, triple),
     .metavar = "N",
     .help = "three of them"},
    {.short_name = 'x',
     .long_name = "float",
     .action = OSB_STORE,
     .type = OSB_FLOAT,
     .dest = offsetof(settings, x),
     .group = "More",
     .help = "a number with a point"},
    {.short_name = 'c',
     .long_name = "choice",
     .action = OSB_STORE,
     .type = OSB_CHOICE,
     .dest = offsetof(settings, choice),
     .choices = choices,
     .help = "one of three"},
    {.short_name = 'k',
     .long_name = "constant",
     .action = OSB_STORE_CONST,
     .constant = 7,
     .dest = offsetof(settings, constant),
     .help = "seven"},
    {.short_name = 'y',
     .long_name = "yes",
     .action = OSB_STORE_TRUE,
     .dest = offsetof(settings, on),
     .help = "on"},
    {.short_name = 'N',
     .long_name = "no",
     .action = OSB_STORE_FALSE,
     .dest = offsetof(settings, on),
     .help = "off"},
    {.short_name = 'a',
     .long_name = "append",
     .action = OSB_APPEND,
     .type = OSB_STRING,
     .dest = offsetof(settings, list),
     .help = "many texts"},
    {.long_name = "append-int",
     .action = OSB_APPEND,
     .type = OSB_INT,
     .dest = offsetof(settings, numbers),
     .help = "many numbers"},
    {.long_name = "append-pair",
     .action = OSB_APPEND,
     .type = OSB_STRING,
     .nargs = 2,
     .dest = offsetof(settings, pairs),
     .help = "many pairs"},
    {.short_name = 'v',
     .action = OSB_COUNT,
     .dest = offsetof(settings, count),
     .help =
         "more of it; every time it is given, there is more of it, and more words in this text"},
    {.long_name = "call",
     .action = OSB_CALLBACK,
     .type = OSB_STRING,
     .callback = call_back,
     .help = "a call with a word"},
    {.short_name = 'C', .action = OSB_CALLBACK, .callback = call_back, .help = "a call without"},
    {.long_name = "hidden", .action = OSB_STORE_TRUE, .dest = offsetof(settings, on)},
    OSB_OPTIONS_END};

static const osb_option standard[] = {
    {.long_name = "version", .action = OSB_VERSION, .help = "the version"},
    {.short_name = 'h', .long_name = "help", .action = OSB_HELP, .help = "this"},
    OSB_OPTIONS_END};

static int split(char *text, size_t size, char **argv) {
    int argc = 0;
    argv[argc++] = (char[]){"fuzz"};
    for (size_t at = 0; at < size && argc < MAX_WORDS; at += strlen(text + at) + 1)
        argv[argc++] = text + at;
    argv[argc] = NULL;
    return argc;
}

/* Words that the parser gives are words it was given. */
static void check_list(const osb_optlist *list, size_t nargs, const char *text, size_t size) {
    require(list->n % nargs == 0, "as many words as the option takes");
    for (size_t i = 0; i < list->n; i++)
        require(list->words[i] >= text && list->words[i] <= text + size, "a word of the input");
}

static void check_parse(const osb_optparse *parser, char *text, size_t size) {
    char *argv[MAX_WORDS + 1];
    int argc = split(text, size, argv), given = argc;
    osb_arena arena = {0};
    osb_error err = {0};
    const osb_option *stop;
    settings s = {.choice = -1};
    if (osb_optparse_parse(parser, &argc, argv, &s, &arena, &stop, &err) == 0) {
        require(argc >= 1 && argc <= given, "no more words than there were");
        require(stop || argv[given] == NULL, "argv ends where it ended");
        for (int i = 1; i < argc && !stop; i++)
            require(argv[i] >= text && argv[i] <= text + size, "a positional word of the input");
        check_list(&s.list, 1, text, size);
        check_list(&s.numbers, 1, text, size);
        check_list(&s.pairs, 2, text, size);
        require(s.choice >= -1 && s.choice < 3, "a choice there is");
    } else {
        require(osb_error_is(&err, OSB_OPTPARSEERROR), "optparse's own errors");
        require(osb_error_message(&err).len > 0, "with a message");
    }
    osb_error_free(&err);
    osb_arena_free(&arena);
}

static void check_help(const osb_optparse *parser, osb_bytes text, size_t width) {
    osb_buf out = OSB_BUF_INIT;
    osb_error err = {0};
    osb_optparse_format_options(parser, width, &out);
    osb_optparse_fill(&out, text, width, width / 3);
    osb_optparse_format_row(&out, osb_bytes_sub(text, 0, width / 2), text, 2, 24, width);
    require_done(osb_buf_check(&out, &err), "help", &err);
    osb_buf_free(&out);
    osb_optparse_nearest(parser, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    osb_bytes input = {(const char *)data, size};
    unsigned flags = take_byte(&input), width = take_byte(&input);
    osb_optparse parser = {table, flags & 4 ? NULL : standard, flags & 1, flags & 2};
    char *text = malloc(input.len + 1);
    memcpy(text, input.ptr, input.len);
    text[input.len] = '\0';
    check_parse(&parser, text, input.len);
    if (osb_text_check(input) == OSB_NPOS)
        check_help(&parser, input, width);
    free(text);
    return 0;
}
