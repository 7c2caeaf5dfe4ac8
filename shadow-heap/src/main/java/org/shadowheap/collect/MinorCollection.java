package org.shadowheap.collect;

import org.shadowheap.heap.Collector;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.SlotVisitor;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;
import org.shadowheap.remset.RememberedSet;

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
            RememberedSet.Scan scan = evacuation.rememberedSet().scan(tracing::scanRemembered);
            tracing.trace();
            evacuation.finish();
            observer.collected(new MinorCollectionResult(
                    evacuation.clockBytes(),
                    evacuation.stores(),
                    evacuation.oldToYoung(),
                    scan.dirtyPages(),
                    scan.dirtyObjects(),
                    scan.pagesVisited(),
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
        private final SlotVisitor edgeLister = this::listEdge;
        private final SlotVisitor mover = this::moveValue;
        private final SlotVisitor ageingFinder = this::findAgeing;
        private long slotsScanned;
        private boolean refersToAgeing;

        Tracing(Evacuation evacuation) {
            this.evacuation = evacuation;
            edges = new NativeIntList(evacuation.memory());
            holders = new NativeLongStack(evacuation.memory());
            work = new NativeLongStack(evacuation.memory());
        }

        void scanRemembered(long object) {
            int before = edges.size();
            slotsScanned += evacuation.scan(object, edgeLister);
            if (edges.size() > before) {
                holders.push(object);
            }
        }

        private void listEdge(int slot, int value, boolean weak) {
            if (evacuation.isWaiting(value)) {
                edges.add(value);
            }
        }

        void trace() {
            for (int i = 0; i < edges.size(); i++) {
                move(edges.get(i));
            }
            evacuation.forEachRoot(this::move);
            while (!work.isEmpty()) {
                long object = work.pop();
                scanMoved(object);
            }
            while (!holders.isEmpty()) {
                rememberIfAgeing(holders.pop());
            }
        }

        private void move(int id) {
            long object = evacuation.evacuate(id);
            if (object != 0 && evacuation.hasStrongSlots(object)) {
                work.push(object);
            }
        }

        private void scanMoved(long object) {
            refersToAgeing = false;
            evacuation.scan(object, mover);
            if (refersToAgeing && evacuation.isOld(object)) {
                evacuation.rememberedSet().remember(object);
            }
        }

        private void moveValue(int slot, int value, boolean weak) {
            move(value);
            refersToAgeing |= evacuation.isAgeing(value);
        }

        private void rememberIfAgeing(long object) {
            refersToAgeing = false;
            evacuation.scan(object, ageingFinder);
            if (refersToAgeing) {
                evacuation.rememberedSet().remember(object);
            }
        }

        private void findAgeing(int slot, int value, boolean weak) {
            refersToAgeing |= evacuation.isAgeing(value);
        }

        @Override
        public void close() {
            edges.close();
            holders.close();
            work.close();
        }
    }
}
