package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.NODE_BYTES;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.Liveness;

/** A heap that is nearly full tries a major collection first, and does not try for ever. */
class NearTheBoundTest {

    private static final int NURSERY_BYTES = 1 << 16;
    private static final int BOUND_BYTES = 4 << 20;

    /** More than fits: so that only what is left of the bound makes a major collection due. */
    private static final long MAJOR_BYTES = 1 << 30;

    /** A nursery as the bound is shared out: in whole chunks of 64 KiB, and one more that is not full. */
    private static final long NURSERY_SHARE_BYTES = 2 << 16;

    private static final int EVENTS_OF_A_ROUND = 50;

    private static HeapConfiguration shape(int tenure, Liveness liveness) {
        return new HeapConfiguration(NURSERY_BYTES, 4096, tenure, BOUND_BYTES, ObjectModel.DEFAULT)
                .withLiveness(liveness)
                .withMajorBytes(MAJOR_BYTES);
    }

    /** An old array, whose elements are replaced one after the other: what was promoted is garbage after a while. */
    private static final class Ring {
        private final ScriptedMutator mutator;
        private final int array;
        private final int length;
        private int next;

        Ring(ScriptedMutator mutator, int length) {
            this.mutator = mutator;
            this.length = length;
            array = mutator.met(REFERENCES, length);
        }

        void put(int type, int extent) {
            mutator.heap.arrayStore(array, next++ % length, mutator.born(type, extent), 1);
            if (next % EVENTS_OF_A_ROUND == 0) {
                mutator.heap.round();
                assertTrue(mutator.heap.usedBytes() <= BOUND_BYTES, "usedBytes=" + mutator.heap.usedBytes());
            }
        }

        void clear() {
            for (int i = 0; i < length; i++) {
                mutator.heap.arrayStore(array, i, 0, 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, ROOTS", "2, ROOTS", "1, EVIDENCE", "3, EVIDENCE"})
    void programWithLittleAliveLivesForEver(int tenure, Liveness liveness) {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(tenure, liveness))) {
            Ring ring = new Ring(mutator, 10_000);
            int bytes = 4 * BOUND_BYTES;
            for (int i = 0; i < bytes / NODE_BYTES; i++) {
                ring.put(NODE, 0);
            }
            int majors = mutator.majorCollections.size();
            assertTrue(majors >= 4 && majors <= 24, "majors=" + majors);
        }
    }

    @Test
    void soItIsIfMoreThanHalfIsAlive() {
        HeapConfiguration shape = shape(1, Liveness.ROOTS).withMajorBytes(4 * NURSERY_BYTES);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            Ring ring = new Ring(mutator, 60_000); // 1.4 MB, 0.5 MB of ids, 0.2 MB of slots
            for (int i = 0; i < 500_000; i++) {
                ring.put(NODE, 0);
            }
        }
    }

