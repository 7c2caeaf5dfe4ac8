package org.shadowheap.heap;

/** What a heap counts. Written by the thread that applies events. */
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
}
