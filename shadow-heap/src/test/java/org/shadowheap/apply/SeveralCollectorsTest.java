package org.shadowheap.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;

/** What collections count does not depend on how many threads share them, as long as one applies the events. */
class SeveralCollectorsTest {

    private static final int OPERATIONS = Integer.getInteger("shadowheap.operations", 15_000);

    @ParameterizedTest(name = "tenure={0}")
    @ValueSource(ints = {1, 2, 4})
    void objectsAndSlotsThatAreScannedAreThoseOfOne(int tenure) {
        long seed = Long.getLong("shadowheap.seed", new Random().nextLong());
        System.out.println("SeveralCollectorsTest: -Dshadowheap.seed=" + seed + " tenure=" + tenure);
        RecordedEvents events = RandomStream.record(seed, OPERATIONS);
        HeapConfiguration configuration =
                new HeapConfiguration(1 << 14, 1024, tenure, 256 << 20, ObjectModel.DEFAULT).withMajorBytes(1 << 16);
        try (ToldHeap one = ToldHeap.tellDirectly(events, configuration)) {
            assertTrue(one.collections.stream().anyMatch(each -> each.dirtyObjects() > 0));
            for (int collectors : new int[] {2, 3, 8}) {
                try (ToldHeap several = ToldHeap.tellDirectly(events, configuration.withThreads(1, collectors))) {
                    assertEquals(one.told, several.told, "collectors=" + collectors);
                    assertEquals(
                            one.collections.stream().map(each -> counts(each)).toList(),
                            several.collections.stream()
                                    .map(each -> counts(each))
                                    .toList());
                    // Until survivors lie elsewhere pages are the same, too.
                    assertEquals(pages(one.collections.get(0)), pages(several.collections.get(0)));
                }
            }
        }
    }

    private static List<Long> counts(MinorCollectionResult result) {
        return List.of(result.dirtyObjects(), result.slotsScanned(), result.oldToYoungEdges());
    }

    private static List<Long> pages(MinorCollectionResult result) {
        return List.of(result.entries(), result.dirtyPages(), result.pagesVisited());
    }
}
