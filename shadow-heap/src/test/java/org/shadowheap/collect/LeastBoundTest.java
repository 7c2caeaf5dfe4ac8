package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;

/** A bound is refused in which nothing could be met or born; in the least that is accepted each mutator can do both. */
class LeastBoundTest {

    private static final int MEBIBYTE = 1 << 20;

    /** Page size, tenure, mutators and collectors. */
    @ParameterizedTest(name = "pageBytes={0} tenure={1} mutators={2} collectors={3}")
    @CsvSource({
        "512, 1, 1, 1", "4096, 1, 1, 16", "65536, 1, 1, 1", "512, 2, 1, 16", "4096, 15, 1, 1", "65536, 3, 1, 1",
        "512, 1, 2, 2", "4096, 1, 16, 16", "65536, 1, 16, 1", "512, 3, 16, 1", "4096, 2, 2, 16", "65536, 15, 16, 16"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface EachShapeOfThreads {}

    private static HeapConfiguration shape(long nurseryBytes, int pageBytes, int tenure, long boundBytes) {
        return new HeapConfiguration(nurseryBytes, pageBytes, tenure, boundBytes, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
    }

    @Test
    void boundInWhichNothingCanBeBornIsRejected() {
        HeapConfiguration shape = shape(4096, 65536, 1, 2 * MEBIBYTE).withThreads(1, 128);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new ScriptedMutator(shape).close());
        assertTrue(thrown.getMessage().startsWith("boundBytes must be at least "), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(" boundBytes=2097152 "), thrown.getMessage());
        try (ScriptedMutator mutator =
                new ScriptedMutator(shape(4096, 65536, 1, 3 * MEBIBYTE).withThreads(1, 128))) {
            mutator.node();
        }
    }

    /** The old space is never given what each mutator needs for a birth. */
    @EachShapeOfThreads
    void atTheLeastBoundEachMutatorGivesBirthThoughTheOldSpaceIsFull(
            int pageBytes, int tenure, int mutators, int collectors) {
        HeapConfiguration shape =
                shape(4096, pageBytes, tenure, 1024L * MEBIBYTE).withThreads(mutators, collectors);
        try (ScriptedMutator script = new ScriptedMutator(LeastBound.withBound(shape, LeastBound.of(shape)))) {
            assertThrows(HeapFullException.class, () -> {
                for (int id = 1 << 16; ; id++) {
                    script.heap.contact(id, REFERENCES, 100);
                    script.heap.snapshotEnd(id);
                }
            });
            script.heap.round();
            for (int i = 0; i < mutators; i++) {
                script.heap.mutator(i).birth((500 + i) << 10, NODE, 0);
            }
        }
    }

    @EachShapeOfThreads
    void atTheLeastBoundEachMutatorMeetsSomethingAndProgramsRun(
            int pageBytes, int tenure, int mutators, int collectors) {
        HeapConfiguration shape = shape(4096, pageBytes, tenure, 1024L * MEBIBYTE)
                .withMajorBytes(1024L * MEBIBYTE)
                .withThreads(mutators, collectors);
        long least = LeastBound.of(shape);
        try (ScriptedMutator script = new ScriptedMutator(LeastBound.withBound(shape, least))) {
            ShadowHeap heap = script.heap;
            for (int i = 0; i < mutators; i++) {
                heap.mutator(i).contact(100 + i, REFERENCES, 10);
                heap.mutator(i).snapshotEnd(100 + i);
            }
            for (int i = 0; i < mutators; i++) {
                heap.mutator(i).birth((500 + i) << 10, NODE, 0);
            }
            heap.round();
            for (int i = 0; i < 100_000; i++) {
                int holder = i % mutators;
                heap.mutator(holder).arrayStore(100 + holder, i % 10, script.node(), 1);
                heap.round();
            }
            assertFalse(script.collections.isEmpty());
            assertTrue(heap.usedBytes() <= least, "usedBytes=" + heap.usedBytes());
        }
        HeapConfiguration tooSmall = LeastBound.withBound(shape, least - 1);
        assertThrows(IllegalArgumentException.class, () -> new ScriptedMutator(tooSmall).close());
    }
}
