/* Editing options: values are replaced where they stand, new lines copy their neighbours' style. */
#include "internal.h"

#include <osbox/text.h>

/* -- style ---------------------------------------------------------------------------------------- */

/* How a file writes its options: the blanks before a key, and what stands between key and value. */
typedef struct style {
    osb_bytes indent, delimiter;
} style;

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* The blank that goes before a value where none stands yet: one, if one stands before the delimiter. */
static osb_bytes blank_before_value(const osb_ini_line *line) {
    const char *key_end = line->name.ptr + line->name.len;
    return key_end < line->value.ptr && is_blank(*key_end) ? OSB_LIT(" ") : OSB_LIT("");
}

/* Take the style of an option's line. False where it has no delimiter to copy. */
static bool style_of(osb_ini_doc *doc, const ini_node *option, style *ret) {
    const osb_ini_line *line = &option->line;
    const char *key_end = line->name.ptr + line->name.len;
    osb_buf delimiter = OSB_BUF_INIT;
    ret->indent = (osb_bytes){line->whole.ptr, (size_t)(line->name.ptr - line->whole.ptr)};
    if (!line->has_value)
        return false;
    osb_buf_add(&delimiter, (osb_bytes){key_end, (size_t)(line->value.ptr - key_end)});
    if (line->value.len == 0)
        osb_buf_add(&delimiter, blank_before_value(line));
    ret->delimiter = delimiter.state == OSB_BUF_OK
                         ? osb_arena_copy(doc->arena, osb_buf_bytes(&delimiter))
                         : OSB_NONE;
    osb_buf_free(&delimiter);
    return true;
}

static osb_bytes usual_delimiter(const osb_ini_doc *doc) {
    osb_strings delimiters = doc->format->opts.delimiters;
    osb_buf text = OSB_BUF_INIT;
    osb_buf_fmt(&text, " %b ", delimiters.n ? delimiters.items[0] : OSB_LIT("="));
    osb_bytes copy =
        text.state == OSB_BUF_OK ? osb_arena_copy(doc->arena, osb_buf_bytes(&text)) : OSB_NONE;
    osb_buf_free(&text);
    return copy;
}

/* The style for a new option: that of the options above it, then of any in the file. The indent is
 * its section's alone: a wrong one could make the line go on with the value above. */
static style find_style(osb_ini_doc *doc, const ini_node *after) {
    style found = {OSB_LIT(""), OSB_NONE};
    const ini_node *node = after;
    for (; node && node->line.kind != OSB_INI_HEADER; node = node->prev) {
        if (node->line.kind == OSB_INI_OPTION && style_of(doc, node, &found))
            return found;
    }
    osb_bytes indent = found.indent;
    for (node = doc->last; node; node = node->prev) {
        if (node->line.kind == OSB_INI_OPTION && style_of(doc, node, &found)) {
            if (after && after->line.kind != OSB_INI_HEADER)
                found.indent = indent;
            return found;
        }
    }
    found.delimiter = usual_delimiter(doc);
    return found;
}

/* -- values of one line --------------------------------------------------------------------------- */

/* What of the line behind its delimiter is the value: [value.ptr, end). */
static const char *value_text_end(const osb_ini_doc *doc, const osb_ini_line *line) {
    osb_bytes raw = ini_raw_value(doc->format, line);
    if (doc->format->dialect->python)
        return line->value.ptr + line->value.len;
    return raw.ptr + ini_value_extent(doc->format->dialect->values, raw);
}

/* Empty a value so that setting it again would give the line back: the blank before it goes too
 * where it is the one that would be put there. */
static int empty_value(osb_ini_doc *doc, ini_node *option, const char *end, osb_error *err) {
    osb_ini_line *line = &option->line;
    const char *key_end = line->name.ptr + line->name.len;
    const char *start = line->value.ptr;
    osb_bytes usual = blank_before_value(line);
    bool has_usual =
        usual.len == 1 && start - 1 > key_end && start[-1] == ' ' && !is_blank(start[-2]);
    if (start == end)
        return 0;
    line->value = (osb_bytes){start - has_usual, 0};
    return ini_splice(doc, option, start - has_usual, end, OSB_LIT(""), err);
}

