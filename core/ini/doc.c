/* Documents: the lines of a file in a list, with an index of what stands where. */
#include "internal.h"

#include <osbox/text.h>

int ini_no_section(osb_bytes section, osb_error *err) {
    return osb_error_set(err, OSB_NOSECTIONERROR, "No section: %r", section);
}

int ini_no_option(osb_bytes section, osb_bytes key, osb_error *err) {
    return osb_error_set(err, OSB_NOOPTIONERROR, "No option %r in section: %r", key, section);
}

/* -- the index ------------------------------------------------------------------------------------ */

/* Sections and options share the index; the length keeps their ids apart. */
static osb_bytes chain_id(osb_ini_doc *doc, osb_bytes section, const osb_bytes *key) {
    osb_buf_truncate(&doc->id, 0);
    osb_buf_fmt(&doc->id, "%z:%b", section.len, section);
    if (key)
        osb_buf_fmt(&doc->id, "=%b", *key);
    return osb_buf_bytes(&doc->id);
}

ini_chain *ini_find(osb_ini_doc *doc, osb_bytes section, const osb_bytes *key) {
    osb_bytes id = chain_id(doc, section, key);
    return doc->id.state == OSB_BUF_OK ? osb_map_get(&doc->index, id) : NULL;
}

ini_node *ini_live(const ini_chain *chain) {
    ini_node *node = chain ? chain->first : NULL;
    while (node && node->gone)
        node = node->same;
    return node;
}

static bool is_indexed(const ini_node *node) {
    return node->line.kind == OSB_INI_OPTION || node->line.kind == OSB_INI_HEADER;
}

int ini_index_node(osb_ini_doc *doc, ini_node *node, osb_error *err) {
    bool added;
    bool is_option = node->line.kind == OSB_INI_OPTION;
    if (!is_indexed(node))
        return 0;
    osb_bytes id = chain_id(doc, node->place.section, is_option ? &node->place.key : NULL);
    if (osb_buf_check(&doc->id, err) < 0)
        return -1;
    ini_chain *chain = osb_map_put(&doc->index, id, &added);
    if (!chain)
        return osb_error_set_nomem(err);
    node->same = NULL;
    if (!added) {
        chain->last->same = node;
        chain->last = node;
        return 0;
    }
    osb_bytes copy = osb_arena_copy(doc->arena, id);
    if (osb_bytes_is_none(copy)) {
        osb_map_remove(&doc->index, chain);
        return osb_error_set_nomem(err);
    }
    chain->entry.key = copy.ptr;
    chain->first = chain->last = node;
    return 0;
}

int ini_reindex(osb_ini_doc *doc, osb_error *err) {
    osb_map_clear(&doc->index);
    for (ini_node *node = doc->first; node; node = node->next) {
        if (ini_index_node(doc, node, err) < 0)
            return -1;
    }
    return 0;
}

int ini_doc_key(osb_ini_doc *doc, osb_bytes option, osb_bytes *ret, osb_error *err) {
    return ini_key(doc->format, option, doc->arena, ret, err);
}

ini_node *ini_winner(osb_ini_doc *doc, osb_bytes section, osb_bytes key) {
    const ini_chain *chain = ini_find(doc, section, &key);
    ini_node *winner = ini_live(chain);
    if (!winner || doc->format->dialect->repeat != OSB_INI_LAST_WINS)
        return winner;
    if (!chain->last->gone)
        return chain->last;
    for (ini_node *node = winner; node; node = node->same) {
        if (!node->gone)
            winner = node;
    }
    return winner;
}

/* -- lines ---------------------------------------------------------------------------------------- */

static void link_after(osb_ini_doc *doc, ini_node *after, ini_node *node) {
    node->prev = after;
    node->next = after ? after->next : doc->first;
    if (node->next)
        node->next->prev = node;
    else
        doc->last = node;
    if (after)
        after->next = node;
    else
        doc->first = node;
}

void ini_unlink(osb_ini_doc *doc, ini_node *node) {
    /* A file without a final newline keeps none when its last line goes. */
    if (!node->next && node->prev && node->newline.len == 0)
        node->prev->newline = OSB_LIT("");
    if (node->next)
        node->next->prev = node->prev;
    else
        doc->last = node->prev;
    if (node->prev)
        node->prev->next = node->next;
    else
        doc->first = node->next;
    node->gone = true;
}

static osb_bytes usual_newline(const osb_ini_doc *doc) {
    return doc->first && doc->first->newline.len ? doc->first->newline : OSB_LIT("\n");
}

