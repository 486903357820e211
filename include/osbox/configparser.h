/* INI configuration with the semantics of Python's configparser.
 *
 * Text is UTF-8; sources are decoded strictly. A None slice (OSB_NONE) stands for Python's None: the
 * value of an option without one. Slices and lists that are returned are borrowed from the parser
 * and stay valid until the next call of the same function, or one that changes the parser.
 * Not for use by two threads at once.
 * Source: https://docs.python.org/3.11/library/configparser.html; differences: docs/configparser.md */
#ifndef OSBOX_CONFIGPARSER_H
#define OSBOX_CONFIGPARSER_H

#include <osbox/arena.h>
#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

#define OSB_DEFAULTSECT             "DEFAULT"
#define OSB_MAX_INTERPOLATION_DEPTH 10
/* The most that references may add to a value, and the most they may cost: 16 MiB. */
#define OSB_INTERPOLATION_MAX ((size_t)16 << 20)

typedef struct osb_configparser osb_configparser;

/* -- the constructor's options ---------------------------------------------------------------- */

/* A list of strings; n == 0 is an empty tuple. */
typedef struct osb_strings {
    const osb_bytes *items;
    size_t n;
} osb_strings;

/* key = value pairs, in order: a dict of options. */
typedef struct osb_item {
    osb_bytes key;
    osb_bytes value; /* None allowed */
} osb_item;

typedef struct osb_items {
    const osb_item *items;
    size_t n;
} osb_items;

/* An interpolation: the four hooks of configparser.Interpolation. A NULL hook passes the value
 * through. Each appends the new value to out and returns 0 with *none = false, or sets *none = true
 * for None; or fails with -1. value may be None.
 *   lookup   before_get only: the value of a key as the reading section sees it (vars, section,
 *            DEFAULT); false where there is none */
typedef struct osb_lookup osb_lookup;
bool osb_lookup_get(const osb_lookup *lookup, osb_bytes key, osb_bytes *value);

typedef struct osb_interpolation {
    int (*before_get)(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                      osb_bytes value, const osb_lookup *lookup, osb_buf *out, bool *none,
                      osb_error *err);
    int (*before_set)(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                      osb_bytes value, osb_buf *out, bool *none, osb_error *err);
    int (*before_read)(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                       osb_bytes value, osb_buf *out, bool *none, osb_error *err);
    int (*before_write)(void *ctx, osb_configparser *cp, osb_bytes section, osb_bytes option,
                        osb_bytes value, osb_buf *out, bool *none, osb_error *err);
    void *ctx;
} osb_interpolation;

extern const osb_interpolation osb_no_interpolation;       /* interpolation=None */
extern const osb_interpolation osb_basic_interpolation;    /* %(name)s, %% */
extern const osb_interpolation osb_extended_interpolation; /* ${name}, ${section:name}, $$ */
extern const osb_interpolation osb_legacy_interpolation;   /* %(name)s by the % operator */

/* A converter: makes *ret, of the converter's own type, of a value (None possible).
 * Fails with -1 and, as a rule, OSB_VALUEERROR. */
typedef int (*osb_convert)(void *ctx, osb_bytes value, void *ret, osb_error *err);

typedef struct osb_converter {
    const char *name; /* "list" for getlist */
    osb_convert convert;
    void *ctx;
} osb_converter;

/* Append the canonical form of an option's name. */
typedef int (*osb_optionxform)(void *ctx, osb_bytes option, osb_buf *out, osb_error *err);

typedef enum osb_dict_type { OSB_DICT_ORDERED, OSB_DICT_SORTED } osb_dict_type;

/* All borrowed for the parser's life. Start from osb_configparser_defaults, which holds Python's. */
typedef struct osb_configparser_opts {
    osb_items defaults;
    osb_dict_type dict_type;
    bool allow_no_value;
    osb_strings delimiters;              /* ("=", ":") */
    osb_strings comment_prefixes;        /* ("#", ";") */
    osb_strings inline_comment_prefixes; /* () */
    bool strict;                         /* true */
    bool empty_lines_in_values;          /* true */
    osb_bytes default_section;           /* "DEFAULT" */
    const osb_interpolation *interpolation;
    const osb_converter *converters;
    size_t nconverters;
    osb_optionxform optionxform; /* NULL: lower() */
    void *optionxform_ctx;
    size_t interpolation_max; /* bytes; OSB_INTERPOLATION_MAX */
    bool raw_parser;          /* RawConfigParser: values are not checked by set */
    /* For one look into a large file: sources are read and checked whole, but of other sections than
     * this one and DEFAULT only the names are kept. None: all is kept. Not Python's. */
    osb_bytes only_section;
} osb_configparser_opts;

