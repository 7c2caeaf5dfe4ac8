package org.shadowheap.event;

/** How much of a recorded program was born in its mirror: tells the drain when to ask threads for their roots. Bytes are read between rounds. */
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

        @Override
        public boolean isMajorNext() {
            return false;
        }
    };

    /** Bytes born since the last minor collection. */
    long bornSinceCollectionBytes();

    /** Bytes born altogether, the clock of the heap. */
    long bornBytes();

    /**
     * Whether the end of the round that is under way begins with a major collection, were it now: of old objects, only roots and what
     * was mentioned since it is due live then.
     */
    boolean isMajorNext();
}
