/* The command line, word by word.
 * Source: OptionParser._process_args and what it calls. */
#include "internal.h"

#include <osbox/text.h>

/* --name, --name=WORD */
static int process_long_opt(optparse_run *run, const char *arg) {
    osb_bytes name, value = osb_bytes_from(arg + 2);
    if (osb_bytes_cut(&value, '=', &name))
        run->attached = value.ptr;
    const osb_option *option;
    if (optparse_match_long(run->parser, name, &option, run->err) < 0)
        return -1;
    optparse_opt_str opt = {"--", osb_bytes_from(option->long_name)};
    if (run->attached && !osb_optparse_takes_value(option))
        return osb_error_set(run->err, OSB_OPTIONVALUEERROR, "--%b option does not take a value",
                             opt.name);
    return optparse_process(run, option, opt);
}

static int no_such_short_opt(optparse_run *run, const char *at) {
    uint32_t cp;
    size_t n = osb_text_next(at, at + strlen(at), &cp);
    return optparse_no_such_option("-", (osb_bytes){at, n}, run->err);
}

/* -abc, -fWORD: all that follows an option with a value is its value. */
static int process_short_opts(optparse_run *run, const char *arg) {
    for (const char *at = arg + 1; *at && !*run->stop; at++) {
        const osb_option *option = optparse_find_short(run->parser, *at);
        if (!option)
            return no_such_short_opt(run, at);
        bool last = osb_optparse_takes_value(option);
        if (last && at[1])
            run->attached = at + 1;
        if (optparse_process(run, option, (optparse_opt_str){"-", {at, 1}}) < 0)
            return -1;
        if (last)
            break;
    }
    return 0;
}

static int process_opt(optparse_run *run) {
    const char *arg = *run->rargs++;
    return arg[1] == '-' ? process_long_opt(run, arg) : process_short_opts(run, arg);
}

static bool is_option(const char *arg) {
    return arg[0] == '-' && arg[1];
}

int osb_optparse_parse(const osb_optparse *parser, int *argc, char **argv, void *result,
                       osb_arena *arena, const osb_option **stop, osb_error *err) {
    *stop = NULL;
    if (*argc < 1)
        return 0;
    optparse_run run = {parser, result, arena, NULL, argv + 1, argv + *argc, stop, err};
    char **largs = argv + 1;
    while (run.rargs < run.end && !*stop) {
        if (is_option(*run.rargs)) {
            if (strcmp(*run.rargs, "--") == 0) {
                run.rargs++;
                break;
            }
            if (process_opt(&run) < 0)
                return -1;
        } else if (parser->interspersed) {
            *largs++ = *run.rargs++;
        } else {
            break;
        }
    }
    while (run.rargs < run.end)
        *largs++ = *run.rargs++;
    if (largs < run.end)
        *largs = NULL;
    *argc = (int)(largs - argv);
    return 0;
}
