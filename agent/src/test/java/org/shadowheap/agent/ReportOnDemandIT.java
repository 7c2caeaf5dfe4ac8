package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.StoresUntilTold;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** {@code report PID} and {@code ps}: what others see of a session while it runs. */
class ReportOnDemandIT {

    private static final String FIELD = StoresUntilTold.class.getName() + ".young";

    @TempDir
    private Path folder;

    /** Who asks, and who is asked. */
    static Stream<Arguments> pairs() {
        return Jdk.all().stream().flatMap(asks -> Jdk.all().stream().map(asked -> Arguments.of(asks, asked)));
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0} asks {1}")
    @MethodSource("pairs")
    void aReportSoFarIsPrintedAndTheSessionGoesOnAsIfNobodyHadAsked(Jdk asks, Jdk asked) throws Exception {
        Process program = start(asked, TargetProgram.agent("report=end.json,trace=run.shtrace,nursery=1m"));
        try (BufferedReader out = program.inputReader()) {
            assertEquals("ready", out.readLine());
            String pid = Long.toString(program.pid());
            ChildJvm text = command(asks, "report", pid).succeeded();
            assertTrue(text.out().contains(FIELD), text.out());
            assertEquals("", text.err());
            command(asks, "report", pid, "--format", "json", "--output", "far.json")
                    .succeeded();
            assertTrue(ps(asks, pid).contains("  yes  "), "ps");
            end(program, out);
        }
        long far = storesOf("far.json");
        long end = storesOf("end.json");
        assertTrue(far >= StoresUntilTold.STORES && far <= end, far + " of " + end);
        // Law 1: asking leaves no trace.
        command(asks, "replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "again.json")
                .succeeded();
        assertEquals(figures("end.json"), figures("again.json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whatCannotBeAskedIsOneLineAndExitsWith1(Jdk jdk) throws Exception {
        Process alone = start(jdk, "-Dnothing");
        try (BufferedReader out = alone.inputReader()) {
            assertEquals("ready", out.readLine());
            String pid = Long.toString(alone.pid());
            assertTrue(ps(jdk, pid).contains("  no  "), "ps");
            refused("no session runs in this JVM: start one with attach, or the JVM with -javaagent", jdk, pid);
            end(alone, out);
        }
        refused("there is no such process: pid=999999999", jdk, "999999999");
        Process closed = start(jdk, "-XX:+DisableAttachMechanism");
        try (BufferedReader out = closed.inputReader()) {
            assertEquals("ready", out.readLine());
            long pid = closed.pid();
            refused(
                    "the JVM cannot be attached to, -XX:+DisableAttachMechanism is one reason: pid=" + pid,
                    jdk,
                    Long.toString(pid));
            end(closed, out);
        }
    }

    private void refused(String line, Jdk jdk, String pid) throws Exception {
        ChildJvm child = command(jdk, "report", pid);
        assertEquals(1, child.exit());
        assertEquals("", child.out());
        assertEquals("shadowheap: " + line, child.err().strip());
    }

    private String ps(Jdk jdk, String pid) throws Exception {
        return command(jdk, "ps")
                .succeeded()
                .out()
                .lines()
                .filter(line -> line.strip().startsWith(pid + ' ') && line.endsWith(StoresUntilTold.class.getName()))
                .findFirst()
                .orElse("not listed");
    }

    private Process start(Jdk jdk, String option) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        jdk.java().toString(),
                        option,
                        "-cp",
                        TargetProgram.classPath(),
                        StoresUntilTold.class.getName())
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.start();
    }

    private static void end(Process program, BufferedReader out) throws Exception {
        program.outputWriter().append('\n').flush();
        assertEquals("true", out.readLine());
        assertEquals(0, program.waitFor());
    }

    private ChildJvm command(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments);
    }

    private long storesOf(String file) throws Exception {
        assertFalse(Files.readString(folder.resolve(file)).isEmpty());
        return Json.objects(Json.read(folder.resolve(file)), "fields").stream()
                .filter(field -> FIELD.equals(field.get("field")))
                .mapToLong(field -> Json.number(field, "stores"))
                .sum();
    }

    private Map<String, Object> figures(String file) throws Exception {
        return Json.figures(Json.read(folder.resolve(file)), Json::isTime);
    }
}
