/* The dialects: tables only. */
#include "internal.h"

static const osb_bytes equals[] = {{"=", 1}};
static const osb_bytes equals_colon[] = {{"=", 1}, {":", 1}};
static const osb_bytes hash_semicolon[] = {{"#", 1}, {";", 1}};
static const osb_bytes hash[] = {{"#", 1}};
static const osb_bytes semicolon[] = {{";", 1}};

int osb_ini_keep_case(void *ctx, osb_bytes option, osb_buf *out, osb_error *err) {
    (void)ctx;
    osb_buf_add(out, option);
    return osb_buf_check(out, err);
}

/* What all dialects but Python's have in common. No section can be called "\n": there is no DEFAULT. */
#define FOREIGN                                                                                    \
    .delimiters = {equals, 1}, .empty_lines_in_values = true, .default_section = {"\n", 1},        \
    .interpolation = &osb_no_interpolation, .interpolation_max = OSB_INTERPOLATION_MAX

static const osb_ini_dialect dialects[] = {
    {
        .name = "python",
        .summary =
            "configparser's own: DEFAULT, %(references)s, continuation lines, names in lower "
            "case, no repeats",
        .opts = {.delimiters = {equals_colon, 2},
                 .comment_prefixes = {hash_semicolon, 2},
                 .strict = true,
                 .empty_lines_in_values = true,
                 .default_section = {OSB_DEFAULTSECT, sizeof OSB_DEFAULTSECT - 1},
                 .interpolation = &osb_basic_interpolation,
                 .interpolation_max = OSB_INTERPOLATION_MAX},
        .python = true,
    },
    {
        .name = "plain",
        .summary =
            "key=value lines and nothing else: no DEFAULT, references or continuation lines; "
            "keys keep their case and may stand before the first header (section ''); the last "
            "of a repeated key wins",
        .opts = {FOREIGN, .comment_prefixes = {hash_semicolon, 2}, .allow_no_value = true,
                 .optionxform = osb_ini_keep_case},
        .flat = true,
        .headerless = true,
        .skip_bom = true,
    },
    {
        .name = "git",
        .summary =
            "git config files: [remote \"origin\"] is the section remote.origin, keys in lower "
            "case, quoted values, comments behind values, a backslash joins lines",
        .opts = {FOREIGN, .comment_prefixes = {hash_semicolon, 2}, .allow_no_value = true},
        .flat = true,
        .joins = ini_git_joins,
        .skip_bom = true,
        .values = OSB_INI_GIT_VALUES,
        .headers = OSB_INI_GIT_HEADERS,
    },
    {
        .name = "systemd",
        .summary =
            "unit files: a repeated key adds a line to the value, an empty one starts afresh, a "
            "backslash joins lines, %U and its like are plain text",
        .opts = {FOREIGN, .comment_prefixes = {hash_semicolon, 2},
                 .optionxform = osb_ini_keep_case},
        .flat = true,
        .joins = ini_backslash_joins,
        .comments_in_joined = true,
        .skip_bom = true,
        .repeat = OSB_INI_JOIN_RESET,
        .values = OSB_INI_SYSTEMD_VALUES,
    },
    {
        .name = "desktop",
        .summary =
            "desktop entries: \\s \\n \\t \\r \\\\ in values, Name[de] is a key of its own, % "
            "is plain text",
        .opts = {FOREIGN, .comment_prefixes = {hash, 1}, .optionxform = osb_ini_keep_case},
        .flat = true,
        .values = OSB_INI_DESKTOP_VALUES,
    },
    {
        .name = "php",
        .summary = "php.ini: \"quoted\" and 'quoted' values, ; comments behind values, on, yes and "
                   "true are 1, off, no, false and none are empty",
        .opts = {FOREIGN, .comment_prefixes = {semicolon, 1}, .allow_no_value = true,
                 .optionxform = osb_ini_keep_case},
        .flat = true,
        .headerless = true,
        .skip_bom = true,
        .values = OSB_INI_PHP_VALUES,
    },
    {
        .name = "krb5",
        .summary =
            "krb5.conf: `REALM = {` in [realms] opens the section realms/REALM, the first of a "
            "repeated key wins, quoted values",
        .opts = {FOREIGN, .comment_prefixes = {hash_semicolon, 2},
                 .optionxform = osb_ini_keep_case},
        .flat = true,
        .headerless = true,
        .repeat = OSB_INI_FIRST_WINS,
        .values = OSB_INI_KRB5_VALUES,
        .headers = OSB_INI_KRB5_HEADERS,
    },
};

const osb_ini_dialect *osb_ini_dialects(size_t *n) {
    *n = sizeof dialects / sizeof *dialects;
    return dialects;
}

/* A suffix of a file's name, and the place of its dialect in the table. */
static const struct {
    char suffix[12];
    uint8_t dialect;
} names[] = {{".desktop", 4},    {".service", 3},    {".socket", 3}, {".timer", 3},
             {".mount", 3},      {".target", 3},     {".path", 3},   {".slice", 3},
             {".network", 3},    {".netdev", 3},     {".link", 3},   {".automount", 3},
             {".swap", 3},       {".scope", 3},      {".nspawn", 3}, {".gitconfig", 2},
             {".git/config", 2}, {".gitmodules", 2}, {"php.ini", 5}, {"krb5.conf", 6}};

const osb_ini_dialect *osb_ini_dialect_for(osb_bytes filename) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (osb_bytes_endswith(filename, osb_bytes_from(names[i].suffix)))
            return &dialects[names[i].dialect];
    }
    return &dialects[1];
}
