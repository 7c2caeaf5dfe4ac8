package org.shadowheap.collect;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/** What one worker does and finds in one minor collection. Its thread alone calls it, until all have ended a phase. */
final class Tracing implements AutoCloseable {

    final ScanTally tally = new ScanTally();

    /**
     * Ids of young objects that remembered old ones refer to, each once; several workers at once may list one each. So the
     * list is bounded by what is young, not by slots.
     */
    private final NativeIntList edges;

    /** Old objects that referred to young ones, if somebody will ask for them. */
    final NativeLongStack holders;

    /** Ids that were moved, if a major collection will ask for them. */
    final NativeIntList survivors;

    private final Evacuation evacuation;
    private final Evacuation.Worker worker;
    private final @Nullable SharedWork shared;
    private final ScanStack work;
    // Made once: a method reference at the call would be garbage for each object.
    private final RememberedSet.ObjectVisitor partScanner = this::scanPart;
    private final EdgeVisitor edgeLister = this::listEdge;
    private final IntConsumer rootMover = this::moveRoot;
    private final EdgeVisitor lister = this::listValue;
    private final EdgeVisitor keeper = this::keepIfAgeing;
    private final boolean listsHolders;
    private long slotsScanned;
    private long edgesFound;
    private long holder;

    /**
     * @param shared where workers that have nothing get work from; null if there is one worker
     */
    Tracing(Evacuation evacuation, int worker, @Nullable SharedWork shared) {
        this.evacuation = evacuation;
        this.worker = evacuation.worker(worker);
        this.shared = shared;
        edges = new NativeIntList(evacuation.memory());
        holders = new NativeLongStack(evacuation.memory());
        survivors = new NativeIntList(evacuation.memory());
        work = new ScanStack(evacuation);
        listsHolders = evacuation.mayAge() || evacuation.isMajor();
    }

    /** Slots of remembered objects that were read. */
    long slotsScanned() {
        return slotsScanned;
    }

    /** How many of them held a young object. */
    long edgesFound() {
        return edgesFound;
    }

    /** First phase: lists edges from a share of what is remembered. Nothing moves before all have done that. */
    void scanRemembered(Shares units) {
        RememberedSet remembered = evacuation.rememberedSet();
        for (int unit = units.next(); unit >= 0; unit = units.next()) {
            remembered.scan(unit, partScanner, tally);
        }
    }

    private void scanPart(long object, long from, long to) {
        long before = edgesFound;
        slotsScanned += evacuation.scan(object, from, to, edgeLister);
        // The parts of one object come one after the other.
        if (listsHolders && edgesFound > before && (holders.isEmpty() || holders.get(holders.size() - 1) != object)) {
            holders.push(object);
        }
    }

    private void listEdge(long slot, int value) {
        if (evacuation.isWaiting(value)) {
            edgesFound++;
            if (evacuation.list(value)) {
                edges.add(value);
            }
        }
    }

    /**
     * Second phase: moves what was listed and a share of the roots, and all they lead to, whoever scans it.
     *
     * <p>An object is followed by what its first slot leads to, before its second one is looked at: depth first, as G1 and Parallel
     * do it. What belongs together lies together then, and old objects lie on as many cards as in a JVM.
     */
    void trace(Shares rootSets) {
        for (int i = 0; i < edges.size(); i++) {
            moveRoot(edges.get(i));
        }
        for (int set = rootSets.next(); set >= 0; set = rootSets.next()) {
            evacuation.forEachRoot(set, rootMover);
        }
        while (shared != null && shared.take(work)) {
            traceStack();
        }
    }

    private void traceStack() {
        while (!work.isEmpty()) {
            int id = work.popWaiting();
            if (id != 0) {
                move(id);
            } else {
                holder = work.pop();
                work.scan(holder, lister);
            }
            giveIfWanted();
        }
    }

    /** Third phase, after all has been moved: an old object left with a reference to an ageing one is remembered again. */
    void keepHolders() {
        for (long i = 0; i < holders.size(); i++) {
            holder = holders.get(i);
            evacuation.scan(holder, 0, Long.MAX_VALUE, keeper);
        }
    }

    private void giveIfWanted() {
        if (shared != null && shared.isWanted() && work.words() > 1) {
            shared.give(work);
        }
    }

    private void moveRoot(int id) {
        move(id);
        traceStack();
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

    private void listValue(long slot, int value) {
        if (evacuation.isWaiting(value)) {
            work.pushWaiting(value);
        }
        if (evacuation.mayAge() && evacuation.isOld(holder)) {
            keepIfAgeing(slot, value);
        }
    }

    private void keepIfAgeing(long slot, int value) {
        int age = evacuation.ageAfter(value);
        if (age > 0) {
            evacuation.rememberedSet().keep(holder, slot, age);
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
