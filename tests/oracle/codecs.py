"""codecs: lookup, decode and encode, whole and in pieces, against python3's codecs."""

import codecs
import ctypes
import encodings.aliases
import random
import re
import sys

import osblib

CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
          "utf-32-be", "ascii", "latin-1"]
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace",
            "surrogateescape", "surrogatepass"]

# Meant: handlers that CPython has and osbox has not, for want of the tables of character names.
NO_HANDLERS = {"namereplace"}


class State(ctypes.Structure):
    _fields_ = [("pending", ctypes.c_ubyte * 8), ("npending", ctypes.c_uint8),
                ("phase", ctypes.c_uint8), ("position", ctypes.c_uint64)]


BufPtr, ErrorPtr = ctypes.POINTER(osblib.Buf), ctypes.POINTER(osblib.Error)
Codec = ctypes.c_void_p
lookup = osblib.function("osb_codecs_lookup", ctypes.c_int, osblib.Bytes, ctypes.POINTER(Codec),
                         ErrorPtr)
lookup_error = osblib.function("osb_codecs_lookup_error", ctypes.c_int, osblib.Bytes,
                               ctypes.POINTER(ctypes.c_int), ErrorPtr)
codec_name = osblib.function("osb_codecs_name", ctypes.c_char_p, Codec)
WHOLE = (ctypes.c_int, Codec, osblib.Bytes, ctypes.c_int, BufPtr, ErrorPtr)
PIECE = (ctypes.c_int, Codec, ctypes.POINTER(State), osblib.Bytes, ctypes.c_bool, ctypes.c_int,
         BufPtr, ErrorPtr)
decode = osblib.function("osb_codecs_decode", *WHOLE)
encode = osblib.function("osb_codecs_encode", *WHOLE)
decode_next = osblib.function("osb_codecs_decode_next", *PIECE)
encode_next = osblib.function("osb_codecs_encode_next", *PIECE)


def find_codec(name):
    found = Codec()
    osblib.call(lookup, osblib.text(name), ctypes.byref(found))
    return found


def find_handler(name):
    found = ctypes.c_int()
    osblib.call(lookup_error, osblib.text(name), ctypes.byref(found))
    return found.value


def positioned(outcome, error, shift=0):
    """The outcome, a UnicodeError's positions beside it and moved by `shift`."""
    if not isinstance(outcome, osblib.Raised) or not hasattr(error, "start"):
        return outcome
    message = re.sub(r"(?<= in position )(\d+)(-\d+)?", lambda m: "-".join(
        str(int(n) + shift) for n in m[0].split("-")), outcome.message)
    return osblib.Raised(outcome.kind, message), error.start + shift, error.end + shift


def outcome_of(f, shift=0):
    """What f returns, or what it raises."""
    try:
        return f()
    except osblib.OsbError as e:
        has_positions = e.kind in ("UnicodeDecodeError", "UnicodeEncodeError")
        return positioned(osblib.Raised(e.kind, e.message), e.error if has_positions else None)
    except Exception as e:  # pylint: disable=broad-except
        return positioned(osblib.Raised(type(e).__name__, str(e)), e, shift)


def whole(f, codec, data, handler):
    buf = osblib.Buf()
    osblib.call(f, codec, osblib.text(data), handler, ctypes.byref(buf))
    return buf.value()


class Pieces:
    """An incremental decoder or encoder of the library."""

    def __init__(self, f, codec, handler):
        self.f, self.codec, self.handler, self.state = f, codec, handler, State()

    def feed(self, data, final):
        buf = osblib.Buf()
        osblib.call(self.f, self.codec, ctypes.byref(self.state), osblib.text(data), final,
                    self.handler, ctypes.byref(buf))
        return buf.value()


# -- inputs ----------------------------------------------------------------------------------------

