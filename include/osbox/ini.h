/* INI files as documents, and what their other dialects add: what Python's configparser has no word
 * for and a tool that works on such files needs.
 *
 * A format says how a file is read: a dialect and the parser's options. A document keeps every byte
 * of one file and edits it line by line. Texts are UTF-8 without a byte order mark. */
#ifndef OSBOX_INI_H
#define OSBOX_INI_H

#include <osbox/arena.h>
#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/codecs.h>
#include <osbox/configparser.h>
#include <osbox/error.h>
#include <osbox/map.h>

/* -- dialects ----------------------------------------------------------------------------------- */

typedef enum osb_ini_repeat { /* what a key that stands several times means */
                              OSB_INI_LAST_WINS,
                              OSB_INI_FIRST_WINS,
                              OSB_INI_JOIN_RESET /* values are joined by newlines, an empty one starts afresh */
} osb_ini_repeat;

typedef enum osb_ini_values { /* how a value is written */
                              OSB_INI_VERBATIM,
                              OSB_INI_SYSTEMD_VALUES,
                              OSB_INI_GIT_VALUES,
                              OSB_INI_DESKTOP_VALUES,
                              OSB_INI_PHP_VALUES,
                              OSB_INI_KRB5_VALUES
} osb_ini_values;

typedef enum osb_ini_headers { /* how a section is written */
                               OSB_INI_PLAIN_HEADERS,
                               OSB_INI_GIT_HEADERS, /* [remote "origin"] is remote.origin */
                               OSB_INI_KRB5_HEADERS /* `REALM = {` to `}` in [realms] is realms/REALM */
} osb_ini_headers;

typedef struct osb_ini_dialect {
    char name[8];
    const char *summary;                       /* what it does, one sentence */
    osb_configparser_opts opts;                /* a parser's options for it */
    bool flat, headerless, comments_in_joined; /* as in osb_ini_grammar */
    bool (*joins)(osb_bytes text, bool *quoted);
    bool python;   /* the grammar is configparser's, and DEFAULT and references have a meaning */
    bool skip_bom; /* a byte order mark is passed over */
    osb_ini_repeat repeat;
    osb_ini_values values;
    osb_ini_headers headers;
} osb_ini_dialect;

/* An optionxform that leaves names as they are. */
int osb_ini_keep_case(void *ctx, osb_bytes option, osb_buf *out, osb_error *err);

/* All of them, python first; *n many; static. */
const osb_ini_dialect *osb_ini_dialects(size_t *n);

/* The dialect that a file's name speaks of, for a hint: .service is systemd, .desktop is desktop;
 * plain where it says nothing. */
const osb_ini_dialect *osb_ini_dialect_for(osb_bytes filename);

/* How a file is read: a dialect, and the parser's options, which the caller may have changed. */
typedef struct osb_ini_format {
    const osb_ini_dialect *dialect;
    osb_configparser_opts opts;
} osb_ini_format;

/* A section's name as the format has it: git does not mind the case of its first part. In a's memory or
 * name itself. Errors: OSB_MEMORYERROR */
int osb_ini_section(const osb_ini_format *format, osb_bytes name, osb_arena *a, osb_bytes *ret,
                    osb_error *err);

/* Read a text into a parser made with format->opts. text, source and a, where decoded values are kept,
 * must outlive it. Errors: as osb_configparser_read_text. */
int osb_ini_load(osb_configparser *cp, const osb_ini_format *format, osb_bytes text,
                 osb_bytes source, osb_arena *a, osb_error *err);

/* -- encodings ---------------------------------------------------------------------------------- */

/* What the bytes of a file are: UTF-8 (codec NULL), with or without a byte order mark to be passed
 * over, or another encoding. */
typedef struct osb_ini_encoding {
    const osb_codec *codec;
    bool skip_bom;
} osb_ini_encoding;

/* name: as codecs.lookup takes it; None: UTF-8. Errors: OSB_LOOKUPERROR. */
int osb_ini_encoding_of(osb_bytes name, const osb_ini_dialect *dialect, osb_ini_encoding *ret,
                        osb_error *err);

/* A file's bytes and the text they are. */
typedef struct osb_ini_input {
    osb_bytes name, bytes, bom, text;
    struct osb_ini_doc *doc; /* of a stack, where it was needed */
} osb_ini_input;

/* Make in->text and in->bom of in->bytes; text is borrowed from bytes or a. UTF-8 is checked by
 * whoever reads the text. Errors: OSB_UNICODEDECODEERROR, OSB_MEMORYERROR. */
