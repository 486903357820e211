/* iniget: read, check and edit INI files. */
#include <osbox/applet.h>

#include <osbox/configparser.h>
#include <osbox/fdio.h>
#include <osbox/ini.h>
#include <osbox/replace.h>
#include <osbox/text.h>

#include <errno.h>
#include <signal.h>
#include <unistd.h>

extern const osb_applet osb_applet_iniget;

/* -- options -------------------------------------------------------------------------------------- */

enum { UNSET = -1 };

typedef struct settings {
    osb_optlist over, vars, defines;
    bool dropins;
    const char *root, *encoding;
    int dialect;
    osb_optlist delimiters, comment_prefixes, inline_comment_prefixes;
    bool no_comments;
    int strict, allow_no_value, empty_lines, case_kept, interpolation;
    bool sorted;
    const char *default_section;
    bool raw, all, glob, origin;
    const char *fallback;
    int type;
    int format;
    const char *prefix;
    bool mangle;
    bool existing, dry_run, no_wait;
    int write;
} settings;

static const char *const dialect_choices[] = {"python",  "plain", "git",  "systemd",
                                              "desktop", "php",   "krb5", NULL};
static const char *const interpolation_choices[] = {"none", "basic", "extended", "legacy", NULL};
static const osb_interpolation *const interpolations[] = {
    &osb_no_interpolation, &osb_basic_interpolation, &osb_extended_interpolation,
    &osb_legacy_interpolation};
static const char *const type_choices[] = {"str",  "int",      "float", "bool", "path",
                                           "size", "duration", "list",  NULL};
static const char *const format_choices[] = {"raw",   "json", "jsonl", "sh", "csv",
                                             "lines", "ini",  "nul",   NULL};
static const char *const write_choices[] = {"atomic", "inplace", NULL};

#define ROW(short_, long_, field, group_, help_)                                                   \
    .short_name = (short_), .long_name = (long_), .dest = offsetof(settings, field),               \
    .group = (group_), .help = (help_)
#define FLAG(short_, long_, field, group_, help_)                                                  \
    { ROW(short_, long_, field, group_, help_), .action = OSB_STORE_TRUE }
#define SET(short_, long_, field, value, group_, help_)                                            \
    { ROW(short_, long_, field, group_, help_), .action = OSB_STORE_CONST, .constant = (value) }
#define TEXT(short_, long_, field, metavar_, group_, help_)                                        \
    { ROW(short_, long_, field, group_, help_), .type = OSB_STRING, .metavar = (metavar_) }
#define LIST(long_, field, metavar_, group_, help_)                                                \
    {                                                                                              \
        ROW(0, long_, field, group_, help_), .action = OSB_APPEND, .type = OSB_STRING,             \
                                             .metavar = (metavar_)                                 \
    }
#define CHOICE(short_, long_, field, metavar_, group_, help_)                                      \
    {                                                                                              \
        ROW(short_, long_, field, group_, help_), .type = OSB_CHOICE, .metavar = (metavar_),       \
                                                  .choices = field##_choices,                      \
                                                  .default_text = field##_default                  \
    }

#define READING NULL
#define LAYERS  "Layers"
#define WRITING "Writing"
#define GRAMMAR "Grammar"

#define type_default          "str"
#define format_default        "raw"
#define write_default         "atomic"
#define dialect_default       "python"
#define interpolation_default NULL

