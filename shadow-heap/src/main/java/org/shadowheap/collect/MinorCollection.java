package org.shadowheap.collect;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.ShadowHeap;

/**
 * A copying minor collection with explicit work stacks (Jones, Hosking, Moss: The Garbage Collection Handbook, chapters 4,
 * 9 and 14); a {@link MajorCollection} follows if one is due.
 *
 * <p>First the remembered set is scanned: edges to young objects are counted and listed before anything moves, so the
 * count does not depend on the order. Then those, threads' roots and evidence are moved, and what they reach. An old
 * object that is left with a reference to an ageing one is remembered again. Workers share each of these phases and wait
 * for each other after it; what they find does not depend on how many they are, only where survivors lie does.
 *
 * <p>A heap whose collection failed, for want of native memory, can only be closed.
 */
final class MinorCollection implements Collector {

    private final CollectionObserver observer;
    private final CollectorThreads threads;

    /**
     * @param workers the thread that collects included
     * @param factory makes the others
     */
    MinorCollection(CollectionObserver observer, int workers, ThreadFactory factory) {
        this.observer = observer;
        threads = new CollectorThreads(workers, factory);
    }

    @Override
    public void collect(Evacuation evacuation) {
        threads.start(); // while nothing has changed
        long start = System.nanoTime();
        try (MinorTrace trace = new MinorTrace(evacuation, threads)) {
            trace.run();
            long nanos = System.nanoTime() - start;
            MajorCollection.Outcome major = null;
            if (evacuation.isMajor()) {
                major = MajorCollection.collect(evacuation, trace.holders(), trace.survivors());
            }
            start = System.nanoTime();
            evacuation.finish();
            tell(evacuation, trace, major, nanos + System.nanoTime() - start);
        }
    }

    @Override
    public void verify(ShadowHeap heap) {
        HeapVerifier.verify(heap);
    }

    private void tell(Evacuation evacuation, MinorTrace trace, MajorCollection.@Nullable Outcome major, long nanos) {
        observer.collected(new MinorCollectionResult(
                evacuation.clockBytes(),
                evacuation.stores(),
                evacuation.oldToYoung(),
                trace.scanned().entries,
                trace.scanned().dirtyPages,
                trace.scanned().objects,
                trace.scanned().pagesVisited,
                trace.slotsScanned(),
                trace.edges(),
                evacuation.survivedBytes(),
                evacuation.promotedBytes(),
                major == null ? null : major.nepotism(),
                nanos));
        if (major != null) {
            observer.collectedMajor(major.result());
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
