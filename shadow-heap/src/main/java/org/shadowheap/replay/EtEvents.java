package org.shadowheap.replay;

import java.util.HashMap;
import java.util.Map;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowHeap;

/**
 * Writes the events of a recording as lines of Elephant Tracks, and feeds a shadow heap with them, which knows what slots held
 * before, how large objects are and when they die.
 */
final class EtEvents extends EventSinkAdapter {

    private static final String UNKNOWN_TYPE = "?";

    private final ShadowHeap heap;
    private final Deaths deaths;
    private final EtLines out;
    private final Map<Integer, String> descriptors = new HashMap<>();
    private final IdSet known = new IdSet();
    private final HeldUpdates held = new HeldUpdates();
    private boolean hasBirths;

    EtEvents(ShadowHeap heap, Deaths deaths, EtLines out) {
        this.heap = heap;
        this.deaths = deaths;
        this.out = out;
    }

    @Override
    public void type(TypeDefinition type) {
        descriptors.put(type.id(), Descriptors.of(type));
        heap.type(type);
    }

    @Override
    public void birth(int object, int type, int extent) {
        heap.birth(object, type, extent);
        hasBirths = true;
        allocated(object, type, 'N', 'A');
    }

    @Override
    public void contact(int object, int type, int extent) {
        heap.contact(object, type, extent);
        char kind = hasBirths ? 'V' : 'P';
        allocated(object, type, kind, kind);
    }

    /** Writes it unless the heap did not take it, or it was there before. */
    private void allocated(int object, int type, char ofInstance, char ofArray) {
        if (!isAlive(object) || !known.add(object)) {
            return;
        }
        deaths.born(object);
        int length = heap.lengthOf(object);
        String descriptor = descriptors.getOrDefault(type, UNKNOWN_TYPE);
        out.allocation(length < 0 ? ofInstance : ofArray, object, heap.bytesOf(object), descriptor, length);
    }

    private boolean isAlive(int object) {
        return switch (heap.generationOf(object)) {
            case NURSERY, AGEING, OLD -> true;
            case NEVER_SEEN, DEAD, RESURRECTED -> false;
        };
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        updated(object, slot, value);
        heap.snapshotSlot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        heap.snapshotEnd(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        updated(object, offset, value);
        heap.fieldStore(object, offset, value, site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        updated(array, index, value);
        heap.arrayStore(array, index, value, site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        updated(mirror, offset, value);
        heap.staticStore(mirror, offset, value, site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        heap.arrayCopy(array, elements, site);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        updated(array, index, value);
        heap.copiedElement(array, index, value, site);
    }

    /** Before the heap is told: it knows what the slot held. */
    private void updated(int object, int slot, int value) {
        int before = held.valueOr(object, slot, inHeap(object, slot));
        boolean isEarly = !known.contains(object) || value != 0 && !known.contains(value);
        if (isEarly || !held.isEmpty()) {
            held.hold(before, object, value, slot);
        } else {
            out.update(before, object, value, slot);
        }
    }

    /** 0 for what is dead, to which a weak reference may refer still. */
    private int inHeap(int object, int slot) {
        if (!isAlive(object)) {
            return 0;
        }
        int value;
        try {
            value = heap.reference(object, slot);
        } catch (IllegalArgumentException noSuchSlot) {
            return 0;
        }
        return value != 0 && heap.generationOf(value) == Generation.DEAD ? 0 : value;
    }

    @Override
    public void rootsRequested() {
        heap.rootsRequested();
    }

    @Override
    public void roots(int thread) {
        heap.roots(thread);
    }

    @Override
    public void root(int thread, int object) {
        heap.root(thread, object);
        if (known.contains(object)) {
            out.root(object, thread);
        }
    }

    @Override
    public void threadEnd(int thread) {
        heap.threadEnd(thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        heap.realCollection(kind, wallMillis, pauseMicros, youngKiB);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        heap.collectedHere(kind, number, wallMillis, pauseMicros);
    }

    @Override
    public void round() {
        held.writeTo(out, known);
        heap.round();
        deaths.roundEnded(heap);
    }

    /** The trace has ended: what nothing leads to has died. */
    void end() {
        held.writeTo(out, known);
        heap.collectMajorNow();
        deaths.roundEnded(heap);
    }
}
