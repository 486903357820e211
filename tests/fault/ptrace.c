/* Run a command and disturb one of its system calls.
 *
 *   ptrace [-o LOG] [-k N -b|-a|-e ERRNO|-s [-f]] COMMAND [ARGUMENT]...
 *
 *   -o LOG    write one line for each call: its name, its arguments, its result, tab-separated
 *   -k N      the call to disturb; 1 is the first one that main makes
 *   -b, -a    kill -9 before, or after, the kernel has acted on it
 *   -e ERRNO  it fails with that number, and the kernel does nothing
 *   -s        read or write at most half of what was asked for
 *   -f        this call and all that follow
 *
 * Calls are counted from main on: those that start the C library are let pass, so N means the same
 * in every run of a static program. Only the process itself is traced, not its children. Exits as the
 * command does, with 128 + signal where it was killed, 125 where the harness itself failed.
 *
 * A call is failed by making its number -1 on entry, which no kernel acts on, and by writing the result
 * on exit. To shorten one, its count is halved instead: a made-up result would tell the program that
 * bytes went where they did not. Needs Linux 5.3 (PTRACE_GET_SYSCALL_INFO). */
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TROUBLE = 125 };

typedef enum action { NOTHING, KILL_BEFORE, KILL_AFTER, FAIL, SHORTEN } action;

typedef struct fault {
    action action;
    long at; /* 1-based */
    bool on; /* all that follow, too */
    int errnum;
} fault;

typedef struct trace {
    pid_t pid;
    fault fault;
    FILE *log;
    bool executed, in_main;
    long calls;
    bool in_call; /* of the command itself: its log line is open */
    bool hit;     /* that call is to be disturbed */
} trace;

static void die(const char *what) {
    perror(what);
    exit(TROUBLE);
}

/* -- registers ---------------------------------------------------------------------------------- */

#if defined(__x86_64__)

static void poke(pid_t pid, size_t offset, long value) {
    if (ptrace(PTRACE_POKEUSER, pid, offset, value) < 0)
        die("PTRACE_POKEUSER");
}

static void set_number(pid_t pid, long number) {
    poke(pid, offsetof(struct user_regs_struct, orig_rax), number);
}

static void set_count(pid_t pid, uint64_t count) {
    poke(pid, offsetof(struct user_regs_struct, rdx), (long)count);
}

static void set_result(pid_t pid, long result) {
    poke(pid, offsetof(struct user_regs_struct, rax), result);
}

#elif defined(__aarch64__)

static void set_number(pid_t pid, long number) {
    int value = (int)number;
    struct iovec part = {&value, sizeof value};
    if (ptrace(PTRACE_SETREGSET, pid, NT_ARM_SYSTEM_CALL, &part) < 0)
        die("PTRACE_SETREGSET");
}

static void set_register(pid_t pid, size_t n, uint64_t value) {
    struct user_regs_struct regs;
    struct iovec all = {&regs, sizeof regs};
    if (ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &all) < 0)
        die("PTRACE_GETREGSET");
    regs.regs[n] = value;
    if (ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &all) < 0)
        die("PTRACE_SETREGSET");
}

static void set_count(pid_t pid, uint64_t count) {
    set_register(pid, 2, count);
}

static void set_result(pid_t pid, long result) {
    set_register(pid, 0, (uint64_t)result);
}

#else
#error "which registers hold a system call's number, third argument and result?"
#endif

/* -- calls by name -------------------------------------------------------------------------------- */

/* What the log tells by name; other calls are told by their number. */
typedef struct call {
    long number;
    char name[16], args[6]; /* for each argument: d a number, s a string */
} call;

