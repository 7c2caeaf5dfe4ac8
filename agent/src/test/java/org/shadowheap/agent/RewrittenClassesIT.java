package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final int ENOUGH = 4;

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
        ChildJvm run = new TargetProgram(jdk, folder)
                .watched("verify=exit,report=report.json,cache=" + cache, Links.class)
                .succeeded();
        assertEquals("", run.err());
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void aLaterRunWritesNothingAnewAndTheShadowEqualsTheHeap(Jdk jdk) throws Exception {
        String expected = run(jdk, "none").out();
        assertFalse(expected.isEmpty());
        assertEquals(List.of(), kept());
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
