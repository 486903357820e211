/* Applets: what one declares, and the edge where errors become lines on stderr and exit codes.
 * Not part of libosbox, which never prints and never exits. */
#ifndef OSBOX_APPLET_H
#define OSBOX_APPLET_H

#include <osbox/error.h>
#include <osbox/fdio.h>
#include <osbox/optparse.h>

/* The exit codes, the same everywhere. */
enum {
    OSB_EXIT_DONE = 0,
    OSB_EXIT_NO = 1, /* missing key, differs, lock held, test false */
    OSB_EXIT_USAGE = 2,
    OSB_EXIT_MALFORMED = 3, /* the input is not what it should be */
    OSB_EXIT_SYSTEM = 4     /* I/O, permission, memory */
};

typedef struct osb_verb {
    const char *name;
    const char *args; /* "FILE SECTION OPTION" */
    const char *help; /* one sentence */
} osb_verb;

typedef struct osb_exit_code {
    int code;
    const char *meaning;
} osb_exit_code;

typedef struct osb_example {
    const char *command;
    const char *shows; /* one sentence */
} osb_example;

typedef struct osb_applet osb_applet;
struct osb_applet {
    const char *name;
    const char *summary;       /* one line without a full stop */
    const char *const *usage;  /* forms after the name, NULL-terminated */
    const char *description;   /* paragraphs, split by blank lines */
    const osb_verb *verbs;     /* ends with a NULL name; NULL: none */
    const char *verbs_heading; /* NULL: "Verbs" */
    const osb_option
        *options; /* the engine adds --version, and -h and --help where they are free */
    const osb_exit_code *exits;  /* ends with a NULL meaning */
    const osb_example *examples; /* ends with a NULL command */
    const char *const *aliases;  /* other names it answers to, NULL-terminated; NULL: none */
    const char *const *see_also; /* NULL-terminated; NULL: none */
    bool abbreviate;             /* stands in for a tool that takes abbreviated options */
    bool stop_at_positional;     /* options end at the first positional argument */
    int (*main)(const osb_applet *self, int argc, char **argv);
};

/* The applet's parser, standard options included. */
osb_optparse osb_applet_parser(const osb_applet *self);

/* Append the --help page, width columns wide (COLUMNS - 2). */
void osb_applet_format_help(const osb_applet *self, size_t width, osb_buf *out);

/* Print that page on stdout, as wide as COLUMNS says; the exit code. */
int osb_applet_print_help(const osb_applet *self);

/* Parse the command line (osb_optparse_parse). --help and --version are answered here.
 * Returns -1 to go on, with the positional arguments in argv[1..*argc), else the exit code to
 * return at once. */
int osb_applet_parse(const osb_applet *self, int *argc, char **argv, void *result,
                     osb_arena *arena);

/* "Usage: ...", a blank line and "NAME: error: MESSAGE" on stderr; returns OSB_EXIT_USAGE.
 * fmt is that of osb_buf_fmt. */
int osb_applet_usage(const osb_applet *self, const char *fmt, ...);

/* "NAME: FILE:LINE:COLUMN: MESSAGE" on stderr, absent parts left out; frees err and returns its
 * exit code. FILE is left out where the message itself names it (an OSError with a filename is told
 * as "NAME: FILE: No such file or directory"). Control characters are shown as escapes.
 * EPIPE is quiet. */
int osb_applet_fail(const osb_applet *self, osb_bytes file, osb_error *err);

/* One line of warning on stderr, in osb_buf_fmt's format, "NAME: " before it. */
void osb_applet_warn(const osb_applet *self, const char *fmt, ...);

/* The exit code of an error: OSError and MemoryError 4; NoSectionError, NoOptionError, KeyError 1;
 * OptParseError 2; any other 3. */
int osb_applet_exit_code(const osb_error *err);

/* stdout, buffered; opened by the first call. */
osb_writer *osb_applet_out(void);

/* Flush and close stdout, and tell its error; returns code, or OSB_EXIT_SYSTEM where output was
 * lost. Every applet's main ends with it. */
int osb_applet_end(const osb_applet *self, int code);

#endif