    @Test
    void soItIsIfItsGarbageIsBornOld() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1, Liveness.ROOTS))) {
            Ring ring = new Ring(mutator, 10);
            for (int i = 0; i < 1_000; i++) {
                ring.put(REFERENCES, 10_000);
                mutator.heap.round();
            }
        }
    }

    /** Every survivor keeps a chunk of the id table, which takes more than a hundred times its own bytes. */
    @Test
    void soItIsIfItsGarbageIsSmallAndItsIdsAreMany() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1, Liveness.ROOTS))) {
            Ring ring = new Ring(mutator, 1_000);
            for (int i = 0; i < 20_000; i++) {
                ring.put(NODE, 0);
                for (int young = 0; young < 20; young++) {
                    mutator.node();
                }
            }
        }
    }

    @ParameterizedTest(name = "tenure={0}")
    @ValueSource(ints = {1, 2})
    void programThatDoesNotFitIsRefusedAfterAFewMajorCollectionsAndStaysSound(int tenure) {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(tenure, Liveness.ROOTS))) {
            Ring ring = new Ring(mutator, 200_000);
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    ring.put(NODE, 0);
                }
            });
            // From three nurseries left on, a quarter of one must be used up between two of them.
            int majors = mutator.majorCollections.size();
            assertTrue(majors >= 1 && majors <= 12, "majors=" + majors);
            int refused = mutator.reserveId();
            assertEquals(Generation.NEVER_SEEN, mutator.heap.generationOf(refused));
            HeapVerifier.verify(mutator.heap);
            ring.clear();
            mutator.collectMajor();
            for (int i = 0; i < 20_000; i++) {
                ring.put(NODE, 0);
            }
        }
    }

    /** What is met before the program begins is alive until class mirrors lead to it: nothing to free. */
    @Test
    void fullHeapThatDoesNotGrowIsNotCollectedOverAndOver() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1, Liveness.ROOTS))) {
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    mutator.met(REFERENCES, 10_000);
                }
            });
            for (int i = 0; i < 200_000; i++) {
                mutator.node();
                mutator.heap.round();
            }
            assertTrue(mutator.collections.size() > 50, "minors=" + mutator.collections.size());
            assertEquals(1, mutator.majorCollections.size());
        }
    }

    /** Survivors that die in the ageing space take room and give it back; there is nothing old to free. */
    @ParameterizedTest(name = "tenure={0}")
    @ValueSource(ints = {2, 15})
    void youngObjectsThatComeAndGoCauseNoMajorCollections(int tenure) {
        int bound = 16 << 20;
        int nursery = 1 << 20;
        HeapConfiguration shape = new HeapConfiguration(nursery, 4096, tenure, bound, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(MAJOR_BYTES);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            int kept = nursery / NODE_BYTES / 2;
            int held = mutator.met(REFERENCES, kept);
            for (int cycle = 0; cycle < 40; cycle++) {
                for (int i = 0; i < kept; i++) { // of every second nursery a half survives, for one cycle
                    mutator.heap.arrayStore(held, i, cycle % 2 == 0 ? mutator.node() : 0, 1);
                }
                mutator.heap.collectNow();
            }
            assertTrue(mutator.majorCollections.size() <= 1, "majors=" + mutator.majorCollections.size());
        }
    }

    /** A major collection that found everything alive keeps none away that would find garbage. */
    @ParameterizedTest(name = "tenure={0} live={1}")
    @CsvSource({"1, 66000", "1, 70000", "1, 75000", "2, 36000", "2, 41000"})
    void heapThatWasFullAndIsGarbageNowIsNotRefused(int tenure, int live) {
        HeapConfiguration shape = new HeapConfiguration(1 << 18, 4096, tenure, BOUND_BYTES, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            int held = mutator.met(REFERENCES, 100_000);
            int filled = 0;
            try {
                for (; filled < live; filled++) {
                    mutator.heap.arrayStore(held, filled, mutator.node(), 1);
                    if (filled % EVENTS_OF_A_ROUND == 0) {
                        mutator.heap.round();
                    }
                }
            } catch (HeapFullException doesNotFit) {
                mutator.heap.round(); // what is there becomes garbage all the same
            }
            for (int i = 0; i < filled; i++) {
                mutator.heap.arrayStore(held, i, 0, 1);
            }
            for (int i = 0; i < 400_000; i++) {
                int node = mutator.node();
                if (i % 20 == 0) {
                    mutator.heap.arrayStore(held, i / 20 % 1000, node, 1);
                }
                if (i % EVENTS_OF_A_ROUND == 0) {
                    mutator.heap.round();
                }
            }
        }
    }

    /** The nursery that there is room for is the one that is collected. */
    @ParameterizedTest(name = "nursery is a {0}th of the bound")
    @ValueSource(ints = {2, 4, 5, 8})
    void nurseryThatIsLargeForTheBoundIsCollectedEarlier(int share) {
        HeapConfiguration shape = new HeapConfiguration(BOUND_BYTES / share, 4096, 1, BOUND_BYTES, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            for (int i = 0; i < 1_000_000; i++) {
                mutator.node();
                if (i % EVENTS_OF_A_ROUND == 0) {
                    mutator.heap.round();
                }
            }
        }
    }

    @Test
    void whoWantsNoMajorCollectionGetsNone() {
        HeapConfiguration shape = shape(1, Liveness.ROOTS).withMajorBytes(HeapConfiguration.NEVER);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            Ring ring = new Ring(mutator, 10_000);
            assertThrows(HeapFullException.class, () -> {
                while (true) {
                    ring.put(NODE, 0);
                }
            });
            assertEquals(List.of(), mutator.majorCollections);
        }
    }

    /** It depends on the stream and the configuration alone. */
    @Test
    void theSameProgramHasTheSameCollectionsEveryTime() {
        List<String> told = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (ScriptedMutator mutator = new ScriptedMutator(shape(2, Liveness.EVIDENCE))) {
                Ring ring = new Ring(mutator, 10_000);
                for (int i = 0; i < 400_000; i++) {
                    ring.put(NODE, 0);
                }
                told.add((mutator.collections + " " + mutator.majorCollections).replaceAll("nanos=\\d+", ""));
                assertFalse(mutator.majorCollections.isEmpty());
            }
        }
        assertEquals(told.get(0), told.get(1));
    }

    /** What is left is asked for at the end of a collection, so that all of the next cycle is evidence. */
    @Test
    void majorCollectionIsDueWhileTwoNurseriesThatSurviveStillFit() {
        try (ScriptedMutator mutator = new ScriptedMutator(shape(1, Liveness.ROOTS))) {
            Ring ring = new Ring(mutator, 200_000);
            while (!mutator.heap.isMajorDue()) {
                ring.put(NODE, 0);
            }
            assertEquals(List.of(), mutator.majorCollections);
            long oldBytes = mutator.heap.figures().oldBytes();
            while (mutator.heap.figures().oldBytes() < oldBytes + 2 * NURSERY_SHARE_BYTES) {
                ring.put(NODE, 0);
            }
        }
    }
}
