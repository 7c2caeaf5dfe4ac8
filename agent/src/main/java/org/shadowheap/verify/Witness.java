package org.shadowheap.verify;

import java.util.HashMap;
import java.util.Map;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * Listens beside the mirror for what only a comparison needs: the definitions of types and, once it {@link #watch}es, which
 * slots were stored to.
 *
 * <p>The drain calls it, and it takes no lock and loads no class there. Another thread tells it to watch, and reads what it
 * found when the drain has stopped.
 */
final class Witness implements EventSink {

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

    @Override
    public void site(SiteDefinition site) {}

    @Override
    public void caller(CallerDefinition caller) {}

    @Override
    public void birth(int object, int type, int extent) {}

    /** Its slots are read after the dump. */
    @Override
    public void contact(int object, int type, int extent) {
        stored(object, StoredSlots.ALL);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {}

    @Override
    public void snapshotEnd(int object) {}

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
    public void arrayCopy(int array, int elements, int site) {}

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        stored(array, index);
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {}

    @Override
    public void rootsRequested() {}

    @Override
    public void roots(int thread) {}

    @Override
    public void root(int thread, int object) {}

    @Override
    public void threadEnd(int thread) {}

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {}

    @Override
    public void lost(long events) {}

    @Override
    public void round() {}
}