int osb_ini_decode(const osb_ini_encoding *encoding, osb_arena *a, osb_ini_input *in,
                   osb_error *err);

/* Append the bytes of a text that is to take the place of in's.
 * Errors: OSB_UNICODEENCODEERROR; OSB_VALUEERROR where the file's own bytes would not survive being
 * decoded and encoded. */
int osb_ini_encode(const osb_ini_encoding *encoding, const osb_ini_input *in, osb_bytes text,
                   osb_buf *out, osb_error *err);

/* -- documents ---------------------------------------------------------------------------------- */

typedef struct osb_ini_doc osb_ini_doc;

/* Take a text apart. doc lives in a; text is borrowed for its life.
 * Errors: the parser's, for a text it cannot read: such a file is not edited. */
int osb_ini_open(const osb_ini_format *format, osb_bytes text, osb_bytes source, osb_arena *a,
                 osb_ini_doc **ret, osb_error *err);
void osb_ini_close(osb_ini_doc *doc);

/* All values of a repeated option, in order, decoded, borrowed from doc, appended to list as
 * osb_occurrence. */
typedef struct osb_occurrence {
    osb_bytes value; /* None possible */
    osb_bytes source;
    uint32_t line;
} osb_occurrence;
int osb_ini_occurrences(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_buf *list,
                        osb_error *err);

/* Edits. Names are given as the parser gives them; "" or None is no section's name except where the
 * dialect has options before the first header, which stand in "".
 * Errors: OSB_NOSECTIONERROR, OSB_NOOPTIONERROR for what is not there; OSB_DUPLICATESECTIONERROR,
 * OSB_DUPLICATEOPTIONERROR for what already is; OSB_VALUEERROR for what the format cannot express. */

/* Set a value, line for line over the old one; None removes the delimiter too. A new option stands
 * behind the section's last and copies its style; a new section stands at the end. */
int osb_ini_set(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes value,
                osb_error *err);
/* Add a value to a repeated option, behind its last one; where there is none, set it.
 * Errors: OSB_DUPLICATEOPTIONERROR where repeats are not allowed. */
int osb_ini_add(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes value,
                osb_error *err);
int osb_ini_remove_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err);
/* Its lines, but for the comment that belongs to the next section. */
int osb_ini_remove_section(osb_ini_doc *doc, osb_bytes section, osb_error *err);
int osb_ini_add_section(osb_ini_doc *doc, osb_bytes section, osb_error *err);
int osb_ini_rename_section(osb_ini_doc *doc, osb_bytes section, osb_bytes name, osb_error *err);
int osb_ini_rename_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes name,
                          osb_error *err);
/* Turn an option's lines (option None: the whole section's) into comments, and back. */
int osb_ini_comment(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err);
int osb_ini_uncomment(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err);

/* One edit as words: an operation's name and its arguments, as iniget and batches spell them.
 *   set SECTION OPTION [VALUE]      add SECTION OPTION VALUE    del SECTION [OPTION]
 *   add-section SECTION
 *   rename SECTION [OPTION] NEW     comment SECTION [OPTION]    uncomment SECTION [OPTION]
 * existing: set changes only what is there.
 * Errors: the edit's; OSB_OPTPARSEERROR for an unknown operation or a wrong number of words. */
int osb_ini_operate(osb_ini_doc *doc, const osb_bytes *words, size_t n, bool existing,
                    osb_error *err);

/* Append the document's text. */
void osb_ini_write(const osb_ini_doc *doc, osb_buf *out);

/* Read the edited text and hold it against what the edits were to do: every option they named reads
 * back as it was set, no other one changed.
 * Errors: OSB_VALUEERROR that names the first difference: "[db] port would read back as '1'" */
int osb_ini_verify(osb_ini_doc *doc, osb_bytes new_text, osb_error *err);

/* Append the change as a unified diff with three lines of context; nothing where there is none. */
void osb_ini_diff(const osb_ini_doc *doc, osb_bytes name, osb_buf *out);

/* Set in doc every option that a parser has of its own; existing: only those that doc has too.
 * Errors: osb_ini_set's. */
int osb_ini_merge(osb_ini_doc *doc, osb_configparser *from, bool existing, osb_error *err);

/* -- layers ------------------------------------------------------------------------------------- */

/* Files that are read one over the other, later ones winning. Start with format, encoding and arena
 * set; the parser and the texts last as long as the arena. */
