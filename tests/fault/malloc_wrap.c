/* Memory that fails on request, linked in front of the C library's by --wrap.
 *
 * From the environment:
 *   FAIL_AT=n       allocation n fails, 1 being the first, and those after it succeed
 *   FAIL_FROM=n     allocation n and all after it fail
 *   FAIL_COUNT=FILE the number of allocations is written there at exit
 *
 * Small inputs fit memory that the callers bring along. So that they allocate too, that memory is ignored until
 * the failure: by arenas here, by buffers in heap_only.h. After it, it is there again, as it is in a program that
 * has run out of heap. */
#include "heap_only.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <osbox/arena.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_osb_arena_init(osb_arena *a, void *first, size_t n);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_osb_arena_init(osb_arena *a, void *first, size_t n);

static unsigned long count, fail_at, fail_from;
static bool spent;

static unsigned long number_in(const char *name) {
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : 0;
}

__attribute__((constructor)) static void read_environment(void) {
    fail_at = number_in("FAIL_AT");
    fail_from = number_in("FAIL_FROM");
}

__attribute__((destructor)) static void tell_count(void) {
    const char *file = getenv("FAIL_COUNT");
    char text[24];
    int fd = file ? open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    int n = snprintf(text, sizeof text, "%lu", count);
    if (fd >= 0 && (write(fd, text, (size_t)n) != n || close(fd) != 0))
        _exit(125);
}

static bool fails(void) {
    count++;
    bool failing = count == fail_at || (fail_from && count >= fail_from);
    if (failing) {
        spent = true;
        errno = ENOMEM;
    }
    return failing;
}

/* A buffer that is made to fit a number or the words of one value never grows, so its failure would prove nothing. */
size_t fault_usable(size_t n) {
    return spent || n <= 64 ? n : 64;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size) {
    return fails() ? NULL : __real_realloc(p, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

void __wrap_osb_arena_init(osb_arena *a, void *first, size_t n) {
    __real_osb_arena_init(a, first, spent ? n : 0);
}
