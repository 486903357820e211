#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <osbox/ini.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static osb_buf out;
static osb_error err;

static int setup(void **state) {
    (void)state;
    osb_buf_free(&out);
    osb_error_free(&err);
    return 0;
}

static void assert_out(osb_bytes expected) {
    osb_bytes made = osb_buf_bytes(&out);
    if (!osb_bytes_eq(made, expected))
        print_error("made:     %.*s\nexpected: %.*s\n", (int)made.len, made.ptr, (int)expected.len,
                    expected.ptr);
    assert_true(osb_bytes_eq(made, expected));
    osb_buf_truncate(&out, 0);
}

#define ASSERT_OUT(text) assert_out(OSB_LIT(text))

static void assert_refused(int rc, const char *message) {
    osb_bytes text = osb_error_message(&err);
    assert_int_equal(rc, -1);
    assert_int_equal(err.kind, OSB_VALUEERROR);
    if (!osb_bytes_eq(text, osb_bytes_from(message)))
        print_error("refused: %.*s\n", (int)text.len, text.ptr);
    assert_true(osb_bytes_eq(text, osb_bytes_from(message)));
    osb_error_free(&err);
}

/* -- a small configuration ---------------------------------------------------------------------- */

static const osb_bytes eight = OSB_LIT("80"), none = OSB_NONE, empty = OSB_LIT(""),
                       lines = OSB_LIT("a\nb\\c\r\"d\", \xC3\xA9"),
                       several[] = {OSB_LIT("x"), OSB_LIT("y z")};

static const osb_ini_record web[] = {
    {OSB_LIT("web"), OSB_LIT("port"), &eight, 1, false, OSB_LIT("a,b.ini"), 2},
    {OSB_LIT("web"), OSB_LIT("flag"), &none, 1, false, OSB_LIT("a,b.ini"), 3},
    {OSB_LIT("web"), OSB_LIT("empty"), &empty, 1, false, OSB_NONE, 0},
    {OSB_LIT("web"), OSB_LIT("text"), &lines, 1, false, OSB_LIT("n\nl"), 5},
    {OSB_LIT("web"), OSB_LIT("path"), several, 2, false, OSB_LIT("a,b.ini"), 7},
    {OSB_LIT("web"), OSB_LIT("list"), several, 2, true, OSB_LIT("a,b.ini"), 9},
    {OSB_LIT("web"), OSB_LIT("one"), several, 1, true, OSB_LIT("a,b.ini"), 10},
    {OSB_LIT("web"), OSB_LIT("no"), NULL, 0, true, OSB_LIT("a,b.ini"), 11}};

static const osb_ini_record db = {OSB_LIT("db"), OSB_LIT("port"), &eight, 1, false, OSB_NONE, 0};

static osb_ini_emitter emitter(osb_ini_output output, osb_ini_shape shape) {
    return (osb_ini_emitter){
        .output = output, .shape = shape, .delimiter = OSB_LIT(" = "), .out = &out};
}

static void emit(osb_ini_emitter *e, const osb_ini_record *record) {
    assert_int_equal(osb_ini_emit(e, record, &err), 0);
}

static void emit_all(osb_ini_emitter e) {
    osb_ini_emit_start(&e);
    osb_ini_emit_section(&e, OSB_LIT("web"));
    for (size_t i = 0; i < COUNT(web); i++)
        emit(&e, &web[i]);
    if (e.shape == OSB_INI_TREE) {
        osb_ini_emit_section(&e, OSB_LIT("nothing"));
        osb_ini_emit_section(&e, OSB_LIT("db"));
        emit(&e, &db);
    }
    osb_ini_emit_finish(&e);
}

static void emit_nothing(osb_ini_output output, osb_ini_shape shape) {
    osb_ini_emitter e = emitter(output, shape);
    osb_ini_emit_start(&e);
    osb_ini_emit_finish(&e);
}

