package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.StoresUntilKilled;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Programs that end without an end: whatever they had said that they stored is in the trace, once and in order, after {@code
 * recover}.
 *
 * <p>{@code -Dshadowheap.kills=100} kills so often, {@code -Dshadowheap.seed=N} repeats the moments.
 */
class KilledIT {

    private static final int KILLS = Integer.getInteger("shadowheap.kills", 2);
    private static final long MOST_MILLIS = Long.getLong("shadowheap.kills.millis", 1_500);
    private static final long SEED = Long.getLong("shadowheap.seed", System.nanoTime());
    private static final int THREADS = 4;
    private static final String TRACE = "run.shtrace";
    private static final String LOGS = TRACE + ".shlogs";
    private static final String DONE = "done";
    private static final String OPTIONS = "trace=" + TRACE + ",report=none,nursery=4m,max-wait=60s";

    @TempDir
    private Path folder;

    private static List<String> command(Jdk jdk, String options, String how, String... jvmOptions) throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                TargetProgram.agent(options),
                "-cp",
                TargetProgram.classPath(),
                StoresUntilKilled.class.getName(),
                DONE,
                Integer.toString(THREADS),
                how,
                "0"));
        return command;
    }

    private Process start(List<String> command) throws Exception {
        Files.deleteIfExists(folder.resolve(DONE));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.start();
    }

    /** Starts the program and kills it so long after it is ready. */
    private void kill(Jdk jdk, String options, long millis) throws Exception {
        Process program = start(command(jdk, options, "killed"));
        try (BufferedReader out = program.inputReader()) {
            assertEquals("ready", out.readLine(), () -> read("err.txt"));
            Thread.sleep(millis);
            program.destroyForcibly();
            program.waitFor();
        }
        assertEquals("", read("err.txt"));
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private ChildJvm ours(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments);
    }

    private void assertRecovers(Jdk jdk) throws Exception {
        ChildJvm recovered = ours(jdk, "recover", TRACE).succeeded();
        assertTrue(recovered.out().startsWith(TRACE + ": recovered "), recovered.out());
        assertEquals("", recovered.err());
        assertFalse(Files.exists(folder.resolve(LOGS)), LOGS);
        ChildJvm again = ours(jdk, "recover", TRACE).succeeded();
        assertTrue(again.out().startsWith(TRACE + ": complete already, "), again.out());
        long stores = RecoveredStores.assertComplete(folder.resolve(TRACE), folder.resolve(DONE));
        System.out.print(jdk + ": " + stores + " stores, " + recovered.out());
        ours(jdk, "replay", TRACE, "--format", "json", "--output", "result.json")
                .succeeded();
        assertEquals(0, Json.number(Json.read(folder.resolve("result.json")), "fidelity", "lost"), "lost");
        assertEquals(
                0,
                Json.number(Json.read(folder.resolve("result.json")), "fidelity", "contradictions"),
                "contradictions");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void afterAKillAtAnyMomentEachStoreThatWasDoneIsRecovered(Jdk jdk) throws Exception {
        System.out.println("-Dshadowheap.seed=" + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            kill(jdk, OPTIONS, i == 0 ? 0 : random.nextLong(i == 1 ? 500 : MOST_MILLIS));
            assertRecovers(jdk);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void soTheyAreWithTheSmallestLogAndWithoutAMirror(Jdk jdk) throws Exception {
        kill(jdk, OPTIONS + ",log=4m,live=false", 1_000);
        assertRecovers(jdk);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void soTheyAreAfterAHaltAndWhenTheJvmGivesUpForWantOfMemory(Jdk jdk) throws Exception {
        for (List<String> command : List.of(
                command(jdk, OPTIONS, "halt"),
                command(
                        jdk,
                        OPTIONS,
                        "memory",
                        "-Xmx64m",
                        "-XX:+CrashOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash"))) {
            Process program = start(command);
            program.inputReader().lines().forEach(line -> {});
            assertTrue(program.waitFor(1, TimeUnit.MINUTES), "it goes on");
            assertNotEquals(0, program.exitValue());
            assertRecovers(jdk);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void infoAndReplayReadWhatRecoverWouldMakeAndLeaveItAsItIs(Jdk jdk) throws Exception {
        kill(jdk, OPTIONS, 500);
        long size = Files.size(folder.resolve(TRACE));
        ChildJvm info = ours(jdk, "info", TRACE).succeeded();
        ChildJvm replay = ours(jdk, "replay", TRACE, "--format", "json", "--output", "before.json")
                .succeeded();
        for (ChildJvm each : List.of(info, replay)) {
            assertEquals(1, each.err().lines().count(), each.err());
            assertTrue(each.err().startsWith("shadowheap: the trace was cut off, "), each.err());
        }
        assertEquals(size, Files.size(folder.resolve(TRACE)), "bytes of the trace");
        assertTrue(Files.exists(folder.resolve(LOGS)), LOGS);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(TRACE, LOGS),
                    files.map(each -> each.getFileName().toString())
                            .filter(each -> each.contains("shtrace"))
                            .sorted()
                            .toList());
        }
        assertRecovers(jdk);
        ChildJvm after = ours(jdk, "info", TRACE).succeeded();
        assertEquals(info.out(), after.out());
        assertEquals(figures("before.json"), figures("result.json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatCannotBeRecoveredIsOneLineAndExitsWith1(Jdk jdk) throws Exception {
        assertRefused("no such file: nothing", ours(jdk, "recover", "nothing"));
        Files.writeString(folder.resolve("text"), "no trace");
        ChildJvm text = ours(jdk, "recover", "text");
        assertEquals(1, text.exit());
        assertEquals(1, text.err().lines().count(), text.err());
        Process program = start(command(jdk, OPTIONS, "killed"));
        try (BufferedReader out = program.inputReader()) {
            assertEquals("ready", out.readLine());
            assertRefused("the recording still runs: " + TRACE, ours(jdk, "recover", TRACE));
            assertEquals("", ours(jdk, "info", TRACE).succeeded().err());
        } finally {
            program.destroyForcibly();
            program.waitFor();
        }
        assertRecovers(jdk);
    }

    private static void assertRefused(String line, ChildJvm child) {
        assertEquals(1, child.exit());
        assertEquals("", child.out());
        assertEquals("shadowheap: " + line, child.err().strip());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void logsOfAnotherRecordingAreNotUsed(Jdk jdk) throws Exception {
        kill(jdk, OPTIONS, 500);
        Path kept = Files.move(folder.resolve(LOGS), folder.resolve("kept"));
        kill(jdk, OPTIONS, 500);
        Files.move(kept, folder.resolve(LOGS), StandardCopyOption.REPLACE_EXISTING);
        ChildJvm recovered = ours(jdk, "recover", TRACE).succeeded();
        assertTrue(recovered.out().endsWith(", 0 of them from the logs" + System.lineSeparator()), recovered.out());
        assertTrue(Files.exists(folder.resolve(LOGS)), LOGS);
    }

    /** A disk that holds the start and little more, where one may be mounted. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aFullDiskEndsTheRecordingAndNotTheProgram(Jdk jdk) throws Exception {
        for (int mebibytes : new int[] {9}) {
            Path disk = Files.createDirectories(folder.resolve("disk" + mebibytes));
            assumeTrue(mounts("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", disk.toString()));
            try {
                fillDisk(jdk, disk);
            } finally {
                mounts("umount", "-l", disk.toString());
            }
        }
    }

    private void fillDisk(Jdk jdk, Path disk) throws Exception {
        Path trace = disk.resolve(TRACE);
        String options = "trace=" + trace + ",report=report.txt,nursery=4m,max-wait=2s";
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm watched = programs.watched(options, StoresUntilKilled.class, DONE, "2", "full", "0");
        assertEquals(0, watched.exit(), watched.err());
        assertEquals("ready" + System.lineSeparator() + "done" + System.lineSeparator(), watched.out());
        String report = read("report.txt").replaceAll("\\s+", " ");
        System.out.println(jdk + ": " + report.substring(0, Math.min(160, report.length())) + " " + watched.err());
        assertTrue(report.startsWith("recording ended early: the trace could not be written: "), report);
        assertFalse(Files.exists(disk.resolve(LOGS)), LOGS);
        assertTrue(ours(jdk, "info", trace.toString()).succeeded().out().contains("cut: what it holds is valid"));
        ours(jdk, "replay", trace.toString()).succeeded();
    }

    private Map<String, Object> figures(String file) throws Exception {
        return Json.figures(Json.read(folder.resolve(file)), Json::isTime);
    }

    private static boolean mounts(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
