/* The peer for inih: print one value of a file, `peer_inih FILE SECTION NAME`. Like any user of the
 * library it must look at every line; the last of a repeated name wins. */
#include <ini.h>
#include <stdio.h>
#include <string.h>

typedef struct wanted {
    const char *section, *name;
    char value[INI_MAX_LINE + 1];
    int found;
} wanted;

static int handle(void *user, const char *section, const char *name, const char *value) {
    wanted *w = user;
    if (strcmp(name, w->name) == 0 && strcmp(section, w->section) == 0) {
        strncpy(w->value, value, INI_MAX_LINE);
        w->found = 1;
    }
    return 1;
}

int main(int argc, char **argv) {
    wanted w = {.found = 0};
    if (argc != 4)
        return 2;
    w.section = argv[2];
    w.name = argv[3];
    if (ini_parse(argv[1], handle, &w) != 0 || !w.found)
        return 1;
    puts(w.value);
    return 0;
}
