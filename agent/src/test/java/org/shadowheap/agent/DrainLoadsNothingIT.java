package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.KeepsTheDrainBusy;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Once the program runs, threads whose stores nobody records load no class and link no lambda: that takes locks, and stores to
 * tables of the JDK's that are mirrored.
 */
class DrainLoadsNothingIT {

    private static final Pattern LOADED = Pattern.compile("\\[(\\d+)]\\s*(\\S+) source: .*");

    /** Threads that record what they store to what everybody has. */
    private static final List<String> RECORDING = List.of("shadowheap-mirr", "shadowheap-mana", "shadowheap-mete");

    private static final Pattern METER =
            Pattern.compile("shadowheap: drain: [\\d,]+ events/s in [\\d,]+ runs/s, the log holds [\\d.]+ of 16 MiB");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whateverTheProgramDoes(Jdk jdk) throws Exception {
        ChildJvm child = new TargetProgram(jdk, folder)
                .run(
                        List.of(
                                "-Xlog:class+load=info:file=classes.log:tid",
                                TargetProgram.agent(
                                        "trace=busy.shtrace,report=report.json,nursery=128k,tenure=2,log=8m,debug=drain")),
                        TargetProgram.classPath(),
                        KeepsTheDrainBusy.class)
                .succeeded();
        Map<String, String> silent = new HashMap<>();
        child.out().lines().forEach(line -> {
            int space = line.indexOf(' ');
            String name = line.substring(space + 1);
            if (name.startsWith("shadowheap") && !RECORDING.contains(name)) {
                silent.put(line.substring(0, space), name);
            }
        });
        Assumptions.assumeFalse(child.out().isEmpty(), "this system does not tell the numbers of threads");
        assertTrue(silent.containsValue("shadowheap-drai"), child.out());
        assertTrue(silent.containsValue("shadowheap-trac"), child.out());
        assertTrue(
                Pattern.compile("^reports [1-9]", Pattern.MULTILINE)
                        .matcher(child.out())
                        .find(),
                child.out());
        assertTrue(child.err().lines().count() > 1, child.err());
        child.err().lines().forEach(line -> assertTrue(METER.matcher(line).matches(), line));
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.number(report, "collections", "minor", "count") > 2_000, "minor collections");
        assertTrue(Json.number(report, "collections", "major", "count") > 2, "major collections");
        assertEquals(List.of(), loadedBy(silent));
    }

    private List<String> loadedBy(Map<String, String> threads) throws Exception {
        List<String> found = new ArrayList<>();
        boolean hasBegun = false;
        boolean hasEnded = false;
        for (String line : Files.readAllLines(folder.resolve("classes.log"))) {
            Matcher loaded = LOADED.matcher(line);
            if (loaded.matches()) {
                String name = loaded.group(2);
                hasBegun |= name.equals(KeepsTheDrainBusy.Begin.class.getName());
                hasEnded |= name.equals(KeepsTheDrainBusy.End.class.getName());
                if (hasBegun && !hasEnded && threads.containsKey(loaded.group(1))) {
                    found.add(threads.get(loaded.group(1)) + " " + name);
                }
            }
        }
        assertTrue(hasBegun && hasEnded, "the log of loaded classes is whole");
        return found;
    }
}
