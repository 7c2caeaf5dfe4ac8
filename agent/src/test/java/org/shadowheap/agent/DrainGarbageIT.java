package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.CountsGarbageOfTheDrain;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** The drain, with merge, mirror and analysis, makes no garbage on the program's heap but what a collection leaves. */
class DrainGarbageIT {

    /** For each collection: its result, which is kept, with who scans and visits. */
    private static final long BYTES_OF_A_COLLECTION = 4 << 10;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void eventsAllocateNothingOnTheJavaHeap(Jdk jdk) throws Exception {
        String output = new TargetProgram(jdk, folder)
                .watched("nursery=4m,report=report.json", CountsGarbageOfTheDrain.class)
                .succeeded()
                .out();
        Matcher counted = Pattern.compile("events=(\\d+) bytes=(\\d+)").matcher(output);
        assertTrue(counted.find(), output);
        long events = Long.parseLong(counted.group(1));
        long bytes = Long.parseLong(counted.group(2));
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        long collections = Json.number(report, "collections", "minor", "count");
        assertTrue(Json.number(report, "events", "total") > 2 * events, "the program does this twice");
        assertTrue(collections > 20, "collections=" + collections);
        assertTrue(bytes <= collections * BYTES_OF_A_COLLECTION, "bytes=" + bytes + " collections=" + collections);
        assertTrue(bytes < events / 10, "bytes=" + bytes + " events=" + events);
    }
}
