/* UTF-8, and UTF-8 behind a mark.
 * Source: RFC 3629; where a fault ends: Unicode 14, section 3.9, "maximal subpart". */
#include "internal.h"

/* How many bytes a lead byte asks for; 0 where it is none. */
static size_t length_of_lead(unsigned char lead) {
    if (lead < 0xC2 || lead > 0xF4)
        return lead < 0x80 ? 1 : 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Whether `second` may follow: not overlong, no surrogate, not above U+10FFFF. */
static bool may_follow(unsigned char lead, unsigned char second) {
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

/* How many of n bytes begin a character properly; the first is a lead byte. */
static size_t good_bytes(const unsigned char *p, size_t n) {
    if (n < 2 || !may_follow(p[0], p[1]))
        return 1;
    size_t good = 2;
    while (good < n && (p[good] & 0xC0) == 0x80)
        good++;
    return good;
}

/* CPython waits for the third byte of a surrogate, for surrogatepass's sake, with any handler. */
static bool is_half_surrogate(const unsigned char *p, size_t n) {
    return n == 2 && p[0] == 0xED && p[1] >= 0xA0 && p[1] <= 0xBF;
}

/* Why no character stands at bytes[pos]. */
static void find_fault(osb_bytes bytes, size_t pos, bool final, fault *f) {
    const unsigned char *p = (const unsigned char *)bytes.ptr + pos;
    size_t left = bytes.len - pos;
    size_t need = length_of_lead(p[0]);
    if (need == 0) {
        *f = (fault){pos, pos + 1, "invalid start byte"};
        return;
    }
    size_t good = good_bytes(p, need < left ? need : left);
    if (good < left && !(!final && is_half_surrogate(p, left)))
        *f = (fault){pos, pos + good, "invalid continuation byte"};
    else if (final)
        *f = (fault){pos, bytes.len, "unexpected end of data"};
}

static size_t decode(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, osb_buf *out,
                     fault *f) {
    (void)codec;
    osb_bytes rest = osb_bytes_sub(bytes, pos, bytes.len);
    size_t good = osb_text_check(rest);
    if (good == OSB_NPOS) {
        osb_buf_add(out, rest);
        return bytes.len;
    }
    osb_buf_add(out, osb_bytes_sub(rest, 0, good));
    find_fault(bytes, pos + good, final, f);
    return pos + good;
}

/* Text may hold bytes that are no character; each of them is U+FFFD (see <osbox/text.h>). */
static size_t encode(const osb_codec *codec, osb_bytes text, size_t pos, osb_buf *out) {
    for (;;) {
        osb_bytes rest = osb_bytes_sub(text, pos, text.len);
        size_t good = osb_text_check(rest);
        osb_buf_add(out, osb_bytes_sub(rest, 0, good));
        if (good == OSB_NPOS)
            return text.len;
        pos += good;
        uint32_t cp;
        size_t n = osb_text_next(text.ptr + pos, text.ptr + text.len, &cp);
        if (!can_encode(codec, cp))
            return pos;
        osb_text_put(out, cp);
        pos += n;
    }
}

static const family utf_8 = {.decode = decode,
                             .encode = encode,
                             .unencodable = "surrogates not allowed",
                             .limit = 0x110000,
                             .surrogate_size = 3};

const osb_codec codecs_utf_8 = {
    .name = "utf-8",
    .module = "utf_8",
    .error_name = "utf-8",
    .family = &utf_8,
};

static const mark marks[2] = {{"\xEF\xBB\xBF", 3, &codecs_utf_8}, {"", 0, NULL}};

const osb_codec codecs_utf_8_sig = {
    .name = "utf-8-sig",
    .module = "utf_8_sig",
    .error_name = "utf-8",
    .family = &utf_8,
    .marks = marks,
};
