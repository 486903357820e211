/* Turning lines into comments and back. The sign goes before an option's or a header's own text, and
 * at the start of every other line that is commented out with it, blank ones too: so the one undoes
 * the other exactly. */
#include "internal.h"

#include <osbox/text.h>

static int comment_sign(const osb_ini_doc *doc, osb_bytes *ret, osb_error *err) {
    osb_strings prefixes = doc->format->opts.comment_prefixes;
    if (prefixes.n == 0 || prefixes.items[0].len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "there is no comment prefix to use");
    *ret = prefixes.items[0];
    return 0;
}

static ini_node *commented_value_end(const osb_ini_doc *doc, ini_node *option, osb_bytes prefix);

/* -- commenting out ------------------------------------------------------------------------------- */

static int comment_line(osb_ini_doc *doc, ini_node *node, const char *at, osb_bytes sign,
                        osb_error *err) {
    if (ini_splice(doc, node, at, at, sign, err) < 0)
        return -1;
    node->line.kind = OSB_INI_COMMENT;
    return 0;
}

/* From the line that names what is commented out to the last one. */
static int comment_lines(osb_ini_doc *doc, ini_node *first, const ini_node *last, osb_bytes sign,
                         osb_error *err) {
    if (comment_line(doc, first, osb_text_lstrip(first->line.whole).ptr, sign, err) < 0)
        return -1;
    for (ini_node *node = first; node != last;) {
        node = node->next;
        if (comment_line(doc, node, node->line.whole.ptr, sign, err) < 0)
            return -1;
    }
    return 0;
}

/* Comment out an option with the bare sign or, where uncommenting would then take too few or too many
 * lines for its own, with a blank behind it. */
static int comment_option(osb_ini_doc *doc, ini_node *option, osb_bytes sign, osb_error *err) {
    ini_node *end = ini_value_end(option);
    if (comment_lines(doc, option, end, sign, err) < 0)
        return -1;
    if (commented_value_end(doc, option, sign) == end)
        return 0;
    for (ini_node *node = option;; node = node->next) {
        const char *at = osb_text_lstrip(node->line.whole).ptr + sign.len;
        if (ini_splice(doc, node, at, at, OSB_LIT(" "), err) < 0)
            return -1;
        if (node == end)
            return 0;
    }
}

static int comment_all_of_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option,
                                 osb_bytes sign, osb_error *err) {
    osb_bytes key;
    if (ini_doc_key(doc, option, &key, err) < 0)
        return -1;
    ini_node *node = ini_live(ini_find(doc, section, &key));
    if (!node)
        return ini_live(ini_find(doc, section, NULL)) ? ini_no_option(section, key, err)
                                                      : ini_no_section(section, err);
    for (ini_node *next; node; node = next) {
        next = node->same;
        if (!node->gone && comment_option(doc, node, sign, err) < 0)
            return -1;
    }
    osb_configparser_drop(doc->expected, section, key);
    return ini_reindex(doc, err);
}

/* The last line of a section that is not blank. */
static ini_node *section_end(ini_node *header) {
    ini_node *end = header;
    for (ini_node *node = header->next; node && node->line.kind != OSB_INI_HEADER;
         node = node->next) {
        if (node->line.kind != OSB_INI_BLANK)
            end = node;
    }
    return end;
}

static int comment_section(osb_ini_doc *doc, osb_bytes section, osb_bytes sign, osb_error *err) {
    ini_node *header = ini_live(ini_find(doc, section, NULL));
    if (!header)
        return ini_no_section(section, err);
    if (header->place.opens)
        return osb_error_set(err, OSB_VALUEERROR, "a subsection (%r) must be commented out by hand",
                             section);
    for (ini_node *next; header; header = next) {
        next = header->same;
        if (!header->gone && comment_lines(doc, header, section_end(header), sign, err) < 0)
            return -1;
    }
    if (!osb_configparser_remove_section(doc->expected, section) &&
        osb_configparser_setitem(doc->expected, section, (osb_items){0}, err) < 0)
        return -1;
    return ini_reindex(doc, err);
}

