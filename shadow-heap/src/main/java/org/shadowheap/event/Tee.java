package org.shadowheap.event;

import org.jspecify.annotations.Nullable;

/** Hands each event to two sinks, one after the other. */
public final class Tee implements EventSink {

    private final EventSink first;
    private final EventSink second;

    private Tee(EventSink first, EventSink second) {
        this.first = first;
        this.second = second;
    }

    /** A sink for both; the other one itself if one is null. At least one must be given. */
    public static EventSink of(@Nullable EventSink first, @Nullable EventSink second) {
        if (first != null && second != null) {
            return new Tee(first, second);
        }
        EventSink only = first != null ? first : second;
        if (only == null) {
            throw new IllegalArgumentException("a tee needs at least one sink");
        }
        return only;
    }

    @Override
    public void type(TypeDefinition type) {
        first.type(type);
        second.type(type);
    }

    @Override
    public void site(SiteDefinition site) {
        first.site(site);
        second.site(site);
    }

    @Override
    public void caller(CallerDefinition caller) {
        first.caller(caller);
        second.caller(caller);
    }

    @Override
    public void birth(int object, int type, int extent) {
        first.birth(object, type, extent);
        second.birth(object, type, extent);
    }

    @Override
    public void contact(int object, int type, int extent) {
        first.contact(object, type, extent);
        second.contact(object, type, extent);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        first.snapshotSlot(object, slot, value);
        second.snapshotSlot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        first.snapshotEnd(object);
        second.snapshotEnd(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        first.fieldStore(object, offset, value, site);
        second.fieldStore(object, offset, value, site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        first.arrayStore(array, index, value, site);
        second.arrayStore(array, index, value, site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        first.staticStore(mirror, offset, value, site);
        second.staticStore(mirror, offset, value, site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        first.arrayCopy(array, elements, site);
        second.arrayCopy(array, elements, site);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        first.copiedElement(array, index, value, site);
        second.copiedElement(array, index, value, site);
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {
        first.calledFrom(site, caller, stores);
        second.calledFrom(site, caller, stores);
    }

    @Override
    public void rootsRequested() {
        first.rootsRequested();
        second.rootsRequested();
    }

    @Override
    public void roots(int thread) {
        first.roots(thread);
        second.roots(thread);
    }

    @Override
    public void root(int thread, int object) {
        first.root(thread, object);
        second.root(thread, object);
    }

    @Override
    public void threadEnd(int thread) {
        first.threadEnd(thread);
        second.threadEnd(thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        first.realCollection(kind, wallMillis, pauseMicros, youngKiB);
        second.realCollection(kind, wallMillis, pauseMicros, youngKiB);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        first.collectedHere(kind, number, wallMillis, pauseMicros);
        second.collectedHere(kind, number, wallMillis, pauseMicros);
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        first.collectionTold(kind, number, pauseMicros, youngKiB);
        second.collectionTold(kind, number, pauseMicros, youngKiB);
    }

    @Override
    public void lost(long events) {
        first.lost(events);
        second.lost(events);
    }

    @Override
    public void round() {
        first.round();
        second.round();
    }
}
