/* Numbers in Python's grammar: int() and float() of a text, repr() of a float.
 *
 * No libc function is asked: results do not depend on the locale and are correctly rounded. */
#ifndef OSBOX_NUM_H
#define OSBOX_NUM_H

#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

/* int(s) in base 10: blanks around, a sign, single underscores between digits, any decimal digits
 * of Unicode.
 * Errors: OSB_VALUEERROR with Python's text; OSB_OVERFLOWERROR outside int64 ("Python int too large
 * to convert to C long").
 * Source: int */
int osb_num_int(osb_bytes s, int64_t *ret, osb_error *err);

/* The same with a base of 2..36, or 0 to go by the prefix 0x, 0o, 0b. Source: int(s, base) */
int osb_num_int_base(osb_bytes s, int base, int64_t *ret, osb_error *err);

/* int(s) of any size, up to Python's limit of 4300 digits: appends str(int(s)).
 * Errors: OSB_VALUEERROR with Python's text. Source: str(int(s)) */
int osb_num_int_str(osb_bytes s, osb_buf *ret, osb_error *err);

/* float(s): int's blanks, underscores and digits, fraction, exponent, inf, infinity, nan in any case.
 * Errors: OSB_VALUEERROR "could not convert string to float: 'x'". Source: float */
int osb_num_float(osb_bytes s, double *ret, osb_error *err);

/* Append repr(x): the shortest text that reads back the same. Source: float.__repr__ */
void osb_num_float_repr(osb_buf *b, double x);

#endif