int osb_ini_comment(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    osb_bytes sign = OSB_NONE;
    if (comment_sign(doc, &sign, err) < 0)
        return -1;
    return osb_bytes_is_none(option) ? comment_section(doc, section, sign, err)
                                     : comment_all_of_option(doc, section, option, sign, err);
}

/* -- uncommenting --------------------------------------------------------------------------------- */

/* What a comment line says behind its sign; None where it is no comment. */
static osb_bytes commented_text(const osb_ini_doc *doc, const ini_node *node) {
    osb_strings prefixes = doc->format->opts.comment_prefixes;
    osb_bytes text = osb_text_lstrip(node->line.whole);
    if (node->line.kind != OSB_INI_COMMENT || node->place.closes)
        return OSB_NONE;
    for (size_t i = 0; i < prefixes.n; i++) {
        if (prefixes.items[i].len && osb_bytes_startswith(text, prefixes.items[i]))
            return osb_bytes_sub(text, prefixes.items[i].len, text.len);
    }
    return OSB_NONE;
}

/* Read a line on its own. */
static bool scan_alone(const osb_ini_doc *doc, osb_bytes text, osb_ini_line *line) {
    osb_ini_grammar grammar = ini_grammar(doc->format, true);
    osb_ini_scanner scanner;
    grammar.headerless = true;
    osb_ini_scan_start(&scanner, &grammar);
    osb_ini_scan_feed(&scanner, text);
    return osb_ini_scan_next(&scanner, line);
}

static bool holds_option(osb_ini_doc *doc, const ini_node *node, osb_bytes key) {
    osb_bytes text = commented_text(doc, node), found;
    osb_ini_line line;
    return !osb_bytes_is_none(text) && scan_alone(doc, text, &line) &&
           line.kind == OSB_INI_OPTION && ini_doc_key(doc, line.name, &found, NULL) == 0 &&
           osb_bytes_eq(found, key);
}

/* Replace [from, to) of a line by nothing and read what is left anew. */
static int cut_sign(osb_ini_doc *doc, ini_node *node, const char *from, const char *to,
                    osb_error *err) {
    osb_ini_line line;
    if (ini_splice(doc, node, from, to, OSB_LIT(""), err) < 0)
        return -1;
    if (!scan_alone(doc, node->line.whole, &line))
        line = (osb_ini_line){.kind = OSB_INI_BLANK};
    line.number = node->line.number;
    line.whole = node->line.whole;
    node->line = line;
    return 0;
}

/* Uncomment the line that names an option or section. *prefix becomes what commented it out, the
 * single blank that people put behind the sign included. */
static int uncomment_first(osb_ini_doc *doc, ini_node *node, osb_bytes *prefix, osb_error *err) {
    osb_bytes text = commented_text(doc, node);
    const char *from = osb_text_lstrip(node->line.whole).ptr;
    bool blank = text.len > 1 && text.ptr[0] == ' ' && text.ptr[1] != ' ' && text.ptr[1] != '\t';
    *prefix = osb_arena_copy(doc->arena, (osb_bytes){from, (size_t)(text.ptr + blank - from)});
    if (osb_bytes_is_none(*prefix))
        return osb_error_set_nomem(err);
    return cut_sign(doc, node, from, from + prefix->len, err);
}

/* "# text" behind "#option": a remark of its own, and no line that was commented out. */
static bool is_remark(osb_bytes prefix, osb_bytes text) {
    return prefix.ptr[prefix.len - 1] != ' ' && text.len > 1 && text.ptr[0] == ' ' &&
           text.ptr[1] != ' ' && text.ptr[1] != '\t';
}

/* How far an option that stands at `indent` goes on below: lines that begin with the prefix and are,
 * without it, indented deeper; blank lines and comments between them. */
