package org.shadowheap.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.remset.RememberedSetPolicy;

/** The same stream, whatever the number of threads that apply it and that collect: the same heap. */
class AppliersTest {

    private static final int OPERATIONS = Integer.getInteger("shadowheap.operations", 10_000);
    private static final int[] MUTATORS = {1, 2, 3, 8};
    private static final int[] COLLECTORS = {1, 2, 4};

    private static HeapConfiguration configuration(int tenure, int pageBytes) {
        return new HeapConfiguration(1 << 14, pageBytes, tenure, 256 << 20, ObjectModel.DEFAULT)
                .withMajorBytes(1 << 16);
    }

    private static long seed() {
        return Long.getLong("shadowheap.seed", new Random().nextLong());
    }

    @ParameterizedTest(name = "tenure={0}")
    @ValueSource(ints = {1, 2, 3})
    void severalMutatorsAndCollectorsFindWhatOneFinds(int tenure) {
        check(seed(), configuration(tenure, tenure == 2 ? 512 : 4096));
    }

    @Test
    void withoutEvidenceTooSeveralFindWhatOneFinds() {
        check(seed(), configuration(2, 4096).withLiveness(Liveness.ROOTS));
    }

    @ParameterizedTest(name = "remset={0}")
    @EnumSource(RememberedSetPolicy.class)
    void whateverTheRememberedSetSeveralFindWhatOneFinds(RememberedSetPolicy policy) {
        long seed = seed();
        System.out.println("AppliersTest: -Dshadowheap.seed=" + seed + " " + policy);
        RecordedEvents events = RandomStream.record(seed, OPERATIONS);
        HeapConfiguration configuration = configuration(3, 1024);
        try (ToldHeap one = ToldHeap.tellDirectly(events, configuration)) {
            HeapConfiguration other = configuration.withRemset(policy, 256);
            for (int collectors = 1; collectors <= 4; collectors++) {
                try (ToldHeap several = ToldHeap.tell(events, other.withThreads(5 - collectors, collectors))) {
                    assertSame(one, several, policy + " collectors=" + collectors);
                }
            }
        }
    }

    private static void check(long seed, HeapConfiguration configuration) {
        System.out.println("AppliersTest: -Dshadowheap.seed=" + seed + " " + configuration);
        RecordedEvents events = RandomStream.record(seed, OPERATIONS);
        try (ToldHeap one = ToldHeap.tellDirectly(events, configuration)) {
            requireInteresting(one);
            for (int mutators : MUTATORS) {
                for (int collectors : COLLECTORS) {
                    try (ToldHeap several = ToldHeap.tell(events, configuration.withThreads(mutators, collectors))) {
                        assertSame(one, several, "mutators=" + mutators + " collectors=" + collectors);
                    }
                }
            }
        }
    }

    private static void requireInteresting(ToldHeap heap) {
        long edges = 0;
        long nepotism = 0;
        for (MinorCollectionResult each : heap.collections) {
            edges += each.oldToYoungEdges();
            nepotism += each.nepotism() == null ? 0 : each.nepotism().bytes();
        }
        System.out.println("  collections=" + heap.collections.size() + " majors=" + heap.majors.size() + " edges="
                + edges + " nepotismBytes=" + nepotism + " " + heap.heap.figures());
        assertTrue(heap.collections.size() > 1, "collections");
        assertTrue(edges > 10, "edges");
        assertTrue(heap.heap.figures().resurrected() > 10, "resurrected");
        assertTrue(heap.heap.figures().contradictions() > 10, "contradictions");
    }

    private static void assertSame(ToldHeap one, ToldHeap several, String what) {
        for (int i = 0; i < Math.min(one.told.size(), several.told.size()); i++) {
            assertEquals(one.told.get(i), several.told.get(i), what + " told " + i);
        }
        assertEquals(one.told.size(), several.told.size(), what);
    }
}
