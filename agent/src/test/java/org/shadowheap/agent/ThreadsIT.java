package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.ConcurrentStructures;
import org.shadowheap.targets.EarlyThreads;
import org.shadowheap.targets.ManyVirtualThreads;
import org.shadowheap.targets.NativeThreads;
import org.shadowheap.targets.Permits;
import org.shadowheap.targets.ThreadLives;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Whatever kind of thread stores, and however many at once: each store is seen once, and at the end the shadow of the
 * program's objects is what a heap dump shows. {@code docs/threads.md} says which program has which kind.
 *
 * <p>{@code -Dshadowheap.stress.times=100} has the concurrent structures hammered so often.
 */
class ThreadsIT {

    private static final String REPORT = "report=report.json,verify=exit,";

    /**
     * Not less: a thread that gets no processor while more than a nursery is born elsewhere cannot list what only it holds,
     * which is judged dead then. That is an error of the method, told as resurrected, and none of the order.
     */
    private static final String OPTIONS = REPORT + "nursery=16m";

    /** So little that writers wait for the drain, so long that it always comes. */
    private static final String SMALL_LOG = REPORT + "nursery=64m,log=4m,max-wait=60s";

    private static final String TIMES = System.getProperty("shadowheap.stress.times", "1");
    private static final int VIRTUAL_SINCE = 21;
    private static final int NATIVE_ACCESS_SINCE = 22;

    @TempDir
    private Path folder;

    private TargetProgram programs(Jdk jdk) {
        return new TargetProgram(jdk, folder);
    }

    private void assertSeen(Jdk jdk, ChildJvm program, int fields) throws Exception {
        assertSeen(jdk, program, fields, "nothing else");
    }

    /** @param blind where slots may differ because native code stored to them: how their paths begin */
    private void assertSeen(Jdk jdk, ChildJvm program, int fields, String blind) throws Exception {
        SeenWrites seen = new SeenWrites(folder);
        seen.assertSeen(program.succeeded(), fields);
        // The report of the tests keeps the counts.
        System.out.println(jdk + " " + program.command().get(program.command().size() - 1) + ": "
                + Json.number(seen.report(), "events", "total") + " events, verified "
                + Json.number(seen.verified(), "objects") + " objects, " + Json.number(seen.verified(), "edges")
                + " edges");
        List<String> found = Json.objects(seen.verified(), "found").stream()
                .map(each -> each.get("path") + ": " + each.get("cause"))
                .filter(each -> !each.startsWith(blind))
                .toList();
        assertEquals(List.of(), found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void concurrentStructuresAreInTheShadowWhatTheyAreInTheHeap(Jdk jdk) throws Exception {
        assertSeen(jdk, programs(jdk).watched(OPTIONS, ConcurrentStructures.class, TIMES), 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void soTheyAreWithSeveralAppliersAndALogThatWritersWaitFor(Jdk jdk) throws Exception {
        String options = SMALL_LOG + ",appliers=3";
        assertSeen(jdk, programs(jdk).watched(options, ConcurrentStructures.class, "4"), 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aHundredThousandVirtualThreadsLoseNothing(Jdk jdk) throws Exception {
        assumeTrue(jdk.feature() >= VIRTUAL_SINCE, "virtual threads came with 21");
        assertSeen(jdk, programs(jdk).watched(OPTIONS, ManyVirtualThreads.class), 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void everyKindOfPlatformThreadIsSeenUntilTheJvmEnds(Jdk jdk) throws Exception {
        List<String> options = List.of(
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-javaagent:" + earlyAgent(),
                TargetProgram.agent(OPTIONS));
        assertSeen(jdk, programs(jdk).run(options, TargetProgram.classPath(), ThreadLives.class), 11);
    }

    /** Its class is on the class path. */
    private Path earlyAgent() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), EarlyThreads.class.getName());
        Path jar = folder.resolve("early.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void threadsThatAttachAndDetachAreSeenEachTime(Jdk jdk) throws Exception {
        assumeFalse(Platform.isWindows(), "there are no POSIX threads on Windows");
        Path jna = Path.of(
                Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> options = new ArrayList<>(List.of("-Djna.nosys=true", "-Djna.tmpdir=" + folder));
        if (jdk.feature() >= NATIVE_ACCESS_SINCE) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        options.add(TargetProgram.agent(OPTIONS));
        String classPath = TargetProgram.path(TargetProgram.classPath(), jna.toString());
        assertSeen(jdk, programs(jdk).run(options, classPath, NativeThreads.class), 2, "com.sun.jna.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aBarrierThatWaitsKeepsInterruptsAndPermits(Jdk jdk) throws Exception {
        ChildJvm watched = programs(jdk).watched(SMALL_LOG, Permits.class).succeeded();
        assertEquals(programs(jdk).alone(Permits.class).succeeded().out(), watched.out());
        assertEquals("", watched.err());
        assertEquals(0, Json.number(new SeenWrites(folder).report(), "fidelity", "lost"), "lost");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aLogThatStaysFullEndsTheRecordingWithALineAndNotTheProgram(Jdk jdk) throws Exception {
        String options = "report=report.txt,nursery=1m,log=4m,max-wait=0ms";
        ChildJvm watched = programs(jdk).watched(options, Permits.class).succeeded();
        assertEquals(programs(jdk).alone(Permits.class).succeeded().out(), watched.out());
        // Lines are as wide as a terminal.
        String report = Files.readString(folder.resolve("report.txt")).replaceAll("\\s+", " ");
        assertTrue(report.contains("the event log stayed full longer than max-wait: try a larger log"), report);
        assertFalse(report.startsWith("Shadow Heap: "), report);
    }
}
