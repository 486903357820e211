/* Edits by name. */
#include "internal.h"

#include <osbox/text.h>

typedef struct edit {
    osb_ini_doc *doc;
    const osb_bytes *args;
    size_t n;
    bool existing;
    osb_error *err;
} edit;

static osb_bytes arg_or_none(const edit *e, size_t i) {
    return i < e->n ? e->args[i] : OSB_NONE;
}

/* Where only what exists may be changed: is it there? */
static int check_existing(const edit *e) {
    osb_bytes key;
    if (!e->existing)
        return 0;
    if (ini_doc_key(e->doc, e->args[1], &key, e->err) < 0)
        return -1;
    if (ini_winner(e->doc, e->args[0], key))
        return 0;
    return e->args[0].len && !ini_live(ini_find(e->doc, e->args[0], NULL))
               ? ini_no_section(e->args[0], e->err)
               : ini_no_option(e->args[0], key, e->err);
}

static int run_set(const edit *e) {
    return check_existing(e) < 0
               ? -1
               : osb_ini_set(e->doc, e->args[0], e->args[1], arg_or_none(e, 2), e->err);
}

static int run_add(const edit *e) {
    return check_existing(e) < 0 ? -1
                                 : osb_ini_add(e->doc, e->args[0], e->args[1], e->args[2], e->err);
}

static int run_del(const edit *e) {
    return e->n == 1 ? osb_ini_remove_section(e->doc, e->args[0], e->err)
                     : osb_ini_remove_option(e->doc, e->args[0], e->args[1], e->err);
}

static int run_add_section(const edit *e) {
    return osb_ini_add_section(e->doc, e->args[0], e->err);
}

static int run_rename(const edit *e) {
    return e->n == 2 ? osb_ini_rename_section(e->doc, e->args[0], e->args[1], e->err)
                     : osb_ini_rename_option(e->doc, e->args[0], e->args[1], e->args[2], e->err);
}

static int run_comment(const edit *e) {
    return osb_ini_comment(e->doc, e->args[0], arg_or_none(e, 1), e->err);
}

static int run_uncomment(const edit *e) {
    return osb_ini_uncomment(e->doc, e->args[0], arg_or_none(e, 1), e->err);
}

static const struct {
    char name[12];
    uint8_t least, most;
    const char *args;
    int (*run)(const edit *e);
} operations[] = {{"set", 2, 3, "SECTION OPTION [VALUE]", run_set},
                  {"add", 3, 3, "SECTION OPTION VALUE", run_add},
                  {"del", 1, 2, "SECTION [OPTION]", run_del},
                  {"add-section", 1, 1, "SECTION", run_add_section},
                  {"rename", 2, 3, "SECTION [OPTION] NEW", run_rename},
                  {"comment", 1, 2, "SECTION [OPTION]", run_comment},
                  {"uncomment", 1, 2, "SECTION [OPTION]", run_uncomment}};

int osb_ini_operate(osb_ini_doc *doc, const osb_bytes *words, size_t n, bool existing,
                    osb_error *err) {
    osb_nearest nearest = {.word = words[0]};
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        osb_bytes name = osb_bytes_from(operations[i].name);
        osb_nearest_offer(&nearest, name);
        if (!osb_bytes_eq(name, words[0]))
            continue;
        if (n - 1 < operations[i].least || n - 1 > operations[i].most)
            return osb_error_set(err, OSB_OPTPARSEERROR, "%b takes %s", name, operations[i].args);
        for (size_t word = 1; word < n; word++) {
            if (osb_text_check(words[word]) != OSB_NPOS)
                return osb_error_set(err, OSB_OPTPARSEERROR, "not UTF-8: %r", words[word]);
        }
        edit e = {doc, words + 1, n - 1, existing, err};
        return operations[i].run(&e);
    }
    osb_error_set(err, OSB_OPTPARSEERROR, "no such operation: %r", words[0]);
    if (!osb_bytes_is_none(nearest.best))
        osb_error_append(err, " (did you mean %b?)", nearest.best);
    return -1;
}

int osb_ini_apply(osb_ini_doc *doc, osb_bytes text, bool existing, osb_arena *a, osb_error *err) {
    osb_ini_batch batch = {.rest = text, .line = 1};
    osb_bytes words[OSB_INI_BATCH_WORDS];
    size_t n;
    uint32_t line;
    int rc;
    while ((rc = osb_ini_batch_next(&batch, a, words, &n, &line, err)) > 0) {
        if (osb_ini_operate(doc, words, n, existing, err) == 0)
            continue;
        if (err)
            err->line = line;
        return -1;
    }
    return rc;
}

static int merge_section(osb_ini_doc *doc, osb_configparser *from, osb_bytes section, bool existing,
                         osb_error *err) {
    osb_items items;
    bool is_default = osb_bytes_eq(section, doc->format->opts.default_section);
    if (osb_configparser_items(from, section, true, (osb_items){0}, &items, err) < 0)
        return -1;
    if (!existing && !is_default && section.len && !ini_live(ini_find(doc, section, NULL)) &&
        osb_ini_add_section(doc, section, err) < 0)
        return -1;
    for (size_t i = 0; i < items.n; i++) {
        osb_bytes value;
        bool own;
        if (!osb_configparser_find(from, section, items.items[i].key, &value, &own) || !own ||
            (existing && !ini_winner(doc, section, items.items[i].key)))
            continue;
        if (osb_ini_set(doc, section, items.items[i].key, items.items[i].value, err) < 0)
            return -1;
    }
    return 0;
}

int osb_ini_merge(osb_ini_doc *doc, osb_configparser *from, bool existing, osb_error *err) {
    osb_strings names;
    if (osb_configparser_keys(from, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        if (merge_section(doc, from, names.items[i], existing, err) < 0)
            return -1;
    }
    return 0;
}
