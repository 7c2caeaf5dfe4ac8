package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.DeepRecursion;
import org.shadowheap.targets.Exits;
import org.shadowheap.targets.IdentityMaps;
import org.shadowheap.targets.IsolatedLoader;
import org.shadowheap.targets.LastStored;
import org.shadowheap.targets.Links;
import org.shadowheap.targets.LockedObjects;
import org.shadowheap.targets.ManyThreads;
import org.shadowheap.targets.Throws;
import org.shadowheap.targets.VirtualThreads;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Law 4 as a user sees it: stdout, stderr and exit status are the program's own, with every option. */
class UnchangedProgramsIT {

    private static final int VIRTUAL_SINCE = 21;

    /** What a program prints without the agent, by JDK and program. */
    private static final Map<String, String> ALONE = new HashMap<>();

    @TempDir
    private Path folder;

    static Stream<Arguments> programs() {
        return Jdk.all().stream().flatMap(jdk -> {
            List<Class<?>> programs = new ArrayList<>(List.of(
                    Links.class,
                    IdentityMaps.class,
                    LockedObjects.class,
                    DeepRecursion.class,
                    ManyThreads.class,
                    IsolatedLoader.class,
                    LastStored.class));
            if (jdk.feature() >= VIRTUAL_SINCE) {
                programs.add(VirtualThreads.class);
            }
            List<String> identities = Jdk.enough().contains(jdk) ? List.of("header", "hash") : List.of("header");
            return programs.stream()
                    .flatMap(program -> identities.stream().map(identity -> Arguments.of(jdk, program, identity)));
        });
    }

    @ParameterizedTest(name = "{0}, {1}, identity={2}")
    @MethodSource("programs")
    void theProgramPrintsTheSameAndStderrIsEmpty(Jdk jdk, Class<?> program, String identity) throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        String alone = alone(jdk, program);
        ChildJvm watched =
                programs.watched("report=none,identity=" + identity, program).succeeded();
        assertFalse(alone.isEmpty());
        assertEquals(alone, watched.out());
        assertEquals("", watched.err());
    }

    /** Runs it once: each program prints the same whenever it runs. */
    private String alone(Jdk jdk, Class<?> program) throws Exception {
        String key = jdk + " " + program.getName();
        String known = ALONE.get(key);
        if (known == null) {
            known = new TargetProgram(jdk, folder).alone(program).succeeded().out();
            ALONE.put(key, known);
        }
        return known;
    }

    static Stream<Arguments> countedPrograms() {
        return Jdk.enough().stream().flatMap(jdk -> {
            List<Arguments> counted = new ArrayList<>(List.of(
                    Arguments.of(jdk, DeepRecursion.class, "afterwards", 2 * 5_000),
                    Arguments.of(jdk, ManyThreads.class, "work", 2_000 * 200 * 2),
                    Arguments.of(jdk, LockedObjects.class, "lockAndStore", 20_000)));
            if (jdk.feature() >= VIRTUAL_SINCE) {
                counted.add(Arguments.of(jdk, VirtualThreads.class, "work", 3_000 * 10));
            }
            return counted.stream();
        });
    }

    /** What befalls a thread or an object costs no event: the stores of a method are all counted. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("countedPrograms")
    void theReportCountsEveryStore(Jdk jdk, Class<?> program, String method, long stores) throws Exception {
        new TargetProgram(jdk, folder).watched("report=report.json", program).succeeded();
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        String site = program.getName() + '.' + method + ':';
        long counted = Json.objects(report, "sites").stream()
                .filter(each -> ((String) each.get("site")).startsWith(site))
                .mapToLong(each -> Json.number(each, "stores"))
                .sum();
        assertEquals(stores, counted, site);
        assertEquals(0, Json.number(report, "fidelity", "contradictions"), "contradictions");
        if (program != DeepRecursion.class) {
            assertEquals(0, Json.number(report, "fidelity", "lost"), "lost");
        }
    }

    static Stream<Arguments> options() {
        List<String> everywhere =
                List.of("jdk=false", "exclude=org.shadowheap.targets.*;java.util.*", "live=false,trace=trace.shtrace");
        List<String> once = List.of(
                "include=org.shadowheap.targets.Links*",
                "stacks=false",
                "tenure=3",
                "page=512",
                "page=64k,nursery=64k",
                "log=4m,max-wait=5s");
        return Stream.concat(
                Jdk.enough().stream().flatMap(jdk -> everywhere.stream().map(each -> Arguments.of(jdk, each))),
                once.stream().map(each -> Arguments.of(Jdk.running(), each)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("options")
    void whateverIsAskedOfTheAgentTheProgramPrintsTheSame(Jdk jdk, String options) throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        boolean live = !options.startsWith("live=false");
        ChildJvm watched = programs.watched((live ? "report=report.txt," : "") + options, Links.class)
                .succeeded();
        assertEquals(alone(jdk, Links.class), watched.out());
        assertEquals("", watched.err());
        if (!live) {
            ChildJvm.run(
                            jdk,
                            folder,
                            List.of("-jar", TargetProgram.JAR, "replay", "trace.shtrace", "--output", "report.txt"))
                    .succeeded();
        }
        // Lines are as wide as a terminal.
        String report = Files.readString(folder.resolve("report.txt")).replaceAll("\\s+", " ");
        boolean partial = options.matches("(jdk|exclude|include)=.*");
        assertTrue(
                partial
                        ? report.startsWith("partial: not all classes were instrumented, " + options)
                        : !report.contains("partial"),
                report);
        assertTrue(report.contains("Shadow Heap: "), report);
        assertTrue(report.contains(" 0 lost, "), report);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void whoAsksForAReportWithoutAMirrorIsTold(Jdk jdk) throws Exception {
        ChildJvm watched = new TargetProgram(jdk, folder)
                .watched("report=report.txt,live=false,trace=trace.shtrace", Links.class)
                .succeeded();
        assertEquals(
                "shadowheap: without a mirror (live=false) there is no report, the trace has all it needs: report=report.txt",
                watched.err().strip());
        assertFalse(Files.exists(folder.resolve("report.txt")));
        assertTrue(Files.exists(folder.resolve("trace.shtrace")));
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theStatusThatAProgramExitsWithIsKept(Jdk jdk) throws Exception {
        ChildJvm watched = new TargetProgram(jdk, folder).watched("report=none", Exits.class, "3");
        assertEquals(3, watched.exit());
        assertEquals("exits with 3", watched.out().strip());
        assertEquals("", watched.err());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void anExceptionEndsTheProgramWithTheTextAndTraceThatItHasAlone(Jdk jdk) throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.alone(Throws.class);
        ChildJvm watched = programs.watched("report=none", Throws.class);
        assertEquals(1, watched.exit());
        assertTrue(alone.err().contains("ArrayStoreException: [Ljava.lang.String;"), alone.err());
        assertEquals(alone.err(), watched.err());
        assertEquals(alone.out(), watched.out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void withoutOptionsTheReportIsAllThatIsOnStderr(Jdk jdk) throws Exception {
        ChildJvm watched =
                new TargetProgram(jdk, folder).watched("", Links.class).succeeded();
        assertTrue(watched.err().startsWith("Shadow Heap: "), watched.err());
        assertTrue(watched.err().contains("Fields by old-to-young stores"), watched.err());
        assertFalse(watched.err().contains("shadowheap: "), watched.err());
        assertFalse(watched.err().contains("SLF4J"), watched.err());
    }
}
