package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;

/**
 * Copies all that lives in a heap, some objects at a time, while the heap goes on in between: {@link CopiedHeap} reads it.
 *
 * <pre>
 *   object   id, type, length, count, then of an array its count elements, else count times slot, value
 * </pre>
 *
 * {@code length} is -1 of what is no array; slots that are null are left out of what is none. Each object is as it was at some
 * moment between the first call and the last. One that lives all that time is copied at least once: the table of scattered ids
 * comes first and last, because an id may move from there to a chunk that was visited already, or the other way round. What is
 * born after the first call is mostly left out, or who is born all the time would never let a copy end.
 *
 * <p>One thread at a time, and only while no mutator is at work. It links no lambda: the drain calls it.
 */
public final class HeapCopy {

    private enum Stage {
        SCATTERED,
        CHUNKS,
        SCATTERED_AGAIN,
        DONE
    }

    private static final int CHUNKS = IdDirectory.LEAVES * IdDirectory.LEAF_WORDS;

    /** To look through a chunk takes as long as to copy so many objects. */
    private static final int OBJECTS_LIKE_A_CHUNK = 32;

    private final Spaces spaces;
    private Stage stage = Stage.SCATTERED;
    private int chunk;

    /** Chunks from here on were opened since. */
    private int end;

    HeapCopy(Spaces spaces) {
        this.spaces = spaces;
    }

    /**
     * Copies some more.
     *
     * @param into what the objects are added to
     * @param objects about how many, or as much work; the scattered ids, which are few, are not divided, nor is an object
     * @return whether there may be more
     */
    public boolean next(NativeIntList into, int objects) {
        Copier copier = new Copier(into);
        int chunks = 0;
        while (stage != Stage.DONE && copier.copied + chunks * OBJECTS_LIKE_A_CHUNK < objects) {
            switch (stage) {
                case SCATTERED -> {
                    end = endOfChunks();
                    spaces.ids.compact().forEach(copier);
                    stage = Stage.CHUNKS;
                }
                case CHUNKS -> {
                    nextChunk(copier);
                    chunks++;
                }
                default -> {
                    spaces.ids.compact().forEach(copier);
                    stage = Stage.DONE;
                }
            }
        }
        return stage != Stage.DONE;
    }

    /** Blocks of ids are handed out in their order. */
    private int endOfChunks() {
        int at = CHUNKS;
        while (at > 0 && !IdDirectory.hasLeaf(spaces.ids.directory(), at - 1 << IdChunk.SHIFT)) {
            at -= IdDirectory.LEAF_WORDS;
        }
        while (at > 0 && !IdDirectory.isChunk(IdDirectory.word(spaces.ids.directory(), at - 1 << IdChunk.SHIFT))) {
            at--;
        }
        return at;
    }

    private void nextChunk(Copier copier) {
        if (chunk >= end) {
            stage = Stage.SCATTERED_AGAIN;
            return;
        }
        int first = chunk << IdChunk.SHIFT;
        if (!IdDirectory.hasLeaf(spaces.ids.directory(), first)) {
            chunk += IdDirectory.LEAF_WORDS - chunk % IdDirectory.LEAF_WORDS;
        } else {
            long word = IdDirectory.word(spaces.ids.directory(), first);
            if (IdDirectory.isChunk(word)) {
                IdChunk.forEach(word, first, copier);
            }
            chunk++;
        }
    }

    /** Copies an object of an entry, if it lives. */
    private final class Copier implements IdTable.EntryVisitor, SlotVisitor {

        private final NativeIntList into;
        private int copied;
        private boolean isArray;
        private int count;

        Copier(NativeIntList into) {
            this.into = into;
        }

        @Override
        public void entry(int id, long entry) {
            long object = spaces.addressOf(entry);
            if (object == 0) {
                return;
            }
            Layout layout = spaces.layoutOf(object);
            isArray = layout.isArray();
            into.add(id);
            into.add(layout.typeId);
            into.add(isArray ? layout.length(object) : -1);
            int place = into.size();
            into.add(0);
            count = 0;
            layout.forEachSlot(object, this);
            into.set(place, count);
            copied++;
        }

        @Override
        public void slot(int slot, int value, boolean weak) {
            if (isArray) {
                into.add(value);
                count++;
            } else if (value != 0) {
                into.add(slot);
                into.add(value);
                count++;
            }
        }
    }
}
