package org.shadowheap.collect;

import org.shadowheap.heap.Collector;
import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/**
 * A copying minor collection with an explicit work stack (Jones, Hosking, Moss: The Garbage Collection Handbook, chapters
 * 4 and 9).
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
            evacuation.finish();
            observer.collected(new MinorCollectionResult(
                    evacuation.clockBytes(),
                    evacuation.stores(),
                    evacuation.oldToYoung(),
                    scan.dirtyPages,
                    scan.objects,
                    scan.pagesVisited,
                    tracing.slotsScanned,
                    tracing.edges.size(),
                    evacuation.survivedBytes(),
                    evacuation.promotedBytes(),
                    System.nanoTime() - start));
        }
    }

    /** The state of one collection. */
    private static final class Tracing implements AutoCloseable {
        private final Evacuation evacuation;
        private final NativeIntList edges;
        private final NativeLongStack holders;
        private final NativeLongStack work;
        // Made once: a method reference at the call would be garbage for each object.
        private final RememberedSet.ObjectVisitor partScanner = this::scanPart;
        private final EdgeVisitor edgeLister = this::listEdge;
        private final EdgeVisitor mover = this::moveValue;
        private final EdgeVisitor keeper = this::keepIfAgeing;
        private long slotsScanned;
        private long holder;

        Tracing(Evacuation evacuation) {
            this.evacuation = evacuation;
            edges = new NativeIntList(evacuation.memory());
            holders = new NativeLongStack(evacuation.memory());
            work = new NativeLongStack(evacuation.memory());
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
                evacuation.scan(holder, 0, Long.MAX_VALUE, mover);
            }
            while (!holders.isEmpty()) {
                holder = holders.pop();
                evacuation.scan(holder, 0, Long.MAX_VALUE, keeper);
            }
        }

        private void move(int id) {
            long object = evacuation.worker(0).evacuate(id);
            if (object != 0 && evacuation.hasStrongSlots(object)) {
                work.push(object);
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
            work.close();
        }
    }
}