static const osb_option options[] = {
    FLAG('r', "raw", raw, READING,
         "take values as they stand: no references, and in set no check of them"),
    TEXT('d', "default", fallback, "VALUE", READING,
         "print VALUE where the section or option is missing"),
    CHOICE('t', "type", type, "TYPE", READING,
           "check the value and print its canonical form: str, int, float, bool, path, size "
           "(bytes), duration (seconds) or list [default: %default]"),
    FLAG('a', "all", all, READING, "every value of a repeated option (implies --no-strict)"),
    LIST("var", vars, "NAME=VALUE", READING,
         "a value that references see before all others; may be repeated"),
    FLAG('g', "glob", glob, READING, "SECTION and OPTION are patterns with * ? [a-z]"),
    FLAG('o', "origin", origin, READING, "show the file and line each value comes from"),
    CHOICE('f', "format", format, "FORMAT", READING,
           "raw, json, jsonl, sh (for eval), csv, lines (for grep), ini or nul [default: "
           "%default]"),
    SET('j', "json", format, OSB_INI_OUT_JSON, READING, "the same as --format json"),
    TEXT(0, "prefix", prefix, "TEXT", READING, "put TEXT before the names of shell variables"),
    FLAG(0, "mangle", mangle, READING, "turn characters that no shell variable can have into _"),
    LIST("over", over, "FILE", LAYERS, "read FILE too, its values win; may be repeated"),
    FLAG(0, "dropins", dropins, LAYERS,
         "read FILE.d/*.conf too, and FILE's namesakes in /usr/lib, /run and /etc"),
    TEXT(0, "root", root, "DIR", LAYERS, "with --dropins: look below DIR"),
    FLAG(0, "existing", existing, WRITING, "set only what is there already, file and all"),
    FLAG('n', "dry-run", dry_run, WRITING, "print the change as a unified diff and write nothing"),
    CHOICE(0, "write", write, "HOW", WRITING,
           "atomic: a new file takes the old one's place; inplace: for bind mounts and hard links, "
           "a crash can leave half a file [default: %default]"),
    FLAG(0, "no-wait", no_wait, WRITING,
         "give up with exit code 1 while another writer has the file"),
    CHOICE('D', "dialect", dialect, "DIALECT", GRAMMAR,
           "python, plain, git, systemd, desktop, php or krb5 [default: %default]"),
    CHOICE(0, "interpolation", interpolation, "KIND", GRAMMAR,
           "none, basic (%(name)s), extended (${section:name}) or legacy"),
    SET(0, "strict", strict, 1, GRAMMAR, "a repeated section or option is an error"),
    SET(0, "no-strict", strict, 0, GRAMMAR,
        "repeats are allowed; the last one wins, or as the dialect has it"),
    SET(0, "allow-no-value", allow_no_value, 1, GRAMMAR,
        "options may stand without delimiter and value"),
    LIST("delimiter", delimiters, "TEXT", GRAMMAR,
         "what stands between option and value, in the place of = and :; may be repeated"),
    LIST("comment-prefix", comment_prefixes, "TEXT", GRAMMAR,
         "what begins a comment line, in the place of # and ;; may be repeated"),
    FLAG(0, "no-comments", no_comments, GRAMMAR, "no line is a comment"),
    LIST("inline-comment-prefix", inline_comment_prefixes, "TEXT", GRAMMAR,
         "what begins a comment behind a value; may be repeated"),
    SET(0, "no-empty-lines", empty_lines, 0, GRAMMAR, "an empty line ends a value"),
    SET(0, "case", case_kept, 1, GRAMMAR, "options keep their case (optionxform=str)"),
    TEXT(0, "default-section", default_section, "NAME", GRAMMAR,
         "the section all others inherit from, in the place of DEFAULT"),
    LIST("define", defines, "NAME=VALUE", GRAMMAR,
         "an option of DEFAULT that files may override (defaults=)"),
    FLAG(0, "sorted", sorted, GRAMMAR, "sections and options in the order of their names"),
    TEXT(0, "encoding", encoding, "NAME", GRAMMAR, "the files' encoding, in the place of utf-8"),
    OSB_OPTIONS_END};

/* -- a run ---------------------------------------------------------------------------------------- */

typedef struct run {
    settings set;
    osb_ini_stack stack;
    osb_ini_query query;
    osb_arena arena;
    osb_buf out;  /* nothing is printed before all is known to be right */
    bool partial; /* some record could not be shown */
    osb_error err;
} run;

static const osb_applet *const self = &osb_applet_iniget;

/* Small files never touch the heap. */
static char arena_memory[48 << 10], parser_memory[16 << 10], out_memory[4 << 10], input_memory[512];

/* Tell r->err and return its exit code. */
static int fail(run *r) {
    osb_error cut = {0};
    if (osb_fd_check_maps(&cut) < 0)
        osb_error_move(&r->err, &cut);
    if (!osb_error_is(&r->err, OSB_OPTPARSEERROR) || r->err.line)
        return osb_applet_fail(self, r->stack.failed, &r->err);
    int code = osb_applet_usage(self, "%b", osb_error_message(&r->err));
    osb_error_free(&r->err);
    return code;
}

static osb_bytes arg(const char *s) {
    return osb_bytes_from(s);
}

static osb_ini_output output_of(const run *r) {
    return (osb_ini_output)r->set.format;
}

static int print_out(run *r) {
    if (osb_buf_check(&r->out, &r->err) < 0 || osb_fd_check_maps(&r->err) < 0)
        return fail(r);
    osb_writer_put(osb_applet_out(), osb_buf_bytes(&r->out));
    return OSB_EXIT_DONE;
}

/* -- hints ---------------------------------------------------------------------------------------- */

/* What to do about an error of reading a file: the dialect its name speaks of, or an option. */
static void hint_at_grammar(run *r) {
    static const char bom[] = "\\ufeff";
    osb_error *err = &r->err;
    osb_bytes message = osb_error_message(err);
    const char *dialect = osb_ini_dialect_for(r->stack.failed)->name;
    bool is_python = r->stack.format.dialect->python;
    bool known = is_python && strcmp(dialect, "plain") != 0;
    bool repeated =
        osb_error_is(err, OSB_DUPLICATEOPTIONERROR) || osb_error_is(err, OSB_DUPLICATESECTIONERROR);
    bool headless = osb_error_is(err, OSB_MISSINGSECTIONHEADERERROR);
    bool malformed = osb_error_is(err, OSB_PARSINGERROR);
    if (osb_error_is(err, OSB_UNICODEDECODEERROR))
        osb_error_append(err, " (try --encoding latin-1)");
    else if (err->line == 1 && osb_bytes_find(message, OSB_LIT(bom), 0) != OSB_NPOS)
        osb_error_append(err, " (a byte order mark: try --encoding utf-8-sig)");
    else if ((known && (repeated || malformed)) || (is_python && headless))
        osb_error_append(err, " (try --dialect %s)", dialect);
    else if (repeated)
        osb_error_append(err, " (try --no-strict)");
    else if (is_python && malformed)
        osb_error_append(err, " (try --allow-no-value or --dialect plain)");
    else if (osb_error_is(err, OSB_ATTRIBUTEERROR))
        osb_error_append(err, " (the line continues an option without a value)");
}

