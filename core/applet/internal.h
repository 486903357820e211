/* What the files of the applet edge share. */
#ifndef OSBOX_APPLET_INTERNAL_H
#define OSBOX_APPLET_INTERNAL_H

#include <osbox/applet.h>

/* Append "Usage: NAME FORM", a line for each form. */
void applet_format_usage(const osb_applet *self, osb_buf *out);

/* Append s fit for a terminal: controls as \x1b, bytes that are not UTF-8 as \xff, lone surrogates
 * as Python's stderr shows them (\udcff). Newlines and tabs pass where `lines` is set. */
void applet_show(osb_buf *out, osb_bytes s, bool lines);

/* Write a whole text to stdout and close it; the exit code. Frees text. */
int applet_print(const osb_applet *self, osb_buf *text);

#endif
