package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.CountedStores;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Stores seen equal stores made, in real programs: each site and each field, to the last one. */
class CountedStoresIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");

    @TempDir
    private Path folder;

    /** In every build the one with the most threads. */
    static Stream<Arguments> programs() {
        Stream<String> programs = Jdk.isLong()
                ? Stream.of("real-caffeine", "real-h2", "real-json", "real-lucene", "real-ecj")
                : Stream.of("real-caffeine");
        List<Jdk> jdks = Jdk.enough();
        return programs.flatMap(program -> jdks.stream().map(jdk -> Arguments.of(jdk, program)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("programs")
    void storesSeenAreStoresMade(Jdk jdk, String program) throws Exception {
        Path counts = folder.resolve("counts.txt");
        Path report = folder.resolve("report.json");
        String counting = CountedStores.agent(folder.resolve("counting.jar"), counts);
        String ours = "-javaagent:" + AGENT + "=heap=1g,max-wait=60s,report=" + report;
        ChildJvm.run(jdk, folder, List.of(counting, ours, "-jar", SAMPLES, program))
                .succeeded();
        CountedStores counted = CountedStores.read(counts);
        counted.areThoseOf(Json.read(report));
        System.out.println(jdk + ", " + program + ": counted=" + counted.total() + " fields=" + counted.fields());
        assertTrue(counted.total() > 1_000_000, () -> "counted: " + counted.total());
    }
}
