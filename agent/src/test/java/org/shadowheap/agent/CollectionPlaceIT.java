package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Collected;
import org.shadowheap.targets.StoresBetweenCollections;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** The JVM's own collections stand between the stores between which they were. */
class CollectionPlaceIT {

    /** Of the program's own stores, what a chunk has room for may be on the wrong side. */
    private static final long CHUNK = 255;

    /** What others store, altogether: on a busy machine the agent asks for the JVM's beans meanwhile. */
    private static final long BESIDES = 100_000;

    @TempDir
    private Path folder;

    static Stream<Arguments> collectors() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, "-XX:+UseSerialGC", "old"),
                        Arguments.of(jdk, "-XX:+UseParallelGC", "old"),
                        Arguments.of(jdk, "-XX:+UseG1GC", "old"),
                        Arguments.of(jdk, "-XX:+UseG1GC -XX:+ExplicitGCInvokesConcurrent", "young")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("collectors")
    void asManyStoresComeBeforeACollectionAsTheProgramDidThen(Jdk jdk, String options, String kind) throws Exception {
        long stores = 0;
        int times = 0;
        long expected = StoresBetweenCollections.STORES;
        List<Map<String, Object>> collections = collections(jdk, options, StoresBetweenCollections.class);
        for (Map<String, Object> each : collections) {
            stores += Json.number(each, "stores");
            if (!kind.equals(each.get("kind"))) {
                continue;
            }
            assertEquals(true, each.get("inPlace"), each::toString);
            assertTrue(Json.number(each, "pauseNanos") > 0, each::toString);
            // The JVM may collect besides, for want of room.
            if (stores >= expected - CHUNK && stores < expected + BESIDES) {
                times++;
                expected += (times + 1L) * StoresBetweenCollections.STORES;
            }
        }
        assertEquals(StoresBetweenCollections.TIMES, times, collections::toString);
    }

    /** Without counters they come where the JVM tells, and say so. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aJvmWithoutCountersTellsLater(Jdk jdk) throws Exception {
        List<Map<String, Object>> told = collections(jdk, "-XX:+UseSerialGC -XX:-UsePerfData", Collected.class);
        assertFalse(told.isEmpty());
        for (Map<String, Object> each : told) {
            assertEquals(false, each.get("inPlace"), each::toString);
        }
    }

    private List<Map<String, Object>> collections(Jdk jdk, String options, Class<?> program) throws Exception {
        List<String> all = new ArrayList<>(List.of(options.split(" ")));
        all.add("-Xmx96m");
        all.add(TargetProgram.agent("report=live.json"));
        new TargetProgram(jdk, folder)
                .run(all, TargetProgram.classPath(), program)
                .succeeded();
        return Json.objects(Json.read(folder.resolve("live.json")), "realCollections");
    }
}
