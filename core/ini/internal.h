/* Private to core/ini. */
#ifndef OSBOX_INI_INTERNAL_H
#define OSBOX_INI_INTERNAL_H

#include <osbox/ini.h>
#include <osbox/map.h>

/* -- values.c ------------------------------------------------------------------------------------- */

/* The joins of osb_ini_grammar: a backslash at the end; and git's, where one behind a comment's
 * beginning does not count. */
bool ini_backslash_joins(osb_bytes text, bool *quoted);
bool ini_git_joins(osb_bytes text, bool *quoted);

/* Append the value that raw lines stand for: the text behind the delimiter, then each continuation
 * line whole. False where they are no value: an open quote, an unknown escape. */
bool ini_decode_value(osb_ini_values how, const osb_bytes *lines, size_t n, osb_buf *out);

/* Append the text that stands for a value, which takes the place of `old` (its raw text, or empty).
 * Errors: OSB_VALUEERROR where a newline in it cannot be expressed. */
int ini_encode_value(osb_ini_values how, osb_bytes value, osb_bytes old, osb_buf *out,
                     osb_error *err);

/* How much of the text behind a delimiter is the value: less than all where a comment follows. */
size_t ini_value_extent(osb_ini_values how, osb_bytes raw);

/* -- reader.c ------------------------------------------------------------------------------------- */

enum { INI_MAX_DEPTH = 16 };

/* The lines of a text with the canonical names they belong to. */
typedef struct ini_reader {
    const osb_ini_format *format;
    osb_ini_grammar grammar;
    osb_ini_scanner scanner;
    osb_arena *arena;
    osb_bytes section;              /* where the last line stands */
    osb_bytes outer[INI_MAX_DEPTH]; /* krb5: the sections around it */
    size_t depth;
} ini_reader;

typedef struct ini_place {
    osb_bytes section;  /* canonical; of a header, the one it opens */
    osb_bytes key;      /* canonical; of an option */
    bool opens, closes; /* krb5: the line is a subsection's first or last one */
} ini_place;

void ini_reader_start(ini_reader *r, const osb_ini_format *format, osb_bytes text, osb_arena *a);
/* 1: a line; 0: the end; -1: no memory. */
int ini_reader_next(ini_reader *r, osb_ini_line *line, ini_place *place, osb_error *err);

osb_ini_grammar ini_grammar(const osb_ini_format *format, bool universal_newlines);
/* The raw text of a value on its line: to the line's end, or to where an inline comment begins. */
osb_bytes ini_raw_value(const osb_ini_format *format, const osb_ini_line *line);
/* Whether the dialect can write such names. key None: the section's alone.
 * Errors: OSB_VALUEERROR */
int ini_check_names(const osb_ini_format *format, osb_bytes section, osb_bytes key, osb_error *err);
/* The canonical form of an option's name, in a's memory or name itself. */
int ini_key(const osb_ini_format *format, osb_bytes name, osb_arena *a, osb_bytes *ret,
            osb_error *err);
/* Append the header of a section. Errors: OSB_VALUEERROR where the dialect has none for it. */
int ini_header(osb_ini_headers how, osb_bytes section, osb_buf *out, osb_error *err);

/* -- doc.c ---------------------------------------------------------------------------------------- */

/* One physical line. Edits change, insert and unlink nodes; all others keep their bytes. */
typedef struct ini_node ini_node;
struct ini_node {
    ini_node *prev, *next;
    ini_node *same;    /* an option: the next occurrence; a header: the next of its section */
    osb_ini_line line; /* its slices point into the text, or into the document's memory */
    osb_bytes newline; /* "\n", "\r\n", "\r" or empty */
    ini_place place;
    uint32_t original; /* 1-based number in the text that was read; 0: new or changed */
    bool gone;
};

/* What the index leads to: the first and last node of a section's headers, or of an option. */
typedef struct ini_chain {
    osb_map_entry entry;
    ini_node *first, *last;
    ini_node *tail; /* a section: its last option's last line, where that is known */
} ini_chain;

struct osb_ini_doc {
    const osb_ini_format *format;
    osb_bytes text, source;
    osb_arena *arena;
    ini_node *first, *last;
    osb_map index;              /* of ini_chain, by id */
    osb_buf id;                 /* the id being looked up */
    osb_configparser *expected; /* what the edited text must read as */
};

/* The lines of any text, readable or not. Closed by osb_ini_close. */
int ini_open_lines(const osb_ini_format *format, osb_bytes text, osb_arena *a, osb_ini_doc **ret,
                   osb_error *err);
/* The chain of a section (key NULL) or an option; NULL where there is none. */
ini_chain *ini_find(osb_ini_doc *doc, osb_bytes section, const osb_bytes *key);
/* The first node of a chain that is still there, or NULL. */
ini_node *ini_live(const ini_chain *chain);
/* The occurrence that gives an option its value, or NULL. */
ini_node *ini_winner(osb_ini_doc *doc, osb_bytes section, osb_bytes key);
int ini_index_node(osb_ini_doc *doc, ini_node *node, osb_error *err);
int ini_reindex(osb_ini_doc *doc, osb_error *err);
/* The canonical key, in the document's memory. */
int ini_doc_key(osb_ini_doc *doc, osb_bytes option, osb_bytes *ret, osb_error *err);

/* A new line after `after` (NULL: at the start), with the newlines the file uses; a file without a
 * final newline keeps none. */
ini_node *ini_insert(osb_ini_doc *doc, ini_node *after, osb_ini_kind kind, osb_bytes whole,
                     osb_error *err);
void ini_unlink(osb_ini_doc *doc, ini_node *node);
/* Replace whole[from:to] of a line; name and value behind the place move along. */
int ini_splice(osb_ini_doc *doc, ini_node *node, const char *from, const char *to, osb_bytes text,
               osb_error *err);

/* Whether an option's lines stand for a value in its dialect. */
int ini_check_node_value(const osb_ini_doc *doc, const ini_node *node, bool *valid, osb_error *err);

/* The last line of an option's value: the option's own where no line continues it. */
ini_node *ini_value_end(ini_node *option);
/* The decoded value of an option's lines, in a's memory; None for none. */
int ini_node_value(const osb_ini_doc *doc, const ini_node *node, osb_arena *a, osb_bytes *ret,
                   osb_error *err);

/* -- edit.c --------------------------------------------------------------------------------------- */

/* Note that a repeated option gets one more value, behind the others. */
int ini_expect_added(osb_ini_doc *doc, osb_bytes section, osb_bytes key, osb_bytes value,
                     osb_error *err);

int ini_no_section(osb_bytes section, osb_error *err);
int ini_no_option(osb_bytes section, osb_bytes key, osb_error *err);

#endif
