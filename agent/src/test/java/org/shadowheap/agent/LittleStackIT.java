package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.LoadsClassesDeep;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Classes that are loaded where the stack ends: each works; it is rewritten, or counted among those that are not. */
class LittleStackIT {

    private static final String PART = LoadsClassesDeep.Part.class.getName();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void classesThatAreLoadedThereWorkAndAreRewrittenOrCounted(Jdk jdk) throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.alone(LoadsClassesDeep.class).succeeded();
        ChildJvm watched =
                programs.watched("report=report.json", LoadsClassesDeep.class).succeeded();
        assertEquals("whole=true overflows=true", alone.out().strip());
        assertEquals(alone.out(), watched.out());
        // The JVM's own complaint when it has no stack to tell a transformer of a class, whoever the transformer is.
        watched.err().lines().forEach(line -> assertTrue(line.contains("java.lang.instrument ASSERTION FAILED"), line));
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        long stores = Json.objects(report, "fields").stream()
                .filter(each -> each.get("field").equals(PART + ".value"))
                .mapToLong(each -> Json.number(each, "stores"))
                .sum();
        boolean named = Json.objects(report, "uninstrumented").stream()
                .anyMatch(each -> each.get("className").equals(PART));
        assertTrue(
                named || stores == (long) LoadsClassesDeep.CLASSES * LoadsClassesDeep.STORES, () -> "stores=" + stores);
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");
    }
}
