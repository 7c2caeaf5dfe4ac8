package org.shadowheap.replay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.Foresight;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/**
 * In which round each object of a recording was mentioned last: by its birth, as what was stored to or stored, or on a stack.
 *
 * <p>Takes all events first, on one thread; then any thread may ask. Four bytes of native memory for each id in chunks of 1,024 ids:
 * 4 MiB for a million objects at least. Not arrays: a mention would wait for the array's length, a second line of memory that the
 * caches do not hold, while a store to native memory is waited for by nobody.
 */
final class LastMentions implements Foresight, AutoCloseable {

    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;
    private static final long CHUNK_BYTES = Integer.BYTES << SHIFT;
    private static final int LEAF_SHIFT = 20;
    private static final int LEAF_MASK = (1 << LEAF_SHIFT - SHIFT) - 1;

    private final NativeMemory memory = new NativeMemory();
    private final long mostBytes;

    /** For each million of ids the addresses of its chunks, 0 where nothing was mentioned. Rounds by id, counted from 1; 0 for never. */
    private final long[] @Nullable [] leaves = new long[1 << Integer.SIZE - 1 - LEAF_SHIFT][];

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

    /** @param mostBytes of native memory: who mentions more has an {@link OutOfMemoryError} */
    LastMentions(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    private void mention(int id) {
        long[] leaf = leaves[id >>> LEAF_SHIFT];
        long chunk = leaf == null ? 0 : leaf[id >>> SHIFT & LEAF_MASK];
        OffHeap.putIntPlain((chunk == 0 ? newChunk(id) : chunk) + offsetInChunk(id), round);
    }

    private static long offsetInChunk(int id) {
        return (long) (id & MASK) * Integer.BYTES;
    }

    private long newChunk(int id) {
        long[] leaf = leaves[id >>> LEAF_SHIFT];
        if (leaf == null) {
            leaf = new long[LEAF_MASK + 1];
            leaves[id >>> LEAF_SHIFT] = leaf;
        }
        if (memory.usedBytes() >= mostBytes) {
            throw new OutOfMemoryError("mentions: most=" + mostBytes);
        }
        long chunk = memory.allocateZeroed(CHUNK_BYTES);
        leaf[id >>> SHIFT & LEAF_MASK] = chunk;
        return chunk;
    }

    @Override
    public boolean isMentionedAfter(int id, long ended) {
        long[] leaf = leaves[id >>> LEAF_SHIFT];
        long chunk = leaf == null ? 0 : leaf[id >>> SHIFT & LEAF_MASK];
        return chunk != 0 && OffHeap.getIntPlain(chunk + offsetInChunk(id)) > ended;
    }

    /** The next records, two words each. */
    void records(long[] words, int count) {
        int latest = 0;
        for (int i = 0; i < count; i++) {
            int kind = EventRecord.kind(words[2 * i + 1]);
            if (kind == EventRecord.ROUND) {
                round = Math.addExact(round, 1);
                latest = 0;
            } else if (kind < Long.SIZE) {
                int subject = EventRecord.subject(words[2 * i]);
                // Two of three records are of the same object as the one before.
                if ((SUBJECTS >>> kind & 1) != 0 && subject != latest && subject > 0) {
                    mention(subject);
                    latest = subject;
                }
                int object = EventRecord.object(words[2 * i]);
                if ((OBJECTS >>> kind & 1) != 0 && object > 0) {
                    mention(object);
                }
            }
        }
    }

    /** Gives the memory back; nobody asks any more. */
    @Override
    public void close() {
        for (long[] leaf : leaves) {
            for (int i = 0; leaf != null && i < leaf.length; i++) {
                if (leaf[i] != 0) {
                    memory.free(leaf[i], CHUNK_BYTES);
                }
            }
        }
        Arrays.fill(leaves, null);
    }
}
