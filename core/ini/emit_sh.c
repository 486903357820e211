/* Output for eval in dash, bash and busybox sh: name=value lines. */
#include "emit.h"

#include <osbox/text.h>

/* Variables that are the shell's own. What dash 0.5.12, bash 5.2 and busybox 1.35 were seen to do
 * with an assignment to them:
 *   end the script                PPID UID EUID (readonly in bash), OPTIND (dash: no number)
 *   run a command in the value    HISTCMD OPTIND RANDOM SRANDOM (bash takes it for arithmetic, and
 *                                 a[$(x)] runs x), PS0 PS1 PS2 PS4 PROMPT_COMMAND MAILPATH (later)
 *   not hold it                   COLUMNS DIRSTACK EPOCH* FUNCNAME GROUPS LINENO LINES OLDPWD
 *                                 PIPESTATUS PWD SECONDS SHELLOPTS _
 *   change what commands do       all others: which programs run and what they load, how words are
 *                                 split and globbed, where cd and ~ lead, when read gives up, what
 *                                 becomes of the history file
 * Everything that begins with BASH or LD_ is refused besides. Reserved words are fine: if=1 is an
 * assignment. In byte order. */
static const char *const shells_own[] = {
    "CDPATH",
    "COLUMNS",
    "DIRSTACK",
    "ENV",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "EXECIGNORE",
    "FUNCNAME",
    "FUNCNEST",
    "GLOBIGNORE",
    "GROUPS",
    "HISTCMD",
    "HISTFILE",
    "HISTFILESIZE",
    "HISTSIZE",
    "HOME",
    "IFS",
    "LINENO",
    "LINES",
    "MAILPATH",
    "OLDPWD",
    "OPTIND",
    "PATH",
    "PIPESTATUS",
    "POSIXLY_CORRECT",
    "PPID",
    "PROMPT_COMMAND",
    "PS0",
    "PS1",
    "PS2",
    "PS4",
    "PWD",
    "RANDOM",
    "SECONDS",
    "SHELL",
    "SHELLOPTS",
    "SRANDOM",
    "TMOUT",
    "UID",
    "_",
    "auto_resume",
    "histchars",
};

/* A name that was given away, and to whom. */
typedef struct shell_name {
    osb_map_entry entry;
    osb_bytes section, option;
} shell_name;

static void sh_start(osb_ini_emitter *e) {
    osb_map_init(&e->shell_names, sizeof(shell_name));
}

