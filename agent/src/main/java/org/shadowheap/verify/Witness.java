package org.shadowheap.verify;

import java.util.HashMap;
import java.util.Map;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.TypeDefinition;

/**
 * Listens beside the mirror for what only a comparison needs: the definitions of types and, once it {@link #watch}es, which
 * slots were stored to.
 *
 * <p>The drain calls it, and it takes no lock and loads no class there. Another thread tells it to watch, and reads what it
 * found when the drain has stopped.
 */
final class Witness extends EventSinkAdapter {

    private final Map<Integer, TypeDefinition> types = new HashMap<>();
    private final StoredSlots stored = new StoredSlots();
    private volatile boolean watching;

    /** From now on every slot that is stored to is remembered. */
    void watch() {
        watching = true;
    }

    /** All types, by their ids. */
    Map<Integer, TypeDefinition> types() {
        return types;
    }

    /** What was stored to since {@link #watch}. */
    StoredSlots stored() {
        return stored;
    }

    private void stored(int id, int slot) {
        if (watching) {
            stored.add(id, slot);
        }
    }

    @Override
    public void type(TypeDefinition type) {
        types.put(type.id(), type);
    }

    /** Its slots are read after the dump. */
    @Override
    public void contact(int object, int type, int extent) {
        stored(object, StoredSlots.ALL);
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
