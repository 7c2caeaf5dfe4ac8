package org.shadowheap.collect;

import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.Reclamation;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;

/**
 * Marks the whole heap from its roots and frees what is dead in the old space (Jones, Hosking, Moss: The Garbage Collection
 * Handbook, chapter 2), after everything young that a minor collection keeps was moved. One thread.
 *
 * <p>Roots are class mirrors, what is held, threads' roots and evidence; not the remembered set, so that what only dead old
 * objects refer to is found dead, and counted as nepotism.
 */
final class MajorCollection {

    private final Evacuation evacuation;
    private final Reclamation reclamation;
    private long markedObjects;
    private long markedBytes;

    private MajorCollection(Evacuation evacuation) {
        this.evacuation = evacuation;
        reclamation = evacuation.reclamation();
    }

    /** What it did, and what it says of the minor collection before. */
    record Outcome(MajorCollectionResult result, Nepotism nepotism) {}

    /**
     * Marks and sweeps.
     *
     * @param holders old objects that the minor collection found to refer to young ones
     * @param survivors ids that it moved
     */
    static Outcome collect(Evacuation evacuation, NativeLongStack holders, NativeIntList survivors) {
        return new MajorCollection(evacuation).run(holders, survivors);
    }

    private Outcome run(NativeLongStack holders, NativeIntList survivors) {
        long start = System.nanoTime();
        mark();
        Nepotism nepotism = new NepotismSearch(evacuation, reclamation).run(holders, survivors);
        long freedBytes = reclamation.sweep();
        return new Outcome(
                new MajorCollectionResult(
                        evacuation.clockBytes(),
                        markedObjects,
                        markedBytes,
                        freedBytes,
                        reclamation.freedPages(),
                        System.nanoTime() - start),
                nepotism);
    }

    private void mark() {
        try (ScanStack work = new ScanStack(evacuation)) {
            EdgeVisitor marker = (slot, value) -> mark(value, work);
            reclamation.forEachMirror(object -> mark(reclamation.idOf(object), work));
            trace(work, marker);
            reclamation.forEachHeld(object -> mark(reclamation.idOf(object), work));
            reclamation.forEachForeseen(object -> mark(reclamation.idOf(object), work));
            for (int set = 0; set < evacuation.rootSets(); set++) {
                evacuation.forEachRoot(set, id -> mark(id, work));
            }
            trace(work, marker);
        }
    }

    private static void trace(ScanStack work, EdgeVisitor marker) {
        while (!work.isEmpty()) {
            long object = work.pop();
            work.scan(object, marker);
        }
    }

    private void mark(int id, ScanStack work) {
        long object = reclamation.mark(id);
        if (object != 0) {
            markedObjects++;
            markedBytes += evacuation.bytesOf(object);
            work.push(object);
        }
    }
}
