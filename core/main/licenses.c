#include "internal.h"

/* The text of the MIT licence behind its copyright line; osbox and musl are both under it. */
#define MIT                                                                                        \
    "Permission is hereby granted, free of charge, to any person obtaining a copy\n"               \
    "of this software and associated documentation files (the \"Software\"), to deal\n"            \
    "in the Software without restriction, including without limitation the rights\n"               \
    "to use, copy, modify, merge, publish, distribute, sublicense, and/or sell\n"                  \
    "copies of the Software, and to permit persons to whom the Software is\n"                      \
    "furnished to do so, subject to the following conditions:\n"                                   \
    "\n"                                                                                           \
    "The above copyright notice and this permission notice shall be included in all\n"             \
    "copies or substantial portions of the Software.\n"                                            \
    "\n"                                                                                           \
    "THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\n"               \
    "IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\n"                   \
    "FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\n"                \
    "AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\n"                     \
    "LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\n"              \
    "OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE\n"              \
    "SOFTWARE.\n"

const char *const main_licenses =
    "osbox " OSB_RELEASE "\n"
    "\n"
    "Copyright (c) 2026 The osbox authors\n"
    "\n" MIT "\n"
    "The texts of its errors, and what its applets do, follow CPython 3.11, which is\n"
    "Copyright (c) 2001-2022 Python Software Foundation and under the PSF licence,\n"
    "version 2: https://docs.python.org/3.11/license.html\n"
    "\n"
    "----------------------------------------------------------------------------\n"
    "musl, the C library in the static binary\n"
    "\n"
    "Copyright (c) 2005-2020 Rich Felker, et al.\n"
    "\n"
    "It is under the MIT licence, whose text stands above.\n"
    "https://musl.libc.org\n"
    "\n"
    "----------------------------------------------------------------------------\n"
    "Unicode data, from which the tables of characters are made\n"
    "\n"
    "Copyright (c) 1991-2021 Unicode, Inc. All rights reserved.\n"
    "Distributed under the Terms of Use in https://www.unicode.org/copyright.html.\n"
    "\n"
    "Permission is granted, free of charge, to deal in the data files without\n"
    "restriction, provided that this copyright and permission notice appear with all\n"
    "copies of the data files or in associated documentation. The data files are\n"
    "provided \"as is\", without warranty of any kind; the copyright holders are not\n"
    "liable for any claim or damages, and their name is not to be used in advertising\n"
    "without their prior written authorization. The whole text:\n"
    "https://www.unicode.org/license.txt\n"
    "\n"
    "----------------------------------------------------------------------------\n"
    "libgcc, the compiler's runtime\n"
    "\n"
    "Copyright (c) Free Software Foundation, Inc. Under the GNU General Public\n"
    "License, version 3, with the GCC Runtime Library Exception, version 3.1, which\n"
    "lets it be part of this binary: https://www.gnu.org/licenses/gcc-exception-3.1.html\n";