ini_node *ini_insert(osb_ini_doc *doc, ini_node *after, osb_ini_kind kind, osb_bytes whole,
                     osb_error *err) {
    ini_node *node = osb_arena_alloc(doc->arena, sizeof *node);
    osb_bytes copy = osb_arena_copy(doc->arena, whole);
    if (!node || osb_bytes_is_none(copy)) {
        osb_error_set_nomem(err);
        return NULL;
    }
    *node = (ini_node){.line = {.kind = kind, .whole = copy}, .newline = usual_newline(doc)};
    if (after && after->newline.len == 0) {
        node->newline = after->newline;
        after->newline = usual_newline(doc);
    } else if (after) {
        node->newline = after->newline;
    }
    link_after(doc, after, node);
    return node;
}

/* A slice of the old line in the new one: what begins before the replaced part keeps its offset. */
static osb_bytes move_slice(osb_bytes slice, osb_bytes old, osb_bytes new, size_t from, size_t to) {
    if (osb_bytes_is_none(slice) || slice.ptr < old.ptr || slice.ptr > old.ptr + old.len)
        return slice;
    size_t start = (size_t)(slice.ptr - old.ptr);
    if (start >= to && start > from)
        start = start + new.len - old.len;
    return (osb_bytes){new.ptr + start, slice.len};
}

int ini_splice(osb_ini_doc *doc, ini_node *node, const char *from, const char *to, osb_bytes text,
               osb_error *err) {
    osb_bytes old = node->line.whole;
    size_t head = (size_t)(from - old.ptr), cut = (size_t)(to - from);
    osb_buf line = OSB_BUF_INIT;
    osb_buf_add(&line, osb_bytes_sub(old, 0, head));
    osb_buf_add(&line, text);
    osb_buf_add(&line, osb_bytes_sub(old, head + cut, old.len));
    int rc = osb_buf_check(&line, err);
    osb_bytes new = rc == 0 ? osb_arena_copy(doc->arena, osb_buf_bytes(&line)) : OSB_NONE;
    osb_buf_free(&line);
    if (osb_bytes_is_none(new))
        return rc == 0 ? osb_error_set_nomem(err) : rc;
    node->line.name = move_slice(node->line.name, old, new, head, head + cut);
    node->line.value = move_slice(node->line.value, old, new, head, head + cut);
    node->line.whole = new;
    node->original = 0;
    return 0;
}

/* -- values --------------------------------------------------------------------------------------- */

ini_node *ini_value_end(ini_node *option) {
    ini_node *end = option;
    for (ini_node *node = option->next; node; node = node->next) {
        if (node->line.kind == OSB_INI_CONTINUATION)
            end = node;
        else if (node->line.kind != OSB_INI_BLANK && node->line.kind != OSB_INI_COMMENT)
            break;
    }
    return end;
}

/* The value's lines joined, as Python does. */
static void join_value(const ini_node *option, osb_buf *out) {
    const ini_node *end = ini_value_end((ini_node *)option);
    osb_buf_add(out, option->line.value);
    for (const ini_node *node = option; node != end;) {
        node = node->next;
        if (node->line.kind == OSB_INI_COMMENT)
            continue;
        osb_buf_addc(out, '\n');
        osb_buf_add(out, node->line.value);
    }
    osb_buf_truncate(out, osb_text_rstrip(osb_buf_bytes(out)).len);
}

/* What the dialect makes of the value's lines. False where the text stands for no value. */
static bool decode_value(const osb_ini_doc *doc, const ini_node *option, osb_buf *out) {
    bool valid = true;
    const osb_ini_line *line = &option->line;
    const ini_node *end = ini_value_end((ini_node *)option);
    osb_bytes first = ini_raw_value(doc->format, line);
    osb_buf raw = OSB_BUF_INIT;
    osb_buf_add(&raw, (osb_bytes){(const char *)&first, sizeof first});
    for (const ini_node *node = option; node != end;) {
        node = node->next;
        if (node->line.kind == OSB_INI_CONTINUATION)
            osb_buf_add(&raw, (osb_bytes){(const char *)&node->line.whole, sizeof first});
    }
    if (raw.state == OSB_BUF_OK)
        valid =
            ini_decode_value(doc->format->dialect->values, (const osb_bytes *)(const void *)raw.ptr,
                             raw.len / sizeof first, out);
    else
        out->state = raw.state;
    osb_buf_free(&raw);
    return valid;
}

