"""Numbers against Python: int() in all bases, str(int()), float() and repr() of floats."""

import ctypes
import decimal
import math
import random
import struct
import sys

import osblib
from osblib import Buf, Bytes, Error, appended, attempt, function, text

ERROR = ctypes.POINTER(Error)
INT64 = ctypes.POINTER(ctypes.c_int64)
DOUBLE = ctypes.POINTER(ctypes.c_double)

num_int = function("osb_num_int", ctypes.c_int, Bytes, INT64, ERROR)
num_int_base = function("osb_num_int_base", ctypes.c_int, Bytes, ctypes.c_int, INT64, ERROR)
num_int_str = function("osb_num_int_str", ctypes.c_int, Bytes, ctypes.POINTER(Buf), ERROR)
num_float = function("osb_num_float", ctypes.c_int, Bytes, DOUBLE, ERROR)
float_repr = function("osb_num_float_repr", None, ctypes.POINTER(Buf), ctypes.c_double)


def python_int(s, *base):
    value = int(s, *base)
    if not -2**63 <= value < 2**63:
        raise OverflowError("Python int too large to convert to C long")
    return value


def osbox_int(s):
    ret = ctypes.c_int64()
    osblib.call(num_int, text(s), ctypes.byref(ret))
    return ret.value


def osbox_int_base(s, base):
    ret = ctypes.c_int64()
    osblib.call(num_int_base, text(s), base, ctypes.byref(ret))
    return ret.value


def osbox_int_str(s):
    buf = Buf()
    osblib.call(num_int_str, text(s), ctypes.byref(buf))
    return osblib.string(buf)


def bits(x):
    """A float as its bits, so that -0.0 is not 0.0 and nan is nan."""
    return struct.pack(">d", x).hex()


def osbox_float(s):
    ret = ctypes.c_double()
    osblib.call(num_float, text(s), ctypes.byref(ret))
    return bits(ret.value)


def compare_ints(tally, s, bases):
    tally.check(("int", s), attempt(python_int, s), attempt(osbox_int, s))
    tally.check(("int_str", s), attempt(lambda: str(int(s))), attempt(osbox_int_str, s))
    for base in bases:
        tally.check(("int", s, base), attempt(python_int, s, base), attempt(osbox_int_base, s, base))


def compare_float_text(tally, s):
    tally.check(("float", s), attempt(lambda: bits(float(s))), attempt(osbox_float, s))


def compare_float(tally, x):
    shown = appended(float_repr, x)
    tally.check(("repr", bits(x)), repr(x), shown)
    tally.check(("read back", repr(x)), bits(float(repr(x))), attempt(osbox_float, shown))


INT_CORNERS = (
    "", " ", "+", "-", "+-1", "- 1", "0", "-0", "00", "007", "0_0", "0_7", "_1", "1_", "1__0", "1_000",
    "0x", "0x1f", "0X1F", "0x_1f", "0x__1f", "0_x1f", "0b101", "0b12", "0o17", "0o8", "0b", "-0x1f", "١٠",
    "٠x1f", "\u30001\u2028", "\x851", "\xa01\xa0", "\x1c1", "1\x1f", "1\0", "\0", "1\x7f", "\t\n\v\f\r 5\r",
    "９_９", "1.0", "1e3", "é", "é1", "1é", "'", "\"", "'\"", "\ud800", "1\udc80", "z" * 300, "'" * 150 + "é" * 99,
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551616", "9" * 18, "9" * 19, "1" * 4300, "1" * 4301, "-" + "0" * 4300, "0" * 4301,
    "1" * 4301 + "x", "1" * 4301 + "_", "1" * 4301 + "__1", "1_" * 4300 + "1", "1" * 5000 + " 1",
    "7fffffffffffffff", "8000000000000000", "-8000000000000000", "0x" + "0" * 9000 + "1", "1" * 100000,
    "0" * 5000, "0o" + "7" * 5000, "0x" + "f" * 100000 + "g", "\U0001d7d7" * 4300, "\U0001d7d7" * 18,
)

