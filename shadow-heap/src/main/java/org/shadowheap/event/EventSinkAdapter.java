package org.shadowheap.event;

/** A sink that hears nothing: whoever wants some of the events overrides their methods. */
public abstract class EventSinkAdapter implements EventSink {

    @Override
    public void type(TypeDefinition type) {}

    @Override
    public void site(SiteDefinition site) {}

    @Override
    public void caller(CallerDefinition caller) {}

    @Override
    public void birth(int object, int type, int extent) {}

    @Override
    public void contact(int object, int type, int extent) {}

    @Override
    public void snapshotSlot(int object, int slot, int value) {}

    @Override
    public void snapshotEnd(int object) {}

    @Override
    public void fieldStore(int object, int offset, int value, int site) {}

    @Override
    public void arrayStore(int array, int index, int value, int site) {}

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {}

    @Override
    public void arrayCopy(int array, int elements, int site) {}

    @Override
    public void copiedElement(int array, int index, int value, int site) {}

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
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {}

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {}

    @Override
    public void lost(long events) {}

    @Override
    public void round() {}
}
