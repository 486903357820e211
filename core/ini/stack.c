/* Files read one over the other, and one file edited. */
#include "internal.h"

#include <osbox/fdio.h>
#include <osbox/text.h>

#include <unistd.h>

int osb_ini_stack_read(osb_ini_stack *stack, const char *file, osb_ini_input *in, osb_error *err) {
    bool is_stdin = strcmp(file, "-") == 0;
    *in = (osb_ini_input){.name = is_stdin ? OSB_LIT("<stdin>") : osb_bytes_from(file)};
    stack->failed = in->name;
    int fd = is_stdin ? STDIN_FILENO : osb_fd_open(file, err);
    if (fd < 0)
        return -1;
    int rc = osb_fd_map_all(fd, in->name, OSB_BUF_MAX, stack->arena, &in->bytes, err);
    if (!is_stdin)
        close(fd);
    return rc < 0 ? -1 : osb_ini_decode(&stack->encoding, stack->arena, in, err);
}

int osb_ini_stack_load(osb_ini_stack *stack, const char *file, osb_configparser *cp,
                       osb_error *err) {
    osb_ini_input in;
    if (osb_ini_stack_read(stack, file, &in, err) < 0 ||
        osb_ini_load(cp, &stack->format, in.text, in.name, stack->arena, err) < 0)
        return -1;
    osb_buf_add(&stack->inputs, (osb_bytes){(const char *)&in, sizeof in});
    return osb_buf_check(&stack->inputs, err);
}

int osb_ini_stack_load_dropins(osb_ini_stack *stack, const char *file, const char *root,
                               osb_configparser *cp, osb_error *err) {
    osb_buf list = OSB_BUF_INIT;
    stack->failed = osb_bytes_from(file);
    int rc = osb_ini_dropins(file, root ? root : "", stack->arena, &list, err);
    if (rc == 0)
        rc = osb_buf_check(&list, err);
    const char *const *files = (const char *const *)(const void *)list.ptr;
    for (size_t i = 0; rc == 0 && i < list.len / sizeof *files; i++)
        rc = osb_ini_stack_load(stack, files[i], cp, err);
    osb_buf_free(&list);
    return rc;
}

int osb_ini_stack_occurrences(osb_ini_stack *stack, osb_bytes section, osb_bytes option,
                              osb_buf *list, osb_error *err) {
    osb_ini_input *inputs = (osb_ini_input *)(void *)stack->inputs.ptr;
    for (size_t i = 0; i < stack->inputs.len / sizeof *inputs; i++) {
        osb_ini_input *in = &inputs[i];
        if (!in->doc && ini_open_lines(&stack->format, in->text, stack->arena, &in->doc, err) < 0)
            return -1;
        in->doc->source = in->name;
        if (osb_ini_occurrences(in->doc, section, option, list, err) < 0)
            return -1;
    }
    return 0;
}

/* Write, verify, and hand over what was asked for. */
static int finish_edit(osb_ini_stack *stack, osb_ini_doc *doc, const osb_ini_input *in,
                       bool as_diff, osb_buf *out, osb_error *err) {
    osb_buf text = OSB_BUF_INIT;
    osb_ini_write(doc, &text);
    int rc = osb_buf_check(&text, err);
    if (rc == 0)
        rc = osb_ini_verify(doc, osb_buf_bytes(&text), err);
    if (rc == 0 && as_diff)
        osb_ini_diff(doc, in->name, out);
    else if (rc == 0)
        rc = osb_ini_encode(&stack->encoding, in, osb_buf_bytes(&text), out, err);
    osb_buf_free(&text);
    return rc == 0 ? osb_buf_check(out, err) : rc;
}

int osb_ini_stack_edit(osb_ini_stack *stack, osb_ini_input *in,
                       int (*edit)(void *ctx, osb_ini_doc *doc, osb_error *err), void *ctx,
                       bool as_diff, osb_buf *out, osb_error *err) {
    osb_ini_doc *doc;
    if (osb_ini_decode(&stack->encoding, stack->arena, in, err) < 0 ||
        osb_ini_open(&stack->format, in->text, in->name, stack->arena, &doc, err) < 0)
        return -1;
    int rc = edit(ctx, doc, err);
    if (rc == 0)
        rc = finish_edit(stack, doc, in, as_diff, out, err);
    osb_ini_close(doc);
    return rc;
}

void osb_ini_suggest(osb_configparser *cp, osb_bytes section, osb_bytes option, osb_error *err) {
    osb_strings names = {0};
    bool no_section = osb_error_is(err, OSB_NOSECTIONERROR);
    osb_nearest nearest = {.word = no_section ? section : option};
    if (no_section)
        osb_configparser_sections(cp, &names, NULL);
    else if (osb_error_is(err, OSB_NOOPTIONERROR))
        osb_configparser_options(cp, section, &names, NULL);
    for (size_t i = 0; i < names.n; i++)
        osb_nearest_offer(&nearest, names.items[i]);
    if (!osb_bytes_is_none(nearest.best))
        osb_error_append(err, " (did you mean %r?)", nearest.best);
}
