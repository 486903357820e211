/* strerror: what an error number or name means. */
#include <osbox/applet.h>

#include <osbox/errno.h>
#include <osbox/text.h>

typedef enum show {
    SHOW_LINE,
    SHOW_VERBOSE,
    SHOW_JSON,
    SHOW_NUMBER,
    SHOW_NAME,
    SHOW_TEXT,
    SHOW_EXCEPTION
} show;

typedef struct settings {
    bool list;
    bool search;
    int table; /* an osb_errno_table */
    int show;
} settings;

/* One run: what is asked, and what has come of it. */
typedef struct run {
    const osb_applet *self;
    settings settings;
    osb_errno_table table;
    size_t shown;
} run;

/* -- output ------------------------------------------------------------------------------------ */

static const char *exception_of(const run *r, const osb_errno_entry *entry) {
    return osb_error_name(osb_errno_kind(r->table, entry));
}

/* The entry's other names: the same number's neighbours in the table. */
static const osb_errno_entry *next_alias(const run *r, const osb_errno_entry *entry,
                                         const osb_errno_entry *previous) {
    size_t n;
    const osb_errno_entry *end = osb_errno_entries(r->table, &n) + n;
    const osb_errno_entry *e =
        previous ? previous + 1 : osb_errno_by_number(r->table, entry->number);
    if (e == entry)
        e++;
    return e < end && e->number == entry->number ? e : NULL;
}

static void put_line(osb_buf *out, const osb_errno_entry *entry) {
    osb_buf_fmt(out, "%s %d %s", osb_errno_name(entry), entry->number, osb_errno_text(entry));
}

static void put_verbose(const run *r, osb_buf *out, const osb_errno_entry *entry) {
    put_line(out, entry);
    osb_buf_fmt(out, " [%s]", exception_of(r, entry));
    const osb_errno_entry *alias = NULL;
    while ((alias = next_alias(r, entry, alias)))
        osb_buf_fmt(out, " (also %s)", osb_errno_name(alias));
}

static void put_json(const run *r, osb_buf *out, const osb_errno_entry *entry) {
    osb_buf_adds(out, r->shown ? ",\n" : "[\n");
    osb_buf_fmt(out, "{\"number\": %d, \"name\": \"%s\", \"aliases\": [", entry->number,
                osb_errno_name(entry));
    const osb_errno_entry *alias = NULL;
    for (const char *comma = ""; (alias = next_alias(r, entry, alias)); comma = ", ")
        osb_buf_fmt(out, "%s\"%s\"", comma, osb_errno_name(alias));
    osb_buf_adds(out, "], \"text\": ");
    osb_text_json(out, osb_bytes_from(osb_errno_text(entry)));
    osb_buf_fmt(out, ", \"exception\": \"%s\"}", exception_of(r, entry));
}

static void put_entry(const run *r, osb_buf *out, const osb_errno_entry *entry) {
    switch ((show)r->settings.show) {
    case SHOW_LINE: put_line(out, entry); break;
    case SHOW_VERBOSE: put_verbose(r, out, entry); break;
    case SHOW_JSON: put_json(r, out, entry); return; /* its line ends with what follows */
    case SHOW_NUMBER: osb_buf_fmt(out, "%d", entry->number); break;
    case SHOW_NAME: osb_buf_adds(out, osb_errno_name(entry)); break;
    case SHOW_TEXT: osb_buf_adds(out, osb_errno_text(entry)); break;
    case SHOW_EXCEPTION: osb_buf_adds(out, exception_of(r, entry)); break;
    }
    osb_buf_addc(out, '\n');
}

/* A line fits in the local memory, so that no buffer error can come. */
static void show_entry(run *r, const osb_errno_entry *entry) {
    char memory[512];
    osb_buf out = OSB_BUF_ON(memory, sizeof memory);
    put_entry(r, &out, entry);
    osb_writer_put(osb_applet_out(), osb_buf_bytes(&out));
    osb_buf_free(&out);
    r->shown++;
}

static void end_json(const run *r) {
    if (r->settings.show == SHOW_JSON)
        osb_writer_puts(osb_applet_out(), r->shown ? "\n]\n" : "[]\n");
}

/* -- arguments --------------------------------------------------------------------------------- */

