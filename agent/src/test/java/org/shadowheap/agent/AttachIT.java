package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.StoresOnDemand;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** {@code attach PID} and {@code detach PID}, on JVMs that were started without anything of ours. */
class AttachIT {

    private static final int STORES = 100_000;
    private static final int ATTACHES = Integer.getInteger("shadowheap.attaches", 2);
    private static final String PROGRAM = StoresOnDemand.class.getName();
    private static final String FIELD = PROGRAM + ".young";

    /** Says so of every dynamically loaded agent, from 21 on (JEP 451). */
    private static final int WARNS_SINCE = 21;

    /** Compact headers need no other flag from then on. */
    private static final int COMPACT_SINCE = 25;

    private static final Pattern IDS_BEFORE = Pattern.compile("ids-before +([0-9]+)");

    private static final String JACOCO =
            "-javaagent:" + System.getProperty("shadowheap.another.agent") + "=destfile=covered.exec";

    @TempDir
    private Path folder;

    /** Who attaches, and to whom. */
    static Stream<Arguments> pairs() {
        return Jdk.all().stream()
                .flatMap(asks -> Jdk.all().stream()
                        .filter(asked -> Jdk.isLong() || !asked.equals(asks))
                        .map(asked -> Arguments.of(asks, asked)));
    }

    /** Collectors, forms of headers, and other agents that may be there already. */
    static Stream<Arguments> collectors() {
        List<Arguments> all = new ArrayList<>();
        for (Jdk jdk : Jdk.enough()) {
            all.add(Arguments.of(jdk, List.of("-XX:+UseParallelGC")));
            all.add(Arguments.of(jdk, List.of("-XX:+UseZGC")));
            all.add(Arguments.of(jdk, List.of(JACOCO)));
        }
        for (Jdk jdk : Jdk.isLong() ? Jdk.all() : List.<Jdk>of()) {
            all.add(Arguments.of(jdk, List.of("-XX:+UseG1GC")));
            all.add(Arguments.of(jdk, List.of("-XX:+UseSerialGC")));
            all.add(Arguments.of(jdk, List.of("-XX:+UseShenandoahGC")));
            if (jdk.feature() >= COMPACT_SINCE) {
                all.add(Arguments.of(jdk, List.of("-XX:+UseCompactObjectHeaders")));
            }
        }
        return all.stream();
    }

    /** Every store after the answer is seen, and the report is printed where detach was called. */
    @ParameterizedTest(name = "{0} attaches to {1}")
    @MethodSource("pairs")
    void whatIsStoredFromNowOnIsSeenToTheLastStore(Jdk asks, Jdk asked) throws Exception {
        OnDemand program = new OnDemand(asked, folder, List.of());
        assertEquals("stored " + STORES, program.tell("store " + STORES)); // seen by nobody
        ChildJvm attach = command(asks, "attach", program.pid(), "trace=run.shtrace,report=end.json")
                .succeeded();
        assertTrue(attach.out().startsWith("a session runs: "), attach.out());
        assertEquals("", attach.err());
        assertEquals("stored " + STORES, program.tell("store " + STORES));
        assertTrue(ps(asks, program.pid()).contains("  yes  "), "ps");
        ChildJvm report = command(asks, "report", program.pid()).succeeded();
        assertTrue(report.out().contains(FIELD), report.out());
        ChildJvm detach = command(asks, "detach", program.pid()).succeeded();
        assertEquals("", detach.out(), "the report goes to a file");
        assertEquals("stored " + STORES, program.tell("store " + STORES)); // again seen by nobody
        assertTrue(ps(asks, program.pid()).contains("  no  "), "ps");
        program.end();
        Map<String, Object> result = Json.read(folder.resolve("end.json"));
        assertEquals(STORES, storesTo(FIELD, result), "stores");
        assertTrue(Json.number(result, "fidelity", "mirroredBytes") > 0, "mirrored");
        assertEquals(0, Json.number(result, "fidelity", "lost"), "lost");
        assertEquals(0, Json.number(result, "fidelity", "contradictions"), "contradictions");
        command(asks, "replay", "run.shtrace", "--liveness", "live", "--format", "json", "--output", "again.json")
                .succeeded();
        assertEquals(STORES, storesTo(FIELD, Json.read(folder.resolve("again.json"))), "stores of the replay");
        String err = Files.readString(folder.resolve("err.txt"));
        if (asked.feature() < WARNS_SINCE) {
            assertEquals("", err);
        } else {
            assertTrue(err.lines().allMatch(line -> line.startsWith("WARNING: ")), err);
        }
    }

