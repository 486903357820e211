/* One binary, many names: the name it is called by picks the applet; by any other name it is osbox. */
#include "internal.h"

#include <osbox/text.h>

typedef struct settings {
    bool list, install, uninstall, licenses, help, version;
    int generate; /* of generators, or -1 */
    bool full;
    main_install_opts install_opts;
} settings;

static const char *const generator_names[] = {"man", "bash", "zsh", "fish", "json", NULL};
static void (*const generators[])(const osb_applet *, osb_buf *) = {
    main_generate_man,  main_generate_bash, main_generate_zsh,
    main_generate_fish, main_generate_json,
};

#define AT(field) .dest = offsetof(settings, field)

static const osb_option options[] = {
    {.long_name = "list",
     .action = OSB_STORE_TRUE,
     AT(list),
     .help = "list the applets, one in each line"},
    {.long_name = "install",
     .action = OSB_STORE_TRUE,
     AT(install),
     .help = "link the applets into DIR: those named, aliases too, or all of them"},
    {.long_name = "uninstall",
     .action = OSB_STORE_TRUE,
     AT(uninstall),
     .help = "remove from DIR the links that lead to this binary, and nothing else"},
    {.long_name = "generate",
     .type = OSB_CHOICE,
     .choices = generator_names,
     .metavar = "KIND",
     AT(generate),
     .help = "print the man page (man), the completion for bash, zsh or fish, or a description "
             "(json) of an applet or of osbox"},
    {.long_name = "licenses",
     .action = OSB_STORE_TRUE,
     AT(licenses),
     .help = "print the licences of what is in this binary"},
    {.long_name = "version",
     .action = OSB_STORE_TRUE,
     AT(version),
     .help = "show program's version number and exit"},
    {.short_name = 'h',
     .long_name = "help",
     .action = OSB_STORE_TRUE,
     AT(help),
     .help = "show this help message, or the applet's, and exit"},
    {.long_name = "long",
     .action = OSB_STORE_TRUE,
     AT(full),
     .group = "With --list",
     .help = "show what each applet does, and its other names"},
    {.short_name = 's',
     .long_name = "symlink",
     .action = OSB_STORE_TRUE,
     AT(install_opts.symlink),
     .group = "With --install",
     .help = "make symbolic links instead of hard links"},
    {.long_name = "relative",
     .action = OSB_STORE_TRUE,
     AT(install_opts.relative),
     .group = "With --install",
     .help = "make symbolic links that are relative to DIR"},
    {.long_name = "force",
     .action = OSB_STORE_TRUE,
     AT(install_opts.force),
     .group = "With --install",
     .help = "replace files that are not links to this binary"},
    OSB_OPTIONS_END,
};

static const char *const usage[] = {
    "APPLET [ARGUMENT]...",
    "--list [--long]",
    "--install [--symlink] [--relative] [--force] DIR [NAME]...",
    "--uninstall DIR [NAME]...",
    "--generate KIND APPLET",
    "--help [APPLET]",
    "--licenses | --version",
    NULL,
};

static const osb_exit_code exits[] = {
    {0, "done"},
    {1, "a file that is not a link to this binary was left alone"},
    {2, "wrong usage, or no such applet"},
    {4, "the system refused: a directory or file could not be read or written"},
    {0, NULL},
};

static const osb_example examples[] = {
    {"osbox iniget app.ini db port", "Run an applet without a link to it."},
    {"osbox --install /usr/local/bin", "Make every applet a command."},
    {"osbox --install -s --relative ./bin iniget", "Make one, by a link that may move along."},
    {"osbox --generate bash iniget >/etc/bash_completion.d/iniget", "Complete its options."},
    {NULL, NULL},
};

static const osb_applet osbox = {
    .name = "osbox",
    .summary = "operating-system services as Python has them, in one binary",
    .usage = usage,
    .description =
        "osbox holds many small programs, its applets, in one file. It becomes the applet "
        "whose name it is called by, so a link to it is all that an applet needs.",
    .verbs_heading = "Applets",
    .options = options,
    .exits = exits,
    .examples = examples,
};

/* -- applets by name ----------------------------------------------------------------------------- */

