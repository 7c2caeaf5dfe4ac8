package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
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
    private final StoreObserver observer;
    private final Collector collector;
    private final Deferred deferred = new Deferred();
    private final OpenSnapshots snapshots = new OpenSnapshots();
    private final Deferred.Settler onArrival = this::arrived;
    private final Deferred.Settler onRoundEnd = this::neverArrived;
    private long clockBytes;
    private long contactBytes;
    private long bornBytes;
    private long resurrected;
    private long contradictions;
    private long stores;
    private long oldToYoung;
    private boolean closed;

    /**
     * Reserves a heap; its memory is committed as it fills.
     *
     * @throws OutOfMemoryError if the operating system refuses the address range of {@code boundBytes}
     */
    public ShadowHeap(HeapConfiguration configuration, StoreObserver observer, Collector collector) {
        spaces = new Spaces(configuration);
        this.observer = observer;
        this.collector = collector;
    }

    @Override
    public void type(TypeDefinition type) {
        if (!spaces.types.define(type)) {
            contradictions++;
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
        int index = layoutForNew(object, type, extent);
        if (index == Types.UNKNOWN) {
            contradictions++;
            return;
        }
        Layout layout = spaces.types.layout(index);
        long bytes = bytesOfNew(layout, extent);
        if (layout.shape == Shape.MIRROR || bytes > spaces.largeBytes()) {
            addOld(object, index, layout, extent, bytes);
        } else {
            addYoung(object, index, layout, extent, bytes);
        }
        clockBytes += bytes;
        bornBytes += bytes;
        if (!deferred.isEmpty()) {
            deferred.settle(object, onArrival);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void contact(int object, int type, int extent) {
        int index = layoutForNew(object, type, extent);
        if (index == Types.UNKNOWN) {
            contradictions++;
            return;
        }
        Layout layout = spaces.types.layout(index);
        long bytes = bytesOfNew(layout, extent);
        addOld(object, index, layout, extent, bytes);
        contactBytes += bytes;
        snapshots.open(object);
        if (!deferred.isEmpty()) {
            deferred.settle(object, onArrival);
        }
    }

    /** Index of the type, unless the event contradicts what is known. */
    private int layoutForNew(int object, int type, int extent) {
        if (object <= 0 || extent < 0) {
            return Types.UNKNOWN;
        }
        long entry = spaces.ids.find(object);
        // Dead and resurrected are guesses about an id of a freed chunk; a stale entry or a living object is none.
        boolean isNew = entry >= 0 && entry <= Entry.RESURRECTED;
        return isNew ? spaces.types.index(type) : Types.UNKNOWN;
    }

    private long bytesOfNew(Layout layout, int extent) {
        return layout.shape == Shape.MIRROR
                ? spaces.configuration.model().align(Math.max(extent, Header.BYTES))
                : layout.bytes(extent);
    }

    private void addYoung(int id, int index, Layout layout, int extent, long bytes) {
        spaces.ids.prepareBirth(id);
        spaces.nursery.prepare(bytes);
        spaces.evidence.clock(bornBytes + bytes, spaces.ageing);
        int offset = spaces.nursery.allocate(bytes);
        long object = spaces.young.address(offset);
        Header.write(object, id, index, spaces.evidence.window());
        layout.initialize(object, extent);
        spaces.ids.bornYoung(id, Entry.young(0, spaces.cycle, offset), spaces.cycle);
    }

    private void addOld(int id, int index, Layout layout, int extent, long bytes) {
        spaces.ids.prepareOld(id);
        spaces.old.prepare(bytes);
        int ownIndex = index;
        Layout ownLayout = layout;
        if (layout.shape == Shape.MIRROR) {
            ownIndex = spaces.types.mirrorIndex(id, layout.typeId, extent);
            ownLayout = spaces.types.layout(ownIndex);
        }
        long object = spaces.old.allocate(bytes);
        Header.write(object, id, ownIndex, 0);
        ownLayout.initialize(object, extent);
        spaces.ids.enterOld(id, Entry.old(object));
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        if (value < 0 || object <= 0 || !snapshots.isOpen(object)) {
            contradictions++;
            return;
        }
        if (snapshots.wasStored(object, slot)) {
            return;
        }
        long address = Entry.address(spaces.ids.find(object));
        long slotAddress = spaces.layoutOf(address).slotAddress(address, slot);
        if (slotAddress == 0) {
            contradictions++;
            return;
        }
        OffHeap.putIntPlain(slotAddress, value);
        if (value == 0) {
            return;
        }
        long entry = spaces.ids.find(value);
        if (mentionValue(value, entry)) {
            spaces.remembered.remember(address);
        } else if (entry == Entry.NEVER_SEEN) {
            spaces.remembered.remember(address);
            deferred.add(value, Deferred.Kind.SNAPSHOT, object, slot, value, 0, 0, true, false);
        }
    }

    @Override
    public void snapshotEnd(int object) {
        if (snapshots.isOpen(object)) {
            snapshots.close(object);
        } else {
            contradictions++;
        }
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        store(Deferred.Kind.FIELD, object, offset, value, site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        store(Deferred.Kind.ARRAY, array, index, value, site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        store(Deferred.Kind.STATIC, mirror, offset, value, site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        // Its elements say everything.
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        store(Deferred.Kind.ARRAY, array, index, value, site);
    }

    private void store(Deferred.Kind kind, int holder, int slot, int value, int site) {
        if ((holder | value) < 0) {
            contradictions++;
            return;
        }
        long entry = spaces.ids.find(holder);
        boolean old = Entry.isOld(entry);
        long object = spaces.addressOf(entry);
        if (object == 0) {
            storeToNothing(entry, kind, holder, slot, value, site);
            return;
        }
        if (!old) {
            spaces.evidence.mention(holder, object);
        }
        Layout layout = spaces.layoutOf(object);
        int place = placeOf(kind, layout, slot);
        long address = place < 0 ? 0 : layout.slotAddress(object, place);
        if (address == 0) {
            contradictions++;
            return;
        }
        mentionOverwritten(OffHeap.getIntPlain(address));
        OffHeap.putIntPlain(address, value);
        boolean pageListed = old && spaces.remembered.remember(object);
        if (!snapshots.isEmpty()) {
            snapshots.store(holder, place);
        }
        stores++;
        judge(holder, place, value, site, layout.isArray() ? layout.typeId : 0, old, pageListed);
    }

    /** Offset or index of the slot that a store of this kind means, -1 if the layout has no such slots. */
    private static int placeOf(Deferred.Kind kind, Layout layout, int slot) {
        return switch (layout.shape) {
            case REFERENCE_ARRAY ->
                switch (kind) {
                    case ARRAY -> slot;
                    case FIELD -> layout.indexAt(slot); // a raw offset, of Unsafe or a VarHandle
                    default -> -1;
                };
            case INSTANCE -> kind == Deferred.Kind.FIELD ? slot : -1;
            case MIRROR -> kind == Deferred.Kind.ARRAY ? -1 : slot;
            case PRIMITIVE_ARRAY -> -1;
        };
    }

    /** The holder was not born yet, or is dead. */
    private void storeToNothing(long entry, Deferred.Kind kind, int holder, int slot, int value, int site) {
        if (entry == Entry.NEVER_SEEN) {
            deferred.add(holder, kind, holder, slot, value, site, 0, false, false);
            return;
        }
        mentionValue(holder, entry);
        if (value != 0) {
            mentionValue(value, spaces.ids.find(value));
        }
    }

    /** Says whether a store was old-to-young, once its value is known. */
    private void judge(int holder, int slot, int value, int site, int arrayType, boolean old, boolean pageListed) {
        boolean toYoung = false;
        if (value != 0) {
            long entry = spaces.ids.find(value);
            if (entry == Entry.NEVER_SEEN) {
                deferred.add(value, Deferred.Kind.VERDICT, holder, slot, value, site, arrayType, old, pageListed);
                return;
            }
            toYoung = mentionValue(value, entry);
        }
        tell(site, arrayType, old && toYoung, pageListed);
    }

    private void tell(int site, int arrayType, boolean isOldToYoung, boolean pageListed) {
        if (isOldToYoung) {
            oldToYoung++;
        }
        observer.stored(site, arrayType, isOldToYoung, pageListed);
    }

    /** Notes that an event mentioned an id; returns whether it is young. A dead one is counted once. */
    private boolean mentionValue(int id, long entry) {
        if (Entry.isYoung(entry, spaces.cycle)) {
            spaces.evidence.mention(id, spaces.young.address(Entry.offset(entry)));
            return true;
        }
        if (!Entry.isOld(entry) && entry != Entry.NEVER_SEEN && entry != Entry.RESURRECTED) {
            spaces.ids.resurrected(id);
            resurrected++;
        }
        return false;
    }

    /** A deletion barrier; what dies in a slot (a weak one, or after a contradiction) is not resurrected by leaving it. */
    private void mentionOverwritten(int id) {
        if (id != 0) {
            long entry = spaces.ids.find(id);
            if (Entry.isYoung(entry, spaces.cycle)) {
                spaces.evidence.mention(id, spaces.young.address(Entry.offset(entry)));
            }
        }
    }

    private void arrived(
            Deferred.Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        switch (kind) {
            case FIELD, ARRAY, STATIC -> store(kind, holder, slot, value, site);
            case VERDICT -> judge(holder, slot, value, site, arrayType, old, pageListed);
            case SNAPSHOT -> mentionValue(value, spaces.ids.find(value));
        }
    }

    /** The id was never born. Its slot becomes null, lest a later birth of it be an edge that nobody remembers. */
    private void neverArrived(
            Deferred.Kind kind,
            int holder,
            int slot,
            int value,
            int site,
            int arrayType,
            boolean old,
            boolean pageListed) {
        contradictions++;
        if (kind == Deferred.Kind.VERDICT || kind == Deferred.Kind.SNAPSHOT) {
            long object = spaces.addressOf(spaces.ids.find(holder));
            long address = spaces.layoutOf(object).slotAddress(object, slot);
            if (OffHeap.getIntPlain(address) == value) {
                OffHeap.putIntPlain(address, 0);
            }
        }
        if (kind == Deferred.Kind.VERDICT) {
            tell(site, arrayType, false, pageListed);
        }
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
            contradictions++;
            return;
        }
        long entry = spaces.ids.find(object);
        if (Entry.isYoung(entry, spaces.cycle) || entry == Entry.NEVER_SEEN) {
            spaces.roots.add(thread, object);
        } else {
            mentionValue(object, entry);
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
        deferred.settleAll(onRoundEnd);
        if (bornBytes >= spaces.configuration.nurseryBytes()) {
            collect();
        }
    }

    /** Runs a minor collection, as if a round ended here and the nursery were full. */
    public void collectNow() {
        deferred.settleAll(onRoundEnd);
        collect();
    }

    private void collect() {
        if (spaces.cycle == Entry.MAX_CYCLE) {
            throw new IllegalStateException("no more cycles: collections=" + spaces.cycle);
        }
        Evacuation evacuation = new Evacuation(spaces, clockBytes, stores, oldToYoung);
        stores = 0;
        oldToYoung = 0;
        bornBytes = 0;
        collector.collect(evacuation);
    }

    /** Bytes born since the last minor collection: tells a live driver when to ask threads for their roots. */
    public long bornSinceCollectionBytes() {
        return bornBytes;
    }

    /** What was counted so far. */
    public HeapFigures figures() {
        return new HeapFigures(
                clockBytes,
                contactBytes,
                spaces.old.objectBytes(),
                resurrected,
                contradictions + spaces.types.dropped());
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

    /** Whether an object is old and the next minor collection will scan it. */
    public boolean isRemembered(int id) {
        long entry = spaces.ids.find(id);
        return Entry.isOld(entry) && spaces.remembered.isRemembered(Entry.address(entry));
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