/* Python's defaults for ConfigParser, and for RawConfigParser (no interpolation). */
extern const osb_configparser_opts osb_configparser_defaults;
extern const osb_configparser_opts osb_rawconfigparser_defaults;

/* opts: NULL means osb_configparser_defaults.
 * Errors: those of reading the defaults; OSB_MEMORYERROR. Source: ConfigParser() */
int osb_configparser_new(const osb_configparser_opts *opts, osb_configparser **ret, osb_error *err);
/* The same in the caller's memory first: see osb_arena_init. */
int osb_configparser_new_on(const osb_configparser_opts *opts, void *mem, size_t n,
                            osb_configparser **ret, osb_error *err);
void osb_configparser_free(osb_configparser *cp);

/* Deprecated alias of ConfigParser. Source: SafeConfigParser */
int osb_safeconfigparser_new(const osb_configparser_opts *opts, osb_configparser **ret,
                             osb_error *err);

/* -- reading ---------------------------------------------------------------------------------- */

/* Files are decoded as UTF-8 with universal newlines; a parse stops at a duplicate or a missing
 * header, other errors are collected into one OSB_PARSINGERROR at the end, the good options kept.
 * err->line is the line of the (first) error.
 * Errors: OSB_PARSINGERROR, OSB_MISSINGSECTIONHEADERERROR, OSB_DUPLICATESECTIONERROR,
 * OSB_DUPLICATEOPTIONERROR, OSB_UNICODEDECODEERROR, OSB_MEMORYERROR; those of the interpolation. */

/* Read files in turn; one that cannot be opened or read is passed over.
 *   encoding   a name known to codecs; None means UTF-8
 *   read_ok    filenames that were read, borrowed from the parser's memory; may be NULL
 * Blocks as open and read do. Source: ConfigParser.read */
int osb_configparser_read(osb_configparser *cp, const char *const *filenames, size_t n,
                          osb_bytes encoding, osb_strings *read_ok, osb_error *err);

/* Read an open file to its end. source None: "<???>". Source: ConfigParser.read_file */
int osb_configparser_read_file(osb_configparser *cp, int fd, osb_bytes source, osb_error *err);
/* Deprecated alias. Source: ConfigParser.readfp */
int osb_configparser_readfp(osb_configparser *cp, int fd, osb_bytes source, osb_error *err);

/* Read lines, each with its newline if it has one: read_file on an iterable. The text is copied. */
int osb_configparser_read_lines(osb_configparser *cp, const osb_bytes *lines, size_t n,
                                osb_bytes source, osb_error *err);

/* Read a text; only "\n" ends a line. The text is copied. source None: "<string>".
 * Source: ConfigParser.read_string */
int osb_configparser_read_string(osb_configparser *cp, osb_bytes text, osb_bytes source,
                                 osb_error *err);

/* Read a file's content that is in memory: as read_file, without the copy; text stays the caller's
 * and must outlive the parser. */
int osb_configparser_read_text(osb_configparser *cp, osb_bytes text, osb_bytes source,
                               osb_error *err);

typedef struct osb_dict_section {
    osb_bytes name;
    osb_items options;
} osb_dict_section;

/* source None: "<dict>". Source: ConfigParser.read_dict */
int osb_configparser_read_dict(osb_configparser *cp, const osb_dict_section *sections, size_t n,
                               osb_bytes source, osb_error *err);

/* -- sections --------------------------------------------------------------------------------- */

/* Names in order, DEFAULT left out; borrowed until the next change. Source: ConfigParser.sections */
int osb_configparser_sections(osb_configparser *cp, osb_strings *ret, osb_error *err);
/* Errors: OSB_DUPLICATESECTIONERROR, OSB_VALUEERROR. Source: ConfigParser.add_section */
int osb_configparser_add_section(osb_configparser *cp, osb_bytes section, osb_error *err);
bool osb_configparser_has_section(const osb_configparser *cp, osb_bytes section);
/* Returns whether it existed. Source: ConfigParser.remove_section */
bool osb_configparser_remove_section(osb_configparser *cp, osb_bytes section);

