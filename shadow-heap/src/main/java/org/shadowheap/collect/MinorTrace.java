package org.shadowheap.collect;

import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/** One minor collection up to the last move: its workers, and what they found together. For the thread that collects. */
final class MinorTrace implements AutoCloseable {

    private final Evacuation evacuation;
    private final CollectorThreads threads;
    private final ScanTally scanned = new ScanTally();
    private final @Nullable SharedWork shared;
    private final Tracing[] workers;

    MinorTrace(Evacuation evacuation, CollectorThreads threads) {
        this.evacuation = evacuation;
        this.threads = threads;
        workers = new Tracing[evacuation.workers()];
        shared = workers.length == 1 ? null : new SharedWork(evacuation);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Tracing(evacuation, i, shared);
        }
    }

    void run() {
        evacuation.begin();
        RememberedSet remembered = evacuation.rememberedSet();
        Shares units = new Shares(remembered.beginScan(), workers.length);
        onAll(worker -> workers[worker].scanRemembered(units));
        for (Tracing each : workers) {
            scanned.add(each.tally);
        }
        remembered.endScan(scanned);
        Shares rootSets = new Shares(evacuation.rootSets(), workers.length);
        onAll(worker -> trace(workers[worker], rootSets));
        if (evacuation.mayAge()) {
            onAll(worker -> workers[worker].keepHolders());
        }
    }

    /** There may be more threads than workers in this collection. */
    private void onAll(CollectorThreads.Phase phase) {
        if (workers.length == 1) {
            phase.run(0);
            return;
        }
        threads.run(worker -> {
            if (worker < workers.length) {
                phase.run(worker);
            }
        });
    }

    private void trace(Tracing worker, Shares rootSets) {
        try {
            worker.trace(rootSets);
        } catch (Throwable e) {
            if (shared != null) {
                shared.abort(); // the others must not wait for this one
            }
            throw e;
        }
    }

    /** What the scan of the remembered set looked at. */
    ScanTally scanned() {
        return scanned;
    }

    /** Slots of remembered objects that were read. */
    long slotsScanned() {
        long slots = 0;
        for (Tracing each : workers) {
            slots += each.slotsScanned();
        }
        return slots;
    }

    /** How many of them held a young object. */
    long edges() {
        long edges = 0;
        for (Tracing each : workers) {
            edges += each.edgesFound();
        }
        return edges;
    }

    /** Old objects that referred to young ones, of all workers. */
    NativeLongStack holders() {
        NativeLongStack all = workers[0].holders;
        for (int worker = 1; worker < workers.length; worker++) {
            for (long i = 0; i < workers[worker].holders.size(); i++) {
                all.push(workers[worker].holders.get(i));
            }
        }
        return all;
    }

    /** Ids that were moved, by all workers. */
    NativeIntList survivors() {
        NativeIntList all = workers[0].survivors;
        for (int worker = 1; worker < workers.length; worker++) {
            for (int i = 0; i < workers[worker].survivors.size(); i++) {
                all.add(workers[worker].survivors.get(i));
            }
        }
        return all;
    }

    @Override
    public void close() {
        for (Tracing each : workers) {
            each.close();
        }
        if (shared != null) {
            shared.close();
        }
    }
}
