package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.Foresight;

/**
 * In which round each object of a recording was mentioned last: by its birth, as what was stored to or stored, or on a stack.
 *
 * <p>Takes all events first, on one thread; then any thread may ask. Four bytes for each id in chunks of 1,024 ids, and 8 MiB
 * for their directory: 4 MiB for a million objects at least.
 */
final class LastMentions implements Foresight {

    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;

    /** Rounds by id, counted from 1; 0 for what was never mentioned. */
    private final int[] @Nullable [] chunks = new int[1 << Integer.SIZE - 1 - SHIFT][];

    /** Kinds of records whose subject is an object that they mention, as bits. */
    private static final long SUBJECTS = 1L << EventRecord.BIRTH
            | 1L << EventRecord.CONTACT
            | 1L << EventRecord.SNAPSHOT_SLOT
            | 1L << EventRecord.SNAPSHOT_END
            | 1L << EventRecord.FIELD_STORE
            | 1L << EventRecord.ARRAY_STORE
            | 1L << EventRecord.STATIC_STORE
            | 1L << EventRecord.ARRAY_COPY
            | 1L << EventRecord.COPIED_ELEMENT;

    /** The same of their object. */
    private static final long OBJECTS = 1L << EventRecord.SNAPSHOT_SLOT
            | 1L << EventRecord.FIELD_STORE
            | 1L << EventRecord.ARRAY_STORE
            | 1L << EventRecord.STATIC_STORE
            | 1L << EventRecord.COPIED_ELEMENT
            | 1L << EventRecord.ROOT;

    private int round = 1;

    private void mention(int id) {
        if (id <= 0) {
            return;
        }
        int @Nullable [] chunk = chunks[id >>> SHIFT];
        if (chunk == null) {
            chunk = new int[1 << SHIFT];
            chunks[id >>> SHIFT] = chunk;
        }
        chunk[id & MASK] = round;
    }

    @Override
    public boolean isMentionedAfter(int id, long ended) {
        int @Nullable [] chunk = chunks[id >>> SHIFT];
        return chunk != null && chunk[id & MASK] > ended;
    }

    /** The next records, two words each. */
    void records(long[] words, int count) {
        for (int i = 0; i < count; i++) {
            int kind = EventRecord.kind(words[2 * i + 1]);
            if (kind == EventRecord.ROUND) {
                round = Math.addExact(round, 1);
            } else if (kind < Long.SIZE) {
                if ((SUBJECTS >>> kind & 1) != 0) {
                    mention(EventRecord.subject(words[2 * i]));
                }
                if ((OBJECTS >>> kind & 1) != 0) {
                    mention(EventRecord.object(words[2 * i]));
                }
            }
        }
    }
}