FLOAT_CORNERS = (
    "", " ", ".", "+", "-.", "e5", ".e5", "1e", "1e+", "1e-", "1.", ".1", "1.e1", ".1e1", "1..", "1.2.3", "+1", "--1",
    "inf", "-INF", "Infinity", "+infinity", "infinit", "infin", "in", "nan", "-nan", "+NaN", "nan1", "inf ",
    "nan(1)", "1_0", "1__0", "_1", "1_", "1_.0", "1._0", "1.0_1", "1e_1", "1_e1", "1e1_0", "1e1_", "i_nf",
    "0x1p3", "1e5f", "١٫٥", "١.٥e١", "\u30001.5\u2028", "\x1c1.5", "1.5\0", "1.5é", "é", "1 5", "\x851\xa0",
    "1e400", "-1e400", "1e-400", "-1e-400", "1e99999999999999999999", "1e-99999999999999999999", "0e99999999999999999999",
    "0e-5", "-0", "-0.0", "0.0000e999", "2.2250738585072011e-308", "2.2250738585072012e-308",
    "2.2250738585072014e-308", "4.9e-324", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.47e-324", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
    "179769313486231580793e289", "9007199254740993", "9007199254740992.5", "9007199254740993.0000000000000000001",
    "1e23", "8.5e22", "123456789012345e22", "123456789012345e23", "1234567890123456e-22", "6.631236846766476e-316",
    "3.5e-46", "1e22", "1e-22", "000000000000000000000001", "0." + "0" * 500 + "1", "1" + "0" * 500,
    "1" * 1000000, "0." + "0" * 1000000 + "1e1000000", "1" + "0" * 1000000 + "e-1000000",
    "0." + "0" * 1000000 + "1e1000001", "9" * 1000000 + "e-1000000", "1e" + "0" * 1000000 + "5",
    "1e-" + "9" * 1000000, "1" + "_0" * 100000, "9007199254740993." + "0" * 100000,
    "9007199254740993." + "0" * 100000 + "1", "9007199254740992." + "9" * 100000, "0" * 1000000 + ".5",
    "1" * 200000 + "x", "9007199254740993" + "0" * 784 + "e-784", "9007199254740993" + "0" * 785 + "1e-786",
    "9007199254740993" + "0" * 783 + "1e-784", "9007199254740993" + "0" * 784 + "1e-785",
)

DIGITS = "0123456789" * 2 + "٣९９𝟡"
BLANKS = (" ", "\t", "\n", "\r", "\f", "\v", "\xa0", "\x85", "\u2003", "\u3000", "\x1c", "\x1f", "\u200b", "\0")


def random_digits(rng, letters=""):
    alphabet = DIGITS if rng.random() < 0.2 else "0123456789"
    size = rng.choice((0, 1, 1, 2, 3, 8, 17, 18, 19, 20, 22, 40, 400))
    underscores = "_" if rng.random() < 0.2 else ""
    out = []
    for _ in range(size):
        out.append(rng.choice(alphabet + letters))
        if underscores and rng.random() < 0.3:
            out.append(underscores)
    return "".join(out)


def framed(rng, body):
    """With blanks and a sign, and now and then with something wrong in it."""
    blank = "".join(rng.choice(BLANKS) for _ in range(rng.choice((0, 0, 0, 1, 2))))
    out = list(blank + rng.choice(("", "", "+", "-")) + body + blank[::-1])
    if rng.random() < 0.3:
        at = rng.randint(0, len(out))
        out[at:at + rng.randint(0, 2)] = rng.choice(("", "_", "+", "-", ".", "e", "x", "é", "'", " ", "\ud83d"))
    return "".join(out)


def random_int(rng):
    letters = rng.choice(("", "", "abcdef", "abcxyzABCXYZ"))
    prefix = rng.choice(("", "", "", "0x", "0X_", "0b", "0o", "0O", "0", "0_"))
    digits = rng.choice((random_digits(rng, letters), str(rng.choice((2**63, -2**63)) + rng.randint(-2, 2))))
    return framed(rng, prefix + digits)