static void emit_scalar(osb_ini_output output, bool origin, const osb_ini_record *record) {
    osb_ini_emitter e = emitter(output, OSB_INI_SCALAR);
    e.origin = origin;
    osb_ini_emit_start(&e);
    emit(&e, record);
    osb_ini_emit_finish(&e);
}

/* -- raw, INI ----------------------------------------------------------------------------------- */

#define INI_ITEMS                                                                                  \
    "port = 80\nflag\nempty = \ntext = a\n\tb\\c\r\"d\", \xC3\xA9\npath = x\npath = y z\n"         \
    "list = x\nlist = y z\none = x\n"

static void raw_shows_values(void **state) {
    (void)state;
    emit_scalar(OSB_INI_OUT_RAW, false, &web[0]);
    ASSERT_OUT("80\n");
    emit_scalar(OSB_INI_OUT_RAW, false, &web[1]);
    ASSERT_OUT("\n");
    emit_scalar(OSB_INI_OUT_RAW, false, &web[3]);
    ASSERT_OUT("a\nb\\c\r\"d\", \xC3\xA9\n");
    emit_scalar(OSB_INI_OUT_RAW, false, &web[4]);
    ASSERT_OUT("x\ny z\n");
    emit_scalar(OSB_INI_OUT_RAW, false, &web[7]);
    ASSERT_OUT("");
    emit_scalar(OSB_INI_OUT_RAW, true, &web[4]);
    ASSERT_OUT("a,b.ini:7:\tx\na,b.ini:7:\ty z\n");
    emit_scalar(OSB_INI_OUT_RAW, true, &web[2]);
    ASSERT_OUT("\n");
}

static void raw_shows_items_and_trees(void **state) {
    (void)state;
    emit_all(emitter(OSB_INI_OUT_RAW, OSB_INI_ITEMS));
    ASSERT_OUT(INI_ITEMS);
    emit_all(emitter(OSB_INI_OUT_RAW, OSB_INI_TREE));
    ASSERT_OUT("[web]\n" INI_ITEMS "\n[nothing]\n\n[db]\nport = 80\n\n");
    emit_nothing(OSB_INI_OUT_RAW, OSB_INI_TREE);
    emit_nothing(OSB_INI_OUT_RAW, OSB_INI_ITEMS);
    ASSERT_OUT("");
}

static void ini_shows_headers(void **state) {
    (void)state;
    osb_ini_emitter e = emitter(OSB_INI_OUT_INI, OSB_INI_ITEMS);
    emit_all(e);
    ASSERT_OUT("[web]\n" INI_ITEMS "\n");
    emit_all(emitter(OSB_INI_OUT_INI, OSB_INI_TREE));
    ASSERT_OUT("[web]\n" INI_ITEMS "\n[nothing]\n\n[db]\nport = 80\n\n");
    emit_scalar(OSB_INI_OUT_INI, true, &web[0]);
    ASSERT_OUT("[web]\nport = 80\n\n");
    emit_nothing(OSB_INI_OUT_INI, OSB_INI_TREE);
    ASSERT_OUT("");
}

static void ini_takes_the_delimiter(void **state) {
    (void)state;
    osb_ini_record top = db;
    top.section = empty;
    osb_ini_emitter e = emitter(OSB_INI_OUT_INI, OSB_INI_TREE);
    e.delimiter = OSB_LIT(":");
    osb_ini_emit_start(&e);
    osb_ini_emit_section(&e, empty);
    emit(&e, &top);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("port:80\n\n");
    e.delimiter = OSB_NONE;
    osb_ini_emit_start(&e);
    osb_ini_emit_section(&e, OSB_LIT("db"));
    emit(&e, &db);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("[db]\nport = 80\n\n");
}

/* -- JSON, JSON Lines --------------------------------------------------------------------------- */

#define JSON_TEXT "\"a\\nb\\\\c\\r\\\"d\\\", \xC3\xA9\""
#define JSON_ITEMS                                                                                 \
    "{\"port\": \"80\", \"flag\": null, \"empty\": \"\", \"text\": " JSON_TEXT                     \
    ", \"path\": [\"x\", \"y z\"], \"list\": [\"x\", \"y z\"], \"one\": [\"x\"], \"no\": []}"