static int remove_delimiter(osb_ini_doc *doc, ini_node *option, const char *end, osb_error *err) {
    osb_ini_line *line = &option->line;
    if (!line->has_value)
        return 0;
    line->has_value = false;
    line->value = OSB_NONE;
    return ini_splice(doc, option, line->name.ptr + line->name.len, end, OSB_LIT(""), err);
}

static int add_delimiter(osb_ini_doc *doc, ini_node *option, osb_error *err) {
    osb_ini_line *line = &option->line;
    style s = find_style(doc, option);
    if (osb_bytes_is_none(s.delimiter))
        return osb_error_set_nomem(err);
    const char *key_end = line->name.ptr + line->name.len;
    size_t at = (size_t)(key_end - line->whole.ptr) + s.delimiter.len;
    if (ini_splice(doc, option, key_end, key_end, s.delimiter, err) < 0)
        return -1;
    line->has_value = true;
    line->value = (osb_bytes){line->whole.ptr + at, 0};
    return 0;
}

/* Put text in the place of the value on the option's own line. */
static int replace_line_value(osb_ini_doc *doc, ini_node *option, osb_bytes text, osb_error *err) {
    osb_ini_line *line = &option->line;
    bool had_value = line->has_value;
    if (!had_value && add_delimiter(doc, option, err) < 0)
        return -1;
    const char *end = value_text_end(doc, line);
    if (text.len == 0)
        return empty_value(doc, option, end, err);
    bool was_empty = had_value && end == line->value.ptr;
    size_t start = (size_t)(line->value.ptr - line->whole.ptr);
    if (was_empty) {
        osb_bytes blank = blank_before_value(line);
        if (ini_splice(doc, option, end, end, blank, err) < 0)
            return -1;
        start += blank.len;
        end = line->whole.ptr + start;
    }
    if (ini_splice(doc, option, line->whole.ptr + start, end, text, err) < 0)
        return -1;
    line->value = (osb_bytes){line->whole.ptr + start, text.len};
    return 0;
}

/* -- values of several lines ---------------------------------------------------------------------- */

static void unlink_continuations(osb_ini_doc *doc, ini_node *option) {
    for (ini_node *end = ini_value_end(option); end != option; end = ini_value_end(option))
        ini_unlink(doc, end);
}

static osb_bytes indent_of(const osb_ini_line *line) {
    return (osb_bytes){line->whole.ptr, (size_t)(line->value.ptr - line->whole.ptr)};
}

/* The indent of the value's last line, or of the option and a tab. */
static int continuation_indent(osb_ini_doc *doc, const ini_node *option, osb_bytes *ret,
                               osb_error *err) {
    const ini_node *end = ini_value_end((ini_node *)option);
    osb_buf indent = OSB_BUF_INIT;
    if (end != option) {
        osb_buf_add(&indent, indent_of(&end->line));
    } else {
        osb_buf_add(&indent, (osb_bytes){option->line.whole.ptr,
                                         (size_t)(option->line.name.ptr - option->line.whole.ptr)});
        osb_buf_addc(&indent, '\t');
    }
    *ret =
        indent.state == OSB_BUF_OK ? osb_arena_copy(doc->arena, osb_buf_bytes(&indent)) : OSB_NONE;
    osb_buf_free(&indent);
    return osb_bytes_is_none(*ret) ? osb_error_set_nomem(err) : 0;
}

/* A line of a value that had none before: indented, or blank. */
static int add_value_line(osb_ini_doc *doc, ini_node **after, osb_bytes indent, osb_bytes text,
                          osb_error *err) {
    osb_buf whole = OSB_BUF_INIT;
    if (text.len)
        osb_buf_fmt(&whole, "%b%b", indent, text);
    ini_node *node = NULL;
    if (osb_buf_check(&whole, err) == 0)
        node = ini_insert(doc, *after, text.len ? OSB_INI_CONTINUATION : OSB_INI_BLANK,
                          osb_buf_bytes(&whole), err);
    osb_buf_free(&whole);
    if (!node)
        return -1;
    node->place = (*after)->place;
    node->line.value =
        osb_bytes_sub(node->line.whole, text.len ? indent.len : 0, node->line.whole.len);
    *after = node;
    return 0;
}