static bool is_shells_own(osb_bytes name) {
    size_t low = 0, high = sizeof shells_own / sizeof *shells_own;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int cmp = osb_bytes_cmp(name, osb_bytes_from(shells_own[middle]));
        if (cmp == 0)
            return true;
        if (cmp < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return osb_bytes_startswith(name, OSB_LIT("BASH")) ||
           osb_bytes_startswith(name, OSB_LIT("LD_"));
}

/* -- names -------------------------------------------------------------------------------------- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static bool is_name(osb_bytes s) {
    if (s.len == 0 || is_digit(s.ptr[0]))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_name_byte(s.ptr[i]))
            return false;
    }
    return true;
}

static void mangle(osb_buf *name, osb_bytes part) {
    if (name->len == 0 && part.len && is_digit(part.ptr[0]))
        osb_buf_addc(name, '_');
    for (size_t i = 0; i < part.len; i++)
        osb_buf_addc(name, is_name_byte(part.ptr[i]) ? part.ptr[i] : '_');
}

static int make_name(const osb_ini_emitter *e, const osb_ini_record *record, osb_buf *name,
                     osb_error *err) {
    void (*add)(osb_buf *, osb_bytes) = e->mangle ? mangle : osb_buf_add;
    add(name, e->prefix);
    if (e->shape == OSB_INI_TREE && record->section.len) {
        add(name, record->section);
        osb_buf_addc(name, '_');
    }
    add(name, record->option);
    if (osb_buf_check(name, err) != 0)
        return -1;
    osb_bytes made = osb_buf_bytes(name);
    if (!is_name(made))
        return osb_error_set(err, OSB_VALUEERROR, "%r is no name for a shell variable%s", made,
                             e->mangle ? "" : " (try --mangle)");
    if (is_shells_own(made))
        return osb_error_set(err, OSB_VALUEERROR,
                             "%r is a variable of the shell's own (try --prefix)", made);
    return 0;
}

/* Copies of sections' names, of which one serves for all of its options. */
static osb_bytes keep_section(osb_ini_emitter *e, osb_bytes section) {
    if (osb_bytes_is_none(e->section) || !osb_bytes_eq(e->section, section))
        e->section = osb_arena_copy(&e->arena, section.ptr ? section : OSB_LIT(""));
    return e->section;
}

static int refuse_collision(const shell_name *taken, const osb_ini_record *record, osb_error *err) {
    return osb_error_set(err, OSB_VALUEERROR,
                         "shell variable %r cannot hold both %r in section %r and %r in section %r",
                         osb_map_key(&taken->entry), taken->option, taken->section, record->option,
                         record->section);
}

/* The name is the option's from now on. */
static int claim_name(osb_ini_emitter *e, osb_bytes name, const osb_ini_record *record,
                      osb_error *err) {
    bool added;
    shell_name *taken = osb_map_put(&e->shell_names, name, &added);
    if (!taken)
        return osb_error_set_nomem(err);
    if (!added) {
        bool same = osb_bytes_eq(taken->section, record->section) &&
                    osb_bytes_eq(taken->option, record->option);
        return same ? 0 : refuse_collision(taken, record, err);
    }
    taken->section = keep_section(e, record->section);
    taken->option = osb_arena_copy(&e->arena, record->option);
    taken->entry.key = osb_arena_copy(&e->arena, name).ptr;
    if (taken->entry.key && !osb_bytes_is_none(taken->option) && !osb_bytes_is_none(taken->section))
        return 0;
    osb_map_remove(&e->shell_names, taken);
    return osb_error_set_nomem(err);
}

/* -- values ------------------------------------------------------------------------------------- */

static int check_values(const osb_ini_record *record, osb_error *err) {
    for (size_t i = 0; i < record->nvalues; i++) {
        if (ini_emit_has_nul(record->values[i]))
            return osb_error_set(err, OSB_VALUEERROR,
                                 "%r in section %r has a NUL byte in its value, which no shell "
                                 "variable can hold",
                                 record->option, record->section);
    }
    return 0;
}

static int add_joined(osb_buf *out, const osb_ini_record *record, osb_error *err) {
    osb_buf joined = OSB_BUF_INIT;
    for (size_t i = 0; i < record->nvalues; i++) {
        if (i > 0)
            osb_buf_addc(&joined, '\n');
        osb_buf_add(&joined, record->values[i]);
    }
    int rc = osb_buf_check(&joined, err);
    if (rc == 0)
        osb_text_shell(out, osb_buf_bytes(&joined));
    osb_buf_free(&joined);
    return rc;
}

static int add_assignment(osb_buf *out, osb_bytes name, const osb_ini_record *record,
                          osb_error *err) {
    size_t before = out->len;
    osb_buf_fmt(out, "%b=", name);
    if (record->nvalues == 1) {
        osb_text_shell(out, record->values[0]);
    } else if (add_joined(out, record, err) != 0) {
        osb_buf_truncate(out, before);
        return -1;
    }
    osb_buf_addc(out, '\n');
    return 0;
}

static int sh_record(osb_ini_emitter *e, const osb_ini_record *record, osb_error *err) {
    char mem[256];
    osb_buf name = OSB_BUF_ON(mem, sizeof mem);
    int rc = make_name(e, record, &name, err);
    if (rc == 0)
        rc = check_values(record, err);
    if (rc == 0)
        rc = claim_name(e, osb_buf_bytes(&name), record, err);
    if (rc == 0)
        rc = add_assignment(e->out, osb_buf_bytes(&name), record, err);
    osb_buf_free(&name);
    return rc;
}

const ini_emit_format ini_emit_sh = {.start = sh_start,
                                     .record = sh_record,
                                     .behind = OSB_LIT("\n"),
                                     .name = osb_text_shell,
                                     .no_nul = true,
                                     .whole = true};
