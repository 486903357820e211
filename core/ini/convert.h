/* Values that are a number with a unit; private to convert.c and quantity.c. */
#ifndef OSBOX_INI_CONVERT_H
#define OSBOX_INI_CONVERT_H

#include <osbox/ini.h>

/* Append the bytes of a size, the seconds of a duration. Errors: OSB_VALUEERROR. */
int ini_convert_size(osb_bytes value, osb_buf *out, osb_error *err);
int ini_convert_duration(osb_bytes value, osb_buf *out, osb_error *err);

#endif
