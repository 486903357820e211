/* Decoding and encoding in pieces, cut anywhere. */
#include "internal.h"

/* Phases of a codec with a mark: where it stands is not known before the mark has been looked for;
 * from FOUND on, the phase tells which of the marks it was. */
enum { UNDECIDED = 0, FOUND = 1 };

/* How much of a new piece is joined to the pending bytes: more than the rest of any character. */
enum { JOINED = 8, PENDING = sizeof(((osb_codec_state *)0)->pending) };

/* One call at work. */
typedef struct call {
    const osb_codec *codec; /* of what follows the mark */
    osb_codec_state *state;
    osb_codec_errors errors;
    bool final;
    osb_buf *out;
    osb_error *err;
} call;

static osb_bytes after(osb_bytes s, size_t n) {
    return osb_bytes_sub(s, n, s.len);
}

static void keep_pending(osb_codec_state *state, osb_bytes s) {
    if (s.len)
        memcpy(state->pending + state->npending, s.ptr, s.len);
    state->npending += (uint8_t)s.len;
}

/* The pending bytes and the first of a piece's. */
typedef struct seam {
    char bytes[PENDING + JOINED];
    size_t len;
    bool whole; /* all of the piece */
} seam;

static seam join(const osb_codec_state *state, osb_bytes piece) {
    seam s;
    size_t taken = piece.len < JOINED ? piece.len : JOINED;
    memcpy(s.bytes, state->pending, state->npending);
    if (taken)
        memcpy(s.bytes + state->npending, piece.ptr, taken);
    s.len = state->npending + taken;
    s.whole = taken == piece.len;
    return s;
}

/* -- decoding ---------------------------------------------------------------------------------- */

static int decode_some(call *d, osb_bytes bytes, bool final, size_t *used) {
    int status = codecs_decode_some(d->codec, bytes, final, d->errors, d->state->position, d->out,
                                    used, d->err);
    if (status == 0)
        d->state->position += *used;
    return status;
}

/* Decode the pending bytes and, with them, the first of the piece; *piece is what is left of it. */
static int decode_pending(call *d, osb_bytes *piece) {
    seam s = join(d->state, *piece);
    size_t pending = d->state->npending, used;
    if (decode_some(d, (osb_bytes){s.bytes, s.len}, d->final && s.whole, &used))
        return -1;
    d->state->npending = 0;
    if (used < pending) {
        keep_pending(d->state, (osb_bytes){s.bytes + used, s.len - used});
        *piece = after(*piece, piece->len);
    } else
        *piece = after(*piece, used - pending);
    return 0;
}

static int decode_piece(call *d, osb_bytes piece) {
    size_t used;
    if (d->state->npending) {
        if (decode_pending(d, &piece))
            return -1;
        if (d->state->npending)
            return 0;
    }
    if (decode_some(d, piece, d->final, &used))
        return -1;
    keep_pending(d->state, after(piece, used));
    return 0;
}

/* utf-8-sig: bytes that may yet become a mark are kept, at the end of the stream too, where CPython
 * loses them. Returns whether they were. */
static bool keep_half_mark(const osb_codec *codec, osb_codec_state *state, const seam *s,
                           osb_bytes piece) {
    const mark *m = &codec->marks[0];
    if (codec->no_mark || s->len >= m->len || memcmp(s->bytes, m->bytes, s->len) != 0)
        return false;
    keep_pending(state, piece);
    return true;
}

/* UTF-16 and UTF-32 without a mark: an error, but not before a character has been decoded. */
static int decode_unmarked(call *d, const mark *first, const char *no_mark, osb_bytes piece) {
    uint64_t position = d->state->position;
    size_t len = d->out->len;
    if (decode_piece(d, piece))
        return -1;
    if (d->state->position - position < first->len)
        return 0;
    osb_buf_truncate(d->out, len);
    return osb_error_set(d->err, OSB_UNICODEERROR, "%s", no_mark);
}

