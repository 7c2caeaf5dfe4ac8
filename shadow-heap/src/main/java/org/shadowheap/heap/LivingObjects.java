package org.shadowheap.heap;

import java.util.List;
import java.util.function.IntConsumer;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.memory.OffHeap;

/** Reads the objects of a heap; changes nothing. While no mutator is at work. */
final class LivingObjects implements ShadowGraph {

    private final Spaces spaces;

    LivingObjects(Spaces spaces) {
        this.spaces = spaces;
    }

    @Override
    public List<TypeDefinition> types() {
        return spaces.types.definitions();
    }

    @Override
    public Generation generationOf(int id) {
        return spaces.generationOf(spaces.ids.find(id));
    }

    @Override
    public int reference(int id, int slot) {
        long object = living(id);
        long address = spaces.layoutOf(object).slotAddress(object, slot);
        if (address == 0) {
            throw new IllegalArgumentException("object has no such slot: id=" + id + " slot=" + slot);
        }
        return OffHeap.getIntPlain(address);
    }

    @Override
    public int typeOf(int id) {
        return spaces.layoutOf(living(id)).typeId;
    }

    @Override
    public int lengthOf(int id) {
        long object = living(id);
        Layout layout = spaces.layoutOf(object);
        return layout.isArray() ? layout.length(object) : -1;
    }

    /** Size in bytes of a living object. */
    long bytesOf(int id) {
        long object = living(id);
        return spaces.layoutOf(object).bytesOf(object);
    }

    /** Visits every slot of a living object, null and weak ones included. */
    void forEachSlot(int id, SlotVisitor visitor) {
        long object = living(id);
        spaces.layoutOf(object).forEachSlot(object, visitor);
    }

    /** Visits the ids of all old objects and of all young ones that no collection left behind. */
    void forEach(IntConsumer visitor) {
        spaces.ids.forEach((id, entry) -> {
            if (spaces.addressOf(entry) != 0) {
                visitor.accept(id);
            }
        });
    }

    /**
     * Whether an object is old and the next minor collection will scan this slot of it.
     *
     * @param slot offset in bytes, or index if it is an array
     */
    boolean isRemembered(int id, int slot) {
        long entry = spaces.ids.find(id);
        if (!Entry.isOld(entry)) {
            return false;
        }
        long object = Entry.address(entry);
        return spaces.remembered.isRemembered(object, spaces.layoutOf(object).slotAddress(object, slot));
    }

    private long living(int id) {
        long object = spaces.addressOf(spaces.ids.find(id));
        if (object == 0) {
            throw new IllegalArgumentException("no such object lives: id=" + id + " generation=" + generationOf(id));
        }
        return object;
    }
}