static void hint_at_value(run *r, osb_bytes section, osb_bytes option) {
    if (osb_error_is(&r->err, OSB_INTERPOLATIONERROR))
        osb_error_append(&r->err, " (try --raw or --dialect %s)",
                         osb_ini_dialect_for(r->stack.failed)->name);
    osb_ini_suggest(r->query.cp, section, option, &r->err);
}

/* -- setting up ----------------------------------------------------------------------------------- */

static int make_strings(run *r, const char *option, const osb_optlist *list, osb_strings *ret) {
    osb_bytes *items = osb_arena_alloc(&r->arena, list->n * sizeof *items);
    if (!items)
        return osb_error_set_nomem(&r->err);
    for (size_t i = 0; i < list->n; i++) {
        items[i] = arg(list->words[i]);
        if (items[i].len == 0)
            return osb_error_set(&r->err, OSB_OPTIONVALUEERROR, "option %s: the text is empty",
                                 option);
    }
    if (list->n)
        *ret = (osb_strings){items, list->n};
    return 0;
}

/* NAME=VALUE words as items. */
static int make_items(run *r, const char *option, const osb_optlist *list, osb_items *ret) {
    osb_item *items = osb_arena_alloc(&r->arena, list->n * sizeof *items);
    if (!items)
        return osb_error_set_nomem(&r->err);
    for (size_t i = 0; i < list->n; i++) {
        items[i].value = arg(list->words[i]);
        if (!osb_bytes_cut(&items[i].value, '=', &items[i].key))
            return osb_error_set(&r->err, OSB_OPTIONVALUEERROR,
                                 "option %s: NAME=VALUE is needed, not %r", option, items[i].key);
    }
    *ret = (osb_items){items, list->n};
    return 0;
}

static int choose_encoding(run *r) {
    const osb_ini_dialect *dialect = r->stack.format.dialect;
    if (osb_ini_encoding_of(arg(r->set.encoding), dialect, &r->stack.encoding, &r->err) == 0)
        return 0;
    return osb_error_set(&r->err, OSB_OPTIONVALUEERROR, "option --encoding: unknown encoding: %s",
                         r->set.encoding);
}

/* The dialect's options, overridden by the command line's. */
static int choose_format(run *r) {
    size_t n;
    const settings *s = &r->set;
    osb_ini_format *format = &r->stack.format;
    format->dialect = &osb_ini_dialects(&n)[s->dialect];
    format->opts = format->dialect->opts;
    osb_configparser_opts *opts = &format->opts;
    if (s->strict != UNSET || s->all)
        opts->strict = s->strict == 1 && !s->all;
    if (s->allow_no_value != UNSET)
        opts->allow_no_value = true;
    if (s->empty_lines != UNSET)
        opts->empty_lines_in_values = false;
    if (s->case_kept != UNSET)
        opts->optionxform = osb_ini_keep_case;
    if (s->interpolation != UNSET)
        opts->interpolation = interpolations[s->interpolation];
    if (s->default_section)
        opts->default_section = arg(s->default_section);
    if (s->no_comments)
        opts->comment_prefixes = (osb_strings){0};
    if (s->sorted)
        opts->dict_type = OSB_DICT_SORTED;
    if (make_strings(r, "--delimiter", &s->delimiters, &opts->delimiters) < 0 ||
        make_strings(r, "--comment-prefix", &s->comment_prefixes, &opts->comment_prefixes) < 0 ||
        make_strings(r, "--inline-comment-prefix", &s->inline_comment_prefixes,
                     &opts->inline_comment_prefixes) < 0 ||
        make_items(r, "--define", &s->defines, &opts->defaults) < 0 ||
        make_items(r, "--var", &s->vars, &r->query.vars) < 0)
        return -1;
    return choose_encoding(r);
}

/* What a verb does, for the options that mean something to it. */
enum { SHOWS = 1, NAMES = 2, TESTS = 4, LINTS = 8, DIFFS = 16, EDITS = 32 };

/* An option that a verb would not heed is refused: its author believes that it does something. */
static int check_options(const run *r, const char *verb, unsigned kind) {
    const settings *s = &r->set;
    unsigned reads = SHOWS | NAMES | TESTS;
    bool sh = s->format == OSB_INI_OUT_SH;
    const struct {
        bool given;
        const char *name;
        unsigned kinds;
    } uses[] = {{s->over.n > 0, "--over", reads},
                {s->dropins, "--dropins", reads},
                {s->root != NULL, "--root", s->dropins ? reads : 0},
                {s->fallback != NULL, "--default", SHOWS},
                {s->type != OSB_INI_STR, "--type", SHOWS | EDITS},
                {s->all, "--all", SHOWS},
                {s->vars.n > 0, "--var", SHOWS},
                {s->glob, "--glob", reads},
                {s->origin, "--origin", SHOWS},
                {s->format != OSB_INI_OUT_RAW, "--format", SHOWS | NAMES | LINTS | DIFFS},
                {s->prefix != NULL, "--prefix", sh ? SHOWS : 0},
                {s->mangle, "--mangle", sh ? SHOWS : 0},
                {s->existing, "--existing", EDITS},
                {s->dry_run, "--dry-run", EDITS},
                {s->no_wait, "--no-wait", EDITS},
                {s->write != OSB_REPLACE_ATOMIC, "--write", EDITS}};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        if (uses[i].given && !(uses[i].kinds & kind))
            return osb_applet_usage(self, "%s does nothing here, in %s", uses[i].name, verb);
    }
    return OSB_EXIT_DONE;
}

