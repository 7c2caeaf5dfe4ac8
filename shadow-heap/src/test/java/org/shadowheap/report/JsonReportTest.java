package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.shadowheap.analysis.AnalysisResult;

final class JsonReportTest {

    /** Parents and their keys; a list stands for its elements. */
    private static final String CONTRACT = """
            configuration: nurseryBytes pageBytes tenure remset detail
            events: total births firstContacts stores arrayStores staticStores arrayCopies roots lost
            stores: reference oldToYoung oldToYoungShare oldToYoungPerSecond oldToYoungPerAllocatedMiB
            collections: minor major
            collections.minor: count dirtyPages dirtyObjects pagesVisited oldToYoungEdges survivedBytes promotedBytes\
             nepotismBytes nanos
            collections.major: count freedBytes nanos
            minorCollections: clockBytes wallNanos stores oldToYoung dirtyPages dirtyObjects pagesVisited\
             oldToYoungEdges survivedBytes promotedBytes nepotismBytes nanos
            realCollections: clockBytes wallNanos kind pauseNanos stores oldToYoung youngBytes
            sites: site field stores oldToYoung pagesDirtied callers
            sites.callers: caller share
            fields: field stores oldToYoung pagesDirtied
            fidelity: lost resurrected contradictions idsUsed idsSecondsLeft unseenOriginObjects unseenOriginBytes\
             uninstrumentedFrames mirroredBytes allocatedBytes verified
            fidelity.verified: objects edges differences explained found
            fidelity.verified.found: path cause expected actual
            """;

    /** What this program adds to the agreed keys. */
    private static final String ADDITIONS = """
            : program jvm notes heap rememberedSet uninstrumented liveMethod
            liveMethod: survivedBytes survivedBytesError oldToYoung oldToYoungError dirtyPages dirtyPagesError resurrected
            configuration: cardBytes appliers collectors liveness collectAt
            rememberedSet: lastEntries mostEntries averageEntries capacity overflows slowPaths sideBytes
            collections.major: nepotism
            collections.major.nepotism: holder bytes
            heap: bornBytes contactBytes oldBytes
            collections.minor: rememberedEntries slotsScanned
            fidelity.verified: racing byField
            fidelity.verified.byField: field cause slots
            minorCollections: rememberedEntries slotsScanned
            uninstrumented: className reason
            realCollections: inPlace
            """;

    @Test
    void hasExactlyTheAgreedKeys() throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        (CONTRACT + ADDITIONS).lines().forEach(line -> {
            String parent = line.substring(0, line.indexOf(':'));
            expected.add(parent);
            for (String key : line.substring(line.indexOf(':') + 2).split(" ", -1)) {
                expected.add(parent.isEmpty() ? key : parent + '.' + key);
            }
        });
        expected.remove("");
        assertEquals(
                String.join("\n", expected),
                String.join("\n", values(Results.full()).keySet()));
    }

    @Test
    void severalResultsAreAnArrayOfWhatEachIsAlone() throws IOException {
        StringWriter array = new StringWriter();
        JsonReport.write(List.of(Results.full(), Results.typical(List.of(), 0)), array);
        StringWriter first = new StringWriter();
        JsonReport.write(Results.full(), first);
        StringWriter second = new StringWriter();
        JsonReport.write(Results.typical(List.of(), 0), second);
        assertEquals(
                ("[" + first + "," + second + "]").replaceAll("\\s", ""),
                array.toString().replaceAll("\\s", ""));
        assertTrue(array.toString().endsWith("]\n"));
    }

    @Test
    void writesNullForWhatARunDoesNotHave() throws IOException {
        Map<String, String> values = values(Results.typical(List.of(), 0));
        for (String key : List.of(
                "realCollections",
                "collections.major",
                "collections.minor.nepotismBytes",
                "minorCollections.wallNanos",
                "sites.callers",
                "fidelity.uninstrumentedFrames",
                "fidelity.verified")) {
            assertEquals("null", values.get(key), key);
        }
    }

    @Test
    void writesEachFigureUnderItsKey() throws IOException {
        Map<String, String> values = values(Results.full());
        assertEquals("16777216", values.get("configuration.nurseryBytes"));
        assertEquals("58012345", values.get("stores.reference"));
        assertEquals("0.021281", values.get("stores.oldToYoungShare"));
        assertEquals("a.B.c:1", values.get("sites.site"));
        assertEquals("x.Y.z:4", values.get("sites.callers.caller"));
        assertEquals("0.04", values.get("sites.callers.share"));
        assertTrue(json(Results.full()).contains("\"caller\" : null"), "a sample without the application");
    }

    @Test
    void isAsciiWithLineFeedsOnly() throws IOException {
        AnalysisResult result = Results.typical(List.of("partial: include=app.\u00c9t\u00e9"), 0);
        String json = json(result);
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(json));
        assertTrue(json.indexOf('\r') < 0 && json.endsWith("}\n"));
        assertTrue(json.contains("\\u00C9"));
    }

    private static String json(AnalysisResult result) throws IOException {
        StringWriter out = new StringWriter();
        JsonReport.write(result, out);
        return out.toString();
    }

    /** The last value at each path of keys; lists add nothing to a path. */
    private static Map<String, String> values(AnalysisResult result) throws IOException {
        TreeMap<String, String> values = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json(result))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String path = path(parser.getParsingContext());
                if (!path.isEmpty()) {
                    values.put(path, parser.getText());
                }
            }
        }
        return values;
    }

    private static String path(JsonStreamContext context) {
        String path = "";
        for (JsonStreamContext at = context; at != null; at = at.getParent()) {
            if (at.inObject() && at.getCurrentName() != null) {
                path = path.isEmpty() ? at.getCurrentName() : at.getCurrentName() + '.' + path;
            }
        }
        return path;
    }
}
