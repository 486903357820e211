/* Errors are values: a function that can fail returns 0 or -1 and fills an osb_error on -1.
 *
 * The kind is the name of a Python exception, with its parents; the message is CPython's text,
 * newlines and all. Short texts live in the struct, long ones are owned by it. */
#ifndef OSBOX_ERROR_H
#define OSBOX_ERROR_H

#include <osbox/bytes.h>
#include <stdarg.h>

/* X(constant, Python's name, parent, second parent) */
#define OSB_ERROR_KINDS(X)                                                                         \
    X(EXCEPTION, "Exception", OK, OK)                                                              \
    X(ATTRIBUTEERROR, "AttributeError", EXCEPTION, OK)                                             \
    X(ARITHMETICERROR, "ArithmeticError", EXCEPTION, OK)                                           \
    X(OVERFLOWERROR, "OverflowError", ARITHMETICERROR, OK)                                         \
    X(EOFERROR, "EOFError", EXCEPTION, OK)                                                         \
    X(LOOKUPERROR, "LookupError", EXCEPTION, OK)                                                   \
    X(INDEXERROR, "IndexError", LOOKUPERROR, OK)                                                   \
    X(KEYERROR, "KeyError", LOOKUPERROR, OK)                                                       \
    X(MEMORYERROR, "MemoryError", EXCEPTION, OK)                                                   \
    X(OSERROR, "OSError", EXCEPTION, OK)                                                           \
    X(BLOCKINGIOERROR, "BlockingIOError", OSERROR, OK)                                             \
    X(CHILDPROCESSERROR, "ChildProcessError", OSERROR, OK)                                         \
    X(CONNECTIONERROR, "ConnectionError", OSERROR, OK)                                             \
    X(BROKENPIPEERROR, "BrokenPipeError", CONNECTIONERROR, OK)                                     \
    X(CONNECTIONABORTEDERROR, "ConnectionAbortedError", CONNECTIONERROR, OK)                       \
    X(CONNECTIONREFUSEDERROR, "ConnectionRefusedError", CONNECTIONERROR, OK)                       \
    X(CONNECTIONRESETERROR, "ConnectionResetError", CONNECTIONERROR, OK)                           \
    X(FILEEXISTSERROR, "FileExistsError", OSERROR, OK)                                             \
    X(FILENOTFOUNDERROR, "FileNotFoundError", OSERROR, OK)                                         \
    X(INTERRUPTEDERROR, "InterruptedError", OSERROR, OK)                                           \
    X(ISADIRECTORYERROR, "IsADirectoryError", OSERROR, OK)                                         \
    X(NOTADIRECTORYERROR, "NotADirectoryError", OSERROR, OK)                                       \
    X(PERMISSIONERROR, "PermissionError", OSERROR, OK)                                             \
    X(PROCESSLOOKUPERROR, "ProcessLookupError", OSERROR, OK)                                       \
    X(TIMEOUTERROR, "TimeoutError", OSERROR, OK)                                                   \
    X(RUNTIMEERROR, "RuntimeError", EXCEPTION, OK)                                                 \
    X(NOTIMPLEMENTEDERROR, "NotImplementedError", RUNTIMEERROR, OK)                                \
    X(RECURSIONERROR, "RecursionError", RUNTIMEERROR, OK)                                          \
    X(TYPEERROR, "TypeError", EXCEPTION, OK)                                                       \
    X(VALUEERROR, "ValueError", EXCEPTION, OK)                                                     \
    X(UNICODEERROR, "UnicodeError", VALUEERROR, OK)                                                \
    X(UNICODEDECODEERROR, "UnicodeDecodeError", UNICODEERROR, OK)                                  \
    X(UNICODEENCODEERROR, "UnicodeEncodeError", UNICODEERROR, OK)                                  \
    X(UNSUPPORTEDOPERATION, "UnsupportedOperation", OSERROR, VALUEERROR)                           \
    X(CONFIGPARSER_ERROR, "Error", EXCEPTION, OK)                                                  \
    X(NOSECTIONERROR, "NoSectionError", CONFIGPARSER_ERROR, OK)                                    \
    X(DUPLICATESECTIONERROR, "DuplicateSectionError", CONFIGPARSER_ERROR, OK)                      \
    X(DUPLICATEOPTIONERROR, "DuplicateOptionError", CONFIGPARSER_ERROR, OK)                        \
    X(NOOPTIONERROR, "NoOptionError", CONFIGPARSER_ERROR, OK)                                      \
    X(INTERPOLATIONERROR, "InterpolationError", CONFIGPARSER_ERROR, OK)                            \
    X(INTERPOLATIONDEPTHERROR, "InterpolationDepthError", INTERPOLATIONERROR, OK)                  \
    X(INTERPOLATIONMISSINGOPTIONERROR, "InterpolationMissingOptionError", INTERPOLATIONERROR, OK)  \
    X(INTERPOLATIONSYNTAXERROR, "InterpolationSyntaxError", INTERPOLATIONERROR, OK)                \
    X(PARSINGERROR, "ParsingError", CONFIGPARSER_ERROR, OK)                                        \
    X(MISSINGSECTIONHEADERERROR, "MissingSectionHeaderError", PARSINGERROR, OK)                    \
    X(OPTPARSEERROR, "OptParseError", EXCEPTION, OK)                                               \
    X(OPTIONERROR, "OptionError", OPTPARSEERROR, OK)                                               \
    X(OPTIONCONFLICTERROR, "OptionConflictError", OPTIONERROR, OK)                                 \
    X(OPTIONVALUEERROR, "OptionValueError", OPTPARSEERROR, OK)                                     \
    X(BADOPTIONERROR, "BadOptionError", OPTPARSEERROR, OK)                                         \
    X(AMBIGUOUSOPTIONERROR, "AmbiguousOptionError", BADOPTIONERROR, OK)

