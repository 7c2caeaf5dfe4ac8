package org.shadowheap.replay;

import org.jspecify.annotations.Nullable;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.heap.Foresight;

/**
 * In which round each object of a recording was mentioned last: by its birth, as what was stored to or stored, or on a stack.
 *
 * <p>Takes all events first, on one thread; then any thread may ask. Four bytes for each id in chunks of 1,024 ids, and 8 MiB
 * for their directory: 4 MiB for a million objects at least.
 */
final class LastMentions extends EventSinkAdapter implements Foresight {

    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;

    /** Rounds by id, counted from 1; 0 for what was never mentioned. */
    private final int[] @Nullable [] chunks = new int[1 << Integer.SIZE - 1 - SHIFT][];

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

    @Override
    public void round() {
        round = Math.addExact(round, 1);
    }

    @Override
    public void birth(int object, int type, int extent) {
        mention(object);
    }

    @Override
    public void contact(int object, int type, int extent) {
        mention(object);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        mention(object);
        mention(value);
    }

    @Override
    public void snapshotEnd(int object) {
        mention(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        mention(object);
        mention(value);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        mention(array);
        mention(value);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        mention(mirror);
        mention(value);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        mention(array);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        mention(array);
        mention(value);
    }

    @Override
    public void root(int thread, int object) {
        mention(object);
    }
}