/* -- options ---------------------------------------------------------------------------------- */

/* The section's own names, then DEFAULT's. Errors: OSB_NOSECTIONERROR.
 * Source: ConfigParser.options */
int osb_configparser_options(osb_configparser *cp, osb_bytes section, osb_strings *ret,
                             osb_error *err);
/* DEFAULT's options, raw. Source: ConfigParser.defaults */
int osb_configparser_get_defaults(osb_configparser *cp, osb_items *ret, osb_error *err);
/* A None or empty section means DEFAULT. Source: ConfigParser.has_option */
int osb_configparser_has_option(osb_configparser *cp, osb_bytes section, osb_bytes option,
                                bool *ret, osb_error *err);

typedef struct osb_get_opts {
    bool raw;
    osb_items vars;            /* keys pass through optionxform */
    const osb_bytes *fallback; /* NULL: none; a None slice is a fallback too */
} osb_get_opts;

/* Look up one option, interpolated, with DEFAULT and vars.
 *   section, option  borrowed; option passes through optionxform
 *   opts             NULL means none
 *   ret              borrowed until the next get or change
 * Errors: OSB_NOSECTIONERROR, OSB_NOOPTIONERROR, OSB_INTERPOLATION*ERROR (err->line is the option's),
 * OSB_TYPEERROR where a referenced value is None
 * Source: ConfigParser.get */
int osb_configparser_get(osb_configparser *cp, osb_bytes section, osb_bytes option,
                         const osb_get_opts *opts, osb_bytes *ret, osb_error *err);

/* Typed forms. fallback NULL: none; otherwise *fallback is the result where section or option is
 * missing (opts->fallback is not looked at). Errors: get's; OSB_VALUEERROR of the conversion
 * (getint: also OSB_OVERFLOWERROR outside int64); for a None value OSB_TYPEERROR, getboolean
 * OSB_ATTRIBUTEERROR.
 * Source: ConfigParser.getint, getfloat, getboolean */
int osb_configparser_getint(osb_configparser *cp, osb_bytes section, osb_bytes option,
                            const osb_get_opts *opts, const int64_t *fallback, int64_t *ret,
                            osb_error *err);
int osb_configparser_getfloat(osb_configparser *cp, osb_bytes section, osb_bytes option,
                              const osb_get_opts *opts, const double *fallback, double *ret,
                              osb_error *err);
int osb_configparser_getboolean(osb_configparser *cp, osb_bytes section, osb_bytes option,
                                const osb_get_opts *opts, const bool *fallback, bool *ret,
                                osb_error *err);
/* The converter registered as `name`: getlist and so on. used_fallback (may be NULL) tells that the
 * option is missing and opts->fallback was set: ret is then untouched.
 * Errors: get's, the converter's; OSB_ATTRIBUTEERROR for a name that is not registered. */
int osb_configparser_getconv(osb_configparser *cp, const char *name, osb_bytes section,
                             osb_bytes option, const osb_get_opts *opts, void *ret,
                             bool *used_fallback, osb_error *err);

/* DEFAULT's options first, overridden in place by the section's; vars are seen by references only.
 * ret is borrowed until the next items or change.
 * Errors: as get, for any of them. Source: ConfigParser.items(section) */
int osb_configparser_items(osb_configparser *cp, osb_bytes section, bool raw, osb_items vars,
                           osb_items *ret, osb_error *err);

/* Errors: OSB_NOSECTIONERROR; OSB_VALUEERROR of the interpolation's syntax; OSB_TYPEERROR for None
 * where allow_no_value is off. Source: ConfigParser.set */
int osb_configparser_set(osb_configparser *cp, osb_bytes section, osb_bytes option, osb_bytes value,
                         osb_error *err);
/* *existed (may be NULL): whether the section itself had it. Errors: OSB_NOSECTIONERROR.
 * Source: ConfigParser.remove_option */
int osb_configparser_remove_option(osb_configparser *cp, osb_bytes section, osb_bytes option,
                                   bool *existed, osb_error *err);

/* For readers of other formats that fill a parser: announce a source, then put its options, one source
 * at a time. Sections
 * are made as needed; "" is a section like any other; values are stored as they are. All slices must
 * outlive the parser. Errors: OSB_MEMORYERROR, those of optionxform. */
int osb_configparser_begin_source(osb_configparser *cp, osb_bytes name, uint32_t *source,
                                  osb_error *err);