static osb_bytes trim(osb_bytes s, const char *set) {
    while (s.len && strchr(set, s.ptr[0]))
        s = osb_bytes_sub(s, 1, s.len);
    while (s.len && strchr(set, s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static bool starts_with_word(osb_bytes s, const char *word) {
    size_t n = strlen(word);
    if (s.len <= n || !strchr(" =:", s.ptr[n]))
        return false;
    for (size_t i = 0; i < n; i++) {
        if ((s.ptr[i] | 0x20) != (word[i] | 0x20))
            return false;
    }
    return true;
}

/* What is left of a pasted "[Errno 2]", "errno=2", "(os error 2)" or "error: -2". */
static osb_bytes without_wrapping(osb_bytes s) {
    static const char *const words[] = {"errno", "os error", "error"};
    s = trim(s, " []()");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts_with_word(s, words[i]))
            return trim(osb_bytes_sub(s, strlen(words[i]), s.len), " =:");
    }
    return s;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* A decimal number, or a hexadecimal one after 0x; its sign is dropped, since a system call returns
 * the negative of the same number. */
static bool parse_number(osb_bytes s, uint64_t *ret) {
    if (s.len && s.ptr[0] == '-')
        s = osb_bytes_sub(s, 1, s.len);
    uint64_t base = 10, value = 0;
    if (osb_bytes_startswith(s, OSB_LIT("0x")) || osb_bytes_startswith(s, OSB_LIT("0X"))) {
        base = 16;
        s = osb_bytes_sub(s, 2, s.len);
    }
    for (size_t i = 0; i < s.len; i++) {
        uint64_t digit = (uint64_t)digit_value(s.ptr[i]);
        if (digit >= base || value > (UINT64_MAX - digit) / base)
            return false;
        value = value * base + digit;
    }
    *ret = value;
    return s.len > 0;
}

/* Undo the wrapping of a negative return value in a 32 or 64 bit register. Linux keeps
 * -4095 to -1 for errors. */
static uint64_t unwrap(uint64_t value) {
    const uint64_t most = 4095, bits32 = (uint64_t)1 << 32;
    if (value >= UINT64_MAX - most)
        return UINT64_MAX - value + 1;
    return value < bits32 && value >= bits32 - most ? bits32 - value : value;
}

static const char *other_table_with(osb_bytes name) {
    for (int table = 0; table < OSB_ERRNO_TABLES; table++) {
        if (osb_errno_by_name(table, name))
            return osb_errno_table_name(table);
    }
    return NULL;
}

static void tell_unknown_name(const run *r, osb_bytes argument, osb_bytes name) {
    const char *other = other_table_with(name);
    osb_bytes nearest = osb_errno_nearest(r->table, name);
    if (other)
        osb_applet_warn(r->self, "unknown error name %r on %s; %s has it", argument,
                        osb_errno_table_name(r->table), other);
    else if (!osb_bytes_is_none(nearest))
        osb_applet_warn(r->self, "unknown error name %r; did you mean %b?", argument, nearest);
    else if (osb_bytes_find_char(argument, ' ', 0) != OSB_NPOS)
        osb_applet_warn(r->self, "unknown error name %r; --search looks in the texts", argument);
    else
        osb_applet_warn(r->self, "unknown error name %r", argument);
}

static void tell_unknown_number(const run *r, osb_bytes argument, uint64_t number) {
    if (number == 0)
        osb_applet_warn(r->self, "%b is no error: Success", argument);
    else
        osb_applet_warn(r->self, "unknown error number %b", argument);
}

static bool show_argument(run *r, osb_bytes argument) {
    osb_bytes word = without_wrapping(argument);
    const osb_errno_entry *entry = NULL;
    uint64_t number;
    bool numeric = parse_number(word, &number);
    if (numeric) {
        number = unwrap(number);
        if (number <= UINT16_MAX)
            entry = osb_errno_by_number(r->table, (int)number);
    } else
        entry = osb_errno_by_name(r->table, word);
    if (entry)
        show_entry(r, entry);
    else if (numeric)
        tell_unknown_number(r, argument, number);
    else
        tell_unknown_name(r, argument, word);
    return entry != NULL;
}

/* -- the three uses ---------------------------------------------------------------------------- */

static int explain(run *r, int argc, char **argv) {
    int code = OSB_EXIT_DONE;
    for (int i = 1; i < argc; i++) {
        if (!show_argument(r, osb_bytes_from(argv[i])))
            code = OSB_EXIT_NO;
    }
    return code;
}

/* Every entry that has all n words; the whole table where n is 0. */
static void show_matches(run *r, const osb_bytes *words, size_t n) {
    size_t count;
    const osb_errno_entry *entries = osb_errno_entries(r->table, &count);
    for (size_t i = 0; i < count; i++) {
        if (osb_errno_matches(&entries[i], words, n))
            show_entry(r, &entries[i]);
    }
}

/* The arguments in lower case, in the arena's memory; NULL where that is missing. */
static osb_bytes *lower_words(osb_arena *arena, int argc, char **argv) {
    osb_bytes *words = osb_arena_alloc(arena, (size_t)argc * sizeof *words);
    osb_buf lower = OSB_BUF_INIT;
    for (int i = 1; words && i < argc; i++) {
        osb_buf_truncate(&lower, 0);
        osb_text_lower(&lower, osb_bytes_from(argv[i]));
        words[i - 1] = osb_arena_copy(arena, osb_buf_bytes(&lower));
        if (osb_buf_check(&lower, NULL) || osb_bytes_is_none(words[i - 1]))
            words = NULL;
    }
    osb_buf_free(&lower);
    return words;
}

static int search(run *r, osb_arena *arena, int argc, char **argv) {
    osb_bytes *words = lower_words(arena, argc, argv);
    if (!words) {
        osb_error err = {0};
        osb_error_set_nomem(&err);
        return osb_applet_fail(r->self, OSB_NONE, &err);
    }
    show_matches(r, words, (size_t)argc - 1);
    if (r->shown == 0)
        osb_applet_warn(r->self, "no error has %s", argc == 2 ? "this word" : "all these words");
    return r->shown ? OSB_EXIT_DONE : OSB_EXIT_NO;
}

static int dispatch(run *r, osb_arena *arena, int argc, char **argv) {
    if (r->settings.list && (r->settings.search || argc > 1))
        return osb_applet_usage(r->self, "--list takes no arguments");
    if (r->settings.search && argc == 1)
        return osb_applet_usage(r->self, "--search needs at least one WORD");
    if (!r->settings.list && argc == 1)
        return osb_applet_usage(r->self, "an error number or name is needed");
    int code = OSB_EXIT_DONE;
    if (r->settings.list)
        show_matches(r, NULL, 0);
    else if (r->settings.search)
        code = search(r, arena, argc, argv);
    else
        code = explain(r, argc, argv);
    if (code != OSB_EXIT_SYSTEM)
        end_json(r);
    return code;
}

/* "-2" is a number that a system call returned, not an option: pass on the 2. */
static void unsign_numbers(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] >= '0' && argv[i][1] <= '9')
            argv[i]++;
    }
}