/* Give an existing line of a value a new text. */
static int set_value_line(osb_ini_doc *doc, ini_node *node, osb_bytes indent, osb_bytes text,
                          osb_error *err) {
    osb_ini_line *line = &node->line;
    if (osb_bytes_eq(line->value, text))
        return 0;
    bool was_blank = line->kind == OSB_INI_BLANK;
    const char *start = was_blank || !text.len ? line->whole.ptr : line->value.ptr;
    size_t keep = was_blank ? indent.len : (size_t)(start - line->whole.ptr);
    osb_buf new = OSB_BUF_INIT;
    osb_buf_fmt(&new, "%b%b", was_blank && text.len ? indent : OSB_LIT(""), text);
    const char *end = was_blank || !text.len ? line->whole.ptr + line->whole.len
                                             : line->value.ptr + line->value.len;
    int rc = osb_buf_check(&new, err);
    if (rc == 0)
        rc = ini_splice(doc, node, start, end, osb_buf_bytes(&new), err);
    osb_buf_free(&new);
    if (rc < 0)
        return -1;
    line->kind = text.len ? OSB_INI_CONTINUATION : OSB_INI_BLANK;
    line->value = text.len ? (osb_bytes){line->whole.ptr + keep, text.len} : OSB_LIT("");
    return rc;
}

/* The next line that carries a part of the value, before `stop`'s end; comments are passed over. */
static ini_node *next_value_line(ini_node *node, const ini_node *end) {
    do {
        if (node == end)
            return NULL;
        node = node->next;
    } while (node->line.kind == OSB_INI_COMMENT);
    return node;
}

/* Python: the value's lines take the place of the old one's, one by one; each keeps its indent and
 * what stands behind it. */
static int replace_value_lines(osb_ini_doc *doc, ini_node *option, osb_bytes value,
                               osb_error *err) {
    osb_bytes text, indent;
    osb_bytes_cut(&value, '\n', &text);
    if (continuation_indent(doc, option, &indent, err) < 0)
        return -1;
    ini_node *end = ini_value_end(option), *at = option;
    if (replace_line_value(doc, option, text, err) < 0)
        return -1;
    while (!osb_bytes_is_none(value)) {
        osb_bytes_cut(&value, '\n', &text);
        ini_node *next = next_value_line(at, end);
        if (next ? set_value_line(doc, next, indent, text, err) < 0
                 : add_value_line(doc, &at, indent, text, err) < 0)
            return -1;
        if (next)
            at = next;
        else
            end = at;
    }
    for (ini_node *extra; (extra = next_value_line(at, end));) {
        if (extra == end)
            end = extra->prev;
        ini_unlink(doc, extra);
    }
    return 0;
}

/* Where the dialect joins repeats, one assignment is to stand for the whole value. */
static void unlink_repeats(osb_ini_doc *doc, ini_node *kept) {
    if (doc->format->dialect->repeat != OSB_INI_JOIN_RESET)
        return;
    for (ini_node *node = kept->same; node; node = node->same) {
        if (node->gone)
            continue;
        unlink_continuations(doc, node);
        ini_unlink(doc, node);
    }
}

/* Write a value, known to fit the dialect, into an option's lines. */
static int replace_value(osb_ini_doc *doc, ini_node *option, osb_bytes value, osb_error *err) {
    if (osb_bytes_is_none(value)) {
        unlink_continuations(doc, option);
        return remove_delimiter(doc, option, value_text_end(doc, &option->line), err);
    }
    if (doc->format->dialect->python)
        return replace_value_lines(doc, option, value, err);
    osb_buf text = OSB_BUF_INIT;
    osb_bytes old = OSB_LIT("");
    if (option->line.has_value)
        old = (osb_bytes){option->line.value.ptr,
                          (size_t)(value_text_end(doc, &option->line) - option->line.value.ptr)};
    int rc = ini_encode_value(doc->format->dialect->values, value, old, &text, err);
    if (rc == 0)
        rc = osb_buf_check(&text, err);
    unlink_repeats(doc, option);
    unlink_continuations(doc, option);
    if (rc == 0)
        rc = replace_line_value(doc, option, osb_buf_bytes(&text), err);
    osb_buf_free(&text);
    return rc;
}

