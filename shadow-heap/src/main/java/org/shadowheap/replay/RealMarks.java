package org.shadowheap.replay;

import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.layout.EventRecord;

/** How often a recorded JVM collected its young generation, and how full that was. */
final class RealMarks {

    private static final long KIB = 1024;

    /** Young collections. */
    private long young;

    private long mostYoungBytes;

    /** The next records, two words each. */
    void records(long[] words, int count) {
        for (int i = 0; i < count; i++) {
            long word1 = words[2 * i + 1];
            if (EventRecord.site(word1) != CollectionKind.YOUNG.number()) {
                continue;
            }
            int kind = EventRecord.kind(word1);
            if (kind == EventRecord.REAL_COLLECTION || kind == EventRecord.COLLECTED) {
                young++;
            }
            if (kind == EventRecord.REAL_COLLECTION || kind == EventRecord.COLLECTION_TOLD) {
                mostYoungBytes = Math.max(mostYoungBytes, Integer.toUnsignedLong(EventRecord.operand(word1)) * KIB);
            }
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

    /** Most bytes of eden that were full when one began; 0 if nobody could tell. */
    long mostYoungBytes() {
        return mostYoungBytes;
    }
}
