/* What the files of the option engine share. */
#ifndef OSBOX_OPTPARSE_INTERNAL_H
#define OSBOX_OPTPARSE_INTERNAL_H

#include <osbox/optparse.h>

/* An option as messages name it: in full, whatever was typed. */
typedef struct optparse_opt_str {
    const char *dashes;
    osb_bytes name;
} optparse_opt_str;

/* A parse in progress. The names are those of OptionParser. */
typedef struct optparse_run {
    const osb_optparse *parser;
    void *values;         /* the caller's result struct */
    osb_arena *arena;     /* for the lists of APPEND */
    const char *attached; /* a word written against its option (-fWORD, --file=WORD), or NULL */
    char **rargs, **end;  /* the words not yet looked at */
    const osb_option **stop;
    osb_error *err;
} optparse_run;

/* The option of a character, or NULL. */
const osb_option *optparse_find_short(const osb_optparse *parser, char name);

/* The option of a long name without dashes, or of an abbreviation where the parser takes them.
 * Errors: OSB_BADOPTIONERROR, OSB_AMBIGUOUSOPTIONERROR. Source: optparse._match_abbrev */
int optparse_match_long(const osb_optparse *parser, osb_bytes name, const osb_option **ret,
                        osb_error *err);

/* "no such option: --x", name being what was typed. */
int optparse_no_such_option(const char *dashes, osb_bytes name, osb_error *err);

/* Take the option's words and do what its action says. Source: Option.process */
int optparse_process(optparse_run *run, const osb_option *option, optparse_opt_str opt);

/* Append a word of the command line as Python sees it: each byte that is not UTF-8 as the surrogate
 * U+DC00 + byte. Source: os.fsdecode */
void optparse_fsdecode(osb_buf *out, osb_bytes word);

/* Text cut into lines at the blanks and hyphens where textwrap.TextWrapper cuts. */
typedef struct optparse_wrapper {
    osb_bytes text; /* without tabs and newlines */
    size_t at;
    size_t chunk_end; /* of a word that was cut, else 0 */
    bool started;     /* a line has been given */
} optparse_wrapper;

/* Append text with its tabs expanded and its other blanks made spaces, ready to be wrapped. */
void optparse_munge(osb_buf *out, osb_bytes text);

/* The next line of at most width characters (width > 0); false at the end. */
bool optparse_wrap(optparse_wrapper *wrapper, size_t width, osb_bytes *line);

#endif