/* -- new options ---------------------------------------------------------------------------------- */

static ini_node *last_option_line(ini_node *header) {
    ini_node *tail = header;
    for (ini_node *node = header->next;
         node && node->line.kind != OSB_INI_HEADER && !node->place.closes; node = node->next) {
        if (node->line.kind == OSB_INI_OPTION || node->line.kind == OSB_INI_CONTINUATION)
            tail = node;
    }
    return tail;
}

/* Whether the remembered line is still the end of a section's last option. */
static bool is_tail(const ini_node *tail) {
    return tail && !tail->gone &&
           (tail->line.kind == OSB_INI_OPTION || tail->line.kind == OSB_INI_CONTINUATION) &&
           !(tail->next && tail->next->line.kind == OSB_INI_CONTINUATION);
}

/* The line behind which a section's next option goes; NULL: at the start of the file. */
static int find_tail(osb_ini_doc *doc, osb_bytes section, ini_node **ret, osb_error *err) {
    ini_chain *chain = ini_find(doc, section, NULL);
    ini_node *header = ini_live(chain);
    *ret = NULL;
    if (!header && section.len == 0 && doc->format->dialect->headerless) {
        bool has_options = doc->first && doc->first->line.kind != OSB_INI_HEADER;
        *ret = has_options ? last_option_line(doc->first) : NULL;
        return 0;
    }
    if (!header)
        return ini_no_section(section, err);
    if (!is_tail(chain->tail))
        chain->tail = last_option_line(header);
    *ret = chain->tail;
    return 0;
}

static void remember_tail(osb_ini_doc *doc, osb_bytes section, ini_node *tail) {
    ini_chain *chain = ini_find(doc, section, NULL);
    if (chain)
        chain->tail = tail;
}

/* A line with the key alone, behind `after`; its value is then set like any other's. */
static ini_node *insert_key(osb_ini_doc *doc, ini_node *after, osb_bytes section, osb_bytes option,
                            osb_bytes key, osb_error *err) {
    style s = find_style(doc, after);
    if (osb_bytes_is_none(s.delimiter)) {
        osb_error_set_nomem(err);
        return NULL;
    }
    osb_buf whole = OSB_BUF_INIT;
    osb_buf_fmt(&whole, "%b%b%b", s.indent, option, s.delimiter);
    ini_node *node = NULL;
    if (osb_buf_check(&whole, err) == 0)
        node = ini_insert(doc, after, OSB_INI_OPTION, osb_buf_bytes(&whole), err);
    osb_buf_free(&whole);
    if (!node)
        return NULL;
    osb_bytes line = node->line.whole;
    node->line.name = osb_bytes_sub(line, s.indent.len, s.indent.len + option.len);
    node->line.value = osb_bytes_sub(line, line.len, line.len);
    node->line.has_value = true;
    node->place = (ini_place){.section = section, .key = key};
    return ini_index_node(doc, node, err) < 0 ? NULL : node;
}

/* A new line is written blank before value and all; an empty value needs no blank behind it. */
static int trim_new_line(osb_ini_doc *doc, ini_node *node, osb_error *err) {
    osb_bytes whole = node->line.whole;
    osb_bytes trimmed = osb_text_rstrip(whole);
    if (trimmed.len == whole.len || node->line.value.len)
        return 0;
    node->line.value = osb_bytes_sub(whole, trimmed.len, trimmed.len);
    return ini_splice(doc, node, whole.ptr + trimmed.len, whole.ptr + whole.len, OSB_LIT(""), err);
}

