package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/**
 * What a collector may do to a heap while nobody applies events: ask for roots, move young objects one by one, and then
 * drop the rest. Moving an object changes its entry in the id table and nothing else, as slots hold ids.
 */
public final class Evacuation {

    private final Spaces spaces;
    private final long clockBytes;
    private final long stores;
    private final long oldToYoung;
    private final int nextCycle;
    private long survivedBytes;
    private long promotedBytes;

    Evacuation(Spaces spaces, long clockBytes, long stores, long oldToYoung) {
        this.spaces = spaces;
        this.clockBytes = clockBytes;
        this.stores = stores;
        this.oldToYoung = oldToYoung;
        nextCycle = spaces.cycle + 1;
    }

    /** For work lists. They may exceed the heap's bound: its copy reserve covers them. */
    public NativeMemory memory() {
        return spaces.memory;
    }

    /** Old objects that may refer to young ones; class mirrors, and so statics, are among them. */
    public RememberedSet rememberedSet() {
        return spaces.remembered;
    }

    /** Visits the ids on threads' stacks and those that are alive by evidence; of any generation, some repeatedly. */
    public void forEachRoot(IntConsumer visitor) {
        spaces.roots.forEach(visitor);
        spaces.evidence.forEach(visitor);
    }

    /** Whether the object was young before this collection and has not been moved yet. */
    public boolean isWaiting(int id) {
        return Entry.isYoung(spaces.ids.find(id), spaces.cycle);
    }

    /** Whether the object was moved and is still young. */
    public boolean isAgeing(int id) {
        return Entry.isYoung(spaces.ids.find(id), nextCycle);
    }

    /** Minor collections that a young object has survived, this one included if it was moved. */
    public int ageOf(int id) {
        return Entry.survived(spaces.ids.find(id));
    }

    /** Whether the address lies in the old space. */
    public boolean isOld(long object) {
        return spaces.old.contains(object);
    }

    /**
     * Moves an object to the old space if it has now survived {@link HeapConfiguration#tenure} collections, else to the
     * ageing space.
     *
     * @return its new address; 0 if it was not {@linkplain #isWaiting waiting} to be moved
     */
    public long evacuate(int id) {
        long entry = spaces.ids.find(id);
        if (!Entry.isYoung(entry, spaces.cycle)) {
            return 0;
        }
        long from = spaces.young.address(Entry.offset(entry));
        Layout layout = spaces.layoutOf(from);
        long bytes = layout.bytesOf(from);
        int survived = Entry.survived(entry) + 1;
        long to;
        if (survived >= spaces.configuration.tenure()) {
            to = spaces.old.allocate(bytes);
            spaces.ids.promoted(id, Entry.old(to));
            promotedBytes += bytes;
        } else {
            int offset = spaces.ageingTo.allocate(bytes);
            to = spaces.young.address(offset);
            spaces.ids.aged(id, Entry.young(survived, nextCycle, offset), nextCycle);
        }
        survivedBytes += bytes;
        OffHeap.copyPlain(from, to, layout.bytesToCopy(from));
        return to;
    }

    /** Whether instances of the object's type hold references that keep others alive. */
    public boolean hasStrongSlots(long object) {
        return spaces.layoutOf(object).hasStrongSlots();
    }

    /**
     * Visits the strong slots at addresses from {@code from} up to, not including, {@code to} that are not null.
     *
     * @return how many slots were read
     */
    public long scan(long object, long from, long to, EdgeVisitor visitor) {
        return spaces.layoutOf(object).scanEdges(object, from, to, visitor);
    }

    /** Ends the collection: everything young that was not moved is dead, and its memory is free. */
    public void finish() {
        spaces.evidence.collected(spaces.ids, nextCycle, spaces.ageingTo);
        spaces.nursery.clear();
        spaces.ageing.clear();
        YoungSpace.Region emptied = spaces.ageing;
        spaces.ageing = spaces.ageingTo;
        spaces.ageingTo = emptied;
        spaces.young.shrink();
        spaces.ids.endCycle(spaces.cycle);
        spaces.cycle = nextCycle;
    }

    /** Bytes born before this collection. */
    public long clockBytes() {
        return clockBytes;
    }

    /** Reference stores since the collection before. */
    public long stores() {
        return stores;
    }

    /** Of {@link #stores}, those of a young value into an old object. */
    public long oldToYoung() {
        return oldToYoung;
    }

    /** Bytes moved so far. */
    public long survivedBytes() {
        return survivedBytes;
    }

    /** Of {@link #survivedBytes}, those moved to the old space. */
    public long promotedBytes() {
        return promotedBytes;
    }
}
