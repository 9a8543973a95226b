/*
 * An adapter for a function in C, with Jansson. Copy it to pycache-adapter.c:
 *
 *     cc -o pycache-adapter pycache-adapter.c -ljansson
 *     npx pycache-spec check -- ./pycache-adapter
 */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The function to check: call your own instead, and describe its domain below.
   Returns the bytecode file of a source file, for the caller to free; NULL if the source has no extension. */
static char *cache_path(const char *source, const char *tag, int level)
{
    const char *slash = strrchr(source, '/');
    const char *name = slash == NULL ? source : slash + 1;
    const char *dot = strrchr(name, '.');
    char segment[16] = "", *result;
    if (dot == NULL)
        return NULL;
    if (level > 0)
        snprintf(segment, sizeof segment, ".opt-%d", level);
    int folder = (int)(name - source), stem = (int)(dot - name);
    if (asprintf(&result, "%.*s__pycache__/%.*s.%s%s.pyc", folder, source, stem, name, tag, segment) < 0)
        abort();
    return result;
}

#define TEXT(...) #__VA_ARGS__
/* "python" and "platform" are the CPython release and the platform whose paths the function computes. The domain suits
   a packager: normalized absolute paths of .py files, none of them in the root. */
static const char hello[] = TEXT({
    "protocol": 1,
    "implementation": {"name": "my tool", "version": "1.0", "language": "C"},
    "python": "3.13.0",
    "platform": "posix",
    "supports": ["optimization", "cache_tag"],
    "fixed": {"optimize": 0},
    "domain": {
        "path": {"suffixes": [".py"], "form": "absolute", "normalized": true, "nested": true},
        "optimization": ["", 1, 2],
        "cache_tag": ["cpython-312", "cpython-313", "cpython-314", "pypy311"],
        "characters": "text"
    }
});

/* The outcome of a call. */
static json_t *outcome(json_t *call)
{
    const char *source, *tag;
    json_t *optimization;
    if (json_unpack(call, "{s:[s], s:{s:s}, s:{s:o}}", "args", &source, "env", "cache_tag", &tag, "kwargs",
                    "optimization", &optimization) < 0)
        return json_pack("{s:s}", "error", "not a call of the domain");
    /* Without optimization, Python gets the empty text, and the function 0: json_integer_value returns 0 for text. */
    char *path = cache_path(source, tag, (int)json_integer_value(optimization));
    /* Errors that Python also raises must have Python's name. */
    json_t *result = path == NULL ? json_pack("{s:s}", "raise", "ValueError") : json_pack("{s:s}", "return", path);
    free(path);
    return result;
}

/* The protocol: one line per request, and one line per reply. */
int main(void)
{
    json_t *request, *calls, *call;
    size_t i;
    while ((request = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL)) != NULL) {
        const char *op = json_string_value(json_object_get(request, "op"));
        if (op == NULL || strcmp(op, "bye") == 0)
            return 0;
        if (strcmp(op, "hello") == 0) {
            puts(hello);
        } else {
            json_t *outcomes = json_array();
            calls = json_object_get(request, "calls");
            json_array_foreach(calls, i, call) json_array_append_new(outcomes, outcome(call));
            json_t *reply = json_pack("{s:O, s:o}", "seq", json_object_get(request, "seq"), "outcomes", outcomes);
            json_dumpf(reply, stdout, JSON_COMPACT);
            putchar('\n');
            json_decref(reply);
        }
        fflush(stdout);
        json_decref(request);
    }
    return !feof(stdin);
}
