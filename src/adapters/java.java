/*
 * An adapter for a function in Java, with Gson (com.google.code.gson:gson). Copy it to PycacheAdapter.java:
 *
 *     javac -cp gson.jar -d . PycacheAdapter.java
 *     npx pycache-spec check -- java -cp gson.jar:. PycacheAdapter
 */
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class PycacheAdapter {
    /** The function to check: call your own instead, and describe its domain below. */
    static String cachePath(String source, String tag, String optimization) {
        int name = source.lastIndexOf('/') + 1;
        int dot = source.lastIndexOf('.');
        if (dot <= name) {
            throw new IllegalArgumentException(source);
        }
        String segment = optimization.isEmpty() ? "" : ".opt-" + optimization;
        String file = source.substring(name, dot) + "." + tag + segment + ".pyc";
        return source.substring(0, name) + "__pycache__/" + file;
    }

    /**
     * python and platform are the CPython release and the platform whose paths the function computes. The domain suits
     * a packager: normalized paths of .py files in a folder.
     */
    static final String HELLO = """
        {
            "protocol": 1,
            "implementation": {"name": "my tool", "version": "1.0", "language": "Java"},
            "python": "3.13.0",
            "platform": "posix",
            "supports": ["optimization", "cache_tag"],
            "fixed": {"optimize": 0},
            "domain": {
                "path": {"suffixes": [".py"], "normalized": true, "nested": true},
                "optimization": ["", "1", "2"],
                "cache_tag": ["cpython-312", "cpython-313", "cpython-314", "pypy311"],
                "characters": "text"
            }
        }
        """;

    /** The outcome of a call. */
    static JsonObject outcome(JsonObject call) {
        String source = call.getAsJsonArray("args").get(0).getAsString();
        String tag = call.getAsJsonObject("env").get("cache_tag").getAsString();
        String optimization = call.getAsJsonObject("kwargs").get("optimization").getAsString();
        JsonObject outcome = new JsonObject();
        try {
            outcome.addProperty("return", cachePath(source, tag, optimization));
        } catch (IllegalArgumentException error) {
            // Errors that Python also raises must have Python's name.
            outcome.addProperty("raise", "ValueError");
        }
        return outcome;
    }

    /** The protocol: one line per request, and one line per reply, in UTF-8 whatever the locale. */
    public static void main(String[] args) throws IOException {
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line; (line = requests.readLine()) != null; ) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            String op = request.get("op").getAsString();
            if (op.equals("bye")) {
                break;
            }
            JsonObject reply = JsonParser.parseString(HELLO).getAsJsonObject();
            if (op.equals("call")) {
                JsonArray outcomes = new JsonArray();
                for (JsonElement call : request.getAsJsonArray("calls")) {
                    outcomes.add(outcome(call.getAsJsonObject()));
                }
                reply = new JsonObject();
                reply.add("seq", request.get("seq"));
                reply.add("outcomes", outcomes);
            }
            replies.println(reply);
        }
    }
}
