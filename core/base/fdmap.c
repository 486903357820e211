/* Large inputs, mapped. */
#include "input.h"

#include <osbox/fdio.h>

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>

enum { LARGE_FILE = 1 << 20, MOST_MAPS = 64, PAGE = 4096 };

/* What the handler may look at: regions are added before they are counted, and never removed. */
static osb_bytes maps[MOST_MAPS];
static volatile sig_atomic_t nmaps, was_cut;

static bool is_mapped(const char *address) {
    for (int i = 0; i < nmaps; i++) {
        if (address >= maps[i].ptr && address < maps[i].ptr + maps[i].len)
            return true;
    }
    return false;
}

/* The page is beyond the file's end by now: put one of zeros there, and say so later. mmap is a plain
 * system call, and safe here. Any other fault is met again, without the handler. */
static void put_zeros(int signal_number, siginfo_t *info, void *context) {
    (void)context;
    char *page = (char *)((uintptr_t)info->si_addr & ~(uintptr_t)(PAGE - 1));
    int saved = errno;
    if (!is_mapped(info->si_addr) ||
        mmap(page, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        signal(signal_number, SIG_DFL);
    else
        was_cut = 1;
    errno = saved;
}

static bool install_handler(void) {
    struct sigaction action = {.sa_sigaction = put_zeros, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    return nmaps > 0 || sigaction(SIGBUS, &action, NULL) == 0;
}

/* Map a large file from its start; false where that is not to be. */
static bool map_file(int fd, size_t size, size_t max, osb_bytes *ret) {
    if (size == BASE_UNKNOWN_SIZE || size < LARGE_FILE || size > max || nmaps == MOST_MAPS ||
        !install_handler())
        return false;
    void *p = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (p == MAP_FAILED)
        return false;
    maps[nmaps] = (osb_bytes){p, size};
    nmaps = nmaps + 1;
    *ret = (osb_bytes){p, size};
    return true;
}

int osb_fd_map_all(int fd, osb_bytes name, size_t max, osb_arena *a, osb_bytes *ret,
                   osb_error *err) {
    size_t size = base_file_size(fd);
    return map_file(fd, size, max, ret) ? 0 : base_read_sized(fd, name, size, max, a, ret, err);
}

int osb_fd_check_maps(osb_error *err) {
    return was_cut ? osb_error_set(err, OSB_OSERROR, "the file was cut short while it was read")
                   : 0;
}