static bool answers_to(const osb_applet *applet, const char *name) {
    for (const char *const *alias = applet->aliases; alias && *alias; alias++) {
        if (strcmp(*alias, name) == 0)
            return true;
    }
    return false;
}

const osb_applet *main_find(const char *name) {
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        if (strcmp((*applet)->name, name) == 0)
            return *applet;
    }
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        if (answers_to(*applet, name))
            return *applet;
    }
    return NULL;
}

int main_unknown(const osb_applet *self, const char *name) {
    osb_nearest near = {osb_bytes_from(name), OSB_NONE, 0};
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        osb_nearest_offer(&near, osb_bytes_from((*applet)->name));
        for (const char *const *alias = (*applet)->aliases; alias && *alias; alias++)
            osb_nearest_offer(&near, osb_bytes_from(*alias));
    }
    if (osb_bytes_is_none(near.best))
        osb_applet_warn(self, "no such applet: %s (osbox --list names them)", name);
    else
        osb_applet_warn(self, "no such applet: %s (did you mean %b?)", name, near.best);
    return OSB_EXIT_USAGE;
}

const osb_applet *main_applet(osb_arena *a) {
    size_t n = 0;
    while (osb_applets[n])
        n++;
    osb_applet *self = osb_arena_alloc(a, sizeof *self);
    osb_verb *verbs = osb_arena_alloc(a, (n + 1) * sizeof *verbs);
    if (!self || !verbs)
        return NULL;
    for (size_t i = 0; i < n; i++)
        verbs[i] = (osb_verb){osb_applets[i]->name, NULL, osb_applets[i]->summary};
    verbs[n] = (osb_verb){0};
    *self = osbox;
    self->verbs = verbs;
    return self;
}

/* -- what osbox itself does ---------------------------------------------------------------------- */

static int out_of_memory(void) {
    osb_error err;
    osb_error_init(&err);
    osb_error_set_nomem(&err);
    return osb_applet_fail(&osbox, OSB_NONE, &err);
}

static int print(const char *text) {
    osb_writer_puts(osb_applet_out(), text);
    return osb_applet_end(&osbox, OSB_EXIT_DONE);
}

static int print_buf(osb_buf *text) {
    bool whole = text->state == OSB_BUF_OK;
    if (whole)
        osb_writer_put(osb_applet_out(), osb_buf_bytes(text));
    osb_buf_free(text);
    return whole ? osb_applet_end(&osbox, OSB_EXIT_DONE) : out_of_memory();
}

static void list_long(const osb_applet *applet, size_t widest, osb_writer *out) {
    osb_writer_puts(out, applet->name);
    for (size_t n = strlen(applet->name); n < widest + 2; n++)
        osb_writer_putc(out, ' ');
    osb_writer_puts(out, applet->summary);
    const char *separator = " (also ";
    for (const char *const *alias = applet->aliases; alias && *alias; alias++) {
        osb_writer_puts(out, separator);
        osb_writer_puts(out, *alias);
        separator = ", ";
    }
    osb_writer_puts(out, *separator == ',' ? ")\n" : "\n");
}

static int list(const settings *set, char **argv) {
    (void)argv;
    osb_writer *out = osb_applet_out();
    size_t widest = 0;
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        size_t len = strlen((*applet)->name);
        widest = len > widest ? len : widest;
    }
    for (const osb_applet *const *applet = osb_applets; *applet; applet++) {
        if (set->full) {
            list_long(*applet, widest, out);
            continue;
        }
        osb_writer_puts(out, (*applet)->name);
        osb_writer_putc(out, '\n');
    }
    return osb_applet_end(&osbox, OSB_EXIT_DONE);
}

static int install(const settings *set, char **argv) {
    return main_install(&osbox, argv[0], argv[1], argv + 2, &set->install_opts);
}

static int uninstall(const settings *set, char **argv) {
    (void)set;
    return main_uninstall(&osbox, argv[0], argv[1], argv + 2);
}

static int generate(const settings *set, char **argv) {
    char mem[4096];
    osb_arena arena;
    osb_arena_init(&arena, mem, sizeof mem);
    const char *name = argv[1];
    const osb_applet *applet =
        strcmp(name, osbox.name) == 0 ? main_applet(&arena) : main_find(name);
    int code;
    if (applet) {
        osb_buf text = OSB_BUF_INIT;
        generators[set->generate](applet, &text);
        code = print_buf(&text);
    } else {
        code = strcmp(name, osbox.name) == 0 ? out_of_memory() : main_unknown(&osbox, name);
    }
    osb_arena_free(&arena);
    return code;
}

