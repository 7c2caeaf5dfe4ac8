package org.shadowheap.heap;

/** What one mutator counts. Written by its thread, read between rounds. */
final class Counts {

    /** Bytes born so far. */
    long clockBytes;

    /** Bytes born since the last minor collection. */
    long bornBytes;

    long contactBytes;
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
        resurrected += other.resurrected;
        contradictions += other.contradictions;
        stores += other.stores;
        oldToYoung += other.oldToYoung;
    }
}
