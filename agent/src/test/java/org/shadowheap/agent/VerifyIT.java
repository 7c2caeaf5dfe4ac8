package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.LeftOut;
import org.shadowheap.targets.Links;
import org.shadowheap.targets.UnloadedHiddenClasses;
import org.shadowheap.targets.VerifiedWrites;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Law 2: the shadow heap and a heap dump of the same JVM hold the same graph; and what is not seen is named. */
class VerifyIT {

    private static final String TARGETS = "org.shadowheap.targets.";

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.enough();
    }

    private Map<String, Object> verified() throws Exception {
        Map<?, ?> fidelity =
                (Map<?, ?>) Json.read(folder.resolve("report.json")).get("fidelity");
        @SuppressWarnings("unchecked")
        Map<String, Object> verified = (Map<String, Object>) fidelity.get("verified");
        return verified;
    }

    private static List<String> differences(Map<String, Object> verified) {
        return Json.objects(verified, "found").stream()
                .map(each -> each.get("path") + ": " + each.get("cause") + ", expected " + each.get("expected")
                        + ", found " + each.get("actual"))
                .filter(each -> each.startsWith(TARGETS))
                .toList();
    }

    /** The agent keeps none of them, and a later one that was given the name of one is not taken for it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void hiddenClassesAreUnloadedAndTheirNamesUsedAgain(Jdk jdk) throws Exception {
        ChildJvm watched = new TargetProgram(jdk, folder)
                .watched("verify=exit,nursery=1m,report=report.json", UnloadedHiddenClasses.class)
                .succeeded();
        assertEquals("left 0" + System.lineSeparator(), watched.out());
        assertEquals(List.of(), differences(verified()));
    }

    /** What the application holds comes first among what is found. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void everyWriteThatIsInstrumentedReachesTheShadowHeap(Jdk jdk) throws Exception {
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.alone(VerifiedWrites.class).succeeded();
        ChildJvm watched = programs.watched("verify=exit,nursery=1m,report=report.json", VerifiedWrites.class)
                .succeeded();
        assertEquals(alone.out(), watched.out());
        Map<String, Object> verified = verified();
        assertEquals(List.of(), differences(verified));
        assertTrue(Json.number(verified, "objects") > 30_000, "objects");
        assertTrue(Json.number(verified, "edges") > 100_000, "edges");
        assertEquals(
                List.of(),
                Json.objects(verified, "byField").stream()
                        .filter(each -> ((String) each.get("field")).startsWith(TARGETS))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aStoreThatIsNotSeenIsNamedByHolderAndField(Jdk jdk) throws Exception {
        ChildJvm watched = new TargetProgram(jdk, folder)
                .watched("verify=exit,exclude=*$Writer,report=report.json;report.txt", LeftOut.class);
        assertEquals(3, watched.exit(), watched.err());
        assertEquals("true" + System.lineSeparator(), watched.out());
        assertEquals(
                List.of(
                        TARGETS + "LeftOut.ARRAY[2]: unseen store, expected java.lang.String, found null",
                        TARGETS + "LeftOut.OTHERS.value: unseen store, expected int[3], found null",
                        TARGETS + "LeftOut.last: unseen store, expected java.lang.String[2], found java.lang.String"),
                differences(verified()).stream().sorted().toList());
        List<String> lines = watched.err().lines().toList();
        assertEquals(1, lines.size(), watched.err());
        assertTrue(
                lines.get(0).startsWith("shadowheap: the shadow heap differs from the heap dump in "), watched.err());
        assertTrue(lines.get(0).contains(" first in " + TARGETS + "LeftOut."), watched.err());
        String text = Files.readString(folder.resolve("report.txt"));
        assertTrue(text.contains(TARGETS + "LeftOut.OTHERS.value: unseen store,"), text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aClassThatIsNotInstrumentedIsToBlameForItsFields(Jdk jdk) throws Exception {
        new TargetProgram(jdk, folder).watched("verify=exit,exclude=*$Holder,report=report.json", LeftOut.class);
        assertEquals(
                List.of(TARGETS + "LeftOut.OWN.value: uninstrumented class, expected java.lang.Thread[5], found null"),
                differences(verified()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void nothingIsLeftInTheFolderOfTemporaryFiles(Jdk jdk) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        new TargetProgram(jdk, folder)
                .run(
                        List.of("-Djava.io.tmpdir=" + temporary, TargetProgram.agent("verify=exit,report=report.json")),
                        TargetProgram.classPath(),
                        Links.class)
                .succeeded();
        assertTrue(Json.number(verified(), "objects") > 0);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void withoutBeingAskedForNothingIsVerifiedAndNothingOfItLoaded(Jdk jdk) throws Exception {
        Path classes = folder.resolve("classes.txt");
        new TargetProgram(jdk, folder)
                .run(
                        List.of("-Xlog:class+load:file=" + classes, TargetProgram.agent("report=report.json")),
                        TargetProgram.classPath(),
                        Links.class)
                .succeeded();
        assertNull(verified());
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("org.shadowheap.heap.ShadowHeap "), "the log names classes");
        assertEquals(
                List.of(),
                loaded.lines()
                        .filter(line -> line.contains("org.shadowheap.verify.") || line.contains("org.netbeans."))
                        .toList());
    }
}
