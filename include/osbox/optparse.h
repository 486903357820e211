/* Options declared once, in a const table: parsing, help and every generated form come from it.
 *
 * The fields carry the names of Python's optparse, and so do the error texts. The OptionParser
 * object of the Python module will stand on the same engine.
 * Source: https://docs.python.org/3.11/library/optparse.html */
#ifndef OSBOX_OPTPARSE_H
#define OSBOX_OPTPARSE_H

#include <osbox/arena.h>
#include <osbox/buf.h>
#include <osbox/error.h>

typedef enum osb_option_action {
    OSB_STORE,       /* dest: by type, below; with nargs above 1 an array of that many */
    OSB_STORE_CONST, /* dest: int, set to `constant` */
    OSB_STORE_TRUE,  /* dest: bool */
    OSB_STORE_FALSE, /* dest: bool */
    OSB_APPEND,      /* dest: osb_optlist, zeroed before the parse; words are checked by type */
    OSB_COUNT,       /* dest: int */
    OSB_CALLBACK,    /* takes words if type is not OSB_NOTYPE, and is called for each of them */
    OSB_HELP,
    OSB_VERSION
} osb_option_action;

typedef enum osb_option_type {
    OSB_NOTYPE, /* as in optparse: a choice where there are choices, else a string */
    OSB_STRING, /* dest: const char *, borrowed from argv */
    OSB_INT,    /* dest: int64_t; 0x, 0b and octal 0 prefixes as optparse reads them */
    OSB_FLOAT,  /* dest: double */
    OSB_CHOICE  /* dest: int, the index in choices */
} osb_option_type;

/* The words of an APPEND option, in order; nargs words each time. */
typedef struct osb_optlist {
    const char **words; /* in the parser's arena; the words borrowed from argv */
    size_t n;
} osb_optlist;

typedef struct osb_option osb_option;
struct osb_option {
    char short_name;       /* 'f' for -f, or 0 */
    const char *long_name; /* "format" for --format, or NULL */
    osb_option_action action;
    osb_option_type type;
    size_t dest;              /* offset in the caller's result struct */
    int nargs;                /* words taken; 0 means 1 */
    int constant;             /* of STORE_CONST */
    const char *default_text; /* what %default shows; the default itself is in the result struct */
    const char *const *choices; /* NULL-terminated */
    const char *metavar;        /* NULL: dest's word, the long name in capitals */
    const char *help;           /* one sentence; NULL hides the option from help */
    const char *group;          /* help heading; NULL: "Options" */

    /* value: the word, checked by type; NULL for OSB_NOTYPE. On -1 a ValueError's message becomes the
     * OptionValueError "option --x: MESSAGE"; other kinds pass as they are. */
    int (*callback)(const osb_option *option, const char *value, void *result, osb_error *err);
};

#define OSB_OPTIONS_END                                                                            \
    { .short_name = 0, .long_name = NULL }

typedef struct osb_optparse {
    const osb_option *options;  /* ends with OSB_OPTIONS_END */
    const osb_option *standard; /* options before those (--version, --help), likewise; NULL: none */
    bool abbreviate;            /* accept unambiguous prefixes of long options, as Python does */
    bool interspersed;          /* options may follow positional arguments */
} osb_optparse;

/* Parse argv[1..*argc) into the struct at result (already holding the defaults). Positional
 * arguments are moved, in order, to argv[1..*argc), *argc adjusted. HELP and VERSION stop the
 * parse: *stop is then the option, else NULL.
 * A `--` ends the options and is dropped. argv stays NULL-terminated where it was.
 * Errors: OSB_BADOPTIONERROR "no such option: --x", OSB_AMBIGUOUSOPTIONERROR, OSB_OPTIONVALUEERROR,
 * each with optparse's text (bytes that are not UTF-8 become surrogates, as in Python's sys.argv);
 * OSB_MEMORYERROR. An integer outside int64 is an "invalid integer value", where Python has no limit.
 * Source: OptionParser.parse_args */
int osb_optparse_parse(const osb_optparse *parser, int *argc, char **argv, void *result,
                       osb_arena *arena, const osb_option **stop, osb_error *err);

/* Append the option list as optparse's help shows it ("Options:" and the groups), wrapped to
 * width columns (COLUMNS - 2). Source: IndentedHelpFormatter */
void osb_optparse_format_options(const osb_optparse *parser, size_t width, osb_buf *out);

/* Append one row of such a list: `term` indented by `indent`, `text` wrapped from `column` to
 * `width`, on the next line where term is too long. Source: HelpFormatter.format_option */
void osb_optparse_format_row(osb_buf *out, osb_bytes term, osb_bytes text, size_t indent,
                             size_t column, size_t width);

/* The column of the texts where the longest indented term has `longest` characters.
 * Source: HelpFormatter.store_option_strings */
size_t osb_optparse_column(size_t longest, size_t width);

/* Append text wrapped to width columns, each line indented and ended; paragraphs are split by blank
 * lines. Source: textwrap.fill */
void osb_optparse_fill(osb_buf *out, osb_bytes text, size_t width, size_t indent);

/* The options of `standard`, then those of `options`: begin with NULL, ends with NULL. */
const osb_option *osb_optparse_next(const osb_optparse *parser, const osb_option *option);

/* Whether the option takes words. Source: Option.takes_value */
bool osb_optparse_takes_value(const osb_option *option);

/* The type of those words, defaults applied; OSB_NOTYPE where it takes none. */
osb_option_type osb_optparse_type(const osb_option *option);

/* Append the option's dest ("max_size" of --max-size), or what help shows for its words. */
void osb_optparse_dest(const osb_option *option, osb_buf *out);
void osb_optparse_metavar(const osb_option *option, osb_buf *out);

/* Append the option's help with its %default replaced. Source: HelpFormatter.expand_default */
void osb_optparse_expand_default(const osb_option *option, osb_buf *out);

/* The name, without dashes, of the long option meant by a misspelt "--word" or "word=value": one that
 * begins so, else the nearest; None where none is near. Borrowed from the table. */
osb_bytes osb_optparse_nearest(const osb_optparse *parser, osb_bytes word);

#endif
