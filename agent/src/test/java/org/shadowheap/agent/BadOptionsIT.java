package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.targets.Exits;
import org.shadowheap.targets.VisibleClasses;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** A bad option is one line on stderr; the program runs, uninstrumented, and its exit status is its own. */
class BadOptionsIT {

    private static final String KEYS =
            "report, trace, live, nursery, page, tenure, remset, card, appliers, collectors, check, debug, verify, include, exclude, "
                    + "app, jdk, identity, stacks, log, heap, max-wait, cache";

    @TempDir
    private Path folder;

    static Stream<Arguments> badOptions() {
        return Stream.of(
                Arguments.of("nurseri=4m", "unknown option nurseri, allowed are " + KEYS + ": nurseri=4m"),
                Arguments.of("page=100", "page must be a power of two from 512 to 64k: page=100"),
                Arguments.of(
                        "report=x.html",
                        "report must be none, or files that end in .txt or .json, separated by ';': report=x.html"),
                Arguments.of("live=maybe", "live must be true or false: live=maybe"),
                Arguments.of("live=false", "live must be true unless a trace is recorded, trace=FILE: live=false"),
                Arguments.of("nursery=-1", "nursery must be a size from 4k to 1t: nursery=-1"),
                Arguments.of("page", "page must have a value, page=...: page"),
                Arguments.of("page=", "page must be a power of two from 512 to 64k: page="),
                Arguments.of(
                        "remset=card",
                        "remset must be one of dirty-pages, all-pages, cards, youngest, objects: remset=card"),
                Arguments.of("card=1k,page=512", "card must not be larger than page, 512: card=1k"),
                Arguments.of("tenure=0", "tenure must be from 1 to 15: tenure=0"),
                Arguments.of(
                        "include=not a glob!",
                        "include must be class name globs such as com.acme.*, separated by ';': include=not a glob!"),
                Arguments.of("max-wait=abc", "max-wait must be a time from 0ms to 600s: max-wait=abc"),
                Arguments.of("identity=address", "identity must be header or hash: identity=address"),
                Arguments.of("log=1", "log must be a size from 4m to 16g: log=1"),
                Arguments.of("heap=lots", "heap must be a size from 16m to 1t: heap=lots"),
                Arguments.of("tenure=1,tenure=2", "tenure must be given once: tenure=2"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOptions")
    void aBadOptionIsOneLineThatNamesItItsValueAndWhatIsAllowed(String options, String line) throws Exception {
        ChildJvm child = programs(Jdk.running()).watched(options, Exits.class, "3");
        assertEquals("shadowheap: " + line + '\n', unix(child.err()));
        assertEquals("exits with 3\n", unix(child.out()));
        assertEquals(3, child.exit());
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theProgramThenRunsWithoutAnyOfOurClassesInTheBootLoader(Jdk jdk) throws Exception {
        ChildJvm child = programs(jdk).watched("page=100", VisibleClasses.class, "org.shadowheap.barrier.WriteBarrier");
        assertEquals("org.shadowheap.barrier.WriteBarrier app\n", unix(child.out()));
    }

    /** What only the start finds out is one line too. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"trace=no/such/directory/x.shtrace", "live=false,trace=no/such/directory/x.shtrace"})
    void aTraceThatCannotBeMadeIsOneLineThatNamesIt(String options) throws Exception {
        ChildJvm child = programs(Jdk.running()).watched(options, Exits.class, "3");
        assertEquals(1, child.err().lines().count(), child.err());
        assertEquals(
                "shadowheap: trace must be a file that can be written, in a directory that exists: "
                        + "trace=no/such/directory/x.shtrace\n",
                unix(child.err()));
        assertEquals("exits with 3\n", unix(child.out()));
        assertEquals(3, child.exit());
    }

    /** Found out at the end only: the run was not for nothing if another report can be written. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void aReportThatCannotBeWrittenIsOneLineThatNamesIt(Jdk jdk) throws Exception {
        ChildJvm child = programs(jdk).watched("report=no/such/directory/x.txt;y.txt", Exits.class, "3");
        assertEquals(1, child.err().lines().count(), child.err());
        assertTrue(child.err().contains("report=no/such/directory/x.txt"), child.err());
        assertTrue(Files.exists(folder.resolve("y.txt")));
        assertEquals(3, child.exit());
    }

    private TargetProgram programs(Jdk jdk) {
        return new TargetProgram(jdk, folder);
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }
}
