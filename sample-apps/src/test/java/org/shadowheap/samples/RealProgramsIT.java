package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Drivers of real programs with the agent, in JVMs of their own, on the JDK that runs the tests and on a second one if there
 * is one. {@link AgentIT} has the compiler.
 */
class RealProgramsIT {

    private static final String AGENT = System.getProperty("shadowheap.jar");
    private static final String SAMPLES = System.getProperty("shadowheap.samples.jar");

    @TempDir
    private Path folder;

    /** What a driver must print, and the package whose stores the report must name. */
    private record RealProgram(String name, String result, String packages) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<RealProgram> PROGRAMS = List.of(
            new RealProgram("real-h2", RealH2.RESULT, "org.h2."),
            new RealProgram("real-lucene", RealLucene.RESULT, "org.apache.lucene."),
            new RealProgram("real-json", RealJson.RESULT, "com.fasterxml.jackson.databind."),
            new RealProgram("real-caffeine", RealCaffeine.RESULT, "com.github.benmanes.caffeine."));

    static Stream<Arguments> programsOnEveryJdk() {
        return Jdk.all().stream().flatMap(jdk -> PROGRAMS.stream().map(program -> Arguments.of(jdk, program)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("programsOnEveryJdk")
    void theProgramComputesTheSameNothingIsLostAndTheShadowIsTheHeap(Jdk jdk, RealProgram program) throws Exception {
        String expected = program.name + ": " + program.result + System.lineSeparator();
        if (jdk.equals(Jdk.running()) || Jdk.isLong()) { // what it must print is the same on all
            ChildJvm alone = run(jdk, List.of(), program);
            assertEquals(expected, alone.out());
            assertEquals("", alone.err());
        }
        Path report = folder.resolve("report.json");
        ChildJvm watched = run(jdk, List.of("-javaagent:" + AGENT + "=verify=exit,heap=1g,report=" + report), program);
        assertEquals(expected, watched.out());
        Map<String, Object> result = Json.read(report);
        Verdict verdict = Verdict.of(result);
        System.out.println(jdk + ", " + program + ": " + verdict);
        Verdict.isAllOf(watched.err());
        verdict.holds(100_000);
        System.out.println(jdk + ", " + program + ": events=" + Json.number(result, "events", "total") + " fidelity="
                + result.get("fidelity"));
        assertEquals(List.of(), result.get("notes"), "a note says so if recording ended early");
        assertEquals(0, Json.number(result, "fidelity", "lost"), () -> "lost: " + result.get("fidelity"));
        assertEquals(1.0, mirroredShare(result), 0.01, () -> "of what was allocated: " + result.get("fidelity"));
        assertTrue(storesIn(program.packages, result) > 100_000, () -> "stores: " + result.get("stores"));
    }

    private ChildJvm run(Jdk jdk, List<String> options, RealProgram program) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-jar", SAMPLES, program.name));
        return ChildJvm.run(jdk, folder, arguments).succeeded();
    }

    /** Of the bytes that the JVM says the program allocated, those that the mirror saw. */
    private static double mirroredShare(Map<String, Object> result) {
        double mirrored = Json.number(result, "fidelity", "mirroredBytes");
        return mirrored / Json.number(result, "fidelity", "allocatedBytes");
    }

    private static long storesIn(String packages, Map<String, Object> result) {
        return Json.objects(result, "sites").stream()
                .filter(each -> ((String) each.get("site")).startsWith(packages))
                .mapToLong(each -> Json.number(each, "stores"))
                .sum();
    }
}
