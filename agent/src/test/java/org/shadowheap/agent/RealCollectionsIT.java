package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Collected;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** The JVM's own collections stand beside those of the shadow heap; and {@code nursery=auto} is as large as its eden. */
class RealCollectionsIT {

    private static final long HEAP_BYTES = 64L << 20;
    private static final int GENERATIONS_OF_ZGC_SINCE = 24;
    private static final long EDEN_BYTES = 8L << 20;

    @TempDir
    private Path folder;

    /** Those that differ between JDKs are asked on each. */
    static Stream<Arguments> collectors() {
        Stream<Arguments> alike = Jdk.enough().stream()
                .flatMap(jdk -> Stream.of("Serial", "Parallel").map(each -> Arguments.of(jdk, each)));
        Stream<Arguments> others =
                Jdk.all().stream().flatMap(jdk -> Stream.of("G1", "Z").map(each -> Arguments.of(jdk, each)));
        return Stream.concat(alike, others);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("collectors")
    void eachCollectionOfTheJvmIsInTheReportAndInThatOfTheReplay(Jdk jdk, String collector) throws Exception {
        ChildJvm child = run(
                jdk, "report=live.json,trace=run.shtrace", List.of("-XX:+Use" + collector + "GC", "-Xmx" + HEAP_BYTES));
        assertEquals("collected", child.out().strip());
        Map<String, Object> report = Json.read(folder.resolve("live.json"));
        List<Map<String, Object>> real = Json.objects(report, "realCollections");
        Set<Object> kinds = real.stream().map(each -> each.get("kind")).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(kinds(jdk, collector), kinds);
        int edens = 0;
        for (Map<String, Object> each : real) {
            String what = each.toString();
            boolean isYoung = "young".equals(each.get("kind"));
            assertTrue(Json.number(each, "pauseNanos") >= 0, what);
            assertTrue(Json.number(each, "wallNanos") >= 0, what);
            assertTrue(Json.number(each, "oldToYoung") <= Json.number(each, "stores"), what);
            boolean isMarkedInPlace = !collector.equals("Z") && (isYoung || "old".equals(each.get("kind")));
            assertEquals(isMarkedInPlace, each.get("inPlace"), what);
            if (!isYoung) {
                assertNull(each.get("youngBytes"), what);
            } else if (!isMarkedInPlace || each.get("youngBytes") != null) { // else nobody listened yet
                long eden = Json.number(each, "youngBytes");
                assertTrue(eden > 0 && eden <= HEAP_BYTES, what);
                edens++;
            }
        }
        assertEquals(kinds.contains("young"), edens > 0);
        new TargetProgram(jdk, folder)
                .command("replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "again.json")
                .succeeded();
        assertEquals(figures(report), figures(Json.read(folder.resolve("again.json"))));
        long young =
                real.stream().filter(each -> "young".equals(each.get("kind"))).count();
        collectsWhereTheJvmDid(jdk, young);
    }

    private void collectsWhereTheJvmDid(Jdk jdk, long young) throws Exception {
        ChildJvm replay = new TargetProgram(jdk, folder)
                .command("replay", "run.shtrace", "--collect-at", "real", "--format", "json", "--output", "real.json");
        if (young == 0) {
            assertEquals(2, replay.exit());
            assertEquals(1, replay.err().lines().count(), replay.err());
            return;
        }
        replay.succeeded();
        Map<String, Object> report = Json.read(folder.resolve("real.json"));
        assertEquals(young, Json.number(report, "collections", "minor", "count"));
        long eden = Json.number(report, "configuration", "nurseryBytes");
        assertTrue(eden > 0 && eden <= HEAP_BYTES, "eden=" + eden);
    }

    private static Set<Object> kinds(Jdk jdk, String collector) {
        boolean isZ = collector.equals("Z");
        if (isZ && jdk.feature() < GENERATIONS_OF_ZGC_SINCE) {
            return Set.of("cycle", "pause");
        }
        return isZ ? Set.of("old", "pause", "young") : Set.of("old", "young");
    }

    private static Map<String, Object> figures(Map<String, Object> report) {
        return Json.figures(report, Json::isTime);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void autoIsTheSizeOfTheEden(Jdk jdk) throws Exception {
        run(jdk, "report=live.json,nursery=auto", List.of("-XX:+UseSerialGC", "-Xmn10m", "-Xmx64m"));
        assertEquals(EDEN_BYTES, Json.number(Json.read(folder.resolve("live.json")), "configuration", "nurseryBytes"));
    }

    /**
     * Where nobody tells of collections, nor of what was allocated, the report has no eden, and of collections what the JVM counts; where there is
     * no eden, {@code auto} is refused.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aJvmWithoutManagementModulesIsWatchedAllTheSame(Jdk jdk) throws Exception {
        List<String> few = List.of("--limit-modules", "java.base,java.instrument", "-Xmx64m");
        ChildJvm child = run(jdk, "report=live.json", few);
        assertEquals("", child.err());
        Map<String, Object> result = Json.read(folder.resolve("live.json"));
        List<Map<String, Object>> counted = Json.objects(result, "realCollections");
        assertFalse(counted.isEmpty());
        for (Map<String, Object> each : counted) {
            assertEquals(true, each.get("inPlace"));
            assertNull(each.get("youngBytes"));
        }
        assertNull(((Map<?, ?>) result.get("fidelity")).get("allocatedBytes"));
        assertEquals(
                "shadowheap: nursery must be a size, since this JVM does not tell the size of its eden: nursery=auto",
                run(jdk, "nursery=auto", few).err().strip());
    }

    private ChildJvm run(Jdk jdk, String options, List<String> jvmOptions) throws Exception {
        List<String> all = new ArrayList<>(jvmOptions);
        all.add(TargetProgram.agent(options));
        return new TargetProgram(jdk, folder)
                .run(all, TargetProgram.classPath(), Collected.class)
                .succeeded();
    }
}
