package org.shadowheap.replay;

import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.EventSinkAdapter;

/** How often a recorded JVM collected its young generation, and how full that was. */
final class RealMarks extends EventSinkAdapter {

    private static final long KIB = 1024;

    private long young;
    private long mostYoungBytes;

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        if (kind == CollectionKind.YOUNG.number()) {
            young++;
            mostYoungBytes = Math.max(mostYoungBytes, Integer.toUnsignedLong(youngKiB) * KIB);
        }
    }

    /**
     * Fails if there was none.
     *
     * @throws NoRealCollectionsException if so
     */
    void requireSome() {
        if (young == 0) {
            throw new NoRealCollectionsException();
        }
    }

    /** Young collections. */
    long young() {
        return young;
    }

    /** Most bytes of eden that were full when one began; 0 if nobody could tell. */
    long mostYoungBytes() {
        return mostYoungBytes;
    }
}
