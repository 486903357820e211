/* Encodings: text (UTF-8 in memory, lone surrogates in their three-byte form) to bytes and back.
 *
 * Known so far: utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-32, utf-32-le, utf-32-be,
 * ascii, latin-1, under all of Python's aliases.
 * Source: https://docs.python.org/3.11/library/codecs.html */
#ifndef OSBOX_CODECS_H
#define OSBOX_CODECS_H

#include <osbox/buf.h>
#include <osbox/bytes.h>
#include <osbox/error.h>

typedef struct osb_codec osb_codec; /* static, never freed */

typedef enum osb_codec_errors {
    OSB_ERRORS_STRICT,
    OSB_ERRORS_IGNORE,
    OSB_ERRORS_REPLACE,
    OSB_ERRORS_BACKSLASHREPLACE,
    OSB_ERRORS_XMLCHARREFREPLACE, /* encoding only */
    OSB_ERRORS_SURROGATEESCAPE,
    OSB_ERRORS_SURROGATEPASS
} osb_codec_errors;

/* The codec of an encoding's name, in any of Python's spellings.
 * Errors: OSB_LOOKUPERROR "unknown encoding: name"; for either kind of name OSB_VALUEERROR where it
 * has a NUL, OSB_UNICODEENCODEERROR where it has a surrogate. Source: codecs.lookup */
int osb_codecs_lookup(osb_bytes name, const osb_codec **ret, osb_error *err);

/* "utf-8", "iso8859-1" and so on; static. Source: CodecInfo.name */
const char *osb_codecs_name(const osb_codec *codec);

/* Errors: OSB_LOOKUPERROR "unknown error handler name 'x'" (namereplace is not among them: it needs
 * the characters' names). Source: codecs.lookup_error */
int osb_codecs_lookup_error(osb_bytes name, osb_codec_errors *ret, osb_error *err);

/* Append the text of bytes, or the bytes of text.
 * Errors: OSB_UNICODEDECODEERROR, OSB_UNICODEENCODEERROR with CPython's text, and the positions in
 * err->start and err->end: bytes when decoding (utf-8-sig counts from behind the mark), characters
 * when encoding. What stood before the error has then been appended.
 * OSB_TYPEERROR for a handler that cannot serve that direction.
 * Source: codecs.decode, codecs.encode */
int osb_codecs_decode(const osb_codec *codec, osb_bytes bytes, osb_codec_errors errors,
                      osb_buf *ret, osb_error *err);
int osb_codecs_encode(const osb_codec *codec, osb_bytes text, osb_codec_errors errors, osb_buf *ret,
                      osb_error *err);

/* 0 where bytes are UTF-8 as the strict decoder takes it, without decoding them.
 * Errors: OSB_UNICODEDECODEERROR, as decoding would give it. */
int osb_codecs_check_utf8(osb_bytes text, osb_error *err);

/* Incremental forms: feed pieces, cut anywhere, the last one with final = true. Zero the state to
 * begin, or to begin again; after an error it is as it was before the call.
 * Positions in errors count from the start of the stream, a byte order mark included.
 * Errors: those above; OSB_UNICODEERROR "UTF-16 stream does not start with BOM" (utf-16, utf-32).
 * Source: codecs.getincrementaldecoder, getincrementalencoder */
typedef struct osb_codec_state {
    unsigned char pending[8]; /* the start of a character whose end has not come */
    uint8_t npending;
    uint8_t phase;     /* the codec's own: byte order found, BOM written */
    uint64_t position; /* bytes (decoding) or characters (encoding) done before, without pending */
} osb_codec_state;

int osb_codecs_decode_next(const osb_codec *codec, osb_codec_state *state, osb_bytes bytes,
                           bool final, osb_codec_errors errors, osb_buf *ret, osb_error *err);
int osb_codecs_encode_next(const osb_codec *codec, osb_codec_state *state, osb_bytes text,
                           bool final, osb_codec_errors errors, osb_buf *ret, osb_error *err);

#endif
