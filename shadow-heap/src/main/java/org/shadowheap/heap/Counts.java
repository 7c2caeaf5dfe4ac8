package org.shadowheap.heap;

/** What one mutator counts. Written by its thread, read between rounds. */
final class Counts {

    /** Bytes born so far. */
    long clockBytes;

    /** Bytes born since the last minor collection. */
    long bornBytes;

    long contactBytes;

    /** Objects that were met and are held; less than none where another mutator met what this one releases. */
    long heldObjects;

    long heldBytes;
    long resurrected;
    long contradictions;

    /** Since the last minor collection. */
    long stores;

    /** Since the last minor collection. */
    long oldToYoung;

    void add(Counts other) {
        clockBytes += other.clockBytes;
        bornBytes += other.bornBytes;
        contactBytes += other.contactBytes;
        heldObjects += other.heldObjects;
        heldBytes += other.heldBytes;
        resurrected += other.resurrected;
        contradictions += other.contradictions;
        stores += other.stores;
        oldToYoung += other.oldToYoung;
    }
}
