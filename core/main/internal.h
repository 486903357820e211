/* What the files of the multiplexer share. */
#ifndef OSBOX_MAIN_INTERNAL_H
#define OSBOX_MAIN_INTERNAL_H

#include <osbox/applet.h>

/* All applets, sorted by name, NULL-terminated; the Makefile makes it. */
extern const osb_applet *const osb_applets[];

/* The applet of that name or alias, or NULL. */
const osb_applet *main_find(const char *name);

/* "osbox: no such applet: NAME" with the nearest name; OSB_EXIT_USAGE. */
int main_unknown(const osb_applet *self, const char *name);

/* osbox as an applet, its verbs the applets; in memory of a's. NULL where memory is missing. */
const osb_applet *main_applet(osb_arena *a);

/* The path of the running binary into path (PATH_MAX bytes).
 * Errors: OSError, filename = argv0 */
int main_binary(const char *argv0, char *path, osb_error *err);

typedef struct main_install_opts {
    bool symlink;
    bool relative; /* a symlink with a relative target */
    bool force;    /* replace files that are not ours */
} main_install_opts;

/* Link names (NULL-terminated; empty: every applet) in dir to the binary; the exit code. */
int main_install(const osb_applet *self, const char *argv0, const char *dir, char **names,
                 const main_install_opts *opts);

/* Remove such links (empty names: of every applet and alias). */
int main_uninstall(const osb_applet *self, const char *argv0, const char *dir, char **names);

/* The licences of what is in the binary. */
extern const char *const main_licenses;

/* Append a form of the applet's declaration. */
void main_generate_man(const osb_applet *self, osb_buf *out);
void main_generate_bash(const osb_applet *self, osb_buf *out);
void main_generate_zsh(const osb_applet *self, osb_buf *out);
void main_generate_fish(const osb_applet *self, osb_buf *out);
void main_generate_json(const osb_applet *self, osb_buf *out);

/* Append "_osbox_NAME", fit to be the name of a shell function. */
void main_function_name(const osb_applet *self, osb_buf *out);

/* Whether the completion of file names makes sense for the option's words. */
bool main_takes_files(const osb_option *option);

/* Whether a verb is a command of its own, with options of its own (osbox). */
bool main_verbs_are_commands(const osb_applet *self);

/* The options that help shows: begin with NULL, ends with NULL. */
const osb_option *main_shown_option(const osb_optparse *parser, const osb_option *option);

#endif
