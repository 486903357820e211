/* The parser's own structures; private to core/configparser. */
#ifndef OSBOX_CONFIGPARSER_INTERNAL_H
#define OSBOX_CONFIGPARSER_INTERNAL_H

#include <osbox/configparser.h>
#include <osbox/map.h>

/* An option. 32 bytes: a parser of a large file consists of little else. */
typedef struct option {
    osb_map_entry entry;
    const char *value; /* NULL: None */
    uint32_t value_len;
    uint32_t place; /* its line, counted over all sources; 0: set by a call */
} option;

typedef struct section {
    osb_map_entry entry;
    uint32_t source; /* the last source in which its header stood */
    osb_map options; /* of option */
} section;

/* A source: the places of its lines are those above base, up to the next one's. */
typedef struct source_info {
    osb_bytes name;
    uint32_t base;
} source_info;

struct osb_configparser {
    osb_configparser_opts opts;
    const char *class_name; /* Python's */
    osb_arena arena;        /* texts, keys, values, this struct */
    osb_pool pool;          /* the sections' tables, in the arena */
    osb_map sections;       /* of section */
    section defaults;       /* its entry is not in a map */
    osb_buf sources;        /* of source_info */
    uint32_t lines;         /* the last place that is taken */
    osb_buf xform;          /* the last optionxform's result */
    osb_buf got;            /* the last get's interpolated value */
    osb_buf converted;      /* the last typed getter's interpolated text */
    osb_buf names;          /* the last list of sections or keys, of osb_bytes */
    osb_buf option_names;
    osb_buf read_ok;
    osb_buf items; /* the last items, of osb_item */
    osb_arena item_values;
    /* What one short get needs; more comes from the heap. */
    source_info first_sources[4];
    char first_got[512];
};

/* What a reference in a value can see. */
struct osb_lookup {
    osb_configparser *cp;
    const osb_map *vars;    /* of option; NULL: none */
    const section *section; /* NULL: only DEFAULT */
    bool merged;            /* a plain dict, as items() has it, not a ChainMap */
};

static inline osb_bytes option_value(const option *o) {
    return (osb_bytes){o->value, o->value_len};
}

static inline bool is_default(const osb_configparser *cp, osb_bytes name) {
    return osb_bytes_eq(name, cp->opts.default_section);
}

/* The canonical name of an option: name itself where it is that already, else the text in cp->xform,
 * valid until the next call. */
int configparser_xform(osb_configparser *cp, osb_bytes name, osb_bytes *ret, osb_error *err);

/* The section of that name; NULL where missing. DEFAULT is not among them. */
section *configparser_find_section(const osb_configparser *cp, osb_bytes name);
/* The same, where DEFAULT counts. */
section *configparser_find_any_section(osb_configparser *cp, osb_bytes name);
/* The same, and a missing one is a NoSectionError. */
int configparser_need_section(osb_configparser *cp, osb_bytes name, section **ret, osb_error *err);
int configparser_no_section(osb_bytes name, osb_error *err);
int configparser_no_key(osb_bytes key, osb_error *err);
section *configparser_add_section_entry(osb_configparser *cp, osb_bytes name);

/* The option, made with a copy of its key where missing. */
option *configparser_put_option(osb_configparser *cp, osb_map *options, osb_bytes key);
/* Store a value; None allowed. It is copied unless it lasts as long as the parser. */
int configparser_store(osb_configparser *cp, option *o, osb_bytes value, bool lasts,
                       osb_error *err);

/* Set an option, its key canonical, without any of set()'s checks. */
int configparser_set_in(osb_configparser *cp, section *where, osb_bytes key, osb_bytes value,
                        osb_error *err);
/* What ConfigParser.set adds to RawConfigParser's: None must be allowed. */
int configparser_check_value(const osb_configparser *cp, osb_bytes value, osb_error *err);

/* In the section (NULL: none), else in DEFAULT; NULL where missing. */
const option *configparser_find_option(osb_configparser *cp, const section *s, osb_bytes key);

/* Append a list element to a buffer of fixed-size ones. */
void configparser_push(osb_buf *list, const void *element, size_t size);
/* A list buffer as the caller sees it. */
int configparser_strings(const osb_buf *list, osb_strings *ret, osb_error *err);
void configparser_sort_names(osb_configparser *cp, osb_buf *list);
/* Append the names of options that are not in `except` (NULL: all). */
void configparser_list_names(const osb_map *options, const osb_map *except, osb_buf *list);
/* Append an option as an osb_item. */
void configparser_push_item(osb_buf *list, const option *o);
/* A list of items as the caller sees it, sorted where the dictionary is. */
int configparser_items(const osb_configparser *cp, const osb_buf *list, osb_items *ret,
                       osb_error *err);

/* Begin a source; *ret is its number, from 1 on. */
int configparser_add_source(osb_configparser *cp, osb_bytes name, osb_bytes fallback, uint32_t *ret,
                            osb_error *err);
const source_info *configparser_source(const osb_configparser *cp, uint32_t number);
/* The source and line of a place; NULL and 0 for none. */
const source_info *configparser_where(const osb_configparser *cp, uint32_t place, uint32_t *line);

/* An interpolation that still may grow: the output and what is left of its budget. */
typedef struct expansion {
    osb_configparser *cp;
    osb_buf *out;
    size_t left; /* bytes of output and references */
} expansion;

int configparser_add_expanded(expansion *e, osb_bytes text, osb_error *err);
int configparser_charge(expansion *e, size_t bytes, osb_error *err);
int configparser_missing_reference(osb_bytes opt, osb_bytes sect, osb_bytes reference,
                                   osb_bytes raw, osb_error *err);
int configparser_too_deep(osb_bytes opt, osb_bytes sect, osb_bytes raw, osb_error *err);
/* Append repr() of what a lookup sees, as Python prints the mapping. */
void configparser_repr_lookup(const osb_lookup *lookup, osb_buf *out);

#endif