static const call calls[] = {
#ifdef SYS_open
    {SYS_open, "open", "sd"},
    {SYS_rename, "rename", "ss"},
    {SYS_unlink, "unlink", "s"},
#endif
    {SYS_openat, "openat", "dsd"},
    {SYS_close, "close", "d"},
    {SYS_read, "read", "d"},
    {SYS_write, "write", "d"},
    {SYS_pwrite64, "pwrite", "d"},
    {SYS_writev, "writev", "d"},
    {SYS_ftruncate, "ftruncate", "dd"},
    {SYS_fsync, "fsync", "d"},
    {SYS_fdatasync, "fdatasync", "d"},
    {SYS_flock, "flock", "dd"},
    {SYS_fchmod, "fchmod", "dd"},
    {SYS_fchown, "fchown", "ddd"},
    {SYS_fsetxattr, "fsetxattr", "ds"},
    {SYS_fremovexattr, "fremovexattr", "ds"},
#ifdef SYS_renameat
    {SYS_renameat, "renameat", "dsds"},
#endif
    {SYS_renameat2, "renameat2", "dsds"},
    {SYS_unlinkat, "unlinkat", "ds"},
    {SYS_linkat, "linkat", "dsds"},
    {SYS_exit_group, "exit_group", "d"},
};

static const call *find_call(uint64_t number) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if ((uint64_t)calls[i].number == number)
            return &calls[i];
    }
    return NULL;
}

/* By aligned words: the end of a string may be the end of mapped memory. */
static void log_string(const trace *t, uint64_t address) {
    for (;; address++) {
        uint64_t word_at = address & ~(uint64_t)(sizeof(long) - 1);
        errno = 0;
        long word = ptrace(PTRACE_PEEKDATA, t->pid, word_at, NULL);
        char c = ((const char *)&word)[address - word_at];
        if (errno || c == '\0')
            return;
        fputc(c, t->log);
    }
}

static void log_call(const trace *t, const struct __ptrace_syscall_info *info) {
    const call *known = find_call(info->entry.nr);
    if (!t->log)
        return;
    if (!known) {
        fprintf(t->log, "%llu", (unsigned long long)info->entry.nr);
        return;
    }
    fputs(known->name, t->log);
    for (size_t i = 0; i < sizeof known->args && known->args[i]; i++) {
        fputc('\t', t->log);
        if (known->args[i] == 's')
            log_string(t, info->entry.args[i]);
        else
            fprintf(t->log, "%d", (int)info->entry.args[i]);
    }
}

static void log_result(trace *t, const char *text, long long result) {
    bool open = t->in_call && t->log;
    t->in_call = false;
    if (!open)
        return;
    if (text)
        fprintf(t->log, "\t%s\n", text);
    else
        fprintf(t->log, "\t%lld\n", result);
}

/* -- one call ------------------------------------------------------------------------------------- */

static struct __ptrace_syscall_info get_info(pid_t pid) {
    struct __ptrace_syscall_info info = {0};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) < 0)
        die("PTRACE_GET_SYSCALL_INFO");
    return info;
}

static bool starts_libc(uint64_t number) {
    static const long starting[] = {
#ifdef SYS_arch_prctl
        SYS_arch_prctl,
#endif
        SYS_execve,
        SYS_set_tid_address,
    };
    for (size_t i = 0; i < sizeof starting / sizeof *starting; i++) {
        if ((uint64_t)starting[i] == number)
            return true;
    }
    return false;
}

static bool is_sized(uint64_t number) {
    return number == SYS_read || number == SYS_write || number == SYS_pread64 ||
           number == SYS_pwrite64;
}

/* A process that cannot end would call exit for ever. */
static bool can_fail(uint64_t number) {
    return number != SYS_exit_group && number != SYS_exit;
}

static void kill_traced(trace *t) {
    kill(t->pid, SIGKILL);
    log_result(t, "killed", 0);
}

