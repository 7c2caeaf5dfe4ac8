package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassWriter;
import org.shadowheap.targets.DynamicConstants;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** What only the JVM refers to, with the code that it has linked, is alive in the shadow heap. */
class JvmRootsIT {

    /** The program links 200; the JDK has a few of its own. */
    private static final int MOST_RESURRECTED = 20;

    /** No collection of the JVM's meanwhile: to tell of the first it makes some dozens of objects that only its own code holds. */
    private static final String LARGE_EDEN = "-Xmn512m";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void whatOnlyAnInstructionKeepsOutlivesTheCollections(Jdk jdk) throws Exception {
        Path asm = Path.of(ClassWriter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        new TargetProgram(jdk, folder)
                .run(
                        List.of(LARGE_EDEN, TargetProgram.agent("report=report.json,nursery=1m")),
                        TargetProgram.path(TargetProgram.classPath(), asm.toString()),
                        DynamicConstants.class)
                .succeeded();
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.number(report, "collections", "major", "count") > 1, "the shadow heap collects");
        long resurrected = Json.number(report, "fidelity", "resurrected");
        assertTrue(resurrected <= MOST_RESURRECTED, () -> "resurrected=" + resurrected);
    }
}