CORNER_BYTES = [
    b"", b"a", b"\x80", b"\xe2\x82", b"\xe2\x82\xac", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0",
    b"\xed", b"\xf4\x90\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xf0\x90", b"\xf0\x80\x80\x80", b"\xc0\xaf",
    b"\xe0\x80\xaf", b"\xf8\x88\x80\x80", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xef\xbb",
    b"\xef", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\x00\xd8", b"\xd8\x00", b"\x00\xdc", b"\xdc\x00",
    b"\x3d\xd8\x00\xde", b"\xd8\x3d\xde\x00", b"\x80\xdc\x80", b"\0\xd8\0\0", b"\0\0\xd8\0",
    b"\0\0\x11\0", b"\0\x11\0\0", b"\xac\x20\0\0", b"\0\0\x20\xac", b"A\0\0\0", b"\0\0\0A",
    b"\xf0\x9f\x98\x80", b"\xc3\xa9", b"plain text, long enough for a block of sixteen",
]
CORNER_CHARS = ("aZ09 \n\0\x7f\x80\xa0\xe9\xff\u0100\u20ac\ud7ff\ud800\udbff\udc00\udc7f\udc80\udcff"
                "\udfff\ue000\ufeff\ufffd\uffff\U00010000\U0001f600\U0010ffff")


def random_text(rng):
    if rng.random() < 0.2:  # escaped bytes, in runs
        return "".join(chr(rng.randint(0xdc7e, 0xdd01)) for _ in range(rng.randint(0, 6)))
    if rng.random() < 0.1:
        return "x" * rng.randint(0, 3000) + rng.choice(CORNER_CHARS) * rng.randint(0, 5)
    return "".join(rng.choice(CORNER_CHARS) for _ in range(rng.randint(0, 12)))


def mutated(rng, data):
    data = bytearray(data)
    for _ in range(rng.randint(1, 2)):
        if data:
            at = rng.randrange(len(data))
            data[at:at + rng.randint(0, 2)] = rng.choice(CORNER_BYTES)[:rng.randint(0, 4)]
    return bytes(data)


def random_bytes(rng, codec):
    choice = rng.random()
    if choice < 0.25:
        return bytes(rng.choice(b"\0\x20A\x7f\x80\xbf\xc2\xd8\xdc\xe0\xed\xef\xf0\xf4\xff\xfe")
                     for _ in range(rng.randint(0, 12)))
    if choice < 0.5:
        return b"".join(rng.choice(CORNER_BYTES) for _ in range(rng.randint(0, 4)))
    data = random_text(rng).encode(rng.choice([codec, "utf-8", "utf-16"]), "replace")
    return mutated(rng, data) if choice < 0.9 else data


def split(rng, data):
    """Pieces of data, some of them empty."""
    cuts = sorted(rng.randint(0, len(data)) for _ in range(rng.randint(0, 5)))
    return [data[a:b] for a, b in zip([0] + cuts, cuts + [len(data)])]


# -- comparisons -----------------------------------------------------------------------------------

def as_text(outcome):
    return outcome.decode("utf-8", "surrogatepass") if isinstance(outcome, bytes) else outcome


# codecs.getdecoder, not codecs.decode: that one wraps a TypeError in another.
def compare_whole(tally, name, handler, data, text):
    codec, number = find_codec(name), find_handler(handler)
    tally.check(("decode", name, handler, data),
                outcome_of(lambda: codecs.getdecoder(name)(data, handler)[0]),
                as_text(outcome_of(lambda: whole(decode, codec, data, number))))
    tally.check(("encode", name, handler, text),
                outcome_of(lambda: codecs.getencoder(name)(text, handler)[0]),
                outcome_of(lambda: whole(encode, codec, text, number)))


def position_of(decoder, fed):
    """Where in the stream the input of the decoder's next call begins, as CPython counts."""
    return fed - len(decoder.getstate()[0])


def compare_decoding(tally, name, handler, pieces):
    python = codecs.getincrementaldecoder(name)(handler)
    osbox = Pieces(decode_next, find_codec(name), find_handler(handler))
    fed = 0
    for i, piece in enumerate(pieces):
        final = i == len(pieces) - 1
        shift = position_of(python, fed)
        # utf-8-sig cuts the mark off before it counts
        joined = python.getstate()[0] + piece
        if name == "utf-8-sig" and python.first and joined.startswith(codecs.BOM_UTF8):
            shift += 3
        expected = outcome_of(lambda: python.decode(piece, final), shift)
        same = tally.check(("decode", name, handler, pieces, i), expected,
                           as_text(outcome_of(lambda: osbox.feed(piece, final))))
        if not same or not isinstance(expected, str):
            return
        fed += len(piece)


