package org.shadowheap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.PrintsEden;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** Sweeps of the built jar: who sees the bar, and whether a JVM takes the flags that it is told. */
class SweepIT {

    private static final String JAR = System.getProperty("shadowheap.jar");
    private static final int NODES_OF_1_KIB = 100_000;
    private static final int CARD_FLAG_SINCE = 18;

    /** Before that the bar is not drawn, see ProgressBar. */
    private static final double BAR_AFTER_SECONDS = 2;

    private static final long INTERRUPTED_AFTER_SECONDS = 4;

    @TempDir
    private Path folder;

    private String trace;

    static List<Jdk> jdks() {
        return Jdk.enough();
    }

    @BeforeEach
    void record() throws IOException {
        trace = ListTrace.write(folder.resolve("list.shtrace"), NODES_OF_1_KIB).toString();
    }

    /** Two dozen heaps with verification, which takes some seconds. */
    private List<String> longSweep() {
        String tenures =
                IntStream.rangeClosed(1, 12).mapToObj(Integer::toString).reduce("1", (a, b) -> a + "," + b);
        return List.of("-jar", JAR, "replay", trace, "--nursery", "2m,4m", "--tenure", tenures, "--check");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whereStandardErrorIsAFileNobodyIsToldHowFarItIs(Jdk jdk) throws Exception {
        long start = System.nanoTime();
        ChildJvm child = ChildJvm.run(jdk, folder, longSweep()).succeeded();
        assumeTrue((System.nanoTime() - start) / 1e9 > BAR_AFTER_SECONDS + 1, "too quick for a bar");
        assertEquals("", child.err());
        assertTrue(child.out().startsWith("Sweep: 24 heaps for app.Main on Some VM\n"), child.out());
    }

    /** The program {@code script} gives what it runs a terminal, and keeps what it printed there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void onATerminalABarTellsAlsoIfTheResultGoesToAFile(Jdk jdk) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1)");
        String command = jdk.java() + " " + String.join(" ", longSweep()) + " > result.txt";
        Path typescript = folder.resolve("typescript");
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-q", "-e", "-c", command, typescript.toString())
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("script.out").toFile());
        builder.environment().put("TERM", "xterm");
        Process script = builder.start();
        assertTrue(script.waitFor(5, TimeUnit.MINUTES));
        assumeTrue(script.exitValue() == 0, "a script(1) of another kind");
        assumeTrue((System.nanoTime() - start) / 1e9 > BAR_AFTER_SECONDS + 1, "too quick for a bar");
        String seen = Files.readString(typescript);
        assertTrue(
                seen.matches("(?s).*\r\\[[#-]{24}\\] +[0-9]+ %  [0-9.]+ M events, [0-9.]+ M/s, [0-9:]+ left.*"), seen);
        assertTrue(seen.matches("(?s).*\r {40,}\r.*"), "wiped at the end: " + seen);
        assertTrue(Files.readString(folder.resolve("result.txt")).startsWith("Sweep: 24 heaps"));
    }

    /** What Ctrl-C sends, when the first heaps have been replayed and others have not. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aSweepThatIsInterruptedWritesWhatIsDone(Jdk jdk) throws Exception {
        Path kill = Stream.of("/bin/kill", "/usr/bin/kill")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(kill != null, "no kill(1)");
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(longSweep());
        command.addAll(List.of("--jobs", "1", "--format", "csv"));
        Path err = folder.resolve("err.txt");
        Path out = folder.resolve("out.csv");
        Process sweep = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .redirectOutput(out.toFile())
                .start();
        boolean endedBefore = sweep.waitFor(INTERRUPTED_AFTER_SECONDS, TimeUnit.SECONDS);
        assumeTrue(!endedBefore, "too quick to be interrupted");
        new ProcessBuilder(kill.toString(), "-INT", Long.toString(sweep.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertTrue(sweep.waitFor(2, TimeUnit.MINUTES));
        String line = Files.readString(err);
        assertTrue(sweep.exitValue() != 0, line);
        assertTrue(line.matches("shadowheap: interrupted: [0-9]+ of 24 heaps were not replayed to the end\\R"), line);
        int missing = Integer.parseInt(line.replaceAll("(?s).*interrupted: ([0-9]+) of.*", "$1"));
        long rows = Files.readAllLines(out).size();
        assumeTrue(missing < 24, "too slow for a result");
        assertEquals(1 + 24 - missing, rows, "a header and a row for each that is done");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aJvmTakesTheFlagsAndHasSuchAnEden(Jdk jdk) throws Exception {
        boolean hasCards = jdk.feature() >= CARD_FLAG_SINCE;
        List<String> sweep = List.of(
                "-jar",
                JAR,
                "replay",
                trace,
                "--nursery",
                "16m",
                "--tenure",
                "2,1",
                "--remset",
                "cards",
                "--card",
                hasCards ? "256" : "512");
        List<String> lines =
                ChildJvm.run(jdk, folder, sweep).succeeded().out().lines().toList();
        List<String> flags =
                lines.stream().filter(line -> line.startsWith("  -Xmn")).toList();
        assertEquals(2, flags.size(), () -> String.join("\n", lines));
        String card = hasCards ? "GCCardSizeInBytes=256" : null;
        for (String collector : List.of("-XX:+UseSerialGC", "-XX:+UseParallelGC")) {
            List<String> printed = eden(jdk, collector, flags.get(0), card);
            assertEquals("edenKiB=16384", printed.get(0), collector);
            assertEquals("MaxTenuringThreshold=0", printed.get(1));
            if (card != null) {
                assertEquals(card, printed.get(2));
            }
        }
        // Eden of G1 comes and goes in whole regions, of which it may take one more.
        String g1 = eden(jdk, "-XX:+UseG1GC", flags.get(1), card).get(0);
        assertTrue(List.of("edenKiB=16384", "edenKiB=17408").contains(g1), g1);
    }

    private List<String> eden(Jdk jdk, String collector, String flags, String card) throws Exception {
        Path classes = Path.of(PrintsEden.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> arguments = new ArrayList<>(List.of(collector, "-Xmx256m"));
        arguments.addAll(Arrays.asList(flags.strip().split(" ", -1)));
        arguments.addAll(List.of("-cp", classes.toString(), PrintsEden.class.getName()));
        Stream.ofNullable(card)
                .map(each -> each.substring(0, each.indexOf('=')))
                .forEach(arguments::add);
        return ChildJvm.run(jdk, folder, arguments).succeeded().out().lines().toList();
    }
}
