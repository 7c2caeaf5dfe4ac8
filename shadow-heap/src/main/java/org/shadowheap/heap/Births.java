package org.shadowheap.heap;

import org.shadowheap.event.TypeDefinition.Shape;

/** Gives objects a place: what is born goes to the nursery, what is met, large or a class mirror to the old space. */
final class Births {

    private final Spaces spaces;
    private final MutatorSpaces own;
    private final Counts counts;

    Births(Spaces spaces, MutatorSpaces own) {
        this.spaces = spaces;
        this.own = own;
        this.counts = own.counts;
    }

    /**
     * Adds a new object.
     *
     * @return false if the event contradicts what is known; nothing changed then
     * @throws HeapFullException before anything changed
     */
    boolean birth(int id, int type, int extent) {
        int index = layoutForNew(id, type, extent);
        if (index == Types.UNKNOWN) {
            return false;
        }
        Layout layout = spaces.types.layout(index);
        long bytes = bytesOfNew(layout, extent);
        if (layout.shape == Shape.MIRROR || bytes > spaces.largeBytes) {
            long object = addOld(id, index, layout, extent, bytes, false);
            if (spaces.isMajorDue) {
                own.evidence.mentionOld(id, object);
            }
        } else {
            addYoung(id, index, layout, extent, bytes);
        }
        counts.clockBytes += bytes;
        counts.bornBytes += bytes;
        return true;
    }

    /** Adds an object that existed before; otherwise as {@link #birth}. */
    boolean contact(int id, int type, int extent) {
        int index = layoutForNew(id, type, extent);
        if (index == Types.UNKNOWN) {
            return false;
        }
        Layout layout = spaces.types.layout(index);
        long bytes = bytesOfNew(layout, extent);
        boolean held = layout.shape != Shape.MIRROR;
        addOld(id, index, layout, extent, bytes, held);
        counts.heldObjects += held ? 1 : 0;
        counts.heldBytes += held ? bytes : 0;
        counts.contactBytes += bytes;
        return true;
    }

    /** Two threads may meet an object at the same time, and both say so. */
    boolean isRepeatedContact(int id, int type) {
        long entry = id > 0 ? spaces.ids.find(id) : Entry.NEVER_SEEN;
        return Entry.isOld(entry) && spaces.layoutOf(Entry.address(entry)).typeId == type;
    }

    private int layoutForNew(int id, int type, int extent) {
        if (id <= 0 || extent < 0) {
            return Types.UNKNOWN;
        }
        long entry = spaces.ids.find(id);
        // Dead and resurrected are guesses about an id of a freed chunk; a stale entry or a living object is none.
        boolean isNew = entry >= 0 && entry <= Entry.RESURRECTED;
        int index = isNew ? own.typeCache.index(type) : Types.UNKNOWN;
        if (index == Types.UNKNOWN || spaces.types.layout(index).shape != Shape.MIRROR) {
            return index;
        }
        return spaces.types.isFull() ? Types.UNKNOWN : index; // a mirror needs a layout of its own
    }

    private long bytesOfNew(Layout layout, int extent) {
        return layout.shape == Shape.MIRROR
                ? spaces.configuration.model().align(Math.max(extent, Header.BYTES))
                : layout.bytes(extent);
    }

    private void addYoung(int id, int index, Layout layout, int extent, long bytes) {
        prepareYoung(id, bytes);
        int offset = own.nursery.allocate(bytes);
        long object = spaces.young.address(offset);
        Header.write(object, id, index, own.evidence.window());
        layout.initialize(object, extent);
        own.latest.set(id, object, layout, false, false);
        spaces.ids.bornYoung(id, Entry.young(0, spaces.cycle, offset), spaces.cycle, own.bornChunks);
    }

    /** One question for all that a birth may take, so that one that is refused takes nothing. */
    private void prepareYoung(int id, long bytes) {
        if (own.nursery.fits(bytes) && spaces.ids.hasChunk(id) && own.bornChunks.bytesToAdd() == 0) {
            return;
        }
        synchronized (spaces.budget) {
            own.nursery.prepare(bytes, spaces.ids.chunks.bytesForBirth(id) + own.bornChunks.bytesToAdd());
            own.bornChunks.makeRoom(1);
            spaces.ids.chunks.prepareBirth(id);
        }
    }

    /** As {@link #prepareYoung}. */
    private void prepareOld(int id, long bytes, boolean isVirtual) {
        if (own.old.fits(bytes) && spaces.ids.hasChunk(id)) {
            return;
        }
        synchronized (spaces.budget) {
            own.old.prepare(bytes, isVirtual, spaces.ids.chunks.bytesForOld(id));
            spaces.ids.chunks.prepareOld(id);
        }
    }

    private long addOld(int id, int index, Layout layout, int extent, long bytes, boolean held) {
        prepareOld(id, bytes, layout.isVirtual());
        long object = own.old.allocate(bytes, layout.isVirtual());
        int ownIndex = index;
        if (layout.shape == Shape.MIRROR) {
            ownIndex = spaces.types.mirrorIndex(id, layout.typeId, extent);
        }
        if (held) {
            Header.writeHeld(object, id, ownIndex);
        } else {
            Header.write(object, id, ownIndex, 0);
        }
        spaces.types.layout(ownIndex).initialize(object, extent);
        spaces.ids.enterOld(id, Entry.old(object));
        return object;
    }
}
