package org.shadowheap.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.HeapVerifier;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFigures;
import org.shadowheap.heap.ShadowHeap;

/** A heap and what it told, but for what placement and time decide: two that were told the same must be equal in that. */
final class ToldHeap implements AutoCloseable {

    final ShadowHeap heap;
    final List<Object> told = new ArrayList<>();
    final List<MinorCollectionResult> collections = new ArrayList<>();
    final List<MajorCollectionResult> majors = new ArrayList<>();
    private final long[][] storesBySite;
    private int verified;
    private int majorsForeseen;

    ToldHeap(HeapConfiguration configuration) {
        storesBySite = new long[configuration.mutators()][2 * RandomStream.SITES];
        heap = CollectedHeap.open(
                configuration,
                mutator -> (site, arrayType, oldToYoung, pageListed) -> {
                    storesBySite[mutator][site]++;
                    storesBySite[mutator][RandomStream.SITES + site] += oldToYoung ? 1 : 0;
                },
                new CollectionObserver() {
                    @Override
                    public void collected(MinorCollectionResult result) {
                        collections.add(result);
                    }

                    @Override
                    public void collectedMajor(MajorCollectionResult result) {
                        majors.add(result);
                    }
                });
    }

    /** Tells a recorded stream with several threads, and verifies the heap after each collection. */
    static ToldHeap tell(RecordedEvents events, HeapConfiguration configuration) {
        ToldHeap heap = new ToldHeap(configuration);
        try (Appliers appliers = new Appliers(heap.heap, Thread::new)) {
            events.tell(appliers, () -> heap.foresee(appliers), heap::verifyIfCollected);
        }
        heap.end();
        return heap;
    }

    /** As {@link #tell}, on this thread. */
    static ToldHeap tellDirectly(RecordedEvents events, HeapConfiguration configuration) {
        ToldHeap heap = new ToldHeap(configuration);
        events.tell(heap.heap, () -> heap.foresee(heap.heap), heap::verifyIfCollected);
        heap.end();
        return heap;
    }

    /** A round is about to end. */
    private void foresee(NurseryClock clock) {
        majorsForeseen = majors.size() + (clock.isMajorNext() ? 1 : 0);
    }

    void verifyIfCollected() {
        assertEquals(majorsForeseen, majors.size(), "major collections, as foreseen before the round ended");
        if (collections.size() > verified) {
            MinorCollectionResult minor = collections.get(verified++);
            told.add(List.of(
                    minor.clockBytes(),
                    minor.stores(),
                    minor.oldToYoung(),
                    minor.oldToYoungEdges(),
                    minor.survivedBytes(),
                    minor.promotedBytes(),
                    minor.nepotism() == null ? "no major collection" : minor.nepotism()));
            told.add(List.of("content", content()));
            assertEquals(verified, collections.size());
            HeapVerifier.verify(heap);
        }
    }

    /** A sum over all living objects, of generation, type and slots. */
    private long content() {
        long[] sum = {0};
        heap.forEachObject(id -> {
            long[] hash = {id * 31L + heap.generationOf(id).name().hashCode() * 7L + heap.typeOf(id)};
            heap.forEachSlot(id, (slot, value, weak) -> hash[0] = hash[0] * 1_000_003 + slot * 17L + value);
            sum[0] += hash[0] * 0x9e3779b97f4a7c15L ^ hash[0] >>> 29;
        });
        return sum[0];
    }

    private void end() {
        for (MajorCollectionResult major : majors) {
            told.add(List.of(major.clockBytes(), major.markedObjects(), major.markedBytes(), major.freedBytes()));
        }
        HeapFigures figures = heap.figures();
        told.add(new HeapFigures(
                figures.clockBytes(),
                figures.contactBytes(),
                figures.oldBytes(),
                0,
                figures.heldObjects(),
                figures.heldBytes(),
                figures.resurrected(),
                figures.contradictions()));
        for (int site = 0; site < 2 * RandomStream.SITES; site++) {
            long stores = 0;
            for (long[] ofMutator : storesBySite) {
                stores += ofMutator[site];
            }
            told.add("stores " + site + ": " + stores);
        }
        TreeMap<Integer, String> objects = new TreeMap<>();
        heap.forEachObject(id -> {
            StringBuilder text = new StringBuilder(heap.generationOf(id) + " type " + heap.typeOf(id));
            heap.forEachSlot(id, (slot, value, weak) -> text.append(value == 0 ? "" : " " + slot + ':' + value));
            objects.put(id, text.toString());
        });
        told.add(objects);
    }

    @Override
    public void close() {
        heap.close();
        assertEquals(0, heap.nativeBytes(), "native memory leaks");
    }
}