/* -- reading verbs -------------------------------------------------------------------------------- */

/* FILE with its drop-ins, then the --over files. Where only one section is asked for and references
 * cannot leave it, the others are checked and not kept. */
static int read_layers(run *r, const char *file, const char *only) {
    osb_configparser *cp;
    osb_configparser_opts *opts = &r->stack.format.opts;
    if (only && !r->set.glob && opts->interpolation != &osb_extended_interpolation)
        opts->only_section = arg(only);
    int rc = osb_configparser_new_on(opts, parser_memory, sizeof parser_memory, &cp, &r->err);
    if (rc == 0 && r->set.dropins)
        rc = osb_ini_stack_load_dropins(&r->stack, file, r->set.root, cp, &r->err);
    else if (rc == 0)
        rc = osb_ini_stack_load(&r->stack, file, cp, &r->err);
    for (size_t i = 0; rc == 0 && i < r->set.over.n; i++)
        rc = osb_ini_stack_load(&r->stack, r->set.over.words[i], cp, &r->err);
    if (rc < 0) {
        hint_at_grammar(r);
        return rc;
    }
    r->query.cp = cp;
    r->stack.failed = arg(file);
    return 0;
}

/* The section as the dialect calls it. */
static osb_bytes section_arg(run *r, const char *word) {
    osb_bytes section;
    return osb_ini_section(&r->stack.format, arg(word), &r->arena, &section, NULL) == 0 ? section
                                                                                        : arg(word);
}

static void left_out(void *ctx, osb_bytes message) {
    osb_applet_warn(self, "%b", message);
    ((run *)ctx)->partial = true;
}

static void start_output(run *r, osb_ini_shape shape) {
    osb_ini_query *q = &r->query;
    q->stack = &r->stack;
    q->raw = r->set.raw;
    q->all = r->set.all;
    q->type = (osb_ini_type)r->set.type;
    q->left_out = left_out;
    q->ctx = r;
    q->emitter = (osb_ini_emitter){.output = output_of(r),
                                   .shape = shape,
                                   .prefix = r->set.prefix ? arg(r->set.prefix) : OSB_LIT(""),
                                   .mangle = r->set.mangle,
                                   .delimiter = OSB_LIT(" = "),
                                   .origin = r->set.origin,
                                   .out = &r->out};
    osb_ini_emit_start(&q->emitter);
}

/* Print what was shown, or tell the error that the query ended with. */
static int end_output(run *r, int rc, osb_bytes section, osb_bytes option) {
    osb_ini_emit_finish(&r->query.emitter);
    if (rc < 0) {
        hint_at_value(r, section, option);
        return fail(r);
    }
    int code = print_out(r);
    return code == OSB_EXIT_DONE && r->partial ? OSB_EXIT_NO : code;
}

static int show_tree(run *r, osb_bytes section_pattern, osb_bytes option_pattern, bool own_only) {
    start_output(r, OSB_INI_TREE);
    int rc = osb_ini_query_tree(&r->query, section_pattern, option_pattern, own_only, &r->err);
    if (rc == 0 && r->query.shown == 0 && !osb_bytes_is_none(section_pattern))
        rc = osb_error_set(&r->err, OSB_KEYERROR, "nothing matches [%b] %b", section_pattern,
                           option_pattern);
    return end_output(r, rc, section_pattern, option_pattern);
}

static int verb_dump(run *r, int argc, char **argv) {
    (void)argc;
    bool own_only = r->set.format == OSB_INI_OUT_RAW || r->set.format == OSB_INI_OUT_INI;
    return read_layers(r, argv[0], NULL) < 0 ? fail(r) : show_tree(r, OSB_NONE, OSB_NONE, own_only);
}

static int verb_items(run *r, int argc, char **argv) {
    (void)argc;
    if (read_layers(r, argv[0], argv[1]) < 0)
        return fail(r);
    if (r->set.glob)
        return show_tree(r, arg(argv[1]), OSB_NONE, false);
    osb_bytes section = section_arg(r, argv[1]);
    start_output(r, OSB_INI_ITEMS);
    int rc = osb_ini_query_section(&r->query, section, false, OSB_NONE, &r->err);
    return end_output(r, rc, section, OSB_NONE);
}

static int verb_get(run *r, int argc, char **argv) {
    if (argc < 3 && r->set.fallback)
        return osb_applet_usage(self, "--default needs an OPTION");
    if (argc < 3)
        return argc == 1 ? verb_dump(r, argc, argv) : verb_items(r, argc, argv);
    if (read_layers(r, argv[0], argv[1]) < 0)
        return fail(r);
    osb_bytes section = section_arg(r, argv[1]), option = arg(argv[2]);
    if (r->set.glob)
        return show_tree(r, arg(argv[1]), option, false);
    osb_bytes fallback = arg(r->set.fallback);
    start_output(r, OSB_INI_SCALAR);
    int rc = osb_ini_query_option(&r->query, section, option, r->set.fallback ? &fallback : NULL,
                                  &r->err);
    return end_output(r, rc, section, option);
}