static int licenses(const settings *set, char **argv) {
    (void)set, (void)argv;
    return print(main_licenses);
}

static int version(const settings *set, char **argv) {
    (void)set, (void)argv;
    return print("osbox " OSB_RELEASE " (Python 3.11, Unicode " OSB_UNICODE_VERSION ")\n");
}

static int own_help(void) {
    char mem[4096];
    osb_arena arena;
    osb_arena_init(&arena, mem, sizeof mem);
    const osb_applet *self = main_applet(&arena);
    int code = self ? osb_applet_print_help(self) : out_of_memory();
    osb_arena_free(&arena);
    return code;
}

static int help(const settings *set, char **argv) {
    (void)set;
    if (!argv[1] || strcmp(argv[1], osbox.name) == 0)
        return own_help();
    const osb_applet *applet = main_find(argv[1]);
    char option[] = "--help", *words[] = {argv[1], option, NULL};
    return applet ? applet->main(applet, 2, words) : main_unknown(&osbox, argv[1]);
}

/* -- the command line ---------------------------------------------------------------------------- */

/* What an option asks osbox to do, with how many words. */
typedef struct task {
    const char *option;
    int least, most;
    int (*run)(const settings *set, char **argv);
} task;

enum { ANY = 1 << 20 };

static const task tasks[] = {
    {"--help", 0, 1, help},         {"--version", 0, 0, version},
    {"--licenses", 0, 0, licenses}, {"--list", 0, 0, list},
    {"--install", 1, ANY, install}, {"--uninstall", 1, ANY, uninstall},
    {"--generate", 1, 1, generate},
};

/* The one task that was asked for; NULL where there is none, or more than one (*n tells). */
static const task *chosen(const settings *set, int *n) {
    const bool asked[] = {/* in the order of tasks */
                          set->help,    set->version,   set->licenses,     set->list,
                          set->install, set->uninstall, set->generate >= 0};
    const task *found = NULL;
    *n = 0;
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        if (asked[i]) {
            found = &tasks[i];
            ++*n;
        }
    }
    return *n == 1 ? found : NULL;
}

static const char *stray_option(const settings *set) {
    const main_install_opts *opts = &set->install_opts;
    if (set->full && !set->list)
        return "--long goes with --list";
    if (!set->install && (opts->symlink || opts->relative || opts->force))
        return "--symlink, --relative and --force go with --install";
    return NULL;
}

/* Run the task with its words: a DIR or an APPLET, and what follows. */
static int run_task(const task *todo, const settings *set, int words, char **argv) {
    if (words < todo->least)
        return osb_applet_usage(&osbox, "%s needs %s", todo->option,
                                todo->run == generate ? "an APPLET" : "a DIR");
    if (words > todo->most)
        return osb_applet_usage(&osbox, "too many arguments for %s", todo->option);
    return todo->run(set, argv);
}

static int run_options(int argc, char **argv) {
    settings set = {.generate = -1};
    int code = osb_applet_parse(&osbox, &argc, argv, &set, NULL);
    if (code >= 0)
        return code;
    int n;
    const task *todo = chosen(&set, &n);
    if (!todo)
        return osb_applet_usage(&osbox, n ? "more than one thing to do" : "no applet given");
    const char *stray = stray_option(&set);
    if (stray)
        return osb_applet_usage(&osbox, "%s", stray);
    return run_task(todo, &set, argc - 1, argv);
}

static int run_osbox(int argc, char **argv) {
    if (argc > 1 && argv[1][0] != '-') {
        const osb_applet *applet = main_find(argv[1]);
        return applet ? applet->main(applet, argc - 1, argv + 1) : main_unknown(&osbox, argv[1]);
    }
    return run_options(argc, argv);
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int main(int argc, char **argv) {
    const osb_applet *applet = argc > 0 ? main_find(base_name(argv[0])) : NULL;
    return applet ? applet->main(applet, argc, argv) : run_osbox(argc, argv);
}
