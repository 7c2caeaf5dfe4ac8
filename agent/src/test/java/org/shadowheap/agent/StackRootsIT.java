package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.KeepsATree;
import org.shadowheap.targets.KeepsInAHiddenFrame;
import org.shadowheap.targets.SilentThreads;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** What only a local variable holds is alive in the shadow heap, whatever the thread does meanwhile. */
class StackRootsIT {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aTreeOutlivesNurseriesOfLargeArraysThatGoThroughAStatic(Jdk jdk) throws Exception {
        ChildJvm child = new TargetProgram(jdk, folder)
                .watched("report=report.json", KeepsATree.class)
                .succeeded();
        assertEquals("65528 true", child.out().strip());
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.number(report, "collections", "minor", "count") > 20, "the shadow heap collects");
        long resurrected = Json.number(report, "fidelity", "resurrected");
        assertTrue(resurrected < KeepsATree.NODES / 10, () -> "resurrected=" + resurrected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void soDoesWhatAFrameOfAHiddenClassHolds(Jdk jdk) throws Exception {
        ChildJvm child = new TargetProgram(jdk, folder)
                .watched("report=report.json,nursery=1m", KeepsInAHiddenFrame.class)
                .succeeded();
        assertEquals(KeepsInAHiddenFrame.OBJECTS + " true", child.out().strip());
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.number(report, "collections", "minor", "count") > 20, "the shadow heap collects");
        long resurrected = Json.number(report, "fidelity", "resurrected");
        assertTrue(resurrected < KeepsInAHiddenFrame.OBJECTS / 10, () -> "resurrected=" + resurrected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void soDoesWhatAThreadHoldsThatIsSilentForManyNurseries(Jdk jdk) throws Exception {
        // The JVM has no reason to collect: to tell of that it would link much, and hold what it links in ways of its
        // own.
        List<String> options = List.of("-Xmn400m", TargetProgram.agent("report=report.json,nursery=1m,verify=exit"));
        ChildJvm child = new TargetProgram(jdk, folder)
                .run(options, TargetProgram.classPath(), SilentThreads.class)
                .succeeded();
        assertEquals(SilentThreads.USED_OBJECTS, Integer.parseInt(child.out().strip()));
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        assertTrue(Json.number(report, "collections", "minor", "count") > 20, "the shadow heap collects");
        assertEquals(0, Json.number(report, "fidelity", "resurrected"));
        assertEquals(0, Json.number(report, "fidelity", "contradictions"));
    }
}
