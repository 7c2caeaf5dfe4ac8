package org.shadowheap.event;

/** How much of a recorded program was born in its mirror: tells the drain when to ask threads for their roots. Read between rounds. */
public interface NurseryClock {

    /** Where nothing is mirrored. */
    NurseryClock STOPPED = new NurseryClock() {
        @Override
        public long bornSinceCollectionBytes() {
            return 0;
        }

        @Override
        public long bornBytes() {
            return 0;
        }
    };

    /** Bytes born since the last minor collection. */
    long bornSinceCollectionBytes();

    /** Bytes born altogether, the clock of the heap. */
    long bornBytes();

    /** Whether a major collection comes at the end of the round that is under way: of old objects, only roots and what was mentioned since it is due live then. */
    default boolean isMajorNext() {
        return false;
    }
}
