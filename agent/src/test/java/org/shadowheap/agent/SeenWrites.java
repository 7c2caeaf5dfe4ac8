package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Json;

/**
 * What a report of a program with {@code verify=exit} must say of the program's writes.
 *
 * @param folder where the program left {@code report.json}
 */
record SeenWrites(Path folder) {

    private static final String TARGETS = "org.shadowheap.targets.";

    Map<String, Object> report() throws Exception {
        return Json.read(folder.resolve("report.json"));
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> verified() throws Exception {
        return (Map<String, Object>) ((Map<String, Object>) report().get("fidelity")).get("verified");
    }

    /** The program printed a line for each field: its name, perhaps with a star for all that begin so, and how often. */
    void assertSeen(ChildJvm program, int fields) throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        program.out().lines().forEach(line -> {
            int space = line.indexOf(' ');
            expected.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        });
        assertTrue(expected.size() >= fields, program.out());

        Map<String, Object> report = report();
        Map<String, Long> stores = new TreeMap<>();
        expected.keySet().forEach(field -> stores.put(field, 0L));
        for (Map<String, Object> field : Json.objects(report, "fields")) {
            String name = (String) field.get("field");
            stores.replaceAll((each, soFar) -> isNamed(name, each) ? soFar + Json.number(field, "stores") : soFar);
        }
        assertEquals(expected, stores);

        Map<String, Object> verified = verified();
        assertEquals(
                List.of(),
                Json.objects(verified, "found").stream()
                        .filter(each -> ((String) each.get("path")).startsWith(TARGETS))
                        .toList(),
                "the shadow of the program is the program");
        assertEquals(
                List.of(),
                Json.objects(verified, "byField").stream()
                        .filter(each -> ((String) each.get("field")).startsWith(TARGETS))
                        .toList());
        assertTrue(Json.number(verified, "edges") > 50_000, "slots compared");
        assertEquals(0, Json.number(report, "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");
    }

    private static boolean isNamed(String field, String wanted) {
        return wanted.endsWith("*") ? field.startsWith(wanted.substring(0, wanted.length() - 1)) : field.equals(wanted);
    }
}
