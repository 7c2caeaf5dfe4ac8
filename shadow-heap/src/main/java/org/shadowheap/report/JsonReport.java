package org.shadowheap.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;

/** Writes a result as JSON, one object, or several as an array of them: every key present, in ASCII. */
public final class JsonReport {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private JsonReport() {}

    /**
     * Writes the object and a line end, and flushes; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(AnalysisResult result, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            new ResultJson(new JsonFields(json)).write(result);
            json.writeRaw('\n');
        }
    }

    /**
     * Writes an array of such objects in the order of the list, and a line end, and flushes; the writer stays open.
     *
     * @throws IOException if the writer does
     */
    public static void write(List<AnalysisResult> results, Writer out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartArray();
            for (AnalysisResult each : results) {
                new ResultJson(new JsonFields(json)).write(each);
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    static JsonGenerator generator(Writer out) throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        JsonGenerator json = FACTORY.createGenerator(out);
        json.setPrettyPrinter(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
        return json;
    }

    /** Writes the elements of a list, each an object. */
    @FunctionalInterface
    interface Element<T> {
        void write(T element) throws IOException;
    }

    /** A generator that takes null for every value. */
    record JsonFields(JsonGenerator json) {

        void open(String key) throws IOException {
            json.writeObjectFieldStart(key);
        }

        void close() throws IOException {
            json.writeEndObject();
        }

        void put(String key, @Nullable String value) throws IOException {
            json.writeFieldName(key);
            json.writeString(value);
        }

        void put(String key, @Nullable Long value) throws IOException {
            if (value == null) {
                json.writeNullField(key);
            } else {
                json.writeNumberField(key, value);
            }
        }

        void texts(String key, List<String> list) throws IOException {
            json.writeArrayFieldStart(key);
            for (String each : list) {
                json.writeString(each);
            }
            json.writeEndArray();
        }

        void put(String key, long value) throws IOException {
            json.writeNumberField(key, value);
        }

        void put(String key, boolean value) throws IOException {
            json.writeBooleanField(key, value);
        }

        void put(String key, @Nullable Double value) throws IOException {
            if (value == null) {
                json.writeNullField(key);
            } else {
                json.writeNumberField(key, value);
            }
        }

        <T> void put(String key, @Nullable List<T> list, Element<T> element) throws IOException {
            if (list == null) {
                json.writeNullField(key);
                return;
            }
            json.writeArrayFieldStart(key);
            for (T each : list) {
                json.writeStartObject();
                element.write(each);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
