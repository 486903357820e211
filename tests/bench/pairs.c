/* Whole processes, timed in pairs: pairs COUNT A... -- B... runs A B A B ... with their output thrown
 * away, so that both see the same noise, and prints on one line
 *
 *   A's median, B's median (microseconds, exec to exit); the median, the least and the greatest of the
 *   pairs' ratios A/B; A's and B's peak memory (KiB)
 *
 * A command that fails ends it. Linked statically, it is small: a child's peak memory cannot be less
 * than that of the process it was started from. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

typedef struct command {
    char **argv;
    double *microseconds; /* of each run */
    long peak;            /* KiB */
} command;

static void give_up(const char *what) {
    fprintf(stderr, "pairs: %s\n", what);
    exit(2);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void run(command *c, int round, const posix_spawn_file_actions_t *actions) {
    pid_t child;
    int status;
    struct rusage usage;
    double start = now();
    if (posix_spawnp(&child, c->argv[0], actions, NULL, c->argv, environ) != 0)
        give_up(c->argv[0]);
    if (wait4(child, &status, 0, &usage) != child)
        give_up("wait4");
    c->microseconds[round] = now() - start;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        give_up(c->argv[0]);
    if (usage.ru_maxrss > c->peak)
        c->peak = usage.ru_maxrss;
}

static int order(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *figures, int n) {
    qsort(figures, (size_t)n, sizeof *figures, order);
    return n % 2 ? figures[n / 2] : (figures[n / 2 - 1] + figures[n / 2]) / 2;
}

static void report(command *a, command *b, int n) {
    double *ratios = malloc((size_t)n * sizeof *ratios);
    if (!ratios)
        give_up("memory");
    for (int i = 0; i < n; i++)
        ratios[i] = a->microseconds[i] / b->microseconds[i];
    double middle = median(ratios, n);
    printf("%.0f %.0f %.4f %.4f %.4f %ld %ld\n", median(a->microseconds, n),
           median(b->microseconds, n), middle, ratios[0], ratios[n - 1], a->peak, b->peak);
    free(ratios);
}

static char **find_separator(char **word) {
    while (*word && strcmp(*word, "--") != 0)
        word++;
    return word;
}

int main(int argc, char **argv) {
    int n = argc > 2 ? atoi(argv[1]) : 0;
    char **separator = n > 0 ? find_separator(argv + 2) : argv;
    if (n <= 0 || !*separator || !separator[1] || separator == argv + 2)
        give_up("usage: pairs COUNT A... -- B...");
    *separator = NULL;
    command a = {.argv = argv + 2}, b = {.argv = separator + 1};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    a.microseconds = calloc((size_t)n, sizeof(double));
    b.microseconds = calloc((size_t)n, sizeof(double));
    if (!a.microseconds || !b.microseconds)
        give_up("memory");
    for (int i = 0; i < n; i++) {
        run(&a, i, &actions);
        run(&b, i, &actions);
    }
    report(&a, &b, n);
    return 0;
}
