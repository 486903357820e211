/* Editing sections. */
#include "internal.h"

#include <osbox/text.h>

/* -- adding --------------------------------------------------------------------------------------- */

int osb_ini_add_section(osb_ini_doc *doc, osb_bytes section, osb_error *err) {
    bool is_default = osb_bytes_eq(section, doc->format->opts.default_section);
    if (ini_check_names(doc->format, section, OSB_NONE, err) < 0)
        return -1;
    if (ini_live(ini_find(doc, section, NULL)))
        return osb_error_set(err, OSB_DUPLICATESECTIONERROR, "Section %r already exists", section);
    osb_buf header = OSB_BUF_INIT;
    osb_bytes name = osb_arena_copy(doc->arena, section);
    int rc = osb_bytes_is_none(name) ? osb_error_set_nomem(err) : 0;
    if (rc == 0)
        rc = ini_header(doc->format->dialect->headers, name, &header, err);
    bool apart = doc->last && doc->last->line.kind != OSB_INI_BLANK;
    if (rc == 0 && apart && !ini_insert(doc, doc->last, OSB_INI_BLANK, OSB_LIT(""), err))
        rc = -1;
    ini_node *node = NULL;
    if (rc == 0)
        node = ini_insert(doc, doc->last, OSB_INI_HEADER, osb_buf_bytes(&header), err);
    osb_buf_free(&header);
    if (!node)
        return -1;
    node->line.name = osb_bytes_sub(node->line.whole, 1, node->line.whole.len - 1);
    node->place.section = name;
    if (!is_default && osb_configparser_put_section(doc->expected, name, err) < 0)
        return -1;
    return ini_index_node(doc, node, err);
}

/* -- removing ------------------------------------------------------------------------------------- */

/* The last line of the section that a header opens. A comment right above the next header, set apart
 * by a blank line, belongs to that one. */
static ini_node *section_end(ini_node *header) {
    ini_node *end = header;
    while (end->next && end->next->line.kind != OSB_INI_HEADER && !end->place.closes)
        end = end->next;
    if (!end->next || end->place.closes)
        return end;
    ini_node *lead = end;
    while (lead != header && lead->line.kind == OSB_INI_COMMENT)
        lead = lead->prev;
    return lead->line.kind == OSB_INI_BLANK ? lead : end;
}

int osb_ini_remove_section(osb_ini_doc *doc, osb_bytes section, osb_error *err) {
    ini_node *header = ini_live(ini_find(doc, section, NULL));
    if (!header)
        return ini_no_section(section, err);
    if (header->place.opens)
        return osb_error_set(err, OSB_VALUEERROR, "a subsection (%r) must be removed by hand",
                             section);
    for (; header; header = header->same) {
        if (header->gone)
            continue;
        for (ini_node *node = section_end(header), *prev;; node = prev) {
            prev = node->prev;
            ini_unlink(doc, node);
            if (node == header)
                break;
        }
    }
    if (osb_configparser_has_section(doc->expected, section)) {
        osb_configparser_remove_section(doc->expected, section);
        return 0;
    }
    return osb_configparser_setitem(doc->expected, section, (osb_items){0}, err);
}

/* -- renaming ------------------------------------------------------------------------------------- */

/* Move a section's options to another name in what is expected. */
static int expect_renamed(osb_ini_doc *doc, osb_bytes section, osb_bytes name, osb_error *err) {
    osb_strings names;
    if (osb_configparser_put_section(doc->expected, name, err) < 0 ||
        osb_configparser_options(doc->expected, section, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        osb_bytes value;
        bool own;
        if (osb_configparser_find(doc->expected, section, names.items[i], &value, &own) && own &&
            osb_configparser_put(doc->expected, 0, 0, name, names.items[i], value, err) < 0)
            return -1;
    }
    osb_configparser_remove_section(doc->expected, section);
    return 0;
}

static int rename_header(osb_ini_doc *doc, ini_node *header, osb_bytes name, osb_error *err) {
    osb_buf text = OSB_BUF_INIT;
    int rc = ini_header(doc->format->dialect->headers, name, &text, err);
    osb_bytes inner = osb_bytes_sub(osb_buf_bytes(&text), 1, text.len ? text.len - 1 : 0);
    osb_bytes old = header->line.name;
    size_t at = (size_t)(old.ptr - header->line.whole.ptr);
    if (rc == 0)
        rc = ini_splice(doc, header, old.ptr, old.ptr + old.len, inner, err);
    if (rc == 0)
        header->line.name = osb_bytes_sub(header->line.whole, at, at + inner.len);
    osb_buf_free(&text);
    return rc;
}

int osb_ini_rename_section(osb_ini_doc *doc, osb_bytes section, osb_bytes name, osb_error *err) {
    ini_node *header = ini_live(ini_find(doc, section, NULL));
    osb_bytes default_section = doc->format->opts.default_section;
    if (!header)
        return ini_no_section(section, err);
    if (osb_bytes_eq(section, name))
        return 0;
    if (ini_check_names(doc->format, name, OSB_NONE, err) < 0)
        return -1;
    if (ini_live(ini_find(doc, name, NULL)))
        return osb_error_set(err, OSB_DUPLICATESECTIONERROR, "Section %r already exists", name);
    if (osb_bytes_eq(section, default_section) || osb_bytes_eq(name, default_section) ||
        header->place.opens)
        return osb_error_set(err, OSB_VALUEERROR, "Section %r cannot be renamed to %r", section,
                             name);
    name = osb_arena_copy(doc->arena, name);
    section = osb_arena_copy(doc->arena, section);
    if (osb_bytes_is_none(name) || osb_bytes_is_none(section))
        return osb_error_set_nomem(err);
    for (; header; header = header->same) {
        if (!header->gone && rename_header(doc, header, name, err) < 0)
            return -1;
    }
    for (ini_node *node = doc->first; node; node = node->next) {
        if (osb_bytes_eq(node->place.section, section))
            node->place.section = name;
    }
    return expect_renamed(doc, section, name, err) < 0 ? -1 : ini_reindex(doc, err);
}