static int fill_new_option(osb_ini_doc *doc, ini_node *node, osb_bytes value, osb_error *err) {
    if (osb_bytes_is_none(value) || value.len == 0)
        return osb_bytes_is_none(value) ? replace_value(doc, node, value, err)
                                        : trim_new_line(doc, node, err);
    osb_bytes first = value, text;
    osb_buf encoded = OSB_BUF_INIT;
    int rc = 0;
    if (doc->format->dialect->python) {
        osb_bytes_cut(&first, '\n', &text);
    } else {
        rc = ini_encode_value(doc->format->dialect->values, value, OSB_LIT(""), &encoded, err);
        if (rc == 0)
            rc = osb_buf_check(&encoded, err);
        text = osb_buf_bytes(&encoded);
    }
    const char *at = node->line.value.ptr;
    size_t start = (size_t)(at - node->line.whole.ptr);
    if (rc == 0)
        rc = ini_splice(doc, node, at, at, text, err);
    if (rc == 0)
        node->line.value = (osb_bytes){node->line.whole.ptr + start, text.len};
    if (rc == 0 && text.len == 0)
        rc = trim_new_line(doc, node, err);
    if (rc == 0 && doc->format->dialect->python)
        rc = replace_value_lines(doc, node, value, err);
    osb_buf_free(&encoded);
    return rc;
}

static int add_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes key,
                      osb_bytes value, osb_error *err) {
    bool headerless = section.len == 0 && doc->format->dialect->headerless;
    if (!headerless && !ini_live(ini_find(doc, section, NULL)) &&
        osb_ini_add_section(doc, section, err) < 0)
        return -1;
    ini_node *after;
    if (find_tail(doc, section, &after, err) < 0)
        return -1;
    ini_node *node = insert_key(doc, after, section, option, key, err);
    if (!node || fill_new_option(doc, node, value, err) < 0)
        return -1;
    remember_tail(doc, section, ini_value_end(node));
    return 0;
}

/* -- the edits ------------------------------------------------------------------------------------ */

/* Make the same change to what the edited text must read as; Python's own checks of a value happen
 * here. */
static int expect_value(osb_ini_doc *doc, osb_bytes section, osb_bytes key, osb_bytes value,
                        osb_error *err) {
    if (osb_bytes_is_none(value) && !doc->format->opts.allow_no_value)
        return osb_error_set(err, OSB_TYPEERROR, "option values must be strings");
    if (ini_check_names(doc->format, section, key, err) < 0)
        return -1;
    if (!doc->format->dialect->python)
        return osb_configparser_put(doc->expected, 0, 0, section, key, value, err);
    if (!osb_configparser_contains(doc->expected, section) &&
        osb_configparser_add_section(doc->expected, section, err) < 0)
        return -1;
    return osb_configparser_set(doc->expected, section, key, value, err);
}

static int copy_argument(osb_ini_doc *doc, osb_bytes *argument, osb_error *err) {
    osb_bytes copy = osb_arena_copy(doc->arena, *argument);
    if (osb_bytes_is_none(copy) && !osb_bytes_is_none(*argument))
        return osb_error_set_nomem(err);
    *argument = copy;
    return 0;
}

int osb_ini_set(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes value,
                osb_error *err) {
    osb_bytes key, old;
    if (osb_ini_section(doc->format, section, doc->arena, &section, err) < 0 ||
        copy_argument(doc, &section, err) < 0 || copy_argument(doc, &option, err) < 0 ||
        copy_argument(doc, &value, err) < 0 || ini_doc_key(doc, option, &key, err) < 0 ||
        expect_value(doc, section, key, value, err) < 0)
        return -1;
    ini_node *node = ini_winner(doc, section, key);
    if (!node)
        return add_option(doc, section, option, key, value, err);
    if (ini_node_value(doc, node, doc->arena, &old, err) < 0)
        return -1;
    bool repeats = doc->format->dialect->repeat == OSB_INI_JOIN_RESET && node->same;
    if (!repeats && osb_bytes_is_none(old) == osb_bytes_is_none(value) && osb_bytes_eq(old, value))
        return 0;
    return replace_value(doc, node, value, err);
}