typedef enum osb_kind {
    OSB_OK,
#define OSB_KIND_ENUM(constant, name, parent, parent2) OSB_##constant,
    OSB_ERROR_KINDS(OSB_KIND_ENUM)
#undef OSB_KIND_ENUM
        OSB_KIND_COUNT
} osb_kind;

typedef struct osb_error {
    osb_kind kind;
    int errnum;        /* an OSError's errno, else 0 */
    uint32_t winerror; /* a Windows error code where one applies, else 0 */
    uint32_t line;     /* 1-based line of the input, 0 where there is none */
    uint32_t column;   /* 1-based column in characters, 0 where there is none */
    size_t start,
        end; /* a UnicodeError's positions: bytes when decoding, characters when encoding */
    osb_bytes filename; /* an OSError's file, borrowed from the call's argument; or None */
    size_t len;         /* bytes of the message */
    bool cut;           /* memory for all of the message was missing */
    char *heap;         /* the message, owned, when it does not fit text[] */
    char text[160];
} osb_error;

/* Ready for use; the same as zeroing it. An error that was filled is freed before it is reused. */
void osb_error_init(osb_error *err);
void osb_error_free(osb_error *err);

/* The message, borrowed from err. UTF-8, lone surrogates in their three-byte form. */
osb_bytes osb_error_message(const osb_error *err);

/* "NoSectionError" and so on; static. */
const char *osb_error_name(osb_kind kind);

/* Whether err is of that kind or of a kind derived from it. */
bool osb_error_is(const osb_error *err, osb_kind kind);

/* Fill err (which may be NULL) and return -1, so that a function can `return osb_error_set(...)`.
 * fmt is that of osb_buf_fmt (<osbox/buf.h>). Where memory for a long message is missing, the
 * message is cut, the kind stays. errno is left as it was. */
int osb_error_set(osb_error *err, osb_kind kind, const char *fmt, ...);
int osb_error_vset(osb_error *err, osb_kind kind, const char *fmt, va_list ap);

/* The same with the input's line and column (1-based; 0 where unknown). */
int osb_error_set_at(osb_error *err, osb_kind kind, size_t line, size_t column, const char *fmt,
                     ...);

/* An OSError, its subclass picked by errnum: "[Errno 2] No such file or directory: 'name'".
 * filename is borrowed and may be None. Source: OSError's constructor. */
int osb_error_set_errno(osb_error *err, int errnum, osb_bytes filename);

/* A MemoryError; needs no memory. */
int osb_error_set_nomem(osb_error *err);

/* Hand from's error over to err (which may be NULL), leaving from empty. */
void osb_error_move(osb_error *err, osb_error *from);

/* Append text to the message ("; try --raw"). */
void osb_error_append(osb_error *err, const char *fmt, ...);

/* The OSError subclass of an errno: OSB_FILENOTFOUNDERROR for ENOENT; OSB_OSERROR where none. */
osb_kind osb_error_kind_of_errno(int errnum);

#endif