int ini_check_node_value(const osb_ini_doc *doc, const ini_node *node, bool *valid,
                         osb_error *err) {
    osb_buf value = OSB_BUF_INIT;
    *valid =
        !node->line.has_value || doc->format->dialect->python || decode_value(doc, node, &value);
    int rc = osb_buf_check(&value, err);
    osb_buf_free(&value);
    return rc;
}

int ini_node_value(const osb_ini_doc *doc, const ini_node *node, osb_arena *a, osb_bytes *ret,
                   osb_error *err) {
    if (!node->line.has_value) {
        *ret = OSB_NONE;
        return 0;
    }
    osb_buf value = OSB_BUF_INIT;
    if (doc->format->dialect->python)
        join_value(node, &value);
    else
        decode_value(doc, node, &value);
    int rc = osb_buf_check(&value, err);
    if (rc == 0) {
        *ret = osb_arena_copy(a, osb_buf_bytes(&value));
        rc = osb_bytes_is_none(*ret) ? osb_error_set_nomem(err) : 0;
    }
    osb_buf_free(&value);
    return rc;
}

int osb_ini_occurrences(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_buf *list,
                        osb_error *err) {
    osb_bytes key;
    if (ini_doc_key(doc, option, &key, err) < 0)
        return -1;
    const ini_chain *chain = ini_find(doc, section, &key);
    for (const ini_node *node = ini_live(chain); node; node = node->same) {
        osb_occurrence o = {OSB_NONE, doc->source, node->line.number};
        if (node->gone)
            continue;
        if (ini_node_value(doc, node, doc->arena, &o.value, err) < 0)
            return -1;
        osb_buf_add(list, (osb_bytes){(const char *)&o, sizeof o});
    }
    return osb_buf_check(list, err);
}

/* -- opening and writing -------------------------------------------------------------------------- */

static int read_nodes(osb_ini_doc *doc, osb_error *err) {
    ini_reader *reader = osb_arena_alloc(doc->arena, sizeof *reader);
    int rc = 1;
    if (!reader)
        return osb_error_set_nomem(err);
    ini_reader_start(reader, doc->format, doc->text, doc->arena);
    while (rc > 0) {
        ini_node *node = osb_arena_alloc(doc->arena, sizeof *node);
        if (!node)
            return osb_error_set_nomem(err);
        *node = (ini_node){0};
        rc = ini_reader_next(reader, &node->line, &node->place, err);
        if (rc <= 0)
            break;
        const osb_ini_line *line = &node->line;
        node->newline = (osb_bytes){line->whole.ptr + line->whole.len, line->newline};
        node->original = line->number;
        link_after(doc, doc->last, node);
        if (ini_index_node(doc, node, err) < 0)
            return -1;
    }
    return rc;
}

int ini_open_lines(const osb_ini_format *format, osb_bytes text, osb_arena *a, osb_ini_doc **ret,
                   osb_error *err) {
    osb_ini_doc *doc = osb_arena_alloc(a, sizeof *doc);
    if (!doc)
        return osb_error_set_nomem(err);
    *doc = (osb_ini_doc){.format = format, .text = text, .arena = a};
    osb_map_init(&doc->index, sizeof(ini_chain));
    if (read_nodes(doc, err) < 0) {
        osb_ini_close(doc);
        return -1;
    }
    *ret = doc;
    return 0;
}

int osb_ini_open(const osb_ini_format *format, osb_bytes text, osb_bytes source, osb_arena *a,
                 osb_ini_doc **ret, osb_error *err) {
    osb_ini_doc *doc;
    osb_configparser *expected;
    if (osb_configparser_new(&format->opts, &expected, err) < 0)
        return -1;
    if (osb_ini_load(expected, format, text, source, a, err) < 0 ||
        ini_open_lines(format, text, a, &doc, err) < 0) {
        osb_configparser_free(expected);
        return -1;
    }
    doc->source = source;
    doc->expected = expected;
    *ret = doc;
    return 0;
}

void osb_ini_close(osb_ini_doc *doc) {
    osb_configparser_free(doc->expected);
    osb_map_free(&doc->index);
    osb_buf_free(&doc->id);
}

void osb_ini_write(const osb_ini_doc *doc, osb_buf *out) {
    for (const ini_node *node = doc->first; node; node = node->next) {
        osb_buf_add(out, node->line.whole);
        osb_buf_add(out, node->newline);
    }
}