int ini_expect_added(osb_ini_doc *doc, osb_bytes section, osb_bytes key, osb_bytes value,
                     osb_error *err) {
    osb_ini_repeat repeat = doc->format->dialect->repeat;
    osb_bytes old = OSB_NONE;
    bool own;
    if (repeat == OSB_INI_FIRST_WINS)
        return ini_check_names(doc->format, section, key, err);
    osb_configparser_find(doc->expected, section, key, &old, &own);
    if (repeat == OSB_INI_LAST_WINS || value.len == 0 || old.len == 0)
        return expect_value(doc, section, key, value, err);
    osb_buf joined = OSB_BUF_INIT;
    osb_buf_fmt(&joined, "%b\n%b", old, value);
    osb_bytes copy =
        joined.state == OSB_BUF_OK ? osb_arena_copy(doc->arena, osb_buf_bytes(&joined)) : OSB_NONE;
    osb_buf_free(&joined);
    return osb_bytes_is_none(copy) ? osb_error_set_nomem(err)
                                   : expect_value(doc, section, key, copy, err);
}

int osb_ini_add(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes value,
                osb_error *err) {
    osb_bytes key;
    if (osb_ini_section(doc->format, section, doc->arena, &section, err) < 0 ||
        copy_argument(doc, &section, err) < 0 || copy_argument(doc, &option, err) < 0 ||
        copy_argument(doc, &value, err) < 0 || ini_doc_key(doc, option, &key, err) < 0)
        return -1;
    ini_node *last = ini_live(ini_find(doc, section, &key));
    if (!last)
        return osb_ini_set(doc, section, option, value, err);
    if (doc->format->opts.strict)
        return osb_error_set(err, OSB_DUPLICATEOPTIONERROR,
                             "Option %r in section %r already exists", key, section);
    for (ini_node *node = last; node; node = node->same)
        last = node->gone ? last : node;
    if (ini_expect_added(doc, section, key, value, err) < 0)
        return -1;
    ini_node *node = insert_key(doc, ini_value_end(last), section, option, key, err);
    return !node ? -1 : fill_new_option(doc, node, value, err);
}

int osb_ini_remove_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_error *err) {
    osb_bytes key;
    bool found = false;
    if (ini_doc_key(doc, option, &key, err) < 0)
        return -1;
    const ini_chain *chain = ini_find(doc, section, &key);
    for (ini_node *node = ini_live(chain); node; node = node->same) {
        if (node->gone)
            continue;
        found = true;
        unlink_continuations(doc, node);
        ini_unlink(doc, node);
    }
    if (!found)
        return ini_live(ini_find(doc, section, NULL)) || section.len == 0
                   ? ini_no_option(section, key, err)
                   : ini_no_section(section, err);
    osb_configparser_drop(doc->expected, section, key);
    return 0;
}

int osb_ini_rename_option(osb_ini_doc *doc, osb_bytes section, osb_bytes option, osb_bytes name,
                          osb_error *err) {
    osb_bytes key, new_key, value;
    bool own;
    if (copy_argument(doc, &section, err) < 0 || copy_argument(doc, &name, err) < 0 ||
        ini_doc_key(doc, option, &key, err) < 0 || ini_doc_key(doc, name, &new_key, err) < 0 ||
        ini_check_names(doc->format, section, new_key, err) < 0)
        return -1;
    if (!ini_winner(doc, section, key))
        return osb_ini_remove_option(doc, section, option, err);
    if (!osb_bytes_eq(key, new_key) && ini_winner(doc, section, new_key))
        return osb_error_set(err, OSB_DUPLICATEOPTIONERROR,
                             "Option %r in section %r already exists", new_key, section);
    for (ini_node *node = ini_live(ini_find(doc, section, &key)); node; node = node->same) {
        osb_bytes old = node->line.name;
        if (node->gone)
            continue;
        size_t at = (size_t)(old.ptr - node->line.whole.ptr);
        if (ini_splice(doc, node, old.ptr, old.ptr + old.len, name, err) < 0)
            return -1;
        node->line.name = osb_bytes_sub(node->line.whole, at, at + name.len);
        node->place.key = new_key;
    }
    if (!osb_configparser_find(doc->expected, section, key, &value, &own) || !own)
        return ini_no_option(section, key, err);
    osb_configparser_drop(doc->expected, section, key);
    if (osb_configparser_put(doc->expected, 0, 0, section, new_key, value, err) < 0)
        return -1;
    return ini_reindex(doc, err);
}