def compare_encoding(tally, name, handler, pieces):
    python = codecs.getincrementalencoder(name)(handler)
    osbox = Pieces(encode_next, find_codec(name), find_handler(handler))
    fed = 0
    for i, piece in enumerate(pieces):
        final = i == len(pieces) - 1
        expected = outcome_of(lambda: python.encode(piece, final), fed)
        same = tally.check(("encode", name, handler, pieces, i), expected,
                           outcome_of(lambda: osbox.feed(piece, final)))
        if not same or not isinstance(expected, bytes):
            return
        fed += len(piece)


def compare_cut_text(tally, rng, name, handler, text):
    """Text cut inside of characters gives what it gives whole."""
    expected = outcome_of(lambda: codecs.getencoder(name)(text, handler)[0])
    if not isinstance(expected, bytes):
        return
    osbox = Pieces(encode_next, find_codec(name), find_handler(handler))
    pieces = split(rng, text.encode("utf-8", "surrogatepass"))
    got = b"".join(osbox.feed(p, i == len(pieces) - 1) for i, p in enumerate(pieces))
    tally.check(("cut", name, handler, pieces), expected, got)


def compare_names(tally, rng):
    names = list(encodings.aliases.aliases) + list(encodings.aliases.aliases.values()) + CODECS
    names += ["", "\u00e9", "utf\u00e9_8", "utf\0", "\ud800", "utf.8", "latin.1", "x" * 600, "K8-R"]
    for name in names:
        for spelling in [name, name.upper(), name.replace("_", "-"), f" {name} ", f"{name}\n",
                         name.replace("_", "."), name + rng.choice("._-x\u0661"),
                         name.replace("_", rng.choice(["  ", "--", "/", "\u00e9"]))]:
            compare_name(tally, spelling)


def compare_name(tally, name):
    expected = outcome_of(lambda: codecs.lookup(name).name)
    known = {codecs.lookup(c).name for c in CODECS}
    if isinstance(expected, str) and expected not in known:
        expected = osblib.Raised("LookupError", f"unknown encoding: {name}")  # not here yet
    tally.check(("lookup", name), expected,
                outcome_of(lambda: codec_name(find_codec(name)).decode()))


def compare_handler_names(tally):
    for name in HANDLERS + ["", "x", "STRICT", "a\0", "\ud800", "\u00e9", "y" * 399 + "\u00e9",
                            "z" * 500]:
        python = outcome_of(lambda: codecs.lookup_error(name) and name)
        tally.check(("lookup_error", name), python,
                    outcome_of(lambda: name if find_handler(name) is not None else None))
    for name in NO_HANDLERS:
        tally.check(("lookup_error", name),
                    osblib.Raised("LookupError", f"unknown error handler name '{name}'"),
                    outcome_of(lambda: find_handler(name)))


def main():
    args = osblib.arguments(__doc__)
    rng = random.Random(args.seed)
    tally = osblib.Tally("codecs")
    compare_names(tally, rng)
    compare_handler_names(tally)
    for name in CODECS:
        for handler in HANDLERS:
            for data in CORNER_BYTES:
                compare_whole(tally, name, handler, data, "")
                compare_decoding(tally, name, handler, [bytes([b]) for b in data] + [b""])
            for char in CORNER_CHARS:
                compare_whole(tally, name, handler, b"", f"a{char}b")
    enough = tally.cases + args.cases
    while tally.cases < enough:
        name, handler = rng.choice(CODECS), rng.choice(HANDLERS)
        data, text = random_bytes(rng, name), random_text(rng)
        compare_whole(tally, name, handler, data, text)
        compare_decoding(tally, name, handler, split(rng, data))
        compare_encoding(tally, name, handler, split(rng, text))
        compare_cut_text(tally, rng, name, handler, text)
    return tally.close()


sys.exit(main())