def random_float_text(rng):
    out = random_digits(rng)
    if rng.random() < 0.7:
        out += "." + random_digits(rng)
    if rng.random() < 0.5:
        out += rng.choice("eE") + rng.choice(("", "+", "-"))
        out += str(rng.randint(0, rng.choice((5, 30, 340, 10**9)))) if rng.random() < 0.9 else random_digits(rng)
    return framed(rng, rng.choice((out, out, out, out, rng.choice(("inf", "NaN", "Infinity")))))


def random_double(rng):
    kind = rng.randrange(8)
    if kind == 0:  # denormal
        return struct.unpack(">d", struct.pack(">Q", rng.getrandbits(rng.randint(1, 52))))[0]
    if kind == 1:  # power of two, or a neighbour
        x = math.ldexp(1.0, rng.randint(-1074, 1023))
        return rng.choice((x, math.nextafter(x, 0), math.nextafter(x, math.inf)))
    if kind == 2:  # power of ten, or a neighbour
        x = float(f"{rng.randint(1, 9)}e{rng.randint(-323, 307)}")
        return rng.choice((x, math.nextafter(x, 0), math.nextafter(x, math.inf)))
    if kind == 3:  # few digits
        return rng.randint(-10**6, 10**6) / 10**rng.randint(0, 9)
    if kind == 4:  # whole
        return float(rng.getrandbits(rng.randint(1, 64)))
    if kind == 5:
        return rng.random() * 10**rng.randint(-5, 17)
    return struct.unpack(">d", struct.pack(">Q", rng.getrandbits(64)))[0]


def near_halfway(rng):
    """The exact decimal between two doubles, or that cut short or made a little more."""
    x = abs(random_double(rng))
    if math.isnan(x) or math.isinf(x):
        x = sys.float_info.max
    above = math.nextafter(x, math.inf)
    with decimal.localcontext() as context:
        context.prec = 2000
        step = decimal.Decimal(x) - decimal.Decimal(math.nextafter(x, 0)) if math.isinf(above) else \
            decimal.Decimal(above) - decimal.Decimal(x)
        half = decimal.Decimal(x) + step / 2
        exact = format(half, rng.choice(("f", "e")))
    mantissa, e, exponent = exact.partition("e")
    choice = rng.randrange(4)
    if choice == 0 and "." in mantissa:
        mantissa += "0" * rng.randint(0, 900) + "1"
    elif choice == 1 and "." in mantissa:
        mantissa = mantissa[:rng.randint(mantissa.index(".") + 1, len(mantissa))]
    elif choice == 2 and mantissa[-1] in "123456789":
        mantissa = mantissa[:-1] + str(int(mantissa[-1]) - 1) + "9" * rng.randint(0, 900)
    return mantissa + e + exponent


def main():
    args = osblib.arguments(__doc__)
    tally = osblib.Tally("num")
    rng = random.Random(args.seed)
    for s in INT_CORNERS + FLOAT_CORNERS:
        compare_ints(tally, s, (0, 1, 2, 3, 8, 10, 16, 36, 37, -1))
        compare_float_text(tally, s)
    for x in (0.0, -0.0, math.inf, -math.inf, math.nan, sys.float_info.max, sys.float_info.min, 5e-324):
        compare_float(tally, x)
    for exponent in range(-1074, 1024):
        compare_float(tally, math.ldexp(1.0, exponent))
    for exponent in range(-324, 310):
        compare_float(tally, float(f"1e{exponent}"))
    for _ in range(args.cases):
        compare_ints(tally, random_int(rng), (0, rng.choice((2, 8, 16)), rng.randint(2, 36)))
        compare_float_text(tally, random_float_text(rng))
        compare_float_text(tally, near_halfway(rng))
        compare_float(tally, random_double(rng))
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
