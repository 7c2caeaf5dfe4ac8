package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Several;
import org.shadowheap.testing.CountedStores;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Stores seen equal stores made, where an instrumentation that knows nothing of ours counts them: every kind that a class file can
 * have, many threads, and races for one slot.
 */
class CountedStoresIT {

    private static final String[] PROGRAMS = {
        "LanguageWrites",
        "ArrayWrites",
        "ReflectiveWrites",
        "HandleWrites",
        "SerializedWrites",
        "VerifiedWrites",
        "ConcurrentStructures",
        "RacingStores"
    };

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void storesSeenAreStoresMade(Jdk jdk) throws Exception {
        Path counts = folder.resolve("counts.txt");
        new TargetProgram(jdk, folder)
                .run(
                        List.of(
                                CountedStores.agent(folder.resolve("counting.jar"), counts),
                                TargetProgram.agent("report=report.json,max-wait=60s")),
                        TargetProgram.classPath(),
                        Several.class,
                        PROGRAMS)
                .succeeded();
        CountedStores counted = CountedStores.read(counts);
        counted.areThoseOf(Json.read(folder.resolve("report.json")));
        System.out.println(jdk + ": counted=" + counted.total() + " fields=" + counted.fields());
        assertTrue(counted.total() > 500_000, () -> "counted: " + counted.total());
        assertTrue(counted.fields() > 80, () -> "fields: " + counted.fields());
    }
}
