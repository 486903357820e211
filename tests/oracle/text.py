"""Text against Python: str's classes, lower, strip, repr; json.dumps, shlex.quote, UTF-8 itself."""

import codecs
import ctypes
import json
import random
import shlex
import subprocess
import sys
import unicodedata

import osblib
from osblib import Buf, Bytes, appended, function, text

U32, SIZE, BUF = ctypes.c_uint32, ctypes.c_size_t, ctypes.POINTER(Buf)
ALL = range(sys.maxunicode + 1)
NPOS = SIZE(-1).value


class Nearest(ctypes.Structure):
    _fields_ = [("word", Bytes), ("best", Bytes), ("distance", SIZE)]


next_ = function("osb_text_next", SIZE, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(U32))
prev = function("osb_text_prev", SIZE, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(U32))
put = function("osb_text_put", None, BUF, U32)
length = function("osb_text_len", SIZE, Bytes)
offset = function("osb_text_offset", SIZE, Bytes, SIZE)
check = function("osb_text_check", SIZE, Bytes)
find_nonascii = function("osb_text_find_nonascii", SIZE, Bytes)
isspace = function("osb_text_isspace", ctypes.c_bool, U32)
isprintable = function("osb_text_isprintable", ctypes.c_bool, U32)
decimal = function("osb_text_decimal", ctypes.c_int, U32)
strips = {name: function("osb_text_" + name, Bytes, Bytes) for name in ("strip", "lstrip", "rstrip")}
lower = function("osb_text_lower", None, BUF, Bytes)
is_lower_ascii = function("osb_text_is_lower_ascii", ctypes.c_bool, Bytes)
repr_ = function("osb_text_repr", None, BUF, Bytes)
json_ = function("osb_text_json", None, BUF, Bytes)
shell = function("osb_text_shell", None, BUF, Bytes)
visible = function("osb_text_visible", None, BUF, Bytes)
distance = function("osb_text_distance", SIZE, Bytes, Bytes, SIZE)
offer = function("osb_nearest_offer", None, ctypes.POINTER(Nearest), Bytes)


def decode_leniently(error):
    """The codec error handler that decodes as <osbox/text.h> says."""
    surrogate = error.object[error.start:error.start + 3]
    try:
        return surrogate.decode("utf-8", "surrogatepass"), error.start + 3
    except UnicodeDecodeError:
        return "\ufffd", error.start + 1


codecs.register_error("osbox", decode_leniently)


def every_code_point(tally):
    for cp in ALL:
        c = chr(cp)
        tally.check(("isspace", cp), c.isspace(), isspace(cp))
        tally.check(("isprintable", cp), c.isprintable(), isprintable(cp))
        tally.check(("decimal", cp), unicodedata.decimal(c, -1), decimal(cp))


def every_code_point_in_context(tally):
    """Newlines keep the contexts apart: neither lower nor repr looks across one."""
    contexts = ("{}", "{}Σ", "A{}Σ", "AΣ{}", "AΣ{}b", "{0}{0}", "'{}", "\"'{}")
    for start in range(0, len(ALL), 256):
        block = [chr(cp) for cp in ALL[start:start + 256]]
        for context in contexts:
            s = "\n".join(context.format(c) for c in block)
            tally.check(("lower", context, start), s.lower(), appended(lower, text(s)))
            tally.check(("repr", context, start), repr(s), appended(repr_, text(s)))
    for cp in ALL:
        tally.check(("put", cp), chr(cp), appended(put, cp))


ALPHABETS = (
    "abcXYZ019 _-./:=@%+,",
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2028\u2029\u202f\u205f\u3000\u200b",
    "\0\x01\x07\b\x1b\x7f\x80\x9b\xad'\"\\$`!*?#~&|;<>()[]{}",
    "ΣΣΣσςABab.'\u00b7\u0301\u0345\u00ad:\u2019\u1d2c\u02b0\u24b6\u16e40 1",
    "İIıiÄäßẞǅǄǆΩK\u212bÅÉéЖж\u10a0\u1c90Ა\U00010400\U0001e900\U000118a0",
    "\ud800\udbff\udc00\udc80\udfff\ufffd\ufffe\ufeff\ue000",
    "e\u0301\u20ac日本\u0378\U0001f600\U0001f1e9\U000e0001\U000e0100\U0010ffff٠٩०９𝟎𝟿",
)


def random_text(rng):
    alphabet = "".join(rng.sample(ALPHABETS, rng.randint(1, 3)))
    chars = [rng.choice(alphabet) for _ in range(rng.choice((0, 1, 2, 5, 12, 40)))]
    if rng.random() < 0.2:
        chars += [chr(rng.choice(ALL)) for _ in range(5)]
        rng.shuffle(chars)
    return "".join(chars)


def random_bytes(rng):
    raw = bytearray(random_text(rng).encode("utf-8", "surrogatepass"))
    for _ in range(rng.choice((0, 0, 1, 4))):
        at = rng.randint(0, len(raw))
        raw[at:at + rng.randint(0, 1)] = bytes([rng.choice((rng.randrange(256), 0xC0, 0xED, 0xF4))])
    return bytes(raw)