/* The first bytes of a stream: look for the mark, and decode what follows. */
static int decode_beginning(call *d, const osb_codec *codec, osb_bytes piece) {
    seam s = join(d->state, piece);
    if (keep_half_mark(codec, d->state, &s, piece))
        return 0;
    const mark *m = codecs_find_mark(codec, (osb_bytes){s.bytes, s.len});
    d->codec = m ? m->codec : codec->marks[0].codec;
    if (!m && codec->no_mark)
        return decode_unmarked(d, &codec->marks[0], codec->no_mark, piece);
    d->state->phase = (uint8_t)(FOUND + (m ? m - codec->marks : 0));
    if (m) {
        piece = after(piece, m->len - d->state->npending);
        d->state->position += m->len;
        d->state->npending = 0;
    }
    return decode_piece(d, piece);
}

int osb_codecs_decode_next(const osb_codec *codec, osb_codec_state *state, osb_bytes bytes,
                           bool final, osb_codec_errors errors, osb_buf *ret, osb_error *err) {
    osb_codec_state next = *state;
    call d = {codec, &next, errors, final, ret, err};
    int status;
    if (codec->marks && next.phase == UNDECIDED) {
        status = decode_beginning(&d, codec, bytes);
    } else {
        if (codec->marks)
            d.codec = codec->marks[next.phase - FOUND].codec;
        status = decode_piece(&d, bytes);
    }
    if (status == 0)
        *state = next;
    return status;
}

/* -- encoding ---------------------------------------------------------------------------------- */

/* The offset of a last character that is not whole yet, or text.len. Bytes that cannot become one
 * may be held back too: what they mean is decided when more has come. */
static size_t start_of_half_character(osb_bytes text) {
    size_t most = text.len < 3 ? text.len : 3;
    for (size_t n = 1; n <= most; n++) {
        unsigned char byte = (unsigned char)text.ptr[text.len - n];
        if ((byte & 0xC0) == 0x80)
            continue;
        size_t need = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        return need > n ? text.len - n : text.len;
    }
    return text.len;
}

/* Encode all but half a character at the end; *used tells how much that is. */
static int encode_some(call *e, osb_bytes text, bool final, size_t *used) {
    *used = final ? text.len : start_of_half_character(text);
    text = osb_bytes_sub(text, 0, *used);
    if (codecs_encode_some(e->codec, text, e->errors, e->state->position, e->out, e->err))
        return -1;
    e->state->position += osb_text_len(text);
    return 0;
}

/* Encode the pending bytes and, with them, the first of the piece; *piece is what is left of it. */
static int encode_pending(call *e, osb_bytes *piece) {
    seam s = join(e->state, *piece);
    size_t pending = e->state->npending, used;
    if (encode_some(e, (osb_bytes){s.bytes, s.len}, e->final && s.whole, &used))
        return -1;
    e->state->npending = 0;
    if (s.whole) {
        keep_pending(e->state, (osb_bytes){s.bytes + used, s.len - used});
        *piece = after(*piece, piece->len);
    } else
        *piece = after(*piece, used - pending);
    return 0;
}

static int encode_piece(call *e, osb_bytes piece) {
    size_t used;
    if (e->state->npending && encode_pending(e, &piece))
        return -1;
    if (piece.len == 0)
        return 0;
    if (encode_some(e, piece, e->final, &used))
        return -1;
    keep_pending(e->state, after(piece, used));
    return 0;
}

/* The mark comes before the first piece, even an empty one. */
int osb_codecs_encode_next(const osb_codec *codec, osb_codec_state *state, osb_bytes text,
                           bool final, osb_codec_errors errors, osb_buf *ret, osb_error *err) {
    osb_codec_state next = *state;
    if (codec->marks) {
        if (next.phase == UNDECIDED)
            osb_buf_add(ret, (osb_bytes){codec->marks[0].bytes, codec->marks[0].len});
        else
            codec = codec->marks[0].codec;
        next.phase = FOUND;
    }
    call e = {codec, &next, errors, final, ret, err};
    if (encode_piece(&e, text))
        return -1;
    *state = next;
    return osb_buf_check(ret, err);
}