static void json_is_pythons(void **state) {
    (void)state;
    emit_scalar(OSB_INI_OUT_JSON, false, &web[0]);
    ASSERT_OUT("\"80\"\n");
    emit_scalar(OSB_INI_OUT_JSON, false, &web[1]);
    ASSERT_OUT("null\n");
    emit_scalar(OSB_INI_OUT_JSON, false, &web[6]);
    ASSERT_OUT("[\"x\"]\n");
    emit_all(emitter(OSB_INI_OUT_JSON, OSB_INI_ITEMS));
    ASSERT_OUT(JSON_ITEMS "\n");
    emit_all(emitter(OSB_INI_OUT_JSON, OSB_INI_TREE));
    ASSERT_OUT("{\"web\": " JSON_ITEMS ", \"nothing\": {}, \"db\": {\"port\": \"80\"}}\n");
    emit_nothing(OSB_INI_OUT_JSON, OSB_INI_TREE);
    ASSERT_OUT("{}\n");
    emit_nothing(OSB_INI_OUT_JSON, OSB_INI_ITEMS);
    ASSERT_OUT("{}\n");
}

static void json_tells_the_origin(void **state) {
    (void)state;
    osb_ini_emitter e = emitter(OSB_INI_OUT_JSON, OSB_INI_TREE);
    e.origin = true;
    emit_scalar(OSB_INI_OUT_JSON, true, &web[4]);
    ASSERT_OUT("{\"value\": [\"x\", \"y z\"], \"file\": \"a,b.ini\", \"line\": 7}\n");
    osb_ini_emit_start(&e);
    osb_ini_emit_section(&e, OSB_LIT("web"));
    emit(&e, &web[2]);
    emit(&e, &web[0]);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("{\"web\": {\"empty\": {\"value\": \"\", \"file\": null, \"line\": null}, "
               "\"port\": {\"value\": \"80\", \"file\": \"a,b.ini\", \"line\": 2}}}\n");
}

static void jsonl_has_an_object_a_line(void **state) {
    (void)state;
    osb_ini_emitter e = emitter(OSB_INI_OUT_JSONL, OSB_INI_ITEMS);
    emit_all(e);
    ASSERT_OUT("{\"section\": \"web\", \"option\": \"port\", \"value\": \"80\"}\n"
               "{\"section\": \"web\", \"option\": \"flag\", \"value\": null}\n"
               "{\"section\": \"web\", \"option\": \"empty\", \"value\": \"\"}\n"
               "{\"section\": \"web\", \"option\": \"text\", \"value\": " JSON_TEXT "}\n"
               "{\"section\": \"web\", \"option\": \"path\", \"value\": \"x\"}\n"
               "{\"section\": \"web\", \"option\": \"path\", \"value\": \"y z\"}\n"
               "{\"section\": \"web\", \"option\": \"list\", \"value\": [\"x\", \"y z\"]}\n"
               "{\"section\": \"web\", \"option\": \"one\", \"value\": [\"x\"]}\n"
               "{\"section\": \"web\", \"option\": \"no\", \"value\": []}\n");
    emit_scalar(OSB_INI_OUT_JSONL, true, &web[0]);
    ASSERT_OUT("{\"section\": \"web\", \"option\": \"port\", \"value\": \"80\", "
               "\"file\": \"a,b.ini\", \"line\": 2}\n");
    emit_scalar(OSB_INI_OUT_JSONL, true, &db);
    ASSERT_OUT("{\"section\": \"db\", \"option\": \"port\", \"value\": \"80\", "
               "\"file\": null, \"line\": null}\n");
}

/* -- CSV, lines, NUL ---------------------------------------------------------------------------- */

