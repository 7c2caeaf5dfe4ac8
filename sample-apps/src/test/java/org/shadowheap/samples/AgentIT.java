package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Every sample with the agent on the JDK that runs the tests and on a second one if there is one: the numbered ones in one JVM
 * as they are found and in another one with their fixes, and the compiler.
 *
 * <p>Needs the built jars, which the build names in {@code shadowheap.jar} and {@code shadowheap.samples.jar}.
 */
class AgentIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");

    /**
     * Bytes of the shadow heap that the objects need; the default depends on the machine. And patience, where the machine is busy
     * with something else.
     */
    private static final String HEAP = "heap=1g,max-wait=60s";

    private static final Set<String> DEPENDS_ON_THREADS = Set.of(
            "dirtyPages",
            "dirtyObjects",
            "rememberedEntries",
            "pagesVisited",
            "pagesDirtied",
            "slotsScanned",
            "rememberedSet",
            "appliers",
            "collectors");

    @TempDir
    private Path folder;

    /** Each sample on one JDK, and each JDK with one of the two; on all of them where tests may take long. */
    static Stream<Arguments> samplesInTurn() {
        Jdk second = Jdk.second().orElse(Jdk.running());
        return Jdk.isLong()
                ? Jdk.all().stream()
                        .flatMap(
                                jdk -> Stream.of("all", "all-fixed", "real-ecj").map(each -> Arguments.of(jdk, each)))
                : Stream.of(
                        Arguments.of(second, "all"),
                        Arguments.of(Jdk.running(), "all-fixed"),
                        Arguments.of(Jdk.running(), "real-ecj"));
    }

    @Test
    void aSecondJdkIsTestedToo() {
        Assumptions.assumeTrue(
                Jdk.second().isPresent(),
                "no second JDK: install one beside the first, or name its folder in " + Jdk.SECOND_PROPERTY);
        assertTrue(Jdk.second().orElseThrow().feature() != Jdk.running().feature());
    }

    /** The main job: a report on the terminal. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void theReportOnStderrNamesWhatTheProgramStored(Jdk jdk) throws Exception {
        ChildJvm watched = run(jdk, List.of("-javaagent:" + AGENT + "=" + HEAP), "08-fixed");
        assertTrue(watched.err().contains("old-to-young"), watched.err());
        assertTrue(watched.err().contains("org.shadowheap.samples.S08SharedPages$Cell.value"), watched.err());
    }

    /**
     * Law 1: the analysis of a live run and that of the replay of its own trace are equal, times excepted. Law 2: the
     * shadow heap is the heap. And Law 4, as far as the output shows it: one recording serves all three, since it takes a while.
     */
    @ParameterizedTest(name = "{0}, sample {1}")
    @MethodSource("samplesInTurn")
    void theReplayOfTheTraceFindsWhatTheLiveRunFoundAndThatIsTheHeap(Jdk jdk, String sample) throws Exception {
        Path trace = folder.resolve("trace.shtrace");
        Path live = folder.resolve("live.json");
        Path replay = folder.resolve("replay.json");
        String options = "=verify=exit,trace=" + trace + ",report=" + live + "," + HEAP;
        ChildJvm alone = run(jdk, List.of(), sample);
        ChildJvm watched = run(jdk, List.of("-javaagent:" + AGENT + options), sample);
        assertEquals(expectedOutput(sample, alone.out()), alone.out());
        assertEquals(alone.out(), watched.out());
        assertEquals("", alone.err());
        Verdict.isAllOf(watched.err());
        ChildJvm.run(
                        jdk,
                        folder,
                        List.of(
                                "-jar",
                                AGENT,
                                "replay",
                                trace.toString(),
                                "--liveness",
                                "live",
                                "--format",
                                "json",
                                "--output",
                                "" + replay))
                .succeeded();

        Map<String, Object> result = Json.read(live);
        Verdict verdict = Verdict.of(result);
        System.out.println(jdk + ", " + sample + ": " + verdict);
        verdict.holds(100_000);
        assertSameFigures(result, Json.read(replay), key -> Json.isTime(key) || key.equals("verified"));
        assertEquals(0, Json.number(result, "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(result, "fidelity", "contradictions"), "contradictions");
        assertTrue(Json.number(result, "collections", "minor", "count") >= 10, "minor collections");
        assertExpectedStores(sample, result);
    }

    /** Live and in a replay; no access goes astray, and checks change no figure. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void checkedMemoryFindsNothing(Jdk jdk) throws Exception {
        Path trace = folder.resolve("trace.shtrace");
        Path live = folder.resolve("live.json");
        Path replay = folder.resolve("replay.json");
        Path classes = folder.resolve("classes.txt");
        String checked = "-Dshadowheap.checked=true";
        run(jdk, List.of(checked, "-javaagent:" + AGENT + "=trace=" + trace + ",report=" + live + "," + HEAP), "02");
        List<String> arguments =
                List.of("replay", trace.toString(), "--liveness", "live", "--format", "json", "--output", "" + replay);
        List<String> command = new ArrayList<>(List.of(checked, "-Xlog:class+load:file=" + classes, "-jar", AGENT));
        command.addAll(arguments);
        ChildJvm.run(jdk, folder, command).succeeded();
        assertSameFigures(Json.read(live), Json.read(replay));
        assertTrue(Files.readString(classes).contains("org.shadowheap.memory.MemoryChecker "), "checks were on");
    }

    /**
     * Where objects lie depends on the number of threads, and so does how many are remembered because a value is not known
     * yet. Nothing else does.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void severalAppliersAndCollectorsFindWhatOneOfEachFinds(Jdk jdk) throws Exception {
        Path trace = folder.resolve("trace.shtrace");
        Path live = folder.resolve("live.json");
        Path replay = folder.resolve("replay.json");
        String threads = ",appliers=3,collectors=2,tenure=2,check=true,verify=exit";
        run(jdk, List.of("-javaagent:" + AGENT + "=trace=" + trace + ",report=" + live + "," + HEAP + threads), "01");
        List<String> arguments =
                List.of("replay", trace.toString(), "--liveness", "live", "--format", "json", "--output", "" + replay);
        List<String> command = new ArrayList<>(List.of("-jar", AGENT));
        command.addAll(arguments);
        ChildJvm.run(jdk, folder, command).succeeded();

        Map<String, Object> result = Json.read(live);
        assertEquals(3, Json.number(result, "configuration", "appliers"), "appliers");
        assertEquals(2, Json.number(result, "configuration", "collectors"), "collectors");
        assertSameFigures(
                result,
                Json.read(replay),
                key -> Json.isTime(key) || key.equals("verified") || DEPENDS_ON_THREADS.contains(key));
        Verdict.of(result).hasNoUnseenStore(); // as there would be, were the agent's own threads recorded
        assertTrue(Json.number(result, "collections", "minor", "count") >= 10, "minor collections");
        assertTrue(Json.number(result, "stores", "oldToYoung") > 10_000, "old-to-young stores");
    }

    private ChildJvm run(Jdk jdk, List<String> options, String sample) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-jar", SAMPLES, sample));
        return ChildJvm.run(jdk, folder, arguments).succeeded();
    }

    private static String expectedOutput(String sample, String actual) {
        return sample.equals("real-ecj") ? "real-ecj: " + RealEcj.RESULT + System.lineSeparator() : actual;
    }

    /** The known answers, which stand beside the code of each sample; of a real program that it was busy. */
    private static void assertExpectedStores(String sample, Map<String, Object> result) {
        if (sample.startsWith("real-")) {
            assertTrue(Json.number(result, "stores", "reference") > 1_000_000, "reference stores");
            assertTrue(Json.number(result, "stores", "oldToYoung") > 10_000, "old-to-young stores");
        } else {
            new ReportedFigures(result).areThoseOf(Samples.named(sample));
        }
    }

    private static void assertSameFigures(Map<String, Object> live, Map<String, Object> replay) {
        assertSameFigures(live, replay, Json::isTime);
    }

    private static void assertSameFigures(
            Map<String, Object> live, Map<String, Object> replay, Predicate<String> isExcepted) {
        Map<String, Object> expected = Json.figures(live, isExcepted);
        Map<String, Object> actual = Json.figures(replay, isExcepted);
        assertFalse(expected.isEmpty());
        Map<String, String> differences = new TreeMap<>();
        expected.forEach((path, value) -> {
            if (!value.equals(actual.get(path))) {
                differences.put(path, "live=" + value + " replay=" + actual.get(path));
            }
        });
        actual.forEach((path, value) -> {
            if (!expected.containsKey(path)) {
                differences.put(path, "live has none, replay=" + value);
            }
        });
        assertEquals(Map.of(), differences);
    }
}