/* Show the names that match; none is a "no", where there was a pattern. */
static int show_names(run *r, osb_strings names, osb_bytes pattern) {
    osb_buf kept = OSB_BUF_INIT;
    for (size_t i = 0; i < names.n; i++) {
        if (osb_bytes_is_none(pattern) || osb_bytes_glob(names.items[i], pattern))
            osb_buf_add(&kept, (osb_bytes){(const char *)&names.items[i], sizeof(osb_bytes)});
    }
    int rc = osb_buf_check(&kept, &r->err);
    names = (osb_strings){(const osb_bytes *)(const void *)kept.ptr, kept.len / sizeof(osb_bytes)};
    if (rc == 0 && names.n == 0 && !osb_bytes_is_none(pattern))
        rc = osb_error_set(&r->err, OSB_KEYERROR, "nothing matches %r", pattern);
    if (rc == 0)
        rc = osb_ini_emit_names(output_of(r), names, &r->out, &r->err);
    osb_buf_free(&kept);
    return rc < 0 ? fail(r) : print_out(r);
}

static int verb_sections(run *r, int argc, char **argv) {
    osb_strings names;
    if (read_layers(r, argv[0], NULL) < 0 ||
        osb_configparser_sections(r->query.cp, &names, &r->err) < 0)
        return fail(r);
    return show_names(r, names, argc > 1 ? arg(argv[1]) : OSB_NONE);
}

static int verb_options(run *r, int argc, char **argv) {
    osb_buf list = OSB_BUF_INIT;
    if (read_layers(r, argv[0], argv[1]) < 0)
        return fail(r);
    osb_section section = {r->query.cp, section_arg(r, argv[1])};
    osb_strings names = {0};
    int rc = r->set.glob ? osb_ini_names(r->query.cp, arg(argv[1]), &list, &r->err)
                         : osb_section_keys(&section, &names, &r->err);
    if (rc < 0) {
        osb_ini_suggest(r->query.cp, section.name, OSB_NONE, &r->err);
        return fail(r);
    }
    if (r->set.glob)
        names =
            (osb_strings){(const osb_bytes *)(const void *)list.ptr, list.len / sizeof(osb_bytes)};
    int code = show_names(r, names, argc > 2 ? arg(argv[2]) : OSB_NONE);
    osb_buf_free(&list);
    return code;
}

static int verb_has(run *r, int argc, char **argv) {
    osb_bytes option = argc > 2 ? arg(argv[2]) : OSB_NONE;
    bool found;
    if (read_layers(r, argv[0], argv[1]) < 0)
        return fail(r);
    osb_bytes section = section_arg(r, argv[1]);
    r->query.stack = &r->stack;
    if (r->set.glob)
        found = osb_ini_matches(r->query.cp, arg(argv[1]), option);
    else if (argc == 2)
        found = osb_configparser_contains(r->query.cp, section);
    else if (osb_ini_has(&r->query, section, option, &found, &r->err) < 0)
        return fail(r);
    return found ? OSB_EXIT_DONE : OSB_EXIT_NO;
}

/* -- lint and diff -------------------------------------------------------------------------------- */

/* Lint one file; -1 where it could not be read. */
static int lint_file(run *r, const char *file, osb_buf *list, size_t *shown) {
    osb_ini_input in;
    osb_buf_truncate(list, 0);
    if (osb_ini_stack_read(&r->stack, file, &in, &r->err) < 0 ||
        osb_ini_lint(&r->stack.format, in.text, &r->arena, list, &r->err) < 0)
        return -1;
    const osb_ini_problem *problems = (const osb_ini_problem *)(const void *)list->ptr;
    for (size_t k = 0; k < list->len / sizeof *problems; k++, ++*shown)
        osb_ini_emit_problem(output_of(r), *shown, in.name, &problems[k], &r->out);
    return 0;
}

static int check_report_format(const run *r, const char *verb) {
    osb_ini_output output = output_of(r);
    if (output == OSB_INI_OUT_RAW || output == OSB_INI_OUT_JSON || output == OSB_INI_OUT_JSONL)
        return OSB_EXIT_DONE;
    return osb_applet_usage(self, "%s knows the formats raw, json and jsonl", verb);
}

static int verb_lint(run *r, int argc, char **argv) {
    osb_buf list = OSB_BUF_INIT;
    size_t shown = 0;
    int failed = check_report_format(r, "lint");
    if (failed)
        return failed;
    if (r->set.raw)
        r->stack.format.opts.interpolation = &osb_no_interpolation;
    for (int i = 0; i < argc; i++) {
        if (lint_file(r, argv[i], &list, &shown) < 0)
            failed = fail(r);
    }
    osb_buf_free(&list);
    osb_ini_emit_reports_end(output_of(r), shown, &r->out);
    int code = print_out(r);
    return failed ? failed : code ? code : shown ? OSB_EXIT_NO : OSB_EXIT_DONE;
}