def visible_in_python(s):
    hidden = {cp: f"\\x{cp:02x}" for cp in (*range(0x20), *range(0x7F, 0xA0)) if cp not in (9, 10)}
    return s.translate(hidden)


def compare_text(tally, rng):
    s = random_text(rng)
    size = rng.randint(0, len(s) + 1)
    tally.check(("lower", s), s.lower(), appended(lower, text(s)))
    tally.check(("repr", s), repr(s), appended(repr_, text(s)))
    tally.check(("json", s), json.dumps(s, ensure_ascii=False), appended(json_, text(s)))
    tally.check(("shell", s), shlex.quote(s), appended(shell, text(s)))
    tally.check(("visible", s), visible_in_python(s), appended(visible, text(s)))
    tally.check(("len", s), len(s), length(text(s)))
    tally.check(("offset", s, size), len(s[:size].encode("utf-8", "surrogatepass")),
                offset(text(s), size))
    tally.check(("is_lower_ascii", s), s.isascii() and s == s.lower(), is_lower_ascii(text(s)))
    whole = text(s)  # what strip() returns is borrowed from it
    for name, strip in strips.items():
        tally.check((name, s), getattr(s, name)(), osblib.string(strip(whole)))


def walk_forward(raw):
    """The characters of raw, each as (its code point, its bytes)."""
    memory = ctypes.create_string_buffer(raw, len(raw) or 1)
    at, end, cp = ctypes.addressof(memory), ctypes.addressof(memory) + len(raw), U32()
    found = []
    while at < end:
        n = next_(at, end, ctypes.byref(cp))
        found.append((cp.value, n))
        at += n
    return found


def walk_backward(raw):
    memory = ctypes.create_string_buffer(raw, len(raw) or 1)
    start, cp = ctypes.addressof(memory), U32()
    at = start + len(raw)
    found = []
    while at > start:
        n = prev(start, at, ctypes.byref(cp))
        found.append((cp.value, n))
        at -= n
    return found[::-1]


def first_bad(raw):
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as e:
        return e.start
    return NPOS


def compare_bytes(tally, rng):
    raw = random_bytes(rng)
    characters = raw.decode("utf-8", "osbox")
    forward = walk_forward(raw)
    tally.check(("next", raw), [ord(c) for c in characters], [cp for cp, _ in forward])
    tally.check(("next, widths", raw), len(raw), sum(n for _, n in forward))
    tally.check(("prev", raw), forward, walk_backward(raw))
    tally.check(("len", raw), len(characters), length(text(raw)))
    padding = b"a" * rng.randint(0, 40)
    tally.check(("check", padding + raw), first_bad(padding + raw), check(text(padding + raw)))
    nonascii = [i for i, byte in enumerate(padding + raw) if byte >= 0x80]
    tally.check(("find_nonascii", padding + raw), nonascii[0] if nonascii else NPOS,
                find_nonascii(text(padding + raw)))


def shells_read_back(tally, rng):
    """What shell() gives, evaluated by the machine's shell, is the bytes it was given."""
    words = [random_bytes(rng).replace(b"\0", b"") for _ in range(200)]
    script = b"printf '%s\\0'"
    for word in words:
        buf = Buf()
        shell(ctypes.byref(buf), text(word))
        script += b" " + buf.value()
    said = subprocess.run(["/bin/sh"], input=script, stdout=subprocess.PIPE, check=True).stdout
    for word, back in zip(words, said.split(b"\0")):
        tally.check(("shell", word), word, back)


def distance_in_python(a, b):
    """Optimal string alignment, the textbook's whole table."""
    rows = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            edits = [rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])]
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                edits.append(rows[i - 2][j - 2] + 1)
            row.append(min(edits))
        rows.append(row)
    return rows[-1][-1]


def random_word(rng):
    return "".join(rng.choice("abcD") for _ in range(rng.choice((0, 1, 3, 5, 8, 13))))


def nearest_in_python(word, candidates):
    best, best_distance = None, 0
    for candidate in candidates:
        found = distance_in_python(word.lower(), candidate.lower())
        near = found <= (len(word) // 3 if len(word) >= 6 else len(word) >= 3)
        if near and (best is None or found < best_distance):
            best, best_distance = candidate, found
    return best, best_distance


def compare_words(tally, rng):
    a, b, most = random_word(rng), random_word(rng), rng.randint(0, 14)
    tally.check(("distance", a, b, most), min(distance_in_python(a, b), most + 1),
                distance(text(a), text(b), most))
    candidates = [random_word(rng) for _ in range(5)]
    nearest = Nearest(text(a), Bytes(), 0)
    slices = [text(candidate) for candidate in candidates]
    for candidate in slices:
        offer(ctypes.byref(nearest), candidate)
    tally.check(("nearest", a, candidates), nearest_in_python(a, candidates),
                (osblib.string(nearest.best), nearest.distance))


def main():
    args = osblib.arguments(__doc__)
    tally = osblib.Tally("text")
    rng = random.Random(args.seed)
    every_code_point(tally)
    every_code_point_in_context(tally)
    shells_read_back(tally, rng)
    for case in range(args.cases):
        compare_text(tally, rng)
        compare_bytes(tally, rng)
        if case % 10 == 0:
            compare_words(tally, rng)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
