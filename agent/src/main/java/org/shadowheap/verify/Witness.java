package org.shadowheap.verify;

import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.layout.IdOrder;

/**
 * Listens beside the mirror for what only a comparison needs: once it {@link #watch}es, which slots were stored to. It leaves
 * out objects that were born since, as far as it knows them by their blocks of ids: most stores are to those, and no dump
 * that was taken before has them.
 *
 * <p>The drain calls it, and it takes no lock and loads no class there. Another thread tells it to watch, and reads what it
 * found when the drain has stopped.
 */
public final class Witness extends EventSinkAdapter {

    private final SlotSet stored = new SlotSet();

    /** Blocks of ids, by their numbers, whose births were all seen since. */
    private final SlotSet newBlocks = new SlotSet();

    private volatile boolean watching;

    /** From now on every slot that is stored to is remembered. */
    public void watch() {
        watching = true;
    }

    /** What was stored to since {@link #watch}. */
    SlotSet stored() {
        return stored;
    }

    private void stored(int id, int slot) {
        if (watching && !newBlocks.contains(id >>> IdOrder.BLOCK_SHIFT, 0)) {
            stored.add(id, slot);
        }
    }

    @Override
    public void birth(int object, int type, int extent) {
        if (watching && IdOrder.place(object) == 0) {
            newBlocks.add(object >>> IdOrder.BLOCK_SHIFT, 0);
        }
    }

    /** Its slots are read after the dump, which has it, whatever block its id is from. */
    @Override
    public void contact(int object, int type, int extent) {
        if (watching) {
            stored.add(object, SlotSet.ALL);
        }
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        stored(object, offset);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        stored(array, index);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        stored(mirror, offset);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        stored(array, index);
    }
}