/* Read one file into a parser of its own. */
static int read_alone(run *r, const char *file, osb_configparser **cp) {
    if (osb_configparser_new(&r->stack.format.opts, cp, &r->err) < 0)
        return -1;
    int rc = osb_ini_stack_load(&r->stack, file, *cp, &r->err);
    if (rc < 0)
        hint_at_grammar(r);
    return rc;
}

static int verb_diff(run *r, int argc, char **argv) {
    osb_configparser *a, *b;
    osb_buf list = OSB_BUF_INIT;
    int code = check_report_format(r, "diff");
    (void)argc;
    if (code)
        return code;
    if (read_alone(r, argv[0], &a) < 0 || read_alone(r, argv[1], &b) < 0 ||
        osb_ini_compare(a, b, &list, &r->err) < 0)
        return fail(r);
    const osb_ini_difference *differences = (const osb_ini_difference *)(const void *)list.ptr;
    size_t n = list.len / sizeof *differences;
    for (size_t i = 0; i < n; i++)
        osb_ini_emit_difference(output_of(r), i, &differences[i], &r->out);
    osb_ini_emit_reports_end(output_of(r), n, &r->out);
    code = print_out(r);
    return code ? code : n ? OSB_EXIT_NO : OSB_EXIT_DONE;
}

/* -- writing verbs -------------------------------------------------------------------------------- */

/* What is done to a document: the words of one edit, a batch, or files to merge. */
typedef struct task {
    run *r;
    int argc;
    char **argv;  /* from the verb on, FILE left out */
    bool creates; /* a missing file is made */
    int (*edit)(void *ctx, osb_ini_doc *doc, osb_error *err);
} task;

/* A value that is set must be of the type that was asked for. */
static int check_type(run *r, osb_bytes value, osb_error *err) {
    osb_buf text = OSB_BUF_INIT;
    int rc =
        osb_ini_convert((osb_ini_type)r->set.type, value, OSB_LIT("/"), OSB_LIT(""), &text, err);
    osb_buf_free(&text);
    return rc;
}

static int edit_words(void *ctx, osb_ini_doc *doc, osb_error *err) {
    const task *t = ctx;
    osb_bytes words[OSB_INI_BATCH_WORDS];
    for (int i = 0; i < t->argc; i++)
        words[i] = arg(t->argv[i]);
    bool sets = strcmp(t->argv[0], "set") == 0 || strcmp(t->argv[0], "add") == 0;
    if (t->argc == 4 && sets && check_type(t->r, words[3], err) < 0)
        return -1;
    int rc = osb_ini_operate(doc, words, (size_t)t->argc, t->r->set.existing, err);
    if (rc < 0 && strcmp(t->argv[0], "add") == 0 && osb_error_is(err, OSB_DUPLICATEOPTIONERROR))
        osb_error_append(err, " (try --no-strict)");
    return rc;
}

static int edit_batch(void *ctx, osb_ini_doc *doc, osb_error *err) {
    run *r = ((const task *)ctx)->r;
    osb_bytes file = r->stack.failed;
    osb_ini_input in;
    if (osb_ini_stack_read(&r->stack, "-", &in, err) < 0 ||
        osb_ini_apply(doc, in.text, r->set.existing, &r->arena, err) < 0)
        return -1;
    r->stack.failed = file;
    return 0;
}

static int edit_merge(void *ctx, osb_ini_doc *doc, osb_error *err) {
    const task *t = ctx;
    run *r = t->r;
    osb_bytes file = r->stack.failed;
    for (int i = 0; i < t->argc; i++) {
        osb_configparser *from;
        if (read_alone(r, t->argv[i], &from) < 0 ||
            osb_ini_merge(doc, from, r->set.existing, err) < 0)
            return -1;
        osb_configparser_free(from);
    }
    r->stack.failed = file;
    return 0;
}

/* What the file is to hold, or how that differs from what it holds. */
static int make_bytes(run *r, osb_ini_input *in, task *t, osb_buf *bytes) {
    return osb_ini_stack_edit(&r->stack, in, t->edit, t, r->set.dry_run, bytes, &r->err);
}

/* An edit that fails on what is there or not there is answered with "no". */
static int fail_edit(run *r) {
    osb_bytes message = osb_error_message(&r->err);
    bool repeated = osb_error_is(&r->err, OSB_DUPLICATESECTIONERROR) ||
                    osb_error_is(&r->err, OSB_DUPLICATEOPTIONERROR);
    bool exists = repeated && !osb_bytes_startswith(message, OSB_LIT("While reading"));
    bool held = osb_error_is(&r->err, OSB_BLOCKINGIOERROR);
    if (held)
        osb_error_append(&r->err, " (another writer has the file)");
    else if (r->err.errnum == EBUSY)
        osb_error_append(&r->err, " (a mount point: try --write inplace)");
    else if (osb_bytes_startswith(message, OSB_LIT("invalid interpolation syntax")))
        osb_error_append(&r->err, " (write %%%% for %%, or try --raw)");
    else if (!exists)
        hint_at_grammar(r);
    int code = fail(r);
    return exists || held ? OSB_EXIT_NO : code;
}

