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
    OSB_STORE,       /* dest: by type, below */
    OSB_STORE_CONST, /* dest: int, set to `constant` */
    OSB_STORE_TRUE,  /* dest: bool */
    OSB_STORE_FALSE, /* dest: bool */
    OSB_APPEND,      /* dest: osb_optlist; type string or choice */
    OSB_COUNT,       /* dest: int */
    OSB_CALLBACK, /* callback(option, value, result, err); takes an argument if type is not OSB_NOTYPE */
    OSB_HELP,
    OSB_VERSION
} osb_option_action;

typedef enum osb_option_type {
    OSB_NOTYPE,
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
    int (*callback)(const osb_option *option, const char *value, void *result, osb_error *err);
};

#define OSB_OPTIONS_END                                                                            \
    { .short_name = 0, .long_name = NULL }

typedef struct osb_optparse {
    const osb_option *options; /* ends with OSB_OPTIONS_END */
    bool abbreviate;           /* accept unambiguous prefixes of long options, as Python does */
    bool interspersed;         /* options may follow positional arguments */
} osb_optparse;

/* Parse argv[1..*argc) into the struct at result (already holding the defaults). Positional
 * arguments are moved, in order, to argv[1..*argc), *argc adjusted. HELP and VERSION stop the
 * parse: *stop is then the option, else NULL.
 * A `--` ends the options and is dropped.
 * Errors: OSB_BADOPTIONERROR "no such option: --x", OSB_AMBIGUOUSOPTIONERROR, OSB_OPTIONVALUEERROR,
 * each with optparse's text.
 * Source: OptionParser.parse_args */
int osb_optparse_parse(const osb_optparse *parser, int *argc, char **argv, void *result,
                       osb_arena *arena, const osb_option **stop, osb_error *err);

/* Append the option list as optparse's help shows it ("Options:" and the groups), wrapped to
 * width columns (COLUMNS - 2). Source: IndentedHelpFormatter */
void osb_optparse_format_options(const osb_optparse *parser, size_t width, osb_buf *out);

/* Append text wrapped to width columns, each line indented; paragraphs are split by blank lines.
 * Source: textwrap.fill */
void osb_optparse_fill(osb_buf *out, osb_bytes text, size_t width, size_t indent);

/* The long option nearest to a misspelt "--word", or None. */
osb_bytes osb_optparse_nearest(const osb_optparse *parser, osb_bytes word);

#endif