static int strerror_main(const osb_applet *self, int argc, char **argv) {
    run r = {.self = self, .settings = {.table = OSB_ERRNO_HOST}};
    char memory[1024];
    osb_arena arena;
    osb_arena_init(&arena, memory, sizeof memory);
    unsign_numbers(argc, argv);
    int code = osb_applet_parse(self, &argc, argv, &r.settings, &arena);
    r.table = (osb_errno_table)r.settings.table;
    if (code < 0)
        code = dispatch(&r, &arena, argc, argv);
    osb_arena_free(&arena);
    return osb_applet_end(self, code);
}

/* -- the applet -------------------------------------------------------------------------------- */

#define SETTING(field) offsetof(settings, field)

static const osb_option options[] = {
    {.short_name = 'l',
     .long_name = "list",
     .action = OSB_STORE_TRUE,
     .dest = SETTING(list),
     .help = "Show all errors, in the order of their numbers."},
    {.short_name = 's',
     .long_name = "search",
     .action = OSB_STORE_TRUE,
     .dest = SETTING(search),
     .help = "Show the errors whose name or text has all the WORDs, in any case."},
    {.long_name = "table",
     .type = OSB_CHOICE,
     .dest = SETTING(table),
     .choices = osb_errno_table_names,
     .metavar = "NAME",
     .help = "Use another machine's numbers: linux-generic, linux-mips, linux-alpha, "
             "linux-parisc, linux-sparc or linux-powerpc."},
    {.short_name = 'v',
     .long_name = "verbose",
     .action = OSB_STORE_CONST,
     .constant = SHOW_VERBOSE,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Add Python's exception and the other names of the number."},
    {.long_name = "json",
     .action = OSB_STORE_CONST,
     .constant = SHOW_JSON,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Show one JSON array of objects."},
    {.short_name = 'n',
     .long_name = "number",
     .action = OSB_STORE_CONST,
     .constant = SHOW_NUMBER,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Show only the number."},
    {.short_name = 'N',
     .long_name = "name",
     .action = OSB_STORE_CONST,
     .constant = SHOW_NAME,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Show only the name."},
    {.short_name = 't',
     .long_name = "text",
     .action = OSB_STORE_CONST,
     .constant = SHOW_TEXT,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Show only the text."},
    {.short_name = 'e',
     .long_name = "exception",
     .action = OSB_STORE_CONST,
     .constant = SHOW_EXCEPTION,
     .dest = SETTING(show),
     .group = "Output (the last one given counts)",
     .help = "Show only Python's exception."},
    OSB_OPTIONS_END,
};

static const char *const usage[] = {
    "[OPTION]... NUMBER|NAME...",
    "[OPTION]... --search WORD...",
    "[OPTION]... --list",
    NULL,
};

static const osb_exit_code exits[] = {
    {0, "every error was found"},
    {1, "a number or name is unknown, or nothing matches the words"},
    {2, "the command line is wrong"},
    {4, "output could not be written"},
    {0, NULL},
};

static const osb_example examples[] = {
    {"strerror 2", "What does error 2 mean?"},
    {"strerror -n enoent", "The number of a name."},
    {"strerror -s no such", "Which errors say \"no such\"?"},
    {"strerror --table linux-mips 89", "Error 89 on a MIPS machine."},
    {NULL, NULL},
};

static const char *const see_also[] = {"errno(3)", "strerror(3)", NULL};

extern const osb_applet osb_applet_strerror;
const osb_applet osb_applet_strerror = {
    .name = "strerror",
    .summary = "explain error numbers and names",
    .usage = usage,
    .description =
        "Show the name, number and text of each error, one per line. A NUMBER may be decimal or "
        "hexadecimal, and negative as a system call returns it; a NAME may be in any case. Both "
        "may be pasted as they come: 'errno=2', '[Errno 2]', '(os error 2)'.",
    .options = options,
    .exits = exits,
    .examples = examples,
    .see_also = see_also,
    .main = strerror_main,
};