static void csv_quotes_where_needed(void **state) {
    (void)state;
    osb_ini_emitter e = emitter(OSB_INI_OUT_CSV, OSB_INI_TREE);
    emit_all(e);
    ASSERT_OUT("section,option,value\nweb,port,80\nweb,flag,\nweb,empty,\"\"\n"
               "web,text,\"a\nb\\c\r\"\"d\"\", \xC3\xA9\"\nweb,path,x\nweb,path,y z\n"
               "web,list,x\nweb,list,y z\nweb,one,x\ndb,port,80\n");
    e.origin = true;
    osb_ini_emit_start(&e);
    emit(&e, &web[0]);
    emit(&e, &db);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("section,option,value,file,line\nweb,port,80,\"a,b.ini\",2\ndb,port,80,,\n");
    emit_nothing(OSB_INI_OUT_CSV, OSB_INI_ITEMS);
    ASSERT_OUT("section,option,value\n");
}

static void lines_are_lines(void **state) {
    (void)state;
    emit_all(emitter(OSB_INI_OUT_LINES, OSB_INI_TREE));
    ASSERT_OUT("[web] port = 80\n[web] flag\n[web] empty = \n"
               "[web] text = a\\nb\\\\c\\r\"d\", \xC3\xA9\n[web] path = x\n[web] path = y z\n"
               "[web] list = x\n[web] list = y z\n[web] one = x\n[db] port = 80\n");
    emit_scalar(OSB_INI_OUT_LINES, true, &web[0]);
    ASSERT_OUT("a,b.ini:2: [web] port = 80\n");
    emit_scalar(OSB_INI_OUT_LINES, true, &web[3]);
    ASSERT_OUT("n\\nl:5: [web] text = a\\nb\\\\c\\r\"d\", \xC3\xA9\n");
    emit_scalar(OSB_INI_OUT_LINES, true, &db);
    ASSERT_OUT("[db] port = 80\n");
}

static void nul_ends_each_field(void **state) {
    (void)state;
    emit_scalar(OSB_INI_OUT_NUL, false, &web[4]);
    ASSERT_OUT("x\0y z\0");
    osb_ini_emitter e = emitter(OSB_INI_OUT_NUL, OSB_INI_ITEMS);
    osb_ini_emit_start(&e);
    emit(&e, &web[0]);
    emit(&e, &web[1]);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("port\0"
               "80\0flag\0\0");
    e.shape = OSB_INI_TREE;
    osb_ini_emit_start(&e);
    emit(&e, &web[4]);
    osb_ini_emit_finish(&e);
    ASSERT_OUT("web\0path\0x\0web\0path\0y z\0");
    emit_scalar(OSB_INI_OUT_NUL, true, &web[0]);
    ASSERT_OUT("a,b.ini\0"
               "2\0"
               "80\0");
    emit_scalar(OSB_INI_OUT_NUL, true, &db);
    ASSERT_OUT("\0\0"
               "80\0");
}

static void nul_refuses_a_nul(void **state) {
    (void)state;
    osb_bytes bad = OSB_LIT("a\0b");
    osb_ini_record record = {OSB_LIT("s"), OSB_LIT("o"), &bad, 1, false, OSB_NONE, 0};
    osb_ini_emitter e = emitter(OSB_INI_OUT_NUL, OSB_INI_SCALAR);
    osb_ini_emit_start(&e);
    assert_refused(osb_ini_emit(&e, &record, &err),
                   "'o' in section 's' has a NUL byte in it, which this output cannot show");
    record = (osb_ini_record){OSB_LIT("s"), bad, &eight, 1, false, OSB_NONE, 0};
    emit(&e, &record);
    e.shape = OSB_INI_ITEMS;
    assert_refused(osb_ini_emit(&e, &record, &err),
                   "'a\\x00b' in section 's' has a NUL byte in it, which this output cannot show");
    record = (osb_ini_record){bad, OSB_LIT("o"), &eight, 1, false, OSB_NONE, 0};
    emit(&e, &record);
    e.shape = OSB_INI_TREE;
    assert_refused(osb_ini_emit(&e, &record, &err),
                   "'o' in section 'a\\x00b' has a NUL byte in it, which this output cannot show");
    osb_ini_emit_finish(&e);
    ASSERT_OUT("80\0o\0"
               "80\0");
}

