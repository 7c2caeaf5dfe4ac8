package org.shadowheap.collect;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.Collector;
import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/**
 * A copying minor collection with an explicit work stack (Jones, Hosking, Moss: The Garbage Collection Handbook, chapters
 * 4 and 9); a {@link MajorCollection} follows if one is due.
 *
 * <p>First the remembered set is scanned: edges to young objects are counted and listed before anything moves, so the
 * count does not depend on the order. Then those, threads' roots and evidence are moved, and what they reach. An old
 * object that is left with a reference to an ageing one is remembered again.
 */
final class MinorCollection implements Collector {

    private final CollectionObserver observer;

    MinorCollection(CollectionObserver observer) {
        this.observer = observer;
    }

    @Override
    public void collect(Evacuation evacuation) {
        long start = System.nanoTime();
        try (Tracing tracing = new Tracing(evacuation)) {
            ScanTally scan = tracing.scanRemembered();
            tracing.trace();
            long nanos = System.nanoTime() - start;
            MajorCollection.Outcome major = null;
            if (evacuation.isMajor()) {
                major = MajorCollection.collect(evacuation, tracing.holders, tracing.survivors);
            }
            start = System.nanoTime();
            evacuation.finish();
            tell(evacuation, tracing, scan, major, nanos + System.nanoTime() - start);
        }
    }

    @Override
    public void verify(ShadowHeap heap) {
        HeapVerifier.verify(heap);
    }

    private void tell(
            Evacuation evacuation,
            Tracing tracing,
            ScanTally scan,
            MajorCollection.@Nullable Outcome major,
            long nanos) {
        observer.collected(new MinorCollectionResult(
                evacuation.clockBytes(),
                evacuation.stores(),
                evacuation.oldToYoung(),
                scan.entries,
                scan.dirtyPages,
                scan.objects,
                scan.pagesVisited,
                tracing.slotsScanned,
                tracing.edges.size(),
                evacuation.survivedBytes(),
                evacuation.promotedBytes(),
                major == null ? null : major.nepotism(),
                nanos));
        if (major != null) {
            observer.collectedMajor(major.result());
        }
    }

    /** The state of one collection. */
    private static final class Tracing implements AutoCloseable {
        private final Evacuation evacuation;
        private final Evacuation.Worker worker;
        private final NativeIntList edges;

        /** Old objects that referred to young ones. */
        private final NativeLongStack holders;

        /** Ids that were moved, if a major collection will ask for them. */
        private final NativeIntList survivors;

        private final ScanStack work;
        // Made once: a method reference at the call would be garbage for each object.
        private final RememberedSet.ObjectVisitor partScanner = this::scanPart;
        private final EdgeVisitor edgeLister = this::listEdge;
        private final EdgeVisitor mover = this::moveValue;
        private final EdgeVisitor keeper = this::keepIfAgeing;
        private long slotsScanned;
        private long holder;

        Tracing(Evacuation evacuation) {
            this.evacuation = evacuation;
            worker = evacuation.worker(0);
            edges = new NativeIntList(evacuation.memory());
            holders = new NativeLongStack(evacuation.memory());
            survivors = new NativeIntList(evacuation.memory());
            work = new ScanStack(evacuation);
        }

        ScanTally scanRemembered() {
            ScanTally tally = new ScanTally();
            RememberedSet remembered = evacuation.rememberedSet();
            int units = remembered.beginScan();
            for (int unit = 0; unit < units; unit++) {
                remembered.scan(unit, partScanner, tally);
            }
            remembered.endScan(tally);
            return tally;
        }

        private void scanPart(long object, long from, long to) {
            int before = edges.size();
            slotsScanned += evacuation.scan(object, from, to, edgeLister);
            if (edges.size() > before) {
                holders.push(object);
            }
        }

        private void listEdge(long slot, int value) {
            if (evacuation.isWaiting(value)) {
                edges.add(value);
            }
        }

        void trace() {
            for (int i = 0; i < edges.size(); i++) {
                move(edges.get(i));
            }
            for (int set = 0; set < evacuation.rootSets(); set++) {
                evacuation.forEachRoot(set, this::move);
            }
            while (!work.isEmpty()) {
                holder = work.pop();
                work.scan(holder, mover);
            }
            for (long i = 0; i < holders.size(); i++) {
                holder = holders.get(i);
                evacuation.scan(holder, 0, Long.MAX_VALUE, keeper);
            }
        }

        private void move(int id) {
            long object = worker.evacuate(id);
            if (object != 0) {
                work.push(object);
                if (evacuation.isMajor()) {
                    survivors.add(id);
                }
            }
        }

        private void moveValue(long slot, int value) {
            move(value);
            if (evacuation.isOld(holder)) {
                keepIfAgeing(slot, value);
            }
        }

        private void keepIfAgeing(long slot, int value) {
            if (evacuation.isAgeing(value)) {
                evacuation.rememberedSet().keep(holder, slot, evacuation.ageOf(value));
            }
        }

        @Override
        public void close() {
            edges.close();
            holders.close();
            survivors.close();
            work.close();
        }
    }
}
