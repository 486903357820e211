/* Turning lines into comments and back: a comment sign in front of each, and nothing else, so that
 * the one undoes the other exactly. */
#include "internal.h"

#include <osbox/text.h>

static int comment_sign(const osb_ini_doc *doc, osb_bytes *ret, osb_error *err) {
    osb_strings prefixes = doc->format->opts.comment_prefixes;
    if (prefixes.n == 0 || prefixes.items[0].len == 0)
        return osb_error_set(err, OSB_VALUEERROR, "there is no comment prefix to use");
    *ret = prefixes.items[0];
    return 0;
}

/* -- commenting out ------------------------------------------------------------------------------- */

static int comment_line(osb_ini_doc *doc, ini_node *node, osb_bytes sign, osb_error *err) {
    const char *start = node->line.whole.ptr;
    if (ini_splice(doc, node, start, start, sign, err) < 0)
        return -1;
    node->line.kind = OSB_INI_COMMENT;
    return 0;
}

static int comment_option(osb_ini_doc *doc, ini_node *option, osb_bytes sign, osb_error *err) {
    ini_node *end = ini_value_end(option);
    for (ini_node *node = option;; node = node->next) {
        bool last = node == end;
        if (node->line.kind != OSB_INI_BLANK && node->line.kind != OSB_INI_COMMENT &&
            comment_line(doc, node, sign, err) < 0)
            return -1;
        if (last)
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

/* All lines but blank ones, comments too: uncommenting takes one sign off each. */
static int comment_section(osb_ini_doc *doc, osb_bytes section, osb_bytes sign, osb_error *err) {
    ini_node *header = ini_live(ini_find(doc, section, NULL));
    if (!header)
        return ini_no_section(section, err);
    for (ini_node *next; header; header = next) {
        next = header->same;
        if (header->gone)
            continue;
        ini_node *end = header;
        while (end->next && end->next->line.kind != OSB_INI_HEADER)
            end = end->next;
        for (ini_node *node = header;; node = node->next) {
            if (node->line.kind != OSB_INI_BLANK && comment_line(doc, node, sign, err) < 0)
                return -1;
            if (node == end)
                break;
        }
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

/* Take the sign off, and the single blank that people put behind it. */
static int uncomment_line(osb_ini_doc *doc, ini_node *node, bool with_blank, osb_error *err) {
    osb_bytes text = commented_text(doc, node);
    const char *from = osb_text_lstrip(node->line.whole).ptr;
    bool blank = with_blank && text.len > 1 && text.ptr[0] == ' ' && text.ptr[1] != ' ';
    osb_ini_line line;
    if (ini_splice(doc, node, from, text.ptr + blank, OSB_LIT(""), err) < 0)
        return -1;
    node->line.kind = OSB_INI_COMMENT;
    if (!scan_alone(doc, node->line.whole, &line))
        return 0;
    line.number = node->line.number;
    node->line = line;
    return 0;
}

/* A line that went on with the option when it was commented out: a tab or two blanks behind the
 * sign; one blank begins a remark. */
static bool is_commented_continuation(const osb_ini_doc *doc, const ini_node *node) {
    osb_bytes text = commented_text(doc, node);
    bool indented =
        osb_bytes_startswith(text, OSB_LIT("\t")) || osb_bytes_startswith(text, OSB_LIT("  "));
    return !osb_bytes_is_none(text) && !doc->format->dialect->flat && indented &&
           osb_text_strip(text).len > 0;
}

static int expect_node(osb_ini_doc *doc, const ini_node *node, osb_error *err) {
    osb_bytes value;
    if (ini_node_value(doc, node, doc->arena, &value, err) < 0)
        return -1;
    return osb_configparser_put(doc->expected, 0, 0, node->place.section, node->place.key, value,
                                err);
}

static int uncomment_option_at(osb_ini_doc *doc, ini_node *node, osb_bytes section, osb_bytes key,
                               osb_error *err) {
    if (uncomment_line(doc, node, true, err) < 0)
        return -1;
    node->place = (ini_place){.section = section, .key = key};
    for (ini_node *next = node->next; next && is_commented_continuation(doc, next);
         next = next->next) {
        if (uncomment_line(doc, next, false, err) < 0)
            return -1;
        next->line.kind = OSB_INI_CONTINUATION;
        next->line.value = osb_text_strip(next->line.whole);
    }
    if (expect_node(doc, node, err) < 0)
        return -1;
    return ini_reindex(doc, err);
}

static int uncomment_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    osb_bytes key;
    if (ini_doc_key(doc, option, &key, err) < 0)
        return -1;
    section = osb_arena_copy(doc->arena, section);
    ini_node *header = osb_bytes_is_none(section) ? NULL : ini_live(ini_find(doc, section, NULL));
    if (!header)
        return ini_no_section(section, err);
    const ini_node *present = ini_winner(doc, section, key);
    if (present)
        return osb_error_set_at(err, OSB_DUPLICATEOPTIONERROR, present->line.number, 0,
                                "Option %r in section %r already exists", key, section);
    for (; header; header = header->same) {
        for (ini_node *node = header->next; node && node->line.kind != OSB_INI_HEADER;
             node = node->next) {
            if (holds_option(doc, node, key))
                return uncomment_option_at(doc, node, section, key, err);
        }
    }
    return osb_error_set(err, OSB_NOOPTIONERROR, "No commented option %r in section: %r", key,
                         section);
}

static ini_node *find_commented_header(const osb_ini_doc *doc, osb_bytes section) {
    for (ini_node *node = doc->first; node; node = node->next) {
        osb_bytes text = commented_text(doc, node);
        osb_ini_line line;
        if (!osb_bytes_is_none(text) && scan_alone(doc, osb_text_lstrip(text), &line) &&
            line.kind == OSB_INI_HEADER && osb_bytes_eq(line.name, section))
            return node;
    }
    return NULL;
}

/* From its commented header to the first line that is no comment and not blank, or the next
 * commented header. The text is then read anew: verification will tell what became of it. */
static int uncomment_section(osb_ini_doc *doc, osb_bytes section, osb_error *err) {
    ini_node *header = find_commented_header(doc, section);
    if (ini_live(ini_find(doc, section, NULL)))
        return osb_error_set(err, OSB_DUPLICATESECTIONERROR, "Section %r already exists", section);
    if (!header)
        return osb_error_set(err, OSB_NOSECTIONERROR, "No commented section: %r", section);
    section = osb_arena_copy(doc->arena, section);
    if (osb_bytes_is_none(section) || uncomment_line(doc, header, true, err) < 0 ||
        osb_configparser_put_section(doc->expected, section, err) < 0)
        return osb_bytes_is_none(section) ? osb_error_set_nomem(err) : -1;
    header->place = (ini_place){.section = section};
    ini_node *option = NULL;
    for (ini_node *node = header->next; node; node = node->next) {
        osb_bytes text = commented_text(doc, node);
        osb_ini_line line;
        if (node->line.kind == OSB_INI_BLANK)
            continue;
        if (osb_bytes_is_none(text) ||
            (scan_alone(doc, osb_text_lstrip(text), &line) && line.kind == OSB_INI_HEADER))
            break;
        bool continues = option && is_commented_continuation(doc, node);
        if (uncomment_line(doc, node, !continues, err) < 0)
            return -1;
        node->place.section = section;
        if (continues) {
            node->line.kind = OSB_INI_CONTINUATION;
            node->line.value = osb_text_strip(node->line.whole);
        } else if (node->line.kind == OSB_INI_OPTION) {
            option = node;
            if (ini_doc_key(doc, node->line.name, &node->place.key, err) < 0)
                return -1;
        }
    }
    for (ini_node *node = header->next; node && node->line.kind != OSB_INI_HEADER;
         node = node->next) {
        if (node->line.kind == OSB_INI_OPTION && expect_node(doc, node, err) < 0)
            return -1;
    }
    return ini_reindex(doc, err);
}

int osb_ini_uncomment(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    return osb_bytes_is_none(option) ? uncomment_section(doc, section, err)
                                     : uncomment_option(doc, section, option, err);
}
