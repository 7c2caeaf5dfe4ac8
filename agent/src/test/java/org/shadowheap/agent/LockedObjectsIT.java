package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.LockedStrangers;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Who is locked when the barrier meets it gets a hash from the JVM, which may be a number that we gave to another object. */
class LockedObjectsIT {

    /** Hashes in ascending order, as our ids are: sooner or later each of them is an id. */
    private static final List<String> HASHES_LIKE_IDS = List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=3");

    /** Where another thread has waited for an object, as for a thread's end, nobody can see whose hash it has: a limit, see the README. */
    private static final long MOST_OF_OTHERS = 10;

    private static final String PROGRAM = LockedStrangers.class.getName();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void noObjectIsTakenForAnotherBecauseItIsLocked(Jdk jdk) throws Exception {
        List<String> options = new ArrayList<>(HASHES_LIKE_IDS);
        options.add(TargetProgram.agent("exclude=*$Stranger,verify=exit,report=report.json"));
        new TargetProgram(jdk, folder)
                .run(options, TargetProgram.classPath(), LockedStrangers.class)
                .succeeded();
        Map<String, Object> report = Json.read(folder.resolve("report.json"));
        @SuppressWarnings("unchecked")
        Map<String, Object> verified = (Map<String, Object>) ((Map<?, ?>) report.get("fidelity")).get("verified");
        assertEquals(
                List.of(),
                Json.objects(verified, "byField").stream()
                        .filter(each -> ("" + each.get("field")).startsWith(PROGRAM))
                        .toList());
        assertTrue(Json.number(verified, "objects") > 20_000, "objects");
        long contradictions = Json.number(report, "fidelity", "contradictions");
        assertTrue(contradictions <= MOST_OF_OTHERS, "contradictions=" + contradictions);
    }
}
