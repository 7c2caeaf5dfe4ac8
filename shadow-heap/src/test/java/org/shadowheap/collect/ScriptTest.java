package org.shadowheap.collect;

import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;

/** Programs on which heap and model once disagreed, as {@link RandomProgramTest} shrank them. */
class ScriptTest {

    private static void take(HeapConfiguration configuration, String script) {
        new RandomRun(configuration, ScriptedMutator.Opener.SOUND).told(Operation.parse(script));
    }

    /** Flags of a page that had never been used were what lay in the memory before. */
    @Test
    void pagesThatAreLeftOfAFreeRunAreClean() {
        var configuration = new HeapConfiguration(8192, 2048, 7, 256 << 20, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        take(configuration, """
                birth id=2690 type=3 extent=7688
                major
                contact id=4500967 type=4 extent=7
                major
                contact id=4532272 type=6 extent=0
                major
                """);
    }

    /** What was mentioned before one major collection was not listed before the next one, in the same window. */
    @Test
    void oldObjectsAreListedAnewForEveryMajorCollection() {
        var configuration = new HeapConfiguration(16384, 16384, 1, 256 << 20, ObjectModel.DEFAULT).withMajorBytes(8192);
        take(configuration, """
                request
                birth id=2468 type=2 extent=0
                birth id=2528 type=4 extent=9000
                minor
                store holder=2468 slot=0 value=0
                minor
                birth id=2600 type=4 extent=30000
                root thread=1 id=2600
                minor
                store holder=2468 slot=0 value=0
                minor
                store holder=2468 slot=0 value=0
                """);
    }

    /** Ids that had died in the compact table counted for good in the chunk that took them back. */
    @Test
    void chunkThatTakesDeadIdsBackDoesNotKeepThem() {
        take(ScriptedMutator.configuration(3).withLiveness(Liveness.ROOTS), """
                contact id=4279471 type=2 extent=0
                filled id=2275 type=2 extent=0
                snapshot holder=2275 slot=0 value=4279471
                major
                birth id=4279546 type=2 extent=0
                minor
                """);
    }
}
