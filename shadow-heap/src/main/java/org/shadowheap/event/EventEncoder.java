package org.shadowheap.event;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import org.shadowheap.event.layout.EventRecord;

/** A sink that turns each call back into a record: the inverse of {@link EventDecoder}. */
public abstract class EventEncoder implements EventSink {

    /** Takes one record. */
    protected abstract void record(long word0, long word1);

    @Override
    public final void birth(int object, int type, int extent) {
        record(word0(object, type), word1(EventRecord.BIRTH, extent, 0));
    }

    @Override
    public final void contact(int object, int type, int extent) {
        record(word0(object, type), word1(EventRecord.CONTACT, extent, 0));
    }

    @Override
    public final void snapshotSlot(int object, int slot, int value) {
        record(word0(object, value), word1(EventRecord.SNAPSHOT_SLOT, slot, 0));
    }

    @Override
    public final void snapshotEnd(int object) {
        record(word0(object, 0), word1(EventRecord.SNAPSHOT_END, 0, 0));
    }

    @Override
    public final void fieldStore(int object, int offset, int value, int site) {
        record(word0(object, value), word1(EventRecord.FIELD_STORE, offset, site));
    }

    @Override
    public final void arrayStore(int array, int index, int value, int site) {
        record(word0(array, value), word1(EventRecord.ARRAY_STORE, index, site));
    }

    @Override
    public final void staticStore(int mirror, int offset, int value, int site) {
        record(word0(mirror, value), word1(EventRecord.STATIC_STORE, offset, site));
    }

    @Override
    public final void arrayCopy(int array, int elements, int site) {
        record(word0(array, 0), word1(EventRecord.ARRAY_COPY, elements, site));
    }

    @Override
    public final void copiedElement(int array, int index, int value, int site) {
        record(word0(array, value), word1(EventRecord.COPIED_ELEMENT, index, site));
    }

    @Override
    public final void calledFrom(int site, int caller, int stores) {
        record(word0(0, caller), word1(EventRecord.CALLED_FROM, stores, site));
    }

    @Override
    public final void rootsRequested() {
        record(0, word1(EventRecord.ROOTS_REQUESTED, 0, 0));
    }

    @Override
    public final void roots(int thread) {
        record(0, word1(EventRecord.ROOTS, thread, 0));
    }

    @Override
    public final void root(int thread, int object) {
        record(word0(0, object), word1(EventRecord.ROOT, thread, 0));
    }

    @Override
    public final void threadEnd(int thread) {
        record(0, word1(EventRecord.THREAD_END, thread, 0));
    }

    @Override
    public final void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        record(word0(wallMillis, pauseMicros), word1(EventRecord.REAL_COLLECTION, youngKiB, kind));
    }

    @Override
    public final void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        record(word0(wallMillis, pauseMicros), word1(EventRecord.COLLECTED, number, kind));
    }

    @Override
    public final void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        record(word0(number, pauseMicros), word1(EventRecord.COLLECTION_TOLD, youngKiB, kind));
    }

    @Override
    public final void lost(long events) {
        long left = events;
        while (left > 0) {
            int part = (int) Math.min(left, 0xffff_ffffL);
            record(0, word1(EventRecord.LOST, part, 0));
            left -= Integer.toUnsignedLong(part);
        }
    }

    @Override
    public final void round() {
        record(0, word1(EventRecord.ROUND, 0, 0));
    }
}