static ini_node *commented_value_end(const osb_ini_doc *doc, ini_node *option, osb_bytes prefix) {
    ini_node *end = option;
    if (doc->format->dialect->flat && !doc->format->dialect->joins)
        return end;
    for (ini_node *node = option->next; node; node = node->next) {
        osb_ini_line line;
        if (!osb_bytes_startswith(node->line.whole, prefix))
            break;
        osb_bytes text = osb_bytes_sub(node->line.whole, prefix.len, node->line.whole.len);
        bool is_text = scan_alone(doc, text, &line) && line.kind != OSB_INI_BLANK &&
                       line.kind != OSB_INI_COMMENT;
        if (is_text && (line.indent <= option->line.indent || is_remark(prefix, text)))
            break;
        if (is_text)
            end = node;
    }
    return end;
}

/* Take the prefix off the lines behind an option up to the last one of its value. */
static int uncomment_value(osb_ini_doc *doc, ini_node *option, osb_bytes prefix, osb_error *err) {
    const ini_node *end = commented_value_end(doc, option, prefix);
    for (ini_node *node = option; node != end;) {
        node = node->next;
        const char *start = node->line.whole.ptr;
        if (cut_sign(doc, node, start, start + prefix.len, err) < 0)
            return -1;
        if (node->line.kind == OSB_INI_BLANK || node->line.kind == OSB_INI_COMMENT)
            continue;
        node->line.kind = OSB_INI_CONTINUATION;
        node->line.value = osb_text_strip(node->line.whole);
    }
    return 0;
}

static int expect_node(osb_ini_doc *doc, const ini_node *node, osb_error *err) {
    osb_bytes value;
    if (ini_node_value(doc, node, doc->arena, &value, err) < 0)
        return -1;
    return osb_configparser_put(doc->expected, 0, 0, node->place.section, node->place.key, value,
                                err);
}

/* Uncomment the option that a line holds. added: others of it were before it. */
static int uncomment_option_at(osb_ini_doc *doc, ini_node *node, const ini_place *place, bool added,
                               osb_error *err) {
    osb_bytes prefix, value;
    if (uncomment_first(doc, node, &prefix, err) < 0 || uncomment_value(doc, node, prefix, err) < 0)
        return -1;
    node->place = *place;
    if (!added)
        return expect_node(doc, node, err);
    if (ini_node_value(doc, node, doc->arena, &value, err) < 0)
        return -1;
    return ini_expect_added(doc, place->section, place->key, value, err);
}

/* Uncomment the option between a line and the next header: the first that is found or, where repeats
 * add up, all. *n counts them. */
static int uncomment_options_below(osb_ini_doc *doc, ini_node *node, const ini_place *place,
                                   size_t *n, osb_error *err) {
    bool one = doc->format->opts.strict || doc->format->dialect->repeat != OSB_INI_JOIN_RESET;
    for (; node && node->line.kind != OSB_INI_HEADER && !(one && *n); node = node->next) {
        if (!holds_option(doc, node, place->key))
            continue;
        if (uncomment_option_at(doc, node, place, *n > 0, err) < 0)
            return -1;
        ++*n;
    }
    return 0;
}

/* In all parts of the section. Options before the first header stand in the section "". */
static int uncomment_everywhere(osb_ini_doc *doc, const ini_place *place, size_t *n,
                                osb_error *err) {
    ini_node *header = ini_live(ini_find(doc, place->section, NULL));
    if (!header && place->section.len == 0 && doc->format->dialect->headerless)
        return uncomment_options_below(doc, doc->first, place, n, err);
    if (!header)
        return ini_no_section(place->section, err);
    for (; header; header = header->same) {
        if (!header->gone && uncomment_options_below(doc, header->next, place, n, err) < 0)
            return -1;
    }
    return 0;
}

static int uncomment_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    ini_place place = {.section = osb_arena_copy(doc->arena, section)};
    size_t n = 0;
    if (osb_bytes_is_none(place.section))
        return osb_error_set_nomem(err);
    if (ini_doc_key(doc, option, &place.key, err) < 0)
        return -1;
    place.key = osb_arena_copy(doc->arena, place.key);
    const ini_node *present = ini_winner(doc, section, place.key);
    if (present)
        return osb_error_set_at(err, OSB_DUPLICATEOPTIONERROR, present->line.number, 0,
                                "Option %r in section %r already exists", place.key, section);
    if (uncomment_everywhere(doc, &place, &n, err) < 0)
        return -1;
    if (n == 0)
        return osb_error_set(err, OSB_NOOPTIONERROR, "No commented option %r in section: %r",
                             place.key, section);
    return ini_reindex(doc, err);
}

