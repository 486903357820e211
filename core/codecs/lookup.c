/* Names of encodings and of error handlers. */
#include "internal.h"

/* Aliases of the codecs there are. Source: encodings.aliases of CPython 3.11 */
static const struct alias {
    char name[22];
    char module[10];
} aliases[] = {
    {"cp65001", "utf_8"},
    {"u8", "utf_8"},
    {"utf", "utf_8"},
    {"utf8", "utf_8"},
    {"utf8_ucs2", "utf_8"},
    {"utf8_ucs4", "utf_8"},
    {"u16", "utf_16"},
    {"utf16", "utf_16"},
    {"unicodelittleunmarked", "utf_16_le"},
    {"utf_16le", "utf_16_le"},
    {"unicodebigunmarked", "utf_16_be"},
    {"utf_16be", "utf_16_be"},
    {"u32", "utf_32"},
    {"utf32", "utf_32"},
    {"utf_32le", "utf_32_le"},
    {"utf_32be", "utf_32_be"},
    {"646", "ascii"},
    {"ansi_x3.4_1968", "ascii"},
    {"ansi_x3.4_1986", "ascii"},
    {"ansi_x3_4_1968", "ascii"},
    {"cp367", "ascii"},
    {"csascii", "ascii"},
    {"ibm367", "ascii"},
    {"iso646_us", "ascii"},
    {"iso_646.irv_1991", "ascii"},
    {"iso_ir_6", "ascii"},
    {"us", "ascii"},
    {"us_ascii", "ascii"},
    {"8859", "latin_1"},
    {"cp819", "latin_1"},
    {"csisolatin1", "latin_1"},
    {"ibm819", "latin_1"},
    {"iso8859", "latin_1"},
    {"iso8859_1", "latin_1"},
    {"iso_8859_1", "latin_1"},
    {"iso_8859_1_1987", "latin_1"},
    {"iso_ir_100", "latin_1"},
    {"l1", "latin_1"},
    {"latin", "latin_1"},
    {"latin1", "latin_1"},
};

static const osb_codec *const codecs[] = {
    &codecs_utf_8,  &codecs_utf_8_sig, &codecs_utf_16,    &codecs_utf_16_le, &codecs_utf_16_be,
    &codecs_utf_32, &codecs_utf_32_le, &codecs_utf_32_be, &codecs_ascii,     &codecs_latin_1,
};

/* The longest name that can be found, with room for one more byte that says it is longer. */
enum { LONGEST = 22 };

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
}

/* Letters in lower case, everything that is no letter, digit or dot one underscore between words.
 * Returns false for a name too long to be known. Source: encodings.normalize_encoding */
static bool normalize(osb_bytes name, char normal[LONGEST + 1]) {
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!is_word(c)) {
            gap = len > 0;
            continue;
        }
        if (len + 2 > LONGEST)
            return false;
        if (gap)
            normal[len++] = '_';
        normal[len++] = c;
        gap = false;
    }
    normal[len] = '\0';
    return true;
}

/* The module of an alias, or NULL. */
static const char *module_of(const char *name) {
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (strcmp(aliases[i].name, name) == 0)
            return aliases[i].module;
    }
    return NULL;
}

/* An alias as it is, or with its dots as underscores, or a module's own name. */
static const osb_codec *find(const char *name) {
    const char *module = module_of(name);
    char undotted[LONGEST + 1] = "";
    for (size_t i = 0; name[i]; i++)
        undotted[i] = (char)(name[i] == '.' ? '_' : name[i]);
    if (!module)
        module = module_of(undotted);
    if (!module)
        module = name;
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (strcmp(codecs[i]->module, module) == 0)
            return codecs[i];
    }
    return NULL;
}

/* CPython hands names on as C strings: UTF-8, without a NUL. */
static int check_name(osb_bytes name, osb_error *err) {
    if (osb_text_check(name) != OSB_NPOS) {
        osb_buf scratch = OSB_BUF_INIT;
        int status = osb_codecs_encode(&codecs_utf_8, name, OSB_ERRORS_STRICT, &scratch, err);
        osb_buf_free(&scratch);
        if (status)
            return status;
    }
    if (osb_bytes_find_char(name, '\0', 0) != OSB_NPOS)
        return osb_error_set(err, OSB_VALUEERROR, "embedded null character");
    return 0;
}

int osb_codecs_lookup(osb_bytes name, const osb_codec **ret, osb_error *err) {
    char normal[LONGEST + 1];
    if (check_name(name, err))
        return -1;
    const osb_codec *codec = normalize(name, normal) ? find(normal) : NULL;
    if (!codec)
        return osb_error_set(err, OSB_LOOKUPERROR, "unknown encoding: %b", name);
    *ret = codec;
    return 0;
}

/* CPython shows no more than 400 bytes of the name, a cut character as U+FFFD. */
static int unknown_handler(osb_bytes name, osb_error *err) {
    osb_buf shown = OSB_BUF_INIT;
    osb_codecs_decode(&codecs_utf_8, osb_bytes_sub(name, 0, 400), OSB_ERRORS_REPLACE, &shown, NULL);
    osb_error_set(err, OSB_LOOKUPERROR, "unknown error handler name '%b'", osb_buf_bytes(&shown));
    osb_buf_free(&shown);
    return -1;
}

int osb_codecs_lookup_error(osb_bytes name, osb_codec_errors *ret, osb_error *err) {
    static const struct {
        char name[18];
        uint8_t errors;
    } handlers[] = {
        {"strict", OSB_ERRORS_STRICT},
        {"ignore", OSB_ERRORS_IGNORE},
        {"replace", OSB_ERRORS_REPLACE},
        {"backslashreplace", OSB_ERRORS_BACKSLASHREPLACE},
        {"xmlcharrefreplace", OSB_ERRORS_XMLCHARREFREPLACE},
        {"surrogateescape", OSB_ERRORS_SURROGATEESCAPE},
        {"surrogatepass", OSB_ERRORS_SURROGATEPASS},
    };
    if (check_name(name, err))
        return -1;
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++) {
        if (osb_bytes_eq(name, osb_bytes_from(handlers[i].name))) {
            *ret = (osb_codec_errors)handlers[i].errors;
            return 0;
        }
    }
    return unknown_handler(name, err);
}
