#!/usr/bin/python3
"""What the objects of core/ and applets/ may not ask of libc, and what they may not export.

The compiler says what it calls: the check reads the objects of the static build with nm, so a word in
a comment is no finding and a macro hides none. Headers whose macros leave no symbol are looked for
in the sources.
"""

import re
import subprocess

from lib.report import ROOT, Report, tree

# (why not, the functions)
BANNED = [
    ("musl, glibc and CPython differ: the library has its own",
     "strptime strftime mktime timegm localtime localtime_r gmtime gmtime_r tzset setlocale newlocale "
     "uselocale localeconv nl_langinfo strerror strerror_r strerror_l __xpg_strerror_r strsignal "
     "iconv iconv_open wordexp getopt getopt_long getopt_long_only strcoll strxfrm wcwidth"),
    ("numbers are read by <osbox/num.h>, whatever the locale",
     "strtod strtof strtold strtol strtoll strtoul strtoull strtoimax strtoumax atoi atol atoll atof "
     "sscanf scanf fscanf"),
    ("texts are made by osb_buf_fmt, output goes through osb_writer",
     "printf fprintf dprintf sprintf snprintf asprintf vprintf vfprintf vdprintf vsprintf vsnprintf "
     "vasprintf puts fputs fputc putc putchar fwrite fread fopen fdopen freopen fclose fflush fgets "
     "fgetc getc getchar getline getdelim perror stdin stdout stderr tmpfile syslog"),
    ("characters are told apart by <osbox/text.h>, whatever the locale",
     "isalnum isalpha isascii isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper "
     "isxdigit tolower toupper strcasecmp strncasecmp __ctype_b_loc __ctype_tolower_loc"),
    ("nothing bounds them: use slices, osb_buf, osb_arena",
     "strcpy strncpy stpcpy stpncpy strcat strncat gets alloca strtok strtok_r strdup strndup"),
    ("a shell is never asked", "system popen pclose"),
    ("the library returns errors; applets end in osb_applet_end", "exit abort _Exit longjmp setjmp"),
    ("memory comes from osb_buf, osb_arena and osb_map",
     "malloc calloc realloc reallocarray free aligned_alloc posix_memalign memalign"),
]

# (function, file or folder, why there)
EXCUSED = [
    ("malloc", "core/base/", "where osb_buf, osb_arena and osb_map are"),
    ("calloc", "core/base/", "the same"),
    ("realloc", "core/base/", "the same"),
    ("aligned_alloc", "core/base/", "huge pages for large arenas"),
    ("free", "core/base/", "the same"),
]

# Headers that no source may include: (name, why not, folders excused)
BANNED_HEADERS = {
    "ctype.h": "use <osbox/text.h>",
    "wctype.h": "use <osbox/text.h>",
    "wchar.h": "text is UTF-8",
    "locale.h": "there is no locale",
    "alloca.h": "stack memory has a fixed size",
    "getopt.h": "use <osbox/optparse.h>",
    "setjmp.h": "errors are values",
    "printf.h": "use osb_buf_fmt",
}

REASON = {name: reason for reason, names in BANNED for name in names.split()}
INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>")


def build():
    subprocess.run(["make", "--no-print-directory", "build/osbox"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)


def symbols(source):
    """(name, whether it is defined) of each global symbol in a source's object."""
    made = ROOT / "build/static" / source.relative_to(ROOT).with_suffix(".o")
    lines = subprocess.run(["nm", "-g", "-P", made], capture_output=True, check=True, text=True)
    for line in lines.stdout.splitlines():
        name, kind = line.split()[:2]
        yield name, kind not in "Uw"


def line_of(source, name):
    """The first line of the source with that word in code: 1 where a macro put it there."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        if word.search(line.split("/*")[0]):
            return number
    return 1


def is_excused(name, source):
    path = str(source.relative_to(ROOT))
    return any(name == excused and path.startswith(place) for excused, place, _ in EXCUSED)


def judge_call(name, source):
    plain = re.sub(r"^__(\w+)_chk$|^__isoc99_(\w+)$", r"\1\2", name)
    reason = REASON.get(plain)
    return f"{plain}: {reason}" if reason and not is_excused(plain, source) else None


def judge_export(name, source):
    """osb_ is for the public; what a folder shares inside itself begins with the folder's name."""
    folder = source.parent.name
    if name.startswith(("osb_", f"{folder}_")) or (folder, name) == ("main", "main"):
        return None
    return f"{name}: exported, but neither osb_ nor {folder}_; static is missing, or a prefix"


def check_headers(report, source):
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found and found[1] in BANNED_HEADERS:
            report.fail(source, number, f"<{found[1]}>: {BANNED_HEADERS[found[1]]}")


def main():
    report = Report("banned")
    build()
    for source in tree("applets", "core", suffixes={".c", ".h"}):
        check_headers(report, source)
        if source.suffix == ".h":
            continue
        for name, is_defined in symbols(source):
            report.checked += 1
            wrong = judge_export(name, source) if is_defined else judge_call(name, source)
            if wrong:
                report.fail(source, line_of(source, name), wrong)
    report.finish()


main()
