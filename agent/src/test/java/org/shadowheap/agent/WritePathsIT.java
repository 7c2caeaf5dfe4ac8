package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.WritePaths;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Every way to write a reference is seen, exactly as often as it is gone, and under the name of its field; and at the end
 * the shadow of the program's objects is what a heap dump shows.
 */
class WritePathsIT {

    private static final int WAYS = 45;

    @TempDir
    private Path folder;

    /** Paths of the first differences; those of the program come before those of the JDK. */
    @SuppressWarnings("unchecked")
    private static List<String> found(Map<String, Object> report) {
        Map<String, Object> fidelity = (Map<String, Object>) report.get("fidelity");
        return Json.objects((Map<String, Object>) fidelity.get("verified"), "found").stream()
                .map(each -> (String) each.get("path"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void everyWayIsSeenExactlyAsOftenAsItIsGone(Jdk jdk) throws Exception {
        ChildJvm program = new TargetProgram(jdk, folder)
                .watched("report=report.json,verify=exit", WritePaths.class)
                .succeeded();
        Map<String, Long> expected = new TreeMap<>();
        program.out().lines().forEach(line -> {
            int space = line.indexOf(' ');
            expected.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        });
        assertTrue(expected.size() >= WAYS, program.out());

        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        Map<String, Long> found = new TreeMap<>();
        expected.keySet().forEach(field -> found.put(field, 0L));
        for (Map<String, Object> field : Json.objects(report, "fields")) {
            found.computeIfPresent((String) field.get("field"), (name, none) -> Json.number(field, "stores"));
        }
        assertEquals(expected, found);
        List<String> ofTheProgram = found(report).stream()
                .filter(path -> path.startsWith(WritePaths.class.getPackageName()))
                .toList();
        assertEquals(List.of(), ofTheProgram, "the shadow of the program is the program");
        assertTrue(Json.number(report, "fidelity", "verified", "edges") > 50_000, "slots compared");
        assertEquals(0, Json.number(report, "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");
        // What a lambda captures, in a hidden class.
        assertEquals(
                1000,
                Json.objects(report, "fields").stream()
                        .filter(field ->
                                ((String) field.get("field")).startsWith(WritePaths.class.getName() + "$$Lambda"))
                        .mapToLong(field -> Json.number(field, "stores"))
                        .sum());
    }
}