typedef struct osb_ini_stack {
    osb_ini_format format;
    osb_ini_encoding encoding;
    osb_arena *arena;
    osb_buf inputs;   /* of osb_ini_input, as read */
    osb_bytes failed; /* the file that the last error is about */
} osb_ini_stack;

/* Read and decode one file; "-" is standard input. Blocks as read does. Errors: OSError, decode's. */
int osb_ini_stack_read(osb_ini_stack *stack, const char *file, osb_ini_input *in, osb_error *err);

/* Read a file into cp and note it as a layer. Errors: read's, osb_ini_load's. */
int osb_ini_stack_load(osb_ini_stack *stack, const char *file, osb_configparser *cp,
                       osb_error *err);

/* The same for a file and its drop-ins; see osb_ini_dropins. root may be NULL. */
int osb_ini_stack_load_dropins(osb_ini_stack *stack, const char *file, const char *root,
                               osb_configparser *cp, osb_error *err);

/* As osb_ini_occurrences, over all layers; what must be taken apart for it is kept. */
int osb_ini_stack_occurrences(osb_ini_stack *stack, osb_bytes section, osb_bytes option,
                              osb_buf *list, osb_error *err);

/* Edit a text: read in, let edit change the document, verify the outcome, append the bytes the file
 * is to hold, or the change as a diff. Errors: any of these; edit's. */
int osb_ini_stack_edit(osb_ini_stack *stack, osb_ini_input *in,
                       int (*edit)(void *ctx, osb_ini_doc *doc, osb_error *err), void *ctx,
                       bool as_diff, osb_buf *out, osb_error *err);

/* To a NoSectionError or NoOptionError append the nearest name there is: " (did you mean 'db'?)". */
void osb_ini_suggest(osb_configparser *cp, osb_bytes section, osb_bytes option, osb_error *err);

/* -- comparing ---------------------------------------------------------------------------------- */

/* One difference between two parsers' own raw values; of a section that only one
 * of them has, option is None. */
typedef struct osb_ini_difference {
    osb_bytes section, option;
    osb_bytes old, new;
    bool in_old, in_new;
} osb_ini_difference;

/* Append all differences to list, in the order of a, then what only b has. */
int osb_ini_compare(osb_configparser *a, osb_configparser *b, osb_buf *list, osb_error *err);

/* -- lint --------------------------------------------------------------------------------------- */

typedef struct osb_ini_problem {
    uint32_t line, column; /* 1-based, the column in characters; 0: the file as a whole */
    const char *code;      /* "duplicate-option"; static */
    osb_bytes message;     /* in the caller's arena */
} osb_ini_problem;

/* All problems of a text at once, in the order of their lines, as a list of osb_ini_problem. */
int osb_ini_lint(const osb_ini_format *format, osb_bytes text, osb_arena *a, osb_buf *list,
                 osb_error *err);

/* -- batches ------------------------------------------------------------------------------------ */

/* A batch is a text of one operation a line, its words separated by blanks and quoted as in a POSIX
 * shell ('...', "..." with \" \\ \$ \` escapes, \x outside quotes; a quoted newline is part of the
 * word, a backslash before one joins the lines); $'...' with \n \t \r \\ \' too; empty lines and
 * lines that begin with # are passed over. Nothing is expanded, and a # elsewhere is a character. A
 * line may end in CR LF. */
typedef struct osb_ini_batch {
    osb_bytes rest; /* start with the text */
    uint32_t line;  /* of its first byte; start with 1 */
} osb_ini_batch;

enum { OSB_INI_BATCH_WORDS = 6 };

/* The words of the next operation, in a's memory, at most OSB_INI_BATCH_WORDS.
 * 1: *n words, *line (1-based) where they begin; 0: the end.
 * Errors: OSB_VALUEERROR with line and column (1-based, in characters): an open quote, too many
 * words; OSB_MEMORYERROR. The batch is then at its end. */
int osb_ini_batch_next(osb_ini_batch *batch, osb_arena *a, osb_bytes *words, size_t *n,
                       uint32_t *line, osb_error *err);

/* Do all operations of a batch. Errors: as above and osb_ini_operate's, with the line. */
int osb_ini_apply(osb_ini_doc *doc, osb_bytes batch, bool existing, osb_arena *a, osb_error *err);

/* -- typed values ------------------------------------------------------------------------------- */

