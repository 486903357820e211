"""The layer between the oracle tests and libosbox: ctypes structs, calls, and the tally of cases.

A test wraps a function of the library with `function`, turns str into slices with `text`, runs both
sides through `attempt` and hands the two outcomes to Tally.check:

    isspace = osblib.function("osb_text_isspace", ctypes.c_bool, ctypes.c_uint32)
    tally = osblib.Tally("text")
    tally.check(("isspace", cp), chr(cp).isspace(), isspace(cp))
    sys.exit(tally.close())

Text crosses the border as UTF-8 with lone surrogates in their three-byte form.
"""

import argparse
import collections
import ctypes
import os
import pathlib

TREE = pathlib.Path(__file__).resolve().parents[2]
lib = ctypes.CDLL(os.environ.get("OSBOX_LIB", str(TREE / "build" / "libosbox.so")))


class Bytes(ctypes.Structure):
    """osb_bytes. Its fields are read through value(), as c_char_p would stop at a NUL byte."""

    _fields_ = [("ptr", ctypes.c_char_p), ("len", ctypes.c_size_t)]

    def value(self):
        """The bytes, or None for a None slice."""
        address = ctypes.c_void_p.from_buffer(self).value
        return None if address is None else ctypes.string_at(address, self.len)


class Buf(ctypes.Structure):
    """osb_buf. Freed with the Python object, so let none outlive the library's use of it."""

    _fields_ = [("ptr", ctypes.c_void_p), ("len", ctypes.c_size_t), ("cap", ctypes.c_size_t),
                ("max", ctypes.c_size_t), ("state", ctypes.c_int), ("fixed", ctypes.c_bool)]

    def value(self):
        return ctypes.string_at(self.ptr, self.len) if self.len else b""

    def __del__(self):
        lib.osb_buf_free(ctypes.byref(self))


class Error(ctypes.Structure):
    """osb_error. Freed with the Python object."""

    _fields_ = [("kind", ctypes.c_int), ("errnum", ctypes.c_int), ("winerror", ctypes.c_uint32),
                ("line", ctypes.c_uint32), ("column", ctypes.c_uint32),
                ("start", ctypes.c_size_t), ("end", ctypes.c_size_t), ("filename", Bytes),
                ("len", ctypes.c_size_t), ("cut", ctypes.c_bool), ("heap", ctypes.c_void_p),
                ("text", ctypes.c_char * 160)]

    def __del__(self):
        lib.osb_error_free(ctypes.byref(self))


def function(name, restype, *argtypes):
    """The library's function of that name, typed."""
    found = lib[name]  # not getattr: that would share one object, and its types, between callers
    found.restype = restype
    found.argtypes = argtypes
    return found


error_name = function("osb_error_name", ctypes.c_char_p, ctypes.c_int)
error_message = function("osb_error_message", Bytes, ctypes.POINTER(Error))


def text(s):
    """A slice of a str (UTF-8, surrogatepass), of bytes, or of None. It keeps its bytes alive."""
    if s is None:
        return Bytes()
    raw = s.encode("utf-8", "surrogatepass") if isinstance(s, str) else s
    return Bytes(raw, len(raw))


def string(raw):
    """The str of what the library gave: a Bytes, a Buf or bytes; None for a None slice."""
    if isinstance(raw, (Bytes, Buf)):
        raw = raw.value()
    return None if raw is None else raw.decode("utf-8", "surrogatepass")


class OsbError(Exception):
    """An osb_error, as an exception; kind is the Python exception's name."""

    def __init__(self, kind, message, error):
        super().__init__(message)
        self.kind, self.message, self.error = kind, message, error


def error_of(error):
    """(kind, message) of a filled osb_error."""
    return error_name(error.kind).decode(), string(error_message(ctypes.byref(error)))


def call(f, *args):
    """f(*args, &error); OsbError where it returns -1. Returns f's own result otherwise."""
    error = Error()
    result = f(*args, ctypes.byref(error))
    if result == -1:
        raise OsbError(*error_of(error), error)
    return result


def appended(f, *args):
    """The str that f(&buf, *args) appends to an empty buffer."""
    buf = Buf()
    f(ctypes.byref(buf), *args)
    return string(buf)


Raised = collections.namedtuple("Raised", "kind message")


def attempt(f, *args, **kwargs):
    """f's result, or Raised(kind, message): the same shape for the library and for Python."""
    try:
        return f(*args, **kwargs)
    except OsbError as e:
        return Raised(e.kind, e.message)
    except Exception as e:  # pylint: disable=broad-except
        return Raised(type(e).__name__, str(e))


def arguments(description, cases=20000):
    """The command line that every oracle test takes: --cases N --seed S."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--cases", type=int, default=cases, help="random cases")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random cases")
    return parser.parse_args()


def shortened(value, most=1000):
    """A value's repr in ASCII, without its middle where it is long."""
    shown = ascii(value)
    return shown if len(shown) <= most else f"{shown[:most // 2]} ... {shown[-most // 2:]}"


class Tally:
    """Counts cases, prints the first differences, and closes with one line and an exit code."""

    SHOWN = 20

    def __init__(self, name):
        self.name, self.cases, self.differences = name, 0, 0

    def check(self, case, python, osbox):
        """Count one case; True where both sides agree. A bool is not an int, 1.0 is not 1."""
        self.cases += 1
        if type(python) is type(osbox) and python == osbox:
            return True
        self.differences += 1
        if self.differences <= self.SHOWN:
            print(f"{self.name}: {shortened(case)}\n    python {shortened(python)}"
                  f"\n    osbox  {shortened(osbox)}")
        return False

    def close(self):
        """Print the closing line; the exit code."""
        print(f"{self.name}: {self.cases} cases, {self.differences} differences")
        return 1 if self.differences else 0