/* Edit standard input, or show what an edit would change. */
static int edit_to_stdout(run *r, const char *file, task *t) {
    osb_ini_input in;
    if (osb_ini_stack_read(&r->stack, file, &in, &r->err) < 0) {
        if (!osb_error_is(&r->err, OSB_FILENOTFOUNDERROR) || !t->creates)
            return fail(r);
        osb_error_free(&r->err);
    }
    return make_bytes(r, &in, t, &r->out) < 0 ? fail_edit(r) : print_out(r);
}

static int edit_file(run *r, const char *file, task *t) {
    osb_replace_opts opts = {
        .mode = (osb_replace_mode)r->set.write, .create = t->creates, .no_wait = r->set.no_wait};
    osb_ini_input in = {.name = arg(file)};
    osb_replace *replace;
    osb_buf bytes = OSB_BUF_INIT;
    r->stack.failed = in.name;
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error to report, not a reason to die */
    if (osb_replace_begin(file, &opts, &r->arena, &replace, &in.bytes, &r->err) < 0)
        return fail_edit(r);
    if (make_bytes(r, &in, t, &bytes) < 0) {
        osb_replace_cancel(replace);
        return fail_edit(r);
    }
    osb_bytes content = osb_buf_bytes(&bytes);
    int rc = osb_replace_commit(replace, &content, 1, &r->err);
    osb_buf_free(&bytes);
    return rc < 0 ? fail_edit(r) : OSB_EXIT_DONE;
}

static int edit(run *r, const char *file, task *t) {
    bool to_stdout = r->set.dry_run || strcmp(file, "-") == 0;
    t->creates = t->creates && !r->set.existing;
    if (r->set.raw)
        r->stack.format.opts.interpolation = &osb_no_interpolation;
    return to_stdout ? edit_to_stdout(r, file, t) : edit_file(r, file, t);
}

/* argv[-1] is the verb, argv[0] the file. */
static int verb_edit(run *r, int argc, char **argv) {
    const char *file = argv[0];
    argv[0] = argv[-1];
    return edit(r, file, &(task){r, argc, argv, false, edit_words});
}

static int verb_create(run *r, int argc, char **argv) {
    const char *file = argv[0];
    argv[0] = argv[-1];
    return edit(r, file, &(task){r, argc, argv, true, edit_words});
}

static int verb_set(run *r, int argc, char **argv) {
    if (argc == 3 && !r->stack.format.opts.allow_no_value)
        return osb_applet_usage(self,
                                "set needs a VALUE (--allow-no-value makes an option without one)");
    return verb_create(r, argc, argv);
}

static int verb_merge(run *r, int argc, char **argv) {
    return edit(r, argv[0], &(task){r, argc - 1, argv + 1, true, edit_merge});
}

static int verb_apply(run *r, int argc, char **argv) {
    (void)argc;
    if (strcmp(argv[0], "-") == 0)
        return osb_applet_usage(self, "FILE cannot be -: the batch is read from there");
    return edit(r, argv[0], &(task){.r = r, .creates = true, .edit = edit_batch});
}

/* -- the applet ----------------------------------------------------------------------------------- */

static const osb_verb verbs[] = {
    {"get", "FILE [SECTION [OPTION]]", "a value, a section, or all; `get` may be left out"},
    {"items", "FILE SECTION", "a section's options and values, DEFAULT's too"},
    {"dump", "FILE", "all sections"},
    {"sections", "FILE [PATTERN]", "the names of the sections"},
    {"options", "FILE SECTION [PATTERN]", "the names of a section's options"},
    {"has", "FILE SECTION [OPTION]", "exit 0 if it is there (in DEFAULT counts), 1 if not"},
    {"lint", "FILE...", "all that is wrong, as FILE:LINE:COLUMN: TEXT [CODE]"},
    {"diff", "FILE OTHER", "what differs in meaning; exit 1 if anything does"},
    {"set", "FILE SECTION OPTION [VALUE]", "set a value; what is missing on the way is made"},
    {"add", "FILE SECTION OPTION VALUE", "add a value to an option that may be repeated"},
    {"del", "FILE SECTION [OPTION]", "remove an option or a section"},
    {"add-section", "FILE SECTION", "add an empty section"},
    {"rename", "FILE SECTION [OPTION] NEW", "rename a section or an option"},
    {"comment", "FILE SECTION [OPTION]", "turn an option or a section into a comment"},
    {"uncomment", "FILE SECTION [OPTION]", "turn it back"},
    {"merge", "FILE OTHER...", "set in FILE what the others say"},
    {"apply", "FILE", "do the edits on standard input, one a line, all or none"},
    {0}};

enum { ANY = 1 << 20 };

/* The least and the most arguments of each verb, in the order of verbs[]. */
static const struct {
    int least, most;
    unsigned kind;
    int (*run)(run *r, int argc, char **argv);
} verb_runs[] = {
    {1, 3, SHOWS, verb_get},      {2, 2, SHOWS, verb_items},   {1, 1, SHOWS, verb_dump},
    {1, 2, NAMES, verb_sections}, {2, 3, NAMES, verb_options}, {2, 3, TESTS, verb_has},
    {1, ANY, LINTS, verb_lint},   {2, 2, DIFFS, verb_diff},    {3, 4, EDITS, verb_set},
    {4, 4, EDITS, verb_create},   {2, 3, EDITS, verb_edit},    {2, 2, EDITS, verb_create},
    {3, 4, EDITS, verb_edit},     {2, 3, EDITS, verb_edit},    {2, 3, EDITS, verb_edit},
    {2, ANY, EDITS, verb_merge},  {1, 1, EDITS, verb_apply}};