typedef enum osb_ini_type {
    OSB_INI_STR,   /* as it is */
    OSB_INI_INT,   /* any size; shown in decimal */
    OSB_INI_FLOAT, /* shown as Python's repr() */
    OSB_INI_BOOL,  /* configparser's words; shown as true or false; None is true, as git has it */
    OSB_INI_PATH,  /* ~ and ~/ are $HOME, a relative path is relative to the file's directory */
    OSB_INI_SIZE,  /* 512, 64K, 1.5MiB, 2 GB: bytes, up to 2^63-1. K, Ki, KiB are 1024; kB is 1000;
                    * up to E, in any case. Exact, what is left of a byte is dropped: 0.3K is 307 */
    OSB_INI_DURATION, /* 90, 1h 30min, 1.5d, 500ms: seconds, with a fraction where there is one.
                       * us ms s m min h d w month y and their longer names as systemd.time(7) has
                       * them, "infinity" too. Exact to the microsecond, up to 2^63-1 of them */
    OSB_INI_LIST      /* lines where there is a newline, else what commas separate; stripped, and
                       * without the empty ones */
} osb_ini_type;

/* Append the canonical text of a value. LIST appends each element followed by a NUL.
 *   value     borrowed; of None, STR and LIST make nothing
 *   home      $HOME or None
 *   base_dir  of PATH, "" for the current directory
 * Errors: OSB_VALUEERROR (configparser's texts for int, float, bool), OSB_TYPEERROR for None,
 * OSB_MEMORYERROR. out is unchanged by the first two. */
int osb_ini_convert(osb_ini_type type, osb_bytes value, osb_bytes home, osb_bytes base_dir,
                    osb_buf *out, osb_error *err);

/* Convert a list of values (of osb_bytes), in place; of a LIST, all elements take their place. $HOME is
 * looked up for PATH; a relative path is relative to source's directory.
 *   a   where the converted texts are kept */
int osb_ini_convert_values(osb_ini_type type, osb_bytes source, osb_arena *a, osb_buf *values,
                           osb_error *err);

/* -- drop-in files ------------------------------------------------------------------------------ */

/* The files that make up a configuration, as systemd and libeconf put it together: the first of
 * /etc/NAME, /run/NAME, /usr/local/lib/NAME, /usr/lib/NAME that exists where path is under one of
 * these, else path itself; then PATH.d/ *.conf of all of these directories in the order of their base
 * names, one in /etc hiding its namesakes in /run and /usr; an empty file or a link to /dev/null
 * hides and adds nothing. Directories, dangling links and names that begin with a dot are passed
 * over. Where there is neither a file nor a drop-in, the list is path alone.
 *   root   put before every path; "" or NULL for none
 *   list   of const char *, in a's memory
 * Errors: OSError for a directory that exists and cannot be read; OSB_MEMORYERROR
 * Source: systemd.unit(5), systemd-journald.conf(5), libeconf's econf_readDirs */
int osb_ini_dropins(const char *path, const char *root, osb_arena *a, osb_buf *list,
                    osb_error *err);

/* -- output ------------------------------------------------------------------------------------- */

/* In all but JSON, and JSONL for lists, several values give a line each. Where the origin is shown:
 * JSON has {"value", "file", "line"} for a value, JSONL and CSV two more fields (null, empty where
 * it is unknown), RAW and LINES begin with it (nothing where it is unknown); SH and INI have no
 * place for it. */
typedef enum osb_ini_output {
    OSB_INI_OUT_RAW,   /* the value; `option = value` lines; INI text */
    OSB_INI_OUT_JSON,  /* as json.dumps(ensure_ascii=False): a string; an object; one of objects */
    OSB_INI_OUT_JSONL, /* {"section", "option", "value"} on a line */
    OSB_INI_OUT_SH,    /* name=value, fit for eval in any POSIX shell; several values joined by
                        * newlines. The name is prefix + option, of TREE prefix + section_option */
    OSB_INI_OUT_CSV,   /* section,option,value with a header line, as RFC 4180, but "\n" ends lines;
                        * None is empty, an empty text "" */
    OSB_INI_OUT_LINES, /* [section] option = value; newline, CR, backslash as \n, \r, \\ */
    OSB_INI_OUT_INI,   /* as ConfigParser.write does, a header always */
    OSB_INI_OUT_NUL    /* the value; option, value; section, option, value: each with a NUL behind.
                        * With the origin: file, line before them */
} osb_ini_output;

/* One option to be shown. */
typedef struct osb_ini_record {
    osb_bytes section, option;
    const osb_bytes *values; /* one; or all of a repeated option's, or a list's elements */
    size_t nvalues;
    bool is_list;     /* JSON shows an array even of one */
    osb_bytes source; /* None: not known */
    uint32_t line;
    const osb_occurrence *origins; /* of each value, in the place of source and line; or NULL */
} osb_ini_record;