int osb_configparser_put_section(osb_configparser *cp, osb_bytes section, osb_error *err);
int osb_configparser_put(osb_configparser *cp, uint32_t source, uint32_t line, osb_bytes section,
                         osb_bytes option, osb_bytes value, osb_error *err);
/* These take an option's canonical name, as options() and items() give it, and cannot fail. */

/* Remove an option of exactly that section; returns whether it was there. */
bool osb_configparser_drop(osb_configparser *cp, osb_bytes section, osb_bytes key);
/* The raw value a section itself has, *own = false where DEFAULT has it; false where none has. */
bool osb_configparser_find(osb_configparser *cp, osb_bytes section, osb_bytes key, osb_bytes *value,
                           bool *own);
/* Where an option's raw value came from: the source's name and the line of its key (0 where it was
 * set by a call). Looks in the section, then in DEFAULT. Returns false where there is none. */
bool osb_configparser_origin(osb_configparser *cp, osb_bytes section, osb_bytes key,
                             osb_bytes *source, uint32_t *line);

/* -- the mapping protocol ---------------------------------------------------------------------- */

/* A section proxy: a view of one section of a parser, which it does not own. */
typedef struct osb_section {
    osb_configparser *cp;
    osb_bytes name; /* borrowed from cp */
} osb_section;

/* cp[key]. Errors: OSB_KEYERROR, its text repr(key). Source: ConfigParser.__getitem__ */
int osb_configparser_getitem(osb_configparser *cp, osb_bytes key, osb_section *ret, osb_error *err);
/* cp[key] = {...}: the section's options are replaced. Errors: read_dict's.
 * Source: ConfigParser.__setitem__ */
int osb_configparser_setitem(osb_configparser *cp, osb_bytes key, osb_items options,
                             osb_error *err);
/* del cp[key]. Errors: OSB_KEYERROR, OSB_VALUEERROR for DEFAULT. */
int osb_configparser_delitem(osb_configparser *cp, osb_bytes key, osb_error *err);
/* key in cp: DEFAULT is. */
bool osb_configparser_contains(const osb_configparser *cp, osb_bytes key);
/* len(cp): DEFAULT counts. */
size_t osb_configparser_len(const osb_configparser *cp);
/* list(cp): DEFAULT first. */
int osb_configparser_keys(osb_configparser *cp, osb_strings *ret, osb_error *err);
/* cp.pop(key). The section's options, DEFAULT's among
 * them, are handed over raw in a's memory before it is removed.
 * fallback: a missing key is no error, *found (may be NULL) tells. Errors: delitem's. */
int osb_configparser_pop(osb_configparser *cp, osb_bytes key, bool fallback, osb_arena *a,
                         osb_items *ret, bool *found, osb_error *err);
/* Remove the first section. Errors: OSB_KEYERROR with an empty text where there is none. */
int osb_configparser_popitem(osb_configparser *cp, osb_arena *a, osb_bytes *key, osb_items *ret,
                             osb_error *err);
/* Remove all sections; DEFAULT keeps its options, as in Python. */
void osb_configparser_clear(osb_configparser *cp);
/* cp[key] = options for each. Source: MutableMapping.update */
int osb_configparser_update(osb_configparser *cp, const osb_dict_section *sections, size_t n,
                            osb_error *err);
/* cp[key], made of options where it is missing. Source: MutableMapping.setdefault */
int osb_configparser_setdefault(osb_configparser *cp, osb_bytes key, osb_items options,
                                osb_section *ret, osb_error *err);

/* Section proxies. get and its kin return *none = true (None) where the option is missing and no
 * fallback is given. Source: SectionProxy */
int osb_section_getitem(const osb_section *s, osb_bytes option, osb_bytes *ret, osb_error *err);
int osb_section_setitem(const osb_section *s, osb_bytes option, osb_bytes value, osb_error *err);
int osb_section_delitem(const osb_section *s, osb_bytes option, osb_error *err);
int osb_section_contains(const osb_section *s, osb_bytes option, bool *ret, osb_error *err);
/* Errors: OSB_NOSECTIONERROR where the section was removed. */
int osb_section_len(const osb_section *s, size_t *ret, osb_error *err);
int osb_section_keys(const osb_section *s, osb_strings *ret, osb_error *err);
int osb_section_get(const osb_section *s, osb_bytes option, const osb_get_opts *opts,
                    osb_bytes *ret, osb_error *err);