/* A first word that is no file may have been meant as a verb: by the names that other tools use. */
static const struct {
    char word[8], verb[12];
} other_names[] = {{"rm", "del"},      {"remove", "del"},    {"unset", "del"}, {"delete", "del"},
                   {"ls", "sections"}, {"list", "sections"}, {"cat", "dump"},  {"show", "dump"},
                   {"mv", "rename"},   {"move", "rename"}};

static const char *meant_verb(osb_bytes word) {
    osb_nearest nearest = {.word = word};
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++) {
        if (osb_bytes_eq(word, arg(other_names[i].word)))
            return other_names[i].verb;
    }
    for (size_t i = 0; verbs[i].name; i++)
        osb_nearest_offer(&nearest, arg(verbs[i].name));
    return nearest.best.ptr;
}

static int run_unnamed(run *r, int argc, char **argv) {
    if (argc < 1)
        return osb_applet_usage(self, "a FILE is needed");
    const char *verb = access(argv[0], F_OK) < 0 ? meant_verb(arg(argv[0])) : NULL;
    if (verb && strcmp(argv[0], "-") != 0)
        return osb_applet_usage(self, "no such file: %s (did you mean the verb %s?)", argv[0],
                                verb);
    if (argc > 3)
        return osb_applet_usage(
            self, "too many arguments: FILE [SECTION [OPTION]] is all, without a verb");
    int code = check_options(r, "get", SHOWS);
    return code ? code : verb_get(r, argc, argv);
}

/* The first word is a verb, or else the verb is get. */
static int run_verb(run *r, int argc, char **argv) {
    size_t verb = 0;
    while (argc && verbs[verb].name && strcmp(argv[0], verbs[verb].name) != 0)
        verb++;
    if (argc == 0 || !verbs[verb].name)
        return run_unnamed(r, argc, argv);
    if (argc - 1 < verb_runs[verb].least || argc - 1 > verb_runs[verb].most)
        return osb_applet_usage(self, "%s takes %s", verbs[verb].name, verbs[verb].args);
    int code = check_options(r, verbs[verb].name, verb_runs[verb].kind);
    return code ? code : verb_runs[verb].run(r, argc - 1, argv + 1);
}

static int iniget_main(const osb_applet *applet, int argc, char **argv) {
    static run r;
    r.set = (settings){.strict = UNSET,
                       .allow_no_value = UNSET,
                       .empty_lines = UNSET,
                       .case_kept = UNSET,
                       .interpolation = UNSET};
    osb_arena_init(&r.arena, arena_memory, sizeof arena_memory);
    r.out = OSB_BUF_ON(out_memory, sizeof out_memory);
    r.stack.arena = &r.arena;
    r.stack.inputs = OSB_BUF_ON(input_memory, sizeof input_memory);
    int code = osb_applet_parse(applet, &argc, argv, &r.set, &r.arena);
    if (code >= 0)
        return code;
    code = choose_format(&r) < 0 ? fail(&r) : run_verb(&r, argc - 1, argv + 1);
    return osb_applet_end(applet, code);
}

static const char *const usage[] = {"[OPTIONS] FILE [SECTION [OPTION]]",
                                    "[OPTIONS] set FILE SECTION OPTION VALUE",
                                    "[OPTIONS] VERB FILE [ARGUMENTS]", NULL};

static const osb_exit_code exits[] = {
    {0, "done"},
    {1, "no: a section or option is missing or already there, files differ, lint found something"},
    {2, "wrong usage"},
    {3, "the file cannot be read as INI, or a value cannot be written or converted"},
    {4, "the system refused: a file, a lock, memory"},
    {0, NULL}};

static const osb_example examples[] = {
    {"iniget app.ini db port", "print one value, references resolved"},
    {"iniget --type bool --default false app.ini db tls", "true or false"},
    {"eval \"$(iniget --format sh --prefix db_ app.ini db)\"", "a section as shell variables"},
    {"iniget --format json app.ini", "the whole file"},
    {"iniget set app.ini db port 5433", "change one line and nothing else"},
    {"iniget -n del app.ini db password", "show what would change"},
    {"iniget --dialect systemd --dropins /etc/systemd/journald.conf",
     "what a service really reads"},
    {NULL, NULL}};

const osb_applet osb_applet_iniget = {
    .name = "iniget",
    .summary = "read, check and edit INI files",
    .usage = usage,
    .description =
        "Reads FILE (- for standard input) as Python's configparser does, or in another dialect, "
        "and prints one value, a section or all of it. The writing verbs change only the lines "
        "they must, replace the file atomically, and refuse a value that would not read back the "
        "same. A file that is called like a verb is written ./get.",
    .verbs = verbs,
    .options = options,
    .exits = exits,
    .examples = examples,
    .main = iniget_main,
};
