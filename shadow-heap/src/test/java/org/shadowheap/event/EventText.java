package org.shadowheap.event;

import java.util.ArrayList;
import java.util.List;

/** Writes down every call as a line, so that two streams can be compared. */
public final class EventText implements EventSink {

    public final List<String> events = new ArrayList<>();

    @Override
    public void type(TypeDefinition type) {
        events.add(type.toString());
    }

    @Override
    public void site(SiteDefinition site) {
        events.add(site.toString());
    }

    @Override
    public void caller(CallerDefinition caller) {
        events.add(caller.toString());
    }

    @Override
    public void birth(int object, int type, int extent) {
        events.add("birth " + object + ' ' + type + ' ' + extent);
    }

    @Override
    public void contact(int object, int type, int extent) {
        events.add("contact " + object + ' ' + type + ' ' + extent);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        events.add("snapshotSlot " + object + ' ' + slot + ' ' + value);
    }

    @Override
    public void snapshotEnd(int object) {
        events.add("snapshotEnd " + object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        events.add("fieldStore " + object + ' ' + offset + ' ' + value + ' ' + site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        events.add("arrayStore " + array + ' ' + index + ' ' + value + ' ' + site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        events.add("staticStore " + mirror + ' ' + offset + ' ' + value + ' ' + site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        events.add("arrayCopy " + array + ' ' + elements + ' ' + site);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        events.add("copiedElement " + array + ' ' + index + ' ' + value + ' ' + site);
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {
        events.add("calledFrom " + site + ' ' + caller + ' ' + stores);
    }

    @Override
    public void rootsRequested() {
        events.add("rootsRequested");
    }

    @Override
    public void roots(int thread) {
        events.add("roots " + thread);
    }

    @Override
    public void root(int thread, int object) {
        events.add("root " + thread + ' ' + object);
    }

    @Override
    public void threadEnd(int thread) {
        events.add("threadEnd " + thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        events.add("realCollection " + kind + ' ' + wallMillis + ' ' + pauseMicros + ' ' + youngKiB);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        events.add("collectedHere " + kind + ' ' + number + ' ' + wallMillis + ' ' + pauseMicros);
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        events.add("collectionTold " + kind + ' ' + number + ' ' + pauseMicros + ' ' + youngKiB);
    }

    @Override
    public void lost(long count) {
        events.add("lost " + count);
    }

    @Override
    public void round() {
        events.add("round");
    }
}
