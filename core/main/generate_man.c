/* An applet's man page, in mdoc.
 * Source: https://mandoc.bsd.lv/man/mdoc.7.html, mandoc_char.7.html */
#include "internal.h"

/* The day of the release: a page must not change from one build to the next. */
#define RELEASE_DATE "November 22, 2026"

/* -- escapes ------------------------------------------------------------------------------------- */

/* A character of literal text, so that it can be copied from the page as it is. */
static void add_literal_char(osb_buf *out, char c) {
    static const struct {
        char c;
        const char *escape;
    } escapes[] = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"},
                   {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (escapes[i].c == c) {
            osb_buf_adds(out, escapes[i].escape);
            return;
        }
    }
    osb_buf_addc(out, c);
}

/* A word of a text line: hyphens of options are such as can be copied, those of prose are not. */
static void add_word(osb_buf *out, osb_bytes word) {
    bool literal = osb_bytes_startswith(word, OSB_LIT("-"));
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '-' && !literal)
            osb_buf_addc(out, c);
        else
            add_literal_char(out, c);
    }
}

/* An argument of a macro: \& keeps it from being taken for a macro, whose names are like Op and Brq,
 * or for a delimiter. */
static void add_argument(osb_buf *out, osb_bytes word) {
    char first = word.len ? word.ptr[0] : 0;
    bool lower = first >= 'a' && first <= 'z', upper = first >= 'A' && first <= 'Z';
    osb_buf_adds(out, lower || (upper && word.len > 3) ? "" : "\\&");
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '"')
            osb_buf_adds(out, "\\(dq");
        else
            add_literal_char(out, word.ptr[i]);
    }
}

static bool ends_sentence(osb_bytes word) {
    while (word.len && strchr(")\"'", word.ptr[word.len - 1]))
        word.len--;
    return word.len > 1 && strchr(".!?", word.ptr[word.len - 1]) && word.ptr[word.len - 2] != '.';
}

/* Cut the next word off text; empty at its end. */
static osb_bytes take_word(osb_bytes *text) {
    size_t start = 0;
    while (start < text->len && strchr(" \t\n", text->ptr[start]))
        start++;
    size_t end = start;
    while (end < text->len && !strchr(" \t\n", text->ptr[end]))
        end++;
    osb_bytes word = osb_bytes_sub(*text, start, end);
    *text = osb_bytes_sub(*text, end, text->len);
    return word;
}

enum { LINE_WIDTH = 70 };

/* A paragraph: lines of moderate length, each sentence on a new one, as mdoc wants it. */
static void add_paragraph(osb_buf *out, osb_bytes text) {
    size_t line = out->len;
    bool sentence = false; /* one has just ended */
    for (osb_bytes word; (word = take_word(&text)).len;) {
        bool begins = out->len == line;
        if (!begins && (sentence || out->len - line + word.len > LINE_WIDTH)) {
            osb_buf_addc(out, '\n');
            line = out->len;
        } else if (!begins) {
            osb_buf_addc(out, ' ');
        }
        if (out->len == line && word.ptr[0] == '.')
            osb_buf_adds(out, "\\&");
        add_word(out, word);
        sentence = ends_sentence(word);
    }
    if (out->len > line)
        osb_buf_addc(out, '\n');
}

static void add_paragraphs(osb_buf *out, osb_bytes text) {
    for (bool first = true; text.len; first = false) {
        osb_bytes paragraph = osb_bytes_sub(text, 0, osb_bytes_find(text, OSB_LIT("\n\n"), 0));
        text = osb_bytes_sub(text, paragraph.len, text.len);
        while (text.len && text.ptr[0] == '\n')
            text = osb_bytes_sub(text, 1, text.len);
        if (!first)
            osb_buf_adds(out, ".Pp\n");
        add_paragraph(out, paragraph);
    }
}

