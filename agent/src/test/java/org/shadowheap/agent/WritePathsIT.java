package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.LoaderWrites;
import org.shadowheap.targets.ReferenceWrites;
import org.shadowheap.targets.Several;
import org.shadowheap.targets.UnseenWrites;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Compiled;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Every way to write a reference is seen, exactly as often as it is gone, and under the name of its field; and at the end
 * the shadow of the program's objects is what a heap dump shows. {@code docs/write-paths.md} says which program has which
 * way.
 */
class WritePathsIT {

    private static final String TARGETS = "org.shadowheap.targets.";
    /** The shadow heap collects now and then. */
    private static final String OPTIONS = "report=report.json,verify=exit,nursery=1m";

    /** Seldom enough that it is unlikely to do so while a finalizer runs. */
    private static final String SELDOM = "report=report.json,verify=exit,nursery=4m";

    /** Objects that the JVM makes by itself, such as the texts of exceptions, have no birth that is seen. */
    private static final int MADE_BY_THE_JVM = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void everyWayIsSeenExactlyAsOftenAsItIsGone(Jdk jdk) throws Exception {
        Compiled.into(folder, TargetProgram.classPath());
        List<String> options =
                List.of("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", TargetProgram.agent(OPTIONS));
        String classPath = TargetProgram.path(TargetProgram.classPath(), folder.toString());
        ChildJvm run = new TargetProgram(jdk, folder)
                .run(
                        options,
                        classPath,
                        Several.class,
                        "LanguageWrites",
                        "ArrayWrites",
                        "ReflectiveWrites",
                        "HandleWrites",
                        "SerializedWrites",
                        "UnsafeWrites",
                        "SunUnsafeWrites")
                .succeeded();
        seen().assertSeen(run, 70);
        assertBirthsAreSeen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void soIsEveryWayInClassesOfIsolatedLoadersAndOnesThatAreUnloaded(Jdk jdk) throws Exception {
        seen().assertSeen(
                        new TargetProgram(jdk, folder)
                                .watched(OPTIONS, LoaderWrites.class)
                                .succeeded(),
                        6);
        assertBirthsAreSeen();
    }

    /** What the collector clears is no write, and explained; what the program clears is one, and agrees. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatTheCollectorHasAHandInIsWhole(Jdk jdk) throws Exception {
        seen().assertSeen(
                        new TargetProgram(jdk, folder)
                                .watched(SELDOM, ReferenceWrites.class)
                                .succeeded(),
                        4);
        long explained = Json.objects(seen().verified(), "byField").stream()
                .filter(each -> each.get("field").equals("java.lang.ref.Reference.referent"))
                .peek(each -> assertEquals("written by the JVM", each.get("cause")))
                .mapToLong(each -> Json.number(each, "slots"))
                .sum();
        assertTrue(explained >= ReferenceWrites.CLEARED_BY_THE_COLLECTOR, () -> "explained=" + explained);
        // The JDK has some of its own; the program clears as many again.
        assertTrue(explained < 2 * ReferenceWrites.CLEARED_BY_THE_COLLECTOR, () -> "explained=" + explained);
    }

    /** The blind spots, all of them: each is found by the comparison, and nothing else is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatIsNotSeenIsFound(Jdk jdk) throws Exception {
        new TargetProgram(jdk, folder).watched(OPTIONS, UnseenWrites.class).succeeded();
        Set<String> found = Json.objects(seen().verified(), "found").stream()
                .filter(each -> ((String) each.get("path")).startsWith(TARGETS))
                .map(each -> each.get("path") + ": " + each.get("cause") + ", found " + each.get("actual"))
                .map(each -> each.substring(UnseenWrites.class.getName().length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = Stream.of(
                        "COPIED[0]: unseen store",
                        "COPIED[1]: unseen store",
                        "COPIED_BY_REFLECTION[0]: unseen store",
                        "COPIED_BY_REFLECTION[1]: unseen store",
                        "failed.this$0: unseen store",
                        "info.command: JNI")
                .map(each -> each + ", found null")
                .collect(Collectors.toCollection(TreeSet::new));
        // What else native code knows of a process depends on the system.
        found.removeIf(each -> each.startsWith("info.arguments: ") || each.startsWith("info.user: "));
        assertEquals(expected, found);
        assertEquals(0, Json.number(seen().report(), "fidelity", "lost"), "lost");
    }

    private SeenWrites seen() {
        return new SeenWrites(folder);
    }

    private void assertBirthsAreSeen() throws Exception {
        long met = Json.number(seen().report(), "fidelity", "unseenOriginObjects");
        assertTrue(met < MADE_BY_THE_JVM, () -> "unseenOriginObjects=" + met);
    }
}