/* What the records are. */
typedef enum osb_ini_shape {
    OSB_INI_SCALAR, /* one option: its value alone */
    OSB_INI_ITEMS,  /* one section's options */
    OSB_INI_TREE    /* options of several sections, section by section */
} osb_ini_shape;

typedef struct osb_ini_emitter {
    osb_ini_output output;
    osb_ini_shape shape;
    osb_bytes prefix;    /* of shell variables */
    bool mangle;         /* shell variables: characters no name can hold become _ */
    osb_bytes delimiter; /* of INI text; None is " = " */
    bool origin;         /* show file and line */
    osb_buf *out;
    /* the emitter's own */
    osb_bytes section; /* of SH: a copy of the last one */
    size_t sections, records;
    osb_map shell_names;
    osb_arena arena;
} osb_ini_emitter;

/* Start, then for each section (shape ITEMS and TREE) begin_section and its records, then finish.
 * The caller flushes and truncates e->out between records as it likes.
 * emit returns 0; or -1 with OSB_VALUEERROR where a shell has no way to hold this name or value, or
 * NUL output a text with a NUL in it, or with OSB_MEMORYERROR: the record is left out, the rest can
 * go on. finish frees what the emitter owns; it is called in any case. */
void osb_ini_emit_start(osb_ini_emitter *e);
void osb_ini_emit_section(osb_ini_emitter *e, osb_bytes section);
int osb_ini_emit(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err);
void osb_ini_emit_finish(osb_ini_emitter *e);
/* A plain list of names, in the output format given.
 * Errors: OSB_VALUEERROR where SH or NUL cannot show one, which has a NUL in it: nothing is shown */
int osb_ini_emit_names(osb_ini_output output, osb_strings names, osb_buf *out, osb_error *err);

/* -- queries ------------------------------------------------------------------------------------ */

/* What is asked of a parser and shown through an emitter, which the caller has started. */
typedef struct osb_ini_query {
    osb_ini_stack *stack;
    osb_configparser *cp;
    bool raw;       /* references stay as they are */
    bool all;       /* every value of a repeated option, not the one that wins */
    osb_items vars; /* seen by references before all else */
    osb_ini_type type;
    osb_ini_emitter emitter;
    size_t shown;
    /* Told of a record that the output format has no way to show. */
    void (*left_out)(void *ctx, osb_bytes message);
    void *ctx;
} osb_ini_query;

/* Show one option; fallback (NULL: none) stands in for a missing one and is not converted.
 * Errors: get's, osb_ini_convert's, with file (stack->failed) and line. */
int osb_ini_query_option(osb_ini_query *q, osb_bytes section, osb_bytes option,
                         const osb_bytes *fallback, osb_error *err);

/* Show a section's options: DEFAULT's too, or its own only; those whose name matches a pattern
 * (None: all). A section where nothing matches is not shown. */
int osb_ini_query_section(osb_ini_query *q, osb_bytes section, bool own_only, osb_bytes pattern,
                          osb_error *err);

/* Show the options that match in all sections that match (None: all), DEFAULT first, where the dialect
 * has one; with own_only an empty DEFAULT is left out. */
int osb_ini_query_tree(osb_ini_query *q, osb_bytes section_pattern, osb_bytes option_pattern,
                       bool own_only, osb_error *err);

/* Whether a section has an option, DEFAULT's included. Errors: OSB_MEMORYERROR */
int osb_ini_has(osb_ini_query *q, osb_bytes section, osb_bytes option, bool *ret, osb_error *err);

/* The names of the options of all sections that match, each once, appended to list as osb_bytes.
 * Errors: OSB_NOSECTIONERROR where none matches. */
int osb_ini_names(osb_configparser *cp, osb_bytes section_pattern, osb_buf *list, osb_error *err);
/* Whether there is a section that matches, or (pattern not None) an option in one. */
bool osb_ini_matches(osb_configparser *cp, osb_bytes section_pattern, osb_bytes option_pattern);

/* One problem of lint, one difference of compare: a line of text; for JSONL an object a line; for JSON
 * one array of objects. shown: how many came before. The end closes JSON's array. */
void osb_ini_emit_problem(osb_ini_output output, size_t shown, osb_bytes file,
                          const osb_ini_problem *p, osb_buf *out);
void osb_ini_emit_difference(osb_ini_output output, size_t shown, const osb_ini_difference *d,
                             osb_buf *out);
void osb_ini_emit_reports_end(osb_ini_output output, size_t shown, osb_buf *out);

#endif
