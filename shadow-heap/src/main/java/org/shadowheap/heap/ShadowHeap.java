package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/**
 * A generational heap that mirrors the recorded program's: it applies events and, at the end of a round in which the
 * nursery became full, hands itself to a {@link Collector}.
 *
 * <p>An event that contradicts the type of its object, or names an object that never was, is counted and not applied:
 * nothing is ever written outside an object. One thread at a time calls any method of a heap.
 */
public final class ShadowHeap implements EventSink, AutoCloseable {

    private final Spaces spaces;
    private final Counts counts = new Counts();
    private final Births births;
    private final Stores stores;
    private final Collector collector;
    private boolean closed;

    /**
     * Reserves a heap; its memory is committed as it fills.
     *
     * @throws OutOfMemoryError if the operating system refuses the address range of {@code boundBytes}
     */
    public ShadowHeap(HeapConfiguration configuration, StoreObserver observer, Collector collector) {
        spaces = new Spaces(configuration);
        births = new Births(spaces, counts);
        stores = new Stores(spaces, counts, observer);
        this.collector = collector;
    }

    @Override
    public void type(TypeDefinition type) {
        if (!spaces.types.define(type)) {
            counts.contradictions++;
        }
    }

    @Override
    public void site(SiteDefinition site) {
        // Sites mean nothing to the heap: it passes their numbers on.
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void birth(int object, int type, int extent) {
        if (births.birth(object, type, extent)) {
            stores.arrived(object);
        } else {
            counts.contradictions++;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void contact(int object, int type, int extent) {
        if (births.isRepeatedContact(object, type)) {
            return;
        }
        if (births.contact(object, type, extent)) {
            stores.snapshotBegins(object);
            stores.arrived(object);
        } else {
            counts.contradictions++;
        }
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        stores.snapshotSlot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        stores.snapshotEnd(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        stores.store(Deferred.Kind.FIELD, object, offset, value, site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        stores.store(Deferred.Kind.ARRAY, array, index, value, site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        stores.store(Deferred.Kind.STATIC, mirror, offset, value, site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        // Its elements say everything.
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        stores.store(Deferred.Kind.ARRAY, array, index, value, site);
    }

    @Override
    public void rootsRequested() {
        spaces.evidence.rootsRequested(spaces.ageing);
    }

    @Override
    public void roots(int thread) {
        spaces.roots.begin(thread);
    }

    @Override
    public void root(int thread, int object) {
        if (object <= 0) {
            counts.contradictions++;
            return;
        }
        long entry = spaces.ids.find(object);
        if (Entry.isYoung(entry, spaces.cycle) || entry == Entry.NEVER_SEEN) {
            spaces.roots.add(thread, object);
        } else {
            stores.mentionValue(object, entry);
        }
    }

    @Override
    public void threadEnd(int thread) {
        spaces.roots.end(thread);
    }

    @Override
    public void lost(long events) {
        // Counted where events are counted.
    }

    @Override
    public void round() {
        stores.roundEnds();
        if (counts.bornBytes >= spaces.configuration.nurseryBytes()) {
            collect();
        }
    }

    /** Runs a minor collection, as if a round ended here and the nursery were full. */
    public void collectNow() {
        stores.roundEnds();
        collect();
    }

    private void collect() {
        if (spaces.cycle == Entry.MAX_CYCLE) {
            throw new IllegalStateException("no more cycles: collections=" + spaces.cycle);
        }
        Evacuation evacuation = new Evacuation(spaces, counts.clockBytes, counts.stores, counts.oldToYoung);
        counts.stores = 0;
        counts.oldToYoung = 0;
        counts.bornBytes = 0;
        collector.collect(evacuation);
    }

    /** Bytes born since the last minor collection: tells a live driver when to ask threads for their roots. */
    public long bornSinceCollectionBytes() {
        return counts.bornBytes;
    }

    /** What was counted so far. */
    public HeapFigures figures() {
        return new HeapFigures(
                counts.clockBytes,
                counts.contactBytes,
                spaces.old.objectBytes(),
                counts.resurrected,
                counts.contradictions + spaces.types.dropped());
    }

    /** The shape it was made with. */
    public HeapConfiguration configuration() {
        return spaces.configuration;
    }

    /** Where an object is; ids from 1 up. */
    public Generation generationOf(int id) {
        return spaces.generationOf(spaces.ids.find(id));
    }

    /**
     * The id in a slot.
     *
     * @param slot offset in bytes, or index if it is an array
     * @throws IllegalArgumentException if no such object lives or it has no such slot
     */
    public int reference(int id, int slot) {
        long object = living(id);
        long address = spaces.layoutOf(object).slotAddress(object, slot);
        if (address == 0) {
            throw new IllegalArgumentException("object has no such slot: id=" + id + " slot=" + slot);
        }
        return OffHeap.getIntPlain(address);
    }

    /** Id of the type of a living object. */
    public int typeOf(int id) {
        return spaces.layoutOf(living(id)).typeId;
    }

    /** Size in bytes of a living object. */
    public long bytesOf(int id) {
        long object = living(id);
        return spaces.layoutOf(object).bytesOf(object);
    }

    /** Visits every slot of a living object, null and weak ones included. */
    public void forEachSlot(int id, SlotVisitor visitor) {
        long object = living(id);
        spaces.layoutOf(object).forEachSlot(object, visitor);
    }

    /** Visits the ids of all old objects and of all young ones that no collection left behind. */
    public void forEachObject(IntConsumer visitor) {
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
    public boolean isRemembered(int id, int slot) {
        long entry = spaces.ids.find(id);
        if (!Entry.isOld(entry)) {
            return false;
        }
        long object = Entry.address(entry);
        return spaces.remembered.isRemembered(object, spaces.layoutOf(object).slotAddress(object, slot));
    }

    /** The remembered set, for its statistics and for verifying it. */
    public RememberedSet rememberedSet() {
        return spaces.remembered;
    }

    /** Bytes of native memory that this heap holds, reservations included; 0 once it is closed. */
    public long nativeBytes() {
        return spaces.memory.outstandingBytes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            spaces.close();
        }
    }

    private long living(int id) {
        long object = spaces.addressOf(spaces.ids.find(id));
        if (object == 0) {
            throw new IllegalArgumentException("no such object lives: id=" + id + " generation=" + generationOf(id));
        }
        return object;
    }
}
