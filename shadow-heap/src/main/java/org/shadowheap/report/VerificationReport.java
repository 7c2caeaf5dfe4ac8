package org.shadowheap.report;

import static org.shadowheap.report.Units.count;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import org.shadowheap.analysis.RunningVerified;
import org.shadowheap.analysis.Verified;
import org.shadowheap.report.JsonReport.JsonFields;

/** Writes what a comparison of a running JVM with its shadow heap found. */
public final class VerificationReport {

    private VerificationReport() {}

    /** As text. */
    public static String text(RunningVerified found) {
        Lines out = new Lines();
        found.notes().forEach(out::line);
        VerifiedSection.write(found.verified(), out);
        out.line(
                "passes",
                count(found.passes())
                        + (found.unsettled() == 0
                                ? ""
                                : ", and " + Units.countOf(found.unsettled(), "slot")
                                        + " written during each of them"));
        long shown = found.verified().found().size();
        if (found.verified().differences() > shown) {
            out.line("", "the first " + count(shown) + " differences are shown");
        }
        return out.toString();
    }

    /** As JSON, one object, and a line end; flushes, and leaves the writer open. */
    public static void json(RunningVerified found, Writer out) throws IOException {
        try (JsonGenerator generator = JsonReport.generator(out)) {
            JsonFields json = new JsonFields(generator);
            generator.writeStartObject();
            json.texts("notes", found.notes());
            json.put("passes", found.passes());
            json.put("unsettled", found.unsettled());
            json(found.verified(), json);
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    /** The object {@code verified} of a result. */
    static void json(Verified verified, JsonFields json) throws IOException {
        json.open("verified");
        json.put("objects", verified.objects());
        json.put("edges", verified.edges());
        json.put("differences", verified.differences());
        json.put("explained", verified.explained());
        json.put("racing", verified.racing());
        json.put("found", verified.found(), difference -> {
            json.put("path", difference.path());
            json.put("cause", difference.cause());
            json.put("expected", difference.expected());
            json.put("actual", difference.actual());
        });
        json.put("byField", verified.byField(), field -> {
            json.put("field", field.field());
            json.put("cause", field.cause());
            json.put("slots", field.slots());
        });
        json.close();
    }
}
