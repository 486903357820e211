/* What the codecs share: a codec is a pair of functions that each go on as far as all is well, and
 * the drivers in codecs.c that call them, and an error handler where they stopped. */
#ifndef CODECS_INTERNAL_H
#define CODECS_INTERNAL_H

#include <osbox/codecs.h>
#include <osbox/text.h>

/* Why a decoder stopped, and at which bytes. No reason: it is at the end, or before a character
 * whose end has not come. */
typedef struct fault {
    size_t start, end;
    const char *reason;
} fault;

/* A byte order mark, and the codec of what follows it. */
typedef struct mark {
    char bytes[5];
    uint8_t len;
    const osb_codec *codec;
} mark;

/* What the codecs of a family have in common. */
typedef struct family {
    /* Append the text of bytes[pos:] up to the first fault; returns where it stopped. */
    size_t (*decode)(const osb_codec *codec, osb_bytes bytes, size_t pos, bool final, osb_buf *out,
                     fault *f);
    /* Append the bytes of text[pos:] up to the first character that cannot be encoded; returns its
     * offset. */
    size_t (*encode)(const osb_codec *codec, osb_bytes text, size_t pos, osb_buf *out);

    const char *unencodable; /* the reason in encoding errors */
    uint32_t limit;          /* code points from here on, and surrogates, cannot be encoded */
    bool single_faults;      /* encoding errors tell of one character, not of a run of them */
    uint8_t
        surrogate_size; /* bytes of a surrogate that surrogatepass lets through; 0: it does not */
} family;

struct osb_codec {
    const char *name;   /* CodecInfo.name */
    const char *module; /* the module of CPython's encodings package: a name that needs no alias */
    const char *error_name; /* in error texts */
    const family *family;
    bool big;          /* byte order */
    const mark *marks; /* two, the second perhaps empty; NULL: a mark is a character like others */
    const char *no_mark; /* UnicodeError of a stream without a mark; NULL: it may lack one */
};

extern const osb_codec codecs_utf_8, codecs_utf_8_sig;
extern const osb_codec codecs_utf_16, codecs_utf_16_le, codecs_utf_16_be;
extern const osb_codec codecs_utf_32, codecs_utf_32_le, codecs_utf_32_be;
extern const osb_codec codecs_ascii, codecs_latin_1;

static inline bool is_surrogate(uint32_t cp) {
    return cp >= 0xD800 && cp <= 0xDFFF;
}

static inline bool can_encode(const osb_codec *codec, uint32_t cp) {
    return cp < codec->family->limit && !is_surrogate(cp);
}

/* The mark that bytes begin with, or NULL. */
const mark *codecs_find_mark(const osb_codec *codec, osb_bytes bytes);

/* Decode with the handler, a mark being a character like others. base is the position of bytes in
 * the stream. *used tells how many bytes were decoded: all if final. */
int codecs_decode_some(const osb_codec *codec, osb_bytes bytes, bool final, osb_codec_errors errors,
                       uint64_t base, osb_buf *out, size_t *used, osb_error *err);

/* Encode with the handler, without a mark. base is the position of text, in characters. */
int codecs_encode_some(const osb_codec *codec, osb_bytes text, osb_codec_errors errors,
                       uint64_t base, osb_buf *out, osb_error *err);

/* Serve a fault: append what stands for it and move *pos past it; false: it stays an error. */
bool codecs_handle_decode(const osb_codec *codec, osb_codec_errors errors, osb_bytes bytes,
                          const fault *f, size_t *pos, osb_buf *out);

/* The same for text[*pos:end], which cannot be encoded; on false, *pos is what to blame. */
bool codecs_handle_encode(const osb_codec *codec, osb_codec_errors errors, osb_bytes text,
                          size_t *pos, size_t end, osb_buf *out);

/* -- code units -------------------------------------------------------------------------------- */

static inline uint32_t read_unit16(const osb_codec *codec, const unsigned char *p) {
    return codec->big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t read_unit32(const osb_codec *codec, const unsigned char *p) {
    uint32_t first = read_unit16(codec, p), second = read_unit16(codec, p + 2);
    return codec->big ? first << 16 | second : second << 16 | first;
}

static inline void write_unit16(const osb_codec *codec, char *p, uint32_t unit) {
    p[codec->big] = (char)(unit & 0xFF);
    p[!codec->big] = (char)(unit >> 8);
}

static inline void write_unit32(const osb_codec *codec, char *p, uint32_t unit) {
    write_unit16(codec, p + 2 * codec->big, unit & 0xFFFF);
    write_unit16(codec, p + 2 * !codec->big, unit >> 16);
}

/* -- blocks ------------------------------------------------------------------------------------ */

/* Output collected on the stack, so that a character costs no call. */
typedef struct block {
    osb_buf *out;
    size_t len;
    char bytes[2048];
} block;

static inline void block_open(block *b, osb_buf *out) {
    b->out = out;
    b->len = 0;
}

static inline void block_flush(block *b) {
    osb_buf_add(b->out, (osb_bytes){b->bytes, b->len});
    b->len = 0;
}

/* Room for one more character in any encoding. */
static inline char *block_room(block *b) {
    if (b->len > sizeof b->bytes - 4)
        block_flush(b);
    return b->bytes + b->len;
}

/* Append a code point as UTF-8. */
static inline void block_put(block *b, uint32_t cp) {
    char *p = block_room(b);
    if (cp < 0x80) {
        p[0] = (char)cp;
        b->len += 1;
    } else if (cp < 0x800) {
        p[0] = (char)(0xC0 | cp >> 6);
        p[1] = (char)(0x80 | (cp & 0x3F));
        b->len += 2;
    } else if (cp < 0x10000) {
        p[0] = (char)(0xE0 | cp >> 12);
        p[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        p[2] = (char)(0x80 | (cp & 0x3F));
        b->len += 3;
    } else {
        p[0] = (char)(0xF0 | cp >> 18);
        p[1] = (char)(0x80 | (cp >> 12 & 0x3F));
        p[2] = (char)(0x80 | (cp >> 6 & 0x3F));
        p[3] = (char)(0x80 | (cp & 0x3F));
        b->len += 4;
    }
}

#endif