static void enter_call(trace *t, const struct __ptrace_syscall_info *info) {
    uint64_t number = info->entry.nr, count = info->entry.args[2];
    t->in_main = t->in_main || (t->executed && !starts_libc(number));
    if (!t->in_main)
        return;
    t->calls++;
    t->in_call = true;
    t->hit = t->calls == t->fault.at || (t->fault.on && t->calls > t->fault.at);
    log_call(t, info);
    if (!t->hit)
        return;
    if (t->fault.action == KILL_BEFORE) {
        set_number(t->pid, -1);
        kill_traced(t);
    } else if (t->fault.action == FAIL && can_fail(number)) {
        set_number(t->pid, -1);
    } else if (t->fault.action == SHORTEN && is_sized(number) && count > 1) {
        set_count(t->pid, count / 2);
    } else if (t->fault.action != KILL_AFTER) {
        t->hit = false;
    }
}

static void leave_call(trace *t, const struct __ptrace_syscall_info *info) {
    if (!t->in_call)
        return;
    if (t->hit && t->fault.action == KILL_AFTER) {
        kill_traced(t);
    } else if (t->hit && t->fault.action == FAIL) {
        set_result(t->pid, -t->fault.errnum);
        log_result(t, NULL, -t->fault.errnum);
    } else {
        log_result(t, NULL, info->exit.rval);
    }
    t->hit = false;
}

static void act_on_call(trace *t) {
    struct __ptrace_syscall_info info = get_info(t->pid);
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
        enter_call(t, &info);
    else if (info.op == PTRACE_SYSCALL_INFO_EXIT)
        leave_call(t, &info);
}

/* -- the process ---------------------------------------------------------------------------------- */

static pid_t start(char **argv) {
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid > 0)
        return pid;
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    execvp(argv[0], argv);
    die(argv[0]);
    return -1;
}

/* Act on a stop; returns the signal to hand on. */
static int act_on_stop(trace *t, int status) {
    int sig = WSTOPSIG(status);
    if (sig == (SIGTRAP | 0x80)) { /* PTRACE_O_TRACESYSGOOD's mark */
        act_on_call(t);
        return 0;
    }
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
        t->executed = true;
        return 0;
    }
    return sig;
}

/* Let the process run to its end; returns its wait status. */
static int follow(trace *t) {
    int status, sig = 0;
    if (waitpid(t->pid, &status, 0) < 0 || !WIFSTOPPED(status))
        die("start");
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, t->pid, NULL, options) < 0)
        die("PTRACE_SETOPTIONS");
    for (;;) {
        /* ESRCH: killed meanwhile; waitpid tells. */
        if (ptrace(PTRACE_SYSCALL, t->pid, NULL, (long)sig) < 0 && errno != ESRCH)
            die("PTRACE_SYSCALL");
        if (waitpid(t->pid, &status, 0) < 0)
            die("waitpid");
        if (!WIFSTOPPED(status))
            return status;
        sig = act_on_stop(t, status);
    }
}

/* -- the command line ----------------------------------------------------------------------------- */

static void usage(void) {
    fputs("usage: ptrace [-o LOG] [-k N -b|-a|-e ERRNO|-s [-f]] COMMAND [ARGUMENT]...\n", stderr);
    exit(TROUBLE);
}

static void read_options(trace *t, int argc, char **argv) {
    int option;
    while ((option = getopt(argc, argv, "+o:k:bae:sf")) != -1) {
        switch (option) {
        case 'o': t->log = fopen(optarg, "we"); break;
        case 'k': t->fault.at = atol(optarg); break;
        case 'b': t->fault.action = KILL_BEFORE; break;
        case 'a': t->fault.action = KILL_AFTER; break;
        case 'e': t->fault.action = FAIL; break;
        case 's': t->fault.action = SHORTEN; break;
        case 'f': t->fault.on = true; break;
        default: usage();
        }
        if (option == 'o' && !t->log)
            die(optarg);
        if (option == 'e')
            t->fault.errnum = atoi(optarg);
    }
    if (optind == argc || (t->fault.action == NOTHING) != (t->fault.at == 0))
        usage();
}

int main(int argc, char **argv) {
    trace t = {0};
    read_options(&t, argc, argv);
    t.pid = start(argv + optind);
    int status = follow(&t);
    log_result(&t, "ended", 0);
    if (t.log && (ferror(t.log) || fclose(t.log) != 0))
        die("log");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