/* Whether a line, its sign taken off, is a header; of that section, where one is given. */
static bool holds_header(const osb_ini_doc *doc, const ini_node *node, const osb_bytes *section) {
    osb_bytes text = commented_text(doc, node);
    osb_ini_line line;
    return !osb_bytes_is_none(text) && scan_alone(doc, osb_text_lstrip(text), &line) &&
           line.kind == OSB_INI_HEADER && (!section || osb_bytes_eq(line.name, *section));
}

static ini_node *find_commented_header(const osb_ini_doc *doc, ini_node *from, osb_bytes section) {
    while (from && !holds_header(doc, from, &section))
        from = from->next;
    return from;
}

/* Uncomment the lines below a header that begin with its prefix, up to the next header. */
static int uncomment_body(osb_ini_doc *doc, ini_node *header, osb_bytes prefix, osb_bytes section,
                          osb_error *err) {
    ini_node *option = NULL;
    for (ini_node *node = header->next; node; node = node->next) {
        const char *start = node->line.whole.ptr;
        if (node->line.kind == OSB_INI_BLANK)
            continue;
        if (!osb_bytes_startswith(node->line.whole, prefix) || holds_header(doc, node, NULL))
            break;
        if (cut_sign(doc, node, start, start + prefix.len, err) < 0)
            return -1;
        node->place = (ini_place){.section = section};
        bool deeper =
            option && !doc->format->dialect->flat && node->line.indent > option->line.indent;
        if (deeper && node->line.kind != OSB_INI_BLANK && node->line.kind != OSB_INI_COMMENT) {
            node->line.kind = OSB_INI_CONTINUATION;
            node->line.value = osb_text_strip(node->line.whole);
        } else if (node->line.kind == OSB_INI_OPTION) {
            option = node;
            if (ini_doc_key(doc, node->line.name, &node->place.key, err) < 0)
                return -1;
        }
    }
    return 0;
}

static int expect_body(osb_ini_doc *doc, const ini_node *header, osb_error *err) {
    for (ini_node *node = header->next; node && node->line.kind != OSB_INI_HEADER;
         node = node->next) {
        if (node->line.kind == OSB_INI_OPTION && expect_node(doc, node, err) < 0)
            return -1;
    }
    return 0;
}

/* A section comes back with the header first found; with repeats allowed, with all of them. */
static int uncomment_section(osb_ini_doc *doc, osb_bytes section, osb_error *err) {
    ini_node *header = find_commented_header(doc, doc->first, section);
    if (ini_live(ini_find(doc, section, NULL)))
        return osb_error_set(err, OSB_DUPLICATESECTIONERROR, "Section %r already exists", section);
    if (!header)
        return osb_error_set(err, OSB_NOSECTIONERROR, "No commented section: %r", section);
    section = osb_arena_copy(doc->arena, section);
    if (osb_bytes_is_none(section))
        return osb_error_set_nomem(err);
    if (!osb_bytes_eq(section, doc->format->opts.default_section) &&
        osb_configparser_put_section(doc->expected, section, err) < 0)
        return -1;
    while (header) {
        osb_bytes prefix;
        if (uncomment_first(doc, header, &prefix, err) < 0 ||
            uncomment_body(doc, header, prefix, section, err) < 0)
            return -1;
        header->place = (ini_place){.section = section};
        if (expect_body(doc, header, err) < 0)
            return -1;
        header = doc->format->opts.strict ? NULL : find_commented_header(doc, header, section);
    }
    return ini_reindex(doc, err);
}

int osb_ini_uncomment(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    return osb_bytes_is_none(option) ? uncomment_section(doc, section, err)
                                     : uncomment_option(doc, section, option, err);
}