/* Lines that stand as they are. */
static void add_display(osb_buf *out, osb_bytes text) {
    osb_buf_adds(out, ".Bd -literal -offset indent\n");
    while (!osb_bytes_is_none(text)) {
        osb_bytes line;
        osb_bytes_cut(&text, '\n', &line);
        if (line.len && line.ptr[0] == '.')
            osb_buf_adds(out, "\\&");
        for (size_t i = 0; i < line.len; i++)
            add_literal_char(out, line.ptr[i]);
        osb_buf_addc(out, '\n');
    }
    osb_buf_adds(out, ".Ed\n");
}

/* " Ar WORD" for each word. */
static void add_words(osb_buf *out, const char *words) {
    osb_bytes rest = osb_bytes_from(words);
    if (rest.len)
        osb_buf_adds(out, " Ar");
    while (rest.len) {
        osb_bytes word;
        osb_bytes_cut(&rest, ' ', &word);
        osb_buf_addc(out, ' ');
        add_argument(out, word);
    }
}

/* -- sections ------------------------------------------------------------------------------------ */

static void add_head(osb_buf *out, const osb_applet *self) {
    osb_buf_adds(out, ".Dd " RELEASE_DATE "\n.Dt ");
    for (const char *c = self->name; *c; c++)
        osb_buf_addc(out, *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    osb_buf_adds(out, " 1\n.Os osbox " OSB_RELEASE "\n.Sh NAME\n");
    osb_buf_fmt(out, ".Nm %s", self->name);
    for (const char *const *alias = self->aliases; alias && *alias; alias++)
        osb_buf_fmt(out, " ,\n.Nm %s", *alias);
    osb_buf_adds(out, "\n.Nd ");
    add_argument(out, osb_bytes_from(self->summary));
    osb_buf_addc(out, '\n');
}

static void add_synopsis(osb_buf *out, const osb_applet *self) {
    static const char *const plain[] = {"[options]", NULL};
    osb_buf_adds(out, ".Sh SYNOPSIS\n");
    for (const char *const *form = self->usage ? self->usage : plain; *form; form++) {
        osb_buf_fmt(out, ".Nm %s\n", self->name);
        add_paragraph(out, osb_bytes_from(*form));
    }
}

static void add_verbs(osb_buf *out, const osb_applet *self) {
    osb_buf_fmt(out, ".Ss %s\n.Bl -tag -width Ds\n",
                self->verbs_heading ? self->verbs_heading : "Verbs");
    for (const osb_verb *verb = self->verbs; verb->name; verb++) {
        osb_buf_adds(out, ".It Cm ");
        add_argument(out, osb_bytes_from(verb->name));
        add_words(out, verb->args);
        osb_buf_addc(out, '\n');
        add_paragraph(out, osb_bytes_from(verb->help));
    }
    osb_buf_adds(out, ".El\n");
}

static void add_option(osb_buf *out, const osb_option *option) {
    char mem[64];
    osb_buf metavar = OSB_BUF_ON(mem, sizeof mem);
    if (osb_optparse_takes_value(option))
        osb_optparse_metavar(option, &metavar);
    osb_buf_addc(&metavar, '\0');
    osb_buf_adds(out, ".It");
    if (option->short_name) {
        osb_buf_fmt(out, " Fl %c", option->short_name);
        add_words(out, metavar.ptr);
    }
    if (option->long_name) {
        osb_buf_adds(out, option->short_name ? " , Fl \\-" : " Fl \\-");
        add_argument(out, osb_bytes_from(option->long_name));
        osb_buf_adds(out, metavar.len > 1 ? " Ns = Ns" : "");
        add_words(out, metavar.ptr);
    }
    osb_buf_addc(out, '\n');
    osb_buf_truncate(&metavar, 0);
    osb_optparse_expand_default(option, &metavar);
    add_paragraph(out, osb_buf_bytes(&metavar));
    osb_buf_done(&metavar, out);
}

static bool same_group(const osb_option *a, const osb_option *b) {
    return a->group == b->group || (a->group && b->group && strcmp(a->group, b->group) == 0);
}

/* The options of one group, its first one given. */
static void add_group(osb_buf *out, const osb_optparse *parser, const osb_option *first) {
    osb_buf_adds(out, ".Ss ");
    add_argument(out, osb_bytes_from(first->group ? first->group : "Options"));
    osb_buf_adds(out, "\n.Bl -tag -width Ds\n");
    const osb_option *option = NULL;
    while ((option = main_shown_option(parser, option))) {
        if (same_group(option, first))
            add_option(out, option);
    }
    osb_buf_adds(out, ".El\n");
}

static void add_options(osb_buf *out, const osb_applet *self) {
    osb_optparse parser = osb_applet_parser(self);
    const osb_option *option = NULL;
    while ((option = main_shown_option(&parser, option))) {
        const osb_option *first = main_shown_option(&parser, NULL);
        while (!same_group(first, option))
            first = main_shown_option(&parser, first);
        if (first == option)
            add_group(out, &parser, option);
    }
}

static void add_exits(osb_buf *out, const osb_exit_code *exits) {
    osb_buf_adds(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n");
    for (; exits->meaning; exits++) {
        osb_buf_fmt(out, ".It %d\n", exits->code);
        add_paragraph(out, osb_bytes_from(exits->meaning));
    }
    osb_buf_adds(out, ".El\n");
}

static void add_examples(osb_buf *out, const osb_example *example) {
    osb_buf_adds(out, ".Sh EXAMPLES\n");
    for (const char *before = ""; example->command; example++, before = ".Pp\n") {
        osb_buf_adds(out, before);
        add_paragraph(out, osb_bytes_from(example->shows));
        add_display(out, osb_bytes_from(example->command));
    }
}

/* -- SEE ALSO: "name" or "name(section)", by section and name ------------------------------------ */

typedef struct page {
    osb_bytes name;
    char section;
} page;

static page page_of(const char *reference) {
    osb_bytes section = osb_bytes_from(reference), name;
    bool has_section = osb_bytes_cut(&section, '(', &name);
    return (page){name, has_section && section.len ? section.ptr[0] : '1'};
}

static int compare_pages(page a, page b) {
    return a.section != b.section ? a.section - b.section : osb_bytes_cmp(a.name, b.name);
}

/* The next page behind `last`; false where there is none. */
static bool next_page(const osb_applet *self, page last, page *next) {
    static const char *const osbox[] = {"osbox", NULL};
    const char *const *lists[] = {self->main ? osbox : NULL, self->see_also};
    bool found = false;
    for (size_t i = 0; i < 2; i++) {
        for (const char *const *reference = lists[i]; reference && *reference; reference++) {
            page p = page_of(*reference);
            if (compare_pages(p, last) > 0 && (!found || compare_pages(p, *next) < 0)) {
                *next = p;
                found = true;
            }
        }
    }
    return found;
}

static void add_see_also(osb_buf *out, const osb_applet *self) {
    page p = {OSB_LIT(""), 0};
    const char *before = ".Sh SEE ALSO\n";
    for (; next_page(self, p, &p); before = " ,\n") {
        osb_buf_fmt(out, "%s.Xr ", before);
        add_argument(out, p.name);
        osb_buf_fmt(out, " %c", p.section);
    }
    if (*before == ' ')
        osb_buf_addc(out, '\n');
}

void main_generate_man(const osb_applet *self, osb_buf *out) {
    add_head(out, self);
    add_synopsis(out, self);
    osb_buf_adds(out, ".Sh DESCRIPTION\n");
    add_paragraphs(out, osb_bytes_from(self->description ? self->description : self->summary));
    if (self->verbs)
        add_verbs(out, self);
    add_options(out, self);
    if (self->exits)
        add_exits(out, self->exits);
    if (self->examples)
        add_examples(out, self->examples);
    add_see_also(out, self);
}
