/* The words that an option takes: checked by its type, stored by its action. */
#include "internal.h"

#include <osbox/num.h>
#include <osbox/text.h>

/* What a word is converted to where the action stores the word itself. */
typedef union converted {
    const char *string;
    int64_t integer;
    double real;
    int index;
} converted;

/* "option -n: invalid WHAT: 'WORD'". */
static int invalid(optparse_opt_str opt, const char *what, const char *word, osb_error *err) {
    char mem[128];
    osb_buf shown = OSB_BUF_ON(mem, sizeof mem);
    optparse_fsdecode(&shown, osb_bytes_from(word));
    osb_error_set(err, OSB_OPTIONVALUEERROR, "option %s%b: invalid %s: %r", opt.dashes, opt.name,
                  what, osb_buf_bytes(&shown));
    osb_buf_free(&shown);
    return -1;
}

static int to_string(const osb_option *option, optparse_opt_str opt, const char *word, void *ret,
                     osb_error *err) {
    (void)option, (void)opt, (void)err;
    *(const char **)ret = word;
    return 0;
}

/* A leading 0 means octal and 0b is cut off, so that a lone 0b is 0. Source: optparse._parse_num */
static int parse_num(osb_bytes word, int64_t *ret) {
    char second = word.len > 1 ? (char)(word.ptr[1] | 0x20) : 0;
    bool zero = word.len > 0 && word.ptr[0] == '0';
    if (zero && second == 'x')
        return osb_num_int_base(word, 16, ret, NULL);
    if (zero && second == 'b') {
        osb_bytes digits = osb_bytes_sub(word, 2, word.len);
        return osb_num_int_base(digits.len ? digits : OSB_LIT("0"), 2, ret, NULL);
    }
    return osb_num_int_base(word, zero ? 8 : 10, ret, NULL);
}

static int to_int(const osb_option *option, optparse_opt_str opt, const char *word, void *ret,
                  osb_error *err) {
    (void)option;
    if (parse_num(osb_bytes_from(word), ret) < 0)
        return invalid(opt, "integer value", word, err);
    return 0;
}

static int to_float(const osb_option *option, optparse_opt_str opt, const char *word, void *ret,
                    osb_error *err) {
    (void)option;
    if (osb_num_float(osb_bytes_from(word), ret, NULL) < 0)
        return invalid(opt, "floating-point value", word, err);
    return 0;
}

static int to_choice(const osb_option *option, optparse_opt_str opt, const char *word, void *ret,
                     osb_error *err) {
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], word) == 0) {
            *(int *)ret = i;
            return 0;
        }
    }
    invalid(opt, "choice", word, err);
    const char *separator = " (choose from ";
    for (const char *const *choice = option->choices; *choice; choice++) {
        osb_error_append(err, "%s%r", separator, osb_bytes_from(*choice));
        separator = ", ";
    }
    osb_error_append(err, *option->choices ? ")" : " (choose from )");
    return -1;
}

static const struct {
    size_t size; /* of the destination */
    int (*convert)(const osb_option *option, optparse_opt_str opt, const char *word, void *ret,
                   osb_error *err);
} types[] = {
    [OSB_STRING] = {sizeof(const char *), to_string},
    [OSB_INT] = {sizeof(int64_t), to_int},
    [OSB_FLOAT] = {sizeof(double), to_float},
    [OSB_CHOICE] = {sizeof(int), to_choice},
};

static int convert(optparse_run *run, const osb_option *option, optparse_opt_str opt,
                   const char *word, void *ret) {
    return types[osb_optparse_type(option)].convert(option, opt, word, ret, run->err);
}

static const char *take_word(optparse_run *run) {
    const char *word = run->attached;
    run->attached = NULL;
    return word ? word : *run->rargs++;
}

static void *dest(optparse_run *run, const osb_option *option) {
    return (char *)run->values + option->dest;
}

static size_t words_of(const osb_option *option) {
    return option->nargs > 1 ? (size_t)option->nargs : 1;
}

static int store(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    char *to = dest(run, option);
    for (size_t n = words_of(option); n; n--) {
        if (convert(run, option, opt, take_word(run), to) < 0)
            return -1;
        to += types[osb_optparse_type(option)].size;
    }
    return 0;
}

static int store_const(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    (void)opt;
    *(int *)dest(run, option) = option->constant;
    return 0;
}

static int store_true(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    (void)opt;
    *(bool *)dest(run, option) = true;
    return 0;
}

static int store_false(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    (void)opt;
    *(bool *)dest(run, option) = false;
    return 0;
}

/* The list doubles whenever its length is a power of two, so it needs no capacity of its own. */
static int add_word(optparse_run *run, osb_optlist *list, const char *word) {
    if ((list->n & (list->n - 1)) == 0) {
        size_t room = list->n ? list->n * 2 : 1;
        const char **words = osb_arena_alloc(run->arena, room * sizeof *words);
        if (!words)
            return osb_error_set_nomem(run->err);
        if (list->n)
            memcpy(words, list->words, list->n * sizeof *words);
        list->words = words;
    }
    list->words[list->n++] = word;
    return 0;
}

static int append(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    for (size_t n = words_of(option); n; n--) {
        const char *word = take_word(run);
        converted ignored;
        if (convert(run, option, opt, word, &ignored) < 0)
            return -1;
        if (add_word(run, dest(run, option), word) < 0)
            return -1;
    }
    return 0;
}

static int count(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    (void)opt;
    ++*(int *)dest(run, option);
    return 0;
}

/* A ValueError of the callback's becomes an OptionValueError that names the option. */
static int call(optparse_run *run, const osb_option *option, optparse_opt_str opt,
                const char *word) {
    osb_error raised;
    osb_error_init(&raised);
    if (option->callback(option, word, run->values, &raised) == 0)
        return 0;
    if (!osb_error_is(&raised, OSB_VALUEERROR)) {
        if (run->err)
            *run->err = raised;
        else
            osb_error_free(&raised);
        return -1;
    }
    osb_error_set(run->err, OSB_OPTIONVALUEERROR, "option %s%b: %b", opt.dashes, opt.name,
                  osb_error_message(&raised));
    osb_error_free(&raised);
    return -1;
}

static int callback(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    if (!osb_optparse_takes_value(option))
        return call(run, option, opt, NULL);
    for (size_t n = words_of(option); n; n--) {
        const char *word = take_word(run);
        converted ignored;
        if (convert(run, option, opt, word, &ignored) < 0 || call(run, option, opt, word) < 0)
            return -1;
    }
    return 0;
}

static int stop(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    (void)opt;
    *run->stop = option;
    return 0;
}

/* Source: Option.take_action */
static int (*const actions[])(optparse_run *, const osb_option *, optparse_opt_str) = {
    [OSB_STORE] = store,           [OSB_STORE_CONST] = store_const,
    [OSB_STORE_TRUE] = store_true, [OSB_STORE_FALSE] = store_false,
    [OSB_APPEND] = append,         [OSB_COUNT] = count,
    [OSB_CALLBACK] = callback,     [OSB_HELP] = stop,
    [OSB_VERSION] = stop,
};

int optparse_process(optparse_run *run, const osb_option *option, optparse_opt_str opt) {
    size_t needed = osb_optparse_takes_value(option) ? words_of(option) : 0;
    size_t given = (size_t)(run->end - run->rargs) + (run->attached ? 1 : 0);
    if (given < needed)
        return osb_error_set(run->err, OSB_OPTIONVALUEERROR, "%s%b option requires %z argument%s",
                             opt.dashes, opt.name, needed, needed == 1 ? "" : "s");
    return actions[option->action](run, option, opt);
}
