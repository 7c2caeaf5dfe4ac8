package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/**
 * The drain initializes no class, and so links no lambda: that takes locks which a thread may hold that waits for the drain,
 * and writes to tables of the JDK that nobody then sees. JDK 25 says which thread initializes what.
 */
class DrainIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");
    private static final int SINCE = 25;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "sample {0}, {1}")
    @CsvSource({"01, tenure=1", "02, tenure=2", "real-json, verify=exit", "real-h2, trace=h2.shtrace"})
    void initializesNoClass(String sample, String option) throws Exception {
        List<Jdk> able =
                Jdk.all().stream().filter(jdk -> jdk.feature() >= SINCE).toList();
        assumeTrue(!able.isEmpty(), "no JDK that says who initializes a class");
        ChildJvm.run(
                        able.get(0),
                        folder,
                        List.of(
                                "-Xlog:class+init=info:file=init.txt",
                                "-javaagent:" + AGENT + "=report=none,heap=1g," + option,
                                "-jar",
                                SAMPLES,
                                sample))
                .succeeded();
        List<String> initialized = Files.readAllLines(folder.resolve("init.txt"));
        assertTrue(initialized.stream().anyMatch(line -> line.endsWith("by thread \"main\"")), "the log names threads");
        assertEquals(
                List.of(),
                initialized.stream()
                        .filter(line -> line.endsWith("by thread \"shadowheap-drain\""))
                        .map(line -> line.replaceFirst(".*Initializing ", ""))
                        .toList());
    }
}
