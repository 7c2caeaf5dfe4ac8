package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Links;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Later runs take the JDK's classes as the first has rewritten them, and see as much. */
class RewrittenClassesIT {

    /** Runs after the first ones. */
    private static final int ENOUGH = 3;

    @TempDir
    private Path folder;

    private List<Path> kept() throws Exception {
        Path there = folder.resolve("kept");
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(there)) {
            return all.toList();
        }
    }

    private ChildJvm run(Jdk jdk, String cache) throws Exception {
        return run(jdk, cache, "report.json");
    }

    private ChildJvm run(Jdk jdk, String cache, String file) throws Exception {
        ChildJvm run = new TargetProgram(jdk, folder)
                .watched("verify=exit,report=" + file + ",cache=" + cache, Links.class)
                .succeeded();
        assertEquals("", run.err());
        Map<String, Object> report = Json.read(folder.resolve(file));
        assertEquals(0, Json.number(report, "fidelity", "verified", "differences"));
        return run;
    }

    /** How many classes the JVM transforms again. */
    private long transformed(Jdk jdk, String... options) throws Exception {
        Path log = folder.resolve("loaded.txt");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Xlog:class+load:file=" + log.getFileName());
        all.add(TargetProgram.agent("report=none,cache=" + folder.resolve("kept")));
        new TargetProgram(jdk, folder)
                .run(all, TargetProgram.classPath(), Links.class)
                .succeeded();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("__VM_RedefineClasses__")).count();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatNeedsNothingIsTransformedOnlyWhereOthersMayHaveChangedIt(Jdk jdk) throws Exception {
        long first = transformed(jdk);
        long later = transformed(jdk);
        assertTrue(0 < later && later < first / 4 * 3, first + " and later " + later);
        String patch = "java.base=" + Files.createDirectory(folder.resolve("empty"));
        long patched = transformed(jdk, "--patch-module", patch);
        assertTrue(patched > later / 4 * 5, later + " and patched " + patched);
    }

    /** What walks of stacks need is there by then, and what the JVM begins and ends a program with. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void whatIsLoadedBehindTheRewritingIsKeptToo(Jdk jdk) throws Exception {
        run(jdk, folder.resolve("kept").toString());
        run(jdk, folder.resolve("kept").toString());
        String file = Files.readString(kept().get(0), StandardCharsets.ISO_8859_1);
        for (String name : List.of(
                "java.lang.StackStreamFactory$FrameBuffer",
                "java.util.concurrent.LinkedBlockingQueue",
                "java.lang.Shutdown")) {
            assertTrue(file.contains(name), name);
        }
    }

    /** The JDK makes classes for methods that are called by reflection often. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void nothingIsMadeForReflection(Jdk jdk) throws Exception {
        transformed(jdk);
        String loaded = Files.readString(folder.resolve("loaded.txt"));
        for (String name :
                List.of("GeneratedMethodAccessor", "MethodAccessorGenerator", "DirectMethodHandleAccessor ")) {
            assertFalse(loaded.contains(name), name);
        }
    }

    /** Neither finds anything, both write. */
    private String twoAtOnce(Jdk jdk) throws Exception {
        String cache = folder.resolve("kept").toString();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<ChildJvm> ofOther = other.submit(() -> run(jdk, cache, "other.json"));
            String out = run(jdk, cache).out();
            assertEquals(out, ofOther.get().out());
            return out;
        } finally {
            other.shutdown();
        }
    }

    /** Who asks for a folder is told that it is refused, once, and the program is watched all the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aFolderThatIsRefusedIsOneLine(Jdk jdk) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "of the user");
        refused(jdk, file);
        assertEquals("of the user", Files.readString(file));
        Path open = Files.createDirectory(folder.resolve("open"));
        assumeTrue(open.toFile().setWritable(true, false));
        refused(jdk, open);
        try (Stream<Path> all = Files.list(open)) {
            assertEquals(0, all.count());
        }
    }

    private void refused(Jdk jdk, Path cache) throws Exception {
        ChildJvm run = new TargetProgram(jdk, folder)
                .watched("report=report.json,cache=" + cache, Links.class)
                .succeeded();
        assertEquals(
                "shadowheap: nothing is kept for later runs, cache=" + cache
                        + " must be a folder of yours where nobody else may write",
                run.err().strip());
        assertTrue(Json.number(Json.read(folder.resolve("report.json")), "events", "stores") > 0);
    }

    /** Where the program has little memory nothing is kept, and nothing is said. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aSmallHeapKeepsNothing(Jdk jdk) throws Exception {
        String agent = TargetProgram.agent("report=none,cache=" + folder.resolve("kept"));
        ChildJvm run = new TargetProgram(jdk, folder)
                .run(List.of("-Xmx128m", agent), TargetProgram.classPath(), Links.class)
                .succeeded();
        assertEquals("", run.err());
        assertFalse(Files.exists(folder.resolve("kept")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aLaterRunWritesNothingAnewAndTheShadowEqualsTheHeap(Jdk jdk) throws Exception {
        ChildJvm none = new TargetProgram(jdk, folder)
                .watched("report=none,cache=none", Links.class)
                .succeeded();
        String expected = none.out();
        assertFalse(expected.isEmpty());
        assertEquals(List.of(), kept());
        assertEquals(expected, twoAtOnce(jdk));
        List<FileTime> written = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            assertEquals(expected, run(jdk, folder.resolve("kept").toString()).out());
            assertEquals(1, kept().size());
            written.add(Files.getLastModifiedTime(kept().get(0)));
        }
        assertTrue(written.get(0).toMillis() > 0);
        // The second knows the classes of reading a file, too, and perhaps adds them.
        assertEquals(written.get(ENOUGH - 2), written.get(ENOUGH - 1));
    }
}