    /** The heap that was there and what was done to it since. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("collectors")
    void theShadowIsTheHeap(Jdk jdk, List<String> options) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, options);
        command(jdk, "attach", program.pid(), "verify=exit,report=end.json").succeeded();
        program.tell("store " + STORES);
        assertEquals("woke true", program.tell("wake"));
        command(jdk, "detach", program.pid()).succeeded();
        program.end();
        Map<String, Object> result = Json.read(folder.resolve("end.json"));
        assertEquals(0, Json.number(result, "fidelity", "verified", "differences"), () -> "" + result.get("fidelity"));
        assertTrue(Json.number(result, "fidelity", "verified", "objects") > 40_000, "objects");
        assertEquals(STORES, storesTo(FIELD, result), "stores");
        assertEquals(options.contains(JACOCO), Files.exists(folder.resolve("covered.exec")), "what was covered");
    }

    /** What goes on with its old code is named first, and what nobody can know is counted. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void framesThatBeganBeforeAreNamedWhileTheyLast(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        ChildJvm attach = command(jdk, "attach", program.pid()).succeeded();
        assertTrue(attach.out().contains(" began before: stores in them are not seen"), attach.out());
        assertEquals("looped", program.tell("loop"));
        ChildJvm far = command(jdk, "report", program.pid(), "--format", "json", "--output", "far.json")
                .succeeded();
        assertEquals("", far.err());
        Map<String, Object> before = Json.read(folder.resolve("far.json"));
        assertTrue(Json.number(before, "fidelity", "uninstrumentedFrames") > 0, "frames");
        assertTrue(before.get("notes").toString().contains(PROGRAM + ".main (main)"), "" + before.get("notes"));
        assertTrue(before.get("notes").toString().contains("not run since"), "" + before.get("notes"));
        assertEquals(0, storesTo(PROGRAM + ".ofLoop", before), "stores of an old frame");
        assertEquals("woke true", program.tell("wake"));
        command(jdk, "report", program.pid(), "--format", "json", "--output", "far.json")
                .succeeded();
        assertEquals(1, storesTo(PROGRAM + ".woken", Json.read(folder.resolve("far.json"))), "stores of a new frame");
        String text = command(jdk, "detach", program.pid()).succeeded().out();
        assertTrue(text.startsWith("attached: stores of "), text);
        program.end();
    }

    /** As in a container: the command runs where the program does, and calls it what it is called there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aJvmInNamespacesOfItsOwnIsAttachedToFromWithinThem(Jdk jdk) throws Exception {
        List<String> unshare = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
        Assumptions.assumeTrue(runs(unshare, "true") && runs(List.of("nsenter"), "--version"), "not on this machine");
        OnDemand program = new OnDemand(jdk, folder, unshare, List.of());
        assertTrue(within(program, jdk, "ps").out().contains("1  "), "ps");
        within(program, jdk, "attach", "1", "report=" + folder.resolve("end.json"));
        assertEquals("stored " + STORES, program.tell("store " + STORES));
        assertTrue(within(program, jdk, "report", "1").out().contains(FIELD), "report");
        within(program, jdk, "detach", "1");
        program.end();
        assertEquals(STORES, storesTo(FIELD, Json.read(folder.resolve("end.json"))), "stores");
    }

    private ChildJvm within(OnDemand program, Jdk jdk, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", program.pid(), "-m", "-p"));
        command.addAll(List.of(jdk.java().toString(), "-jar", TargetProgram.JAR));
        command.addAll(List.of(arguments));
        return ChildJvm.run(folder, command).succeeded();
    }

    private static boolean runs(List<String> starter, String what) throws InterruptedException {
        List<String> command = new ArrayList<>(starter);
        command.add(what);
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** As it is executed, instruction by instruction: of the program and of the JDK. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void detachGivesEveryMethodItsCodeBack(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        Map<String, List<String>> before = program.code();
        Assumptions.assumeFalse(before.isEmpty(), "this machine does not let one process look into another");
        command(jdk, "attach", program.pid(), "report=none").succeeded();
        program.tell("store 1");
        Map<String, List<String>> during = program.code();
        command(jdk, "detach", program.pid()).succeeded();
        Map<String, List<String>> after = program.code();
        program.end();
        before.keySet().retainAll(during.keySet());
        before.keySet().retainAll(after.keySet());
        long rewritten = before.keySet().stream()
                .filter(method -> !before.get(method).equals(during.get(method)))
                .count();
        assertTrue(rewritten > 100, "rewritten=" + rewritten + " of " + before.size());
        before.forEach((method, instructions) -> assertEquals(instructions, after.get(method), method));
        assertEquals(
                List.of(),
                after.entrySet().stream()
                        .filter(each -> each.getValue().toString().contains("shadowheap/barrier"))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Nothing of ours is left but what was loaded. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void afterDetachNoThreadOfOursIsLeft(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        ps(jdk, program.pid()); // the JVM starts its thread for those who attach
        String threads = program.tell("threads");
        command(jdk, "attach", program.pid(), "report=none").succeeded();
        assertFalse(threads.equals(program.tell("threads")));
        command(jdk, "detach", program.pid()).succeeded();
        String now = "";
        for (int i = 0; i < 100 && !now.equals(threads); i++) {
            Thread.sleep(50);
            now = program.tell("threads");
        }
        assertEquals(threads, now);
        program.end();
    }

    /** A session that began with the program, where nothing of JMX is to be had. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aJvmWithoutManagementModulesIsLeftAllTheSame(Jdk jdk) throws Exception {
        List<String> few = List.of("--limit-modules", "java.base,java.instrument,jdk.attach");
        List<String> options = new ArrayList<>(few);
        options.add(TargetProgram.agent("report=end.json"));
        OnDemand program = new OnDemand(jdk, folder, options);
        assertEquals("stored " + STORES, program.tell("store " + STORES));
        Thread.sleep(500); // the classes of JMX have been looked for
        command(jdk, "detach", program.pid()).succeeded();
        assertEquals("stored " + STORES, program.tell("store " + STORES));
        command(jdk, "attach", program.pid(), "report=none").succeeded();
        command(jdk, "detach", program.pid()).succeeded();
        program.end();
        assertEquals(STORES, storesTo(FIELD, Json.read(folder.resolve("end.json"))), "stores");
    }

    /** Each session sees all, and nothing is left of it that grows: {@code -Dshadowheap.attaches=50}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void oneSessionFollowsAnother(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        String pid = program.pid();
        long bornBefore = 0;
        for (int i = 1; i <= ATTACHES; i++) {
            String trace = i % 2 == 0 ? "trace=run.shtrace," : "";
            command(jdk, "attach", pid, trace + "verify=exit,report=end.json").succeeded();
            assertEquals("stored " + i * 1000, program.tell("store " + i * 1000));
            command(jdk, "detach", pid).succeeded();
            Map<String, Object> result = Json.read(folder.resolve("end.json"));
            String which = "session " + i + ": " + result.get("fidelity");
            assertEquals(i * 1000L, storesTo(FIELD, result), which);
            assertEquals(0, Json.number(result, "fidelity", "verified", "differences"), which);
            assertEquals(0, Json.number(result, "fidelity", "lost"), which);
            assertEquals(0, Json.number(result, "fidelity", "contradictions"), which);
            if (i % 2 == 0) {
                ChildJvm info = command(jdk, "info", "run.shtrace").succeeded();
                assertTrue(info.out().lines().anyMatch(line -> line.matches(" *roots .*[1-9].*")), info.out());
                // Ids are never given again: those of all that was born in the sessions before are gone. What was only
                // met may have its number from the JVM.
                Matcher before = IDS_BEFORE.matcher(info.out());
                assertTrue(before.find(), info.out());
                long born = bornBefore;
                assertTrue(Long.parseLong(before.group(1)) >= born, () -> born + " born: " + before.group());
            }
            bornBefore += Json.number(result, "events", "births");
        }
        program.end();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatCannotBeIsOneLine(Jdk jdk) throws Exception {
        OnDemand program = new OnDemand(jdk, folder, List.of());
        String pid = program.pid();
        refused(
                1,
                "no session runs in this JVM: start one with attach, or the JVM with -javaagent",
                jdk,
                "detach",
                pid);
        refused(2, "page must be a power of two from 512 to 64k: page=700", jdk, "attach", pid, "page=700");
        refused(
                2,
                "trace must be a file that can be written, in a directory that exists: trace="
                        + folder.resolve("no/such.shtrace"),
                jdk,
                "attach",
                pid,
                "trace=no/such.shtrace");
        command(jdk, "attach", pid).succeeded();
        refused(1, "a session runs in this JVM already: see report and detach", jdk, "attach", pid);
        command(jdk, "detach", pid).succeeded();
        refused(
                1,
                "no session runs in this JVM: start one with attach, or the JVM with -javaagent",
                jdk,
                "detach",
                pid);
        program.end();
        refused(1, "there is no such process: pid=999999999", jdk, "attach", "999999999");
        OnDemand closed = new OnDemand(jdk, folder, List.of("-XX:+DisableAttachMechanism"));
        refused(
                1,
                "the JVM cannot be attached to, -XX:+DisableAttachMechanism is one reason: pid=" + closed.pid(),
                jdk,
                "attach",
                closed.pid());
        closed.end();
    }

    private void refused(int exit, String line, Jdk jdk, String... arguments) throws Exception {
        ChildJvm child = command(jdk, arguments);
        assertEquals("shadowheap: " + line, child.err().strip());
        assertEquals(exit, child.exit());
        assertEquals("", child.out());
    }

    private String ps(Jdk jdk, String pid) throws Exception {
        return command(jdk, "ps")
                .succeeded()
                .out()
                .lines()
                .filter(line -> line.strip().startsWith(pid + ' '))
                .findFirst()
                .orElse("not listed");
    }

    private ChildJvm command(Jdk jdk, String... arguments) throws Exception {
        return new TargetProgram(jdk, folder).command(arguments);
    }

    private static long storesTo(String name, Map<String, Object> result) {
        return Json.objects(result, "fields").stream()
                .filter(field -> name.equals(field.get("field")))
                .mapToLong(field -> Json.number(field, "stores"))
                .sum();
    }
}
