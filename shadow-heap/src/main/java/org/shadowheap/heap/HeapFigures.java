package org.shadowheap.heap;

/**
 * What a shadow heap counted so far.
 *
 * @param clockBytes bytes born, the clock of the heap
 * @param contactBytes bytes of objects that were met, not born
 * @param oldBytes bytes of objects in the old space
 * @param oldPages pages of the old space that hold objects
 * @param heldObjects objects that were met, and of which nothing shows where the program has them from; class mirrors apart
 * @param heldBytes their bytes
 * @param resurrected objects that were judged dead and then mentioned again
 * @param contradictions events that do not fit the type of their object, or name an object that never was
 */
public record HeapFigures(
        long clockBytes,
        long contactBytes,
        long oldBytes,
        long oldPages,
        long heldObjects,
        long heldBytes,
        long resurrected,
        long contradictions) {

    static HeapFigures of(Spaces spaces) {
        Counts sum = spaces.counts();
        return new HeapFigures(
                sum.clockBytes,
                sum.contactBytes,
                spaces.old.objectBytes(),
                spaces.old.pages().pagesInUse(),
                sum.heldObjects,
                sum.heldBytes,
                sum.resurrected,
                sum.contradictions + spaces.types.dropped());
    }
}
