/* The option list of --help.
 * Source: optparse.HelpFormatter, IndentedHelpFormatter */
#include "internal.h"

#include <osbox/text.h>

enum { INDENT = 2, MAX_COLUMN = 24, MIN_TEXT = 11 };

static void add_blanks(osb_buf *out, size_t n) {
    for (; n; n--)
        osb_buf_addc(out, ' ');
}

size_t osb_optparse_column(size_t longest, size_t width) {
    size_t most = width > 20 + 2 * INDENT ? width - 20 : 2 * INDENT;
    if (most > MAX_COLUMN)
        most = MAX_COLUMN;
    return longest + 2 < most ? longest + 2 : most;
}

void osb_optparse_format_row(osb_buf *out, osb_bytes term, osb_bytes text, size_t indent,
                             size_t column, size_t width) {
    size_t first = indent + osb_text_len(term);
    bool fits = first + 2 <= column;
    add_blanks(out, indent);
    osb_buf_add(out, term);
    if (fits)
        add_blanks(out, column - first);
    else
        osb_buf_addc(out, '\n');
    char mem[1024];
    osb_buf munged = OSB_BUF_ON(mem, sizeof mem);
    optparse_munge(&munged, text);
    optparse_wrapper wrapper = {.text = osb_buf_bytes(&munged)};
    size_t text_width = width > column + MIN_TEXT ? width - column : MIN_TEXT;
    osb_bytes line;
    bool beside = fits;
    for (; optparse_wrap(&wrapper, text_width, &line); beside = false) {
        add_blanks(out, beside ? 0 : column);
        osb_buf_add(out, line);
        osb_buf_addc(out, '\n');
    }
    if (beside)
        osb_buf_addc(out, '\n');
    osb_buf_done(&munged, out);
}

/* "-f FILE, --file=FILE". Source: HelpFormatter.format_option_strings */
static void format_option_strings(const osb_option *option, osb_buf *out) {
    bool takes_value = osb_optparse_takes_value(option);
    if (option->short_name) {
        osb_buf_fmt(out, "-%c", option->short_name);
        osb_buf_adds(out, takes_value ? " " : "");
        if (takes_value)
            osb_optparse_metavar(option, out);
    }
    if (option->long_name) {
        osb_buf_adds(out, option->short_name ? ", --" : "--");
        osb_buf_adds(out, option->long_name);
        osb_buf_adds(out, takes_value ? "=" : "");
        if (takes_value)
            osb_optparse_metavar(option, out);
    }
}

void osb_optparse_expand_default(const osb_option *option, osb_buf *out) {
    osb_bytes help = osb_bytes_from(option->help), tag = OSB_LIT("%default");
    for (size_t at; (at = osb_bytes_find(help, tag, 0)) != OSB_NPOS;) {
        osb_buf_add(out, osb_bytes_sub(help, 0, at));
        osb_buf_adds(out, option->default_text ? option->default_text : "none");
        help = osb_bytes_sub(help, at + tag.len, help.len);
    }
    osb_buf_add(out, help);
}

static void format_option(const osb_option *option, size_t indent, size_t column, size_t width,
                          osb_buf *out) {
    char term_mem[128], help_mem[512];
    osb_buf term = OSB_BUF_ON(term_mem, sizeof term_mem);
    osb_buf help = OSB_BUF_ON(help_mem, sizeof help_mem);
    format_option_strings(option, &term);
    osb_optparse_expand_default(option, &help);
    osb_optparse_format_row(out, osb_buf_bytes(&term), osb_buf_bytes(&help), indent, column, width);
    osb_buf_done(&help, out);
    osb_buf_done(&term, out);
}

/* The length of the longest option string with its indent; hidden options count, as in Python. */
static size_t longest_option(const osb_optparse *parser, osb_buf *out) {
    char mem[128];
    osb_buf term = OSB_BUF_ON(mem, sizeof mem);
    size_t longest = 0;
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        osb_buf_truncate(&term, 0);
        format_option_strings(option, &term);
        size_t len = osb_text_len(osb_buf_bytes(&term)) + (option->group ? 2 : 1) * INDENT;
        longest = len > longest ? len : longest;
    }
    osb_buf_done(&term, out);
    return longest;
}

static bool same_group(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether the option is the first one of its group. */
static bool opens_group(const osb_optparse *parser, const osb_option *option) {
    const osb_option *first = NULL;
    while ((first = osb_optparse_next(parser, first))) {
        if (same_group(first->group, option->group))
            break;
    }
    return first == option;
}

static void format_group(const osb_optparse *parser, const char *group, size_t column, size_t width,
                         osb_buf *out) {
    if (group)
        osb_buf_fmt(out, "  %s:\n", group);
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (option->help && same_group(option->group, group))
            format_option(option, group ? 2 * INDENT : INDENT, column, width, out);
    }
    osb_buf_addc(out, '\n');
}

/* Source: OptionParser.format_option_help */
void osb_optparse_format_options(const osb_optparse *parser, size_t width, osb_buf *out) {
    size_t start = out->len, column = osb_optparse_column(longest_option(parser, out), width);
    osb_buf_adds(out, "Options:\n");
    size_t heading = out->len;
    const osb_option *option = NULL;
    while ((option = osb_optparse_next(parser, option))) {
        if (!option->group && opens_group(parser, option))
            format_group(parser, NULL, column, width, out);
    }
    while ((option = osb_optparse_next(parser, option))) {
        if (option->group && opens_group(parser, option))
            format_group(parser, option->group, column, width, out);
    }
    /* The last blank line goes, and without any option the heading does. */
    osb_buf_truncate(out, out->len == heading ? start : out->len - 1);
}

static void fill_paragraph(osb_buf *out, osb_bytes text, size_t width, size_t indent) {
    char mem[2048];
    osb_buf munged = OSB_BUF_ON(mem, sizeof mem);
    optparse_munge(&munged, text);
    optparse_wrapper wrapper = {.text = osb_buf_bytes(&munged)};
    osb_bytes line;
    while (optparse_wrap(&wrapper, width > indent ? width - indent : 1, &line)) {
        add_blanks(out, indent);
        osb_buf_add(out, line);
        osb_buf_addc(out, '\n');
    }
    osb_buf_done(&munged, out);
}

void osb_optparse_fill(osb_buf *out, osb_bytes text, size_t width, size_t indent) {
    bool first = true;
    while (text.len) {
        size_t end = osb_bytes_find(text, OSB_LIT("\n\n"), 0);
        osb_bytes paragraph = osb_bytes_sub(text, 0, end);
        text = osb_bytes_sub(text, paragraph.len, text.len);
        while (text.len && text.ptr[0] == '\n')
            text = osb_bytes_sub(text, 1, text.len);
        if (!first)
            osb_buf_addc(out, '\n');
        first = false;
        fill_paragraph(out, paragraph, width, indent);
    }
}