/* -- names -------------------------------------------------------------------------------------- */

static void assert_names(osb_ini_output output, osb_bytes expected) {
    static const osb_bytes names[] = {OSB_LIT("a b"), OSB_LIT("q\"\n,\\"), OSB_LIT(""),
                                      OSB_LIT("it's")};
    assert_int_equal(osb_ini_emit_names(output, (osb_strings){names, COUNT(names)}, &out, &err), 0);
    assert_out(expected);
}

static void names_in_all_formats(void **state) {
    (void)state;
    assert_names(OSB_INI_OUT_RAW, OSB_LIT("a b\nq\"\n,\\\n\nit's\n"));
    assert_names(OSB_INI_OUT_JSON, OSB_LIT("[\"a b\", \"q\\\"\\n,\\\\\", \"\", \"it's\"]\n"));
    assert_names(OSB_INI_OUT_JSONL, OSB_LIT("\"a b\"\n\"q\\\"\\n,\\\\\"\n\"\"\n\"it's\"\n"));
    assert_names(OSB_INI_OUT_SH, OSB_LIT("'a b'\n'q\"\n,\\'\n''\n'it'\"'\"'s'\n"));
    assert_names(OSB_INI_OUT_CSV, OSB_LIT("name\na b\n\"q\"\"\n,\\\"\n\"\"\nit's\n"));
    assert_names(OSB_INI_OUT_LINES, OSB_LIT("a b\nq\"\\n,\\\\\n\nit's\n"));
    assert_names(OSB_INI_OUT_INI, OSB_LIT("[a b]\n[q\"\n,\\]\n[]\n[it's]\n"));
    assert_names(OSB_INI_OUT_NUL, OSB_LIT("a b\0q\"\n,\\\0\0it's\0"));
}

static void no_names_at_all(void **state) {
    (void)state;
    for (int output = OSB_INI_OUT_RAW; output <= OSB_INI_OUT_NUL; output++)
        assert_int_equal(
            osb_ini_emit_names((osb_ini_output)output, (osb_strings){NULL, 0}, &out, &err), 0);
    ASSERT_OUT("[]\nname\n");
}

static void names_with_a_nul(void **state) {
    (void)state;
    osb_bytes bad = OSB_LIT("a\0b");
    static const char message[] = "'a\\x00b' has a NUL byte in it, which this output cannot show";
    osb_strings names = {&bad, 1};
    assert_refused(osb_ini_emit_names(OSB_INI_OUT_NUL, names, &out, &err), message);
    assert_refused(osb_ini_emit_names(OSB_INI_OUT_SH, names, &out, &err), message);
    assert_int_equal(osb_ini_emit_names(OSB_INI_OUT_JSON, names, &out, &err), 0);
    ASSERT_OUT("[\"a\\u0000b\"]\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(raw_shows_values, setup),
        cmocka_unit_test_setup(raw_shows_items_and_trees, setup),
        cmocka_unit_test_setup(ini_shows_headers, setup),
        cmocka_unit_test_setup(ini_takes_the_delimiter, setup),
        cmocka_unit_test_setup(json_is_pythons, setup),
        cmocka_unit_test_setup(json_tells_the_origin, setup),
        cmocka_unit_test_setup(jsonl_has_an_object_a_line, setup),
        cmocka_unit_test_setup(csv_quotes_where_needed, setup),
        cmocka_unit_test_setup(lines_are_lines, setup),
        cmocka_unit_test_setup(nul_ends_each_field, setup),
        cmocka_unit_test_setup(nul_refuses_a_nul, setup),
        cmocka_unit_test_setup(names_in_all_formats, setup),
        cmocka_unit_test_setup(no_names_at_all, setup),
        cmocka_unit_test_setup(names_with_a_nul, setup),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    osb_buf_free(&out);
    osb_error_free(&err);
    return failed;
}
