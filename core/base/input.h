/* What reading and mapping whole inputs share; private to core/base. */
#ifndef OSBOX_BASE_INPUT_H
#define OSBOX_BASE_INPUT_H

#include <osbox/arena.h>
#include <osbox/error.h>

#define BASE_UNKNOWN_SIZE SIZE_MAX

/* The size of a regular file that is not empty, or BASE_UNKNOWN_SIZE. */
size_t base_file_size(int fd);

/* osb_fd_read_all, the size being known. */
int base_read_sized(int fd, osb_bytes name, size_t size, size_t max, osb_arena *a, osb_bytes *ret,
                    osb_error *err);

#endif
