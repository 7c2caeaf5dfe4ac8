package org.shadowheap.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads JSON as maps, lists, strings, numbers, booleans and nulls. */
public final class Json {

    private Json() {}

    /** The object in a file. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            return (Map<String, Object>) value(parser);
        }
    }

    /** A list of objects, by its key. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objects(Map<String, Object> json, String key) {
        return (List<Map<String, Object>>) json.get(key);
    }

    /** A number, by the keys that lead to it. */
    public static long number(Map<String, Object> json, String... path) {
        Object value = json;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return ((Number) value).longValue();
    }

    /**
     * Every value that is no object and no list, by its path: {@code sites[3].stores}. So two files are compared figure
     * for figure, and what differs has a name.
     *
     * @param leftOut keys whose values do not count
     */
    public static Map<String, Object> figures(Map<String, Object> json, Predicate<String> leftOut) {
        Map<String, Object> figures = new TreeMap<>();
        collect("", json, leftOut, figures);
        return figures;
    }

    /** Whether the figure under a key depends on how fast the machine is. */
    public static boolean isTime(String key) {
        return key.equals("nanos")
                || key.endsWith("Nanos")
                || key.endsWith("PerSecond")
                || key.equals("idsSecondsLeft");
    }

    private static void collect(
            String path, @Nullable Object value, Predicate<String> leftOut, Map<String, Object> figures) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, each) -> {
                if (!leftOut.test((String) key)) {
                    collect(path.isEmpty() ? (String) key : path + '.' + key, each, leftOut, figures);
                }
            });
        } else if (value instanceof List<?> list) {
            figures.put(path + ".length", list.size());
            for (int i = 0; i < list.size(); i++) {
                collect(path + '[' + i + ']', list.get(i), leftOut, figures);
            }
        } else {
            figures.put(path, String.valueOf(value));
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected token: " + parser.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
