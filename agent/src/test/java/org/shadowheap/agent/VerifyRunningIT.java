package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.StoresAllTheTime;
import org.shadowheap.targets.StoresInOneFrame;
import org.shadowheap.targets.StoresOnDemand;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** {@code verify PID}: Law 2 on a JVM that runs. */
class VerifyRunningIT {

    private static final String QUIET = StoresOnDemand.class.getName();

    @TempDir
    private Path folder;

    /** Who verifies, and whom. */
    static Stream<Arguments> pairs() {
        Stream<Arguments> all =
                Jdk.all().stream().flatMap(asked -> Jdk.all().stream().map(asks -> Arguments.of(asks, asked)));
        return Jdk.isLong()
                ? all
                : Stream.of(Arguments.of(Jdk.running(), Jdk.second().orElse(Jdk.running())));
    }

    private ChildJvm command(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments);
    }

    private Map<String, Object> verify(Jdk jdk, OnDemand program, int exit) throws Exception {
        ChildJvm verify = command(jdk, "verify", program.pid(), "--format", "json", "--output", "verified.json");
        Map<String, Object> found = Json.read(folder.resolve("verified.json"));
        assertEquals(exit, verify.exit(), () -> verify.err() + found);
        assertEquals("", verify.err());
        assertEquals("", verify.out());
        return found;
    }

    /** Twice: what the first time left behind in the JVM would differ the second time. And Law 1 still holds. */
    @ParameterizedTest(name = "{0} verifies {1}")
    @MethodSource("pairs")
    void aSessionIsVerifiedWhileTheProgramStores(Jdk asks, Jdk asked) throws Exception {
        OnDemand program = new OnDemand(
                asked,
                folder,
                List.of(),
                List.of(TargetProgram.agent("report=end.json,trace=run.shtrace")),
                StoresAllTheTime.class);
        for (int i = 0; i < 2; i++) {
            Map<String, Object> found = verify(asks, program, 0);
            assertTrue(Json.number(found, "verified", "objects") > 80_000, () -> "" + found);
            assertTrue(Json.number(found, "unsettled") < 5_000, () -> "" + found);
            assertTrue(Json.number(found, "passes") <= 3, () -> "" + found);
            assertEquals("[]", "" + found.get("notes"));
        }
        program.end();
        assertEquals(
                "",
                Files.readString(folder.resolve("err.txt"))
                        .lines()
                        .filter(line -> !line.startsWith("WARNING: "))
                        .findFirst()
                        .orElse(""));
        command(asks, "replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "again.json")
                .succeeded();
        assertEquals(figures("end.json"), figures("again.json"));
    }

    private Map<String, Object> figures(String file) throws Exception {
        return Json.figures(Json.read(folder.resolve(file)), Json::isTime);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aStoreThatIsNotSeenIsFoundAndNamed(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of(TargetProgram.agent("report=none,exclude=" + QUIET)));
        Map<String, Object> found = verify(jdk, program, 1);
        assertTrue(("" + found.get("notes")).contains("partial: "), () -> "" + found);
        @SuppressWarnings("unchecked")
        Map<String, Object> verified = (Map<String, Object>) found.get("verified");
        assertTrue(
                Json.objects(verified, "found").stream()
                        .anyMatch(each -> each.get("path").equals(QUIET + ".HOLDER")
                                && each.get("cause").equals("uninstrumented class")
                                && each.get("expected").equals(QUIET)
                                && each.get("actual").equals("null")),
                () -> "" + found);
        ChildJvm text = command(jdk, "verify", program.pid());
        assertEquals(1, text.exit());
        assertTrue(text.out().startsWith("partial: "), text.out());
        assertTrue(
                text.out().replaceAll("\\s+", " ").contains("uninstrumented class, expected " + QUIET + ", found null"),
                text.out());
        program.end();
    }

    /** What its attachment cannot see is said first. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whereNoSessionRunsOneIsStartedAndEnded(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        Map<String, Object> found = verify(jdk, program, 0);
        assertTrue(Json.number(found, "verified", "objects") > 40_000, () -> "" + found);
        assertTrue(("" + found.get("notes")).startsWith("[attached: stores of "), () -> "" + found);
        ChildJvm report = command(jdk, "report", program.pid());
        assertEquals(1, report.exit());
        assertTrue(report.err().contains("no session runs in this JVM"), report.err());
        assertEquals("stored 1000", program.tell("store 1000"));
        program.end();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatAFrameStoresThatBeganBeforeHasThatCause(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of(), List.of(), StoresInOneFrame.class);
        Map<String, Object> found = verify(jdk, program, 1);
        @SuppressWarnings("unchecked")
        Map<String, Object> verified = (Map<String, Object>) found.get("verified");
        assertEquals(
                List.of(StoresInOneFrame.class.getName() + ".restless: frame that began before"),
                Json.objects(verified, "found").stream()
                        .map(each -> each.get("path") + ": " + each.get("cause"))
                        .toList());
        program.end();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatCannotBeVerifiedIsOneLine(Jdk jdk) throws Exception {
        refused(1, "there is no such process: pid=999999999", command(jdk, "verify", "999999999"));
        OnDemand program =
                new OnDemand(jdk, folder, List.of(TargetProgram.agent("report=none,live=false,trace=run.shtrace")));
        refused(
                1,
                "the session records only (live=false), its trace has all that there is to report",
                command(jdk, "verify", program.pid()));
        refused(
                1,
                "output must be in a folder that exists: output=nowhere/x",
                command(jdk, "verify", program.pid(), "--output", "nowhere/x"));
        program.end();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    0, left.filter(each -> each.toString().contains("hprof")).count());
        }
    }

    private static void refused(int exit, String line, ChildJvm child) {
        assertEquals("shadowheap: " + line, child.err().strip());
        assertEquals("", child.out());
        assertEquals(exit, child.exit());
    }
}