int osb_section_getint(const osb_section *s, osb_bytes option, const osb_get_opts *opts,
                       const int64_t *fallback, int64_t *ret, bool *none, osb_error *err);
int osb_section_getfloat(const osb_section *s, osb_bytes option, const osb_get_opts *opts,
                         const double *fallback, double *ret, bool *none, osb_error *err);
int osb_section_getboolean(const osb_section *s, osb_bytes option, const osb_get_opts *opts,
                           const bool *fallback, bool *ret, bool *none, osb_error *err);
int osb_section_pop(const osb_section *s, osb_bytes option, const osb_bytes *fallback, osb_arena *a,
                    osb_bytes *ret, osb_error *err);
int osb_section_popitem(const osb_section *s, osb_arena *a, osb_bytes *key, osb_bytes *ret,
                        osb_error *err);
int osb_section_clear(const osb_section *s, osb_error *err);
int osb_section_update(const osb_section *s, osb_items options, osb_error *err);
int osb_section_setdefault(const osb_section *s, osb_bytes option, osb_bytes value, osb_bytes *ret,
                           osb_error *err);

/* -- writing ---------------------------------------------------------------------------------- */

/* Append the parser's state as INI text. Comments of the sources are not kept.
 * Errors: OSB_INDEXERROR without delimiters; the interpolation's; OSB_MEMORYERROR
 * Source: ConfigParser.write */
int osb_configparser_write(osb_configparser *cp, osb_buf *out, bool space_around_delimiters,
                           osb_error *err);

/* -- the grammar ------------------------------------------------------------------------------ */

/* The lines of a source as configparser reads them, one at a time: what the parser itself and every
 * tool that edits a file in place stand on. */
typedef enum osb_ini_kind {
    OSB_INI_BLANK,
    OSB_INI_COMMENT,
    OSB_INI_HEADER,
    OSB_INI_OPTION,
    OSB_INI_CONTINUATION, /* of the option before it */
    OSB_INI_HEADLESS,     /* an option before any header */
    OSB_INI_ERROR         /* neither header nor option */
} osb_ini_kind;

typedef struct osb_ini_line {
    osb_ini_kind kind;
    bool empty_key;  /* an option whose key is empty: also an error */
    bool has_value;  /* an option with a delimiter */
    uint32_t number; /* 1-based */
    uint32_t indent; /* characters of blanks before the text */
    osb_bytes whole; /* the line without its newline */
    size_t newline;  /* bytes of the newline after it: 0, 1 or 2 */
    osb_bytes name;  /* header: the section's name; option: the key */
    osb_bytes value; /* option: the value; continuation: its text */
} osb_ini_line;

typedef struct osb_ini_grammar {
    osb_strings delimiters, comment_prefixes, inline_comment_prefixes;
    bool allow_no_value, empty_lines_in_values;
    bool universal_newlines; /* "\r" and "\r\n" end a line too, as in a file opened as text */
    /* Beyond Python, for other dialects; all off is Python's grammar. */
    bool flat; /* indentation means nothing: no continuation lines */
    /* Whether a value goes on on the next line; *quoted is kept from line to line. NULL: never. */
    bool (*joins)(osb_bytes text, bool *quoted);
    bool comments_in_joined; /* comment lines between joined lines are passed over, not joined */
    bool headerless;         /* options may stand before the first header */
} osb_ini_grammar;

typedef struct osb_ini_scanner {
    const osb_ini_grammar *grammar;
    const char *start, *at, *end;
    uint32_t number, piece_lines; /* lines in all, and in this piece of text */
    bool in_section, in_option, joining, quoted;
    size_t option_indent; /* of the current option's line */
    bool few_delimiters;
    char delimiter_bytes[2];
    unsigned char classes[256]; /* what a byte can begin: a delimiter, a comment */
} osb_ini_scanner;

void osb_ini_scan_start(osb_ini_scanner *s, const osb_ini_grammar *grammar);
/* Give the scanner its text, or the next piece of it, which begins a new line. Borrowed. */
void osb_ini_scan_feed(osb_ini_scanner *s, osb_bytes text);
/* The next line; false where the text is used up. */
bool osb_ini_scan_next(osb_ini_scanner *s, osb_ini_line *line);
/* The option just given is none after all (its name became empty): no line continues it. */
void osb_ini_scan_drop_option(osb_ini_scanner *s);

#endif
