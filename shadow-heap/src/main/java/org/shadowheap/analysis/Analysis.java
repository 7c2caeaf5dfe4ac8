package org.shadowheap.analysis;

import java.util.concurrent.ThreadFactory;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapCopy;
import org.shadowheap.heap.ShadowGraph;
import org.shadowheap.memory.NativeIntList;

/**
 * Runs a shadow heap on a stream of events and counts what happens in it.
 *
 * <p>One thread feeds it; {@link #result} and {@link #close} are called by that thread, or by another when it has
 * stopped feeding. What the heap throws, a full heap above all, passes through to the feeder; the analysis can then
 * still give its result up to that point. An event counts when the heap has taken it, so that the figures are those of
 * a trace that is written behind it and lacks the event that did not fit; with several mutators only at the end of the
 * round, so that a few more are counted and written then.
 */
public final class Analysis implements EventSink, AutoCloseable {

    private final Recording recording;
    private final HeapConfiguration configuration;
    private final StoreProfile profile = new StoreProfile();
    private final CollectionLog collections = new CollectionLog();
    private final RealCollectionLog realCollections = new RealCollectionLog();
    private final Mirror mirror;
    private final EventSink heap;

    private long births;
    private long contacts;
    private long fieldStores;
    private long arrayStores;
    private long staticStores;
    private long arrayCopies;
    private long roots;
    private long lost;

    /**
     * @param recording what the events are a recording of
     * @param configuration the heap to run, which need not be the recorded one
     */
    public Analysis(Recording recording, HeapConfiguration configuration) {
        this(recording, configuration, new ShadowMirror(Thread::new));
    }

    /**
     * @param threads makes those that apply events and help to collect, if the heap is to have several of a kind
     */
    public Analysis(Recording recording, HeapConfiguration configuration, ThreadFactory threads) {
        this(recording, configuration, new ShadowMirror(threads));
    }

    Analysis(Recording recording, HeapConfiguration configuration, Mirror.Factory factory) {
        this.recording = recording;
        this.configuration = configuration;
        this.mirror = factory.create(configuration, mutator -> profile.newCounts(), collections);
        this.heap = mirror.events();
        profile.nameArraysBy(mirror.arrayNames());
    }

    /** What the events are a recording of. */
    public Recording recording() {
        return recording;
    }

    /** The heap that runs. */
    public HeapConfiguration configuration() {
        return configuration;
    }

    /**
     * The figures so far; may be asked for again later.
     *
     * @param end how the recording ended, or how it stands now
     * @throws org.shadowheap.heap.HeapFullException if an event did not fit and the feeder was not told yet
     */
    public AnalysisResult result(RecordingEnd end) {
        mirror.settle().run();
        mirror.tellWaiting().run();
        countForRealCollections();
        AnalysisResult.Events events = new AnalysisResult.Events(
                births + contacts + fieldStores + arrayStores + staticStores + arrayCopies + roots,
                births,
                contacts,
                fieldStores,
                arrayStores,
                staticStores,
                arrayCopies,
                roots,
                lost);
        return new ResultBuilder(recording, configuration, end)
                .build(
                        events,
                        profile,
                        collections,
                        realCollections,
                        mirror.figures().get(),
                        mirror.remembered().get());
    }

    /** When bytes since the last collection near the nursery's size, a collection is due. */
    public NurseryClock clock() {
        return mirror.clock();
    }

    /**
     * Whether the heap's collections came earlier than they would have with a larger bound; if not, one with a larger bound
     * gives the same figures.
     */
    public boolean isBoundFelt() {
        return mirror.isBoundFelt().getAsBoolean();
    }

    /** The mirrored objects, to be compared with the real ones; read when feeding has stopped, and before {@link #close}. */
    public ShadowGraph graph() {
        return mirror.graph().get();
    }

    /** Begins to copy the mirrored objects, any thread; {@link #copyNext} goes on with it. */
    public HeapCopy copy() {
        return mirror.copy().get();
    }

    /**
     * Copies some more of the objects, when all events so far are applied; by the thread that feeds, between two events.
     *
     * @return whether there may be more
     */
    public boolean copyNext(HeapCopy copy, NativeIntList into, int objects) {
        mirror.settle().run();
        return copy.next(into, objects);
    }

    /** Gives the shadow heap's memory back; results must be asked for before. */
    @Override
    public void close() {
        mirror.release().run();
    }

    @Override
    public void type(TypeDefinition type) {
        profile.define(type);
        heap.type(type);
    }

    @Override
    public void site(SiteDefinition site) {
        profile.define(site);
        heap.site(site);
    }

    @Override
    public void caller(CallerDefinition caller) {
        profile.callers().define(caller);
        heap.caller(caller);
    }

    @Override
    public void birth(int object, int type, int extent) {
        heap.birth(object, type, extent);
        births++;
    }

    @Override
    public void contact(int object, int type, int extent) {
        heap.contact(object, type, extent);
        contacts++;
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        heap.snapshotSlot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        heap.snapshotEnd(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        heap.fieldStore(object, offset, value, site);
        fieldStores++;
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        heap.arrayStore(array, index, value, site);
        arrayStores++;
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        heap.staticStore(mirror, offset, value, site);
        staticStores++;
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        heap.arrayCopy(array, elements, site);
        arrayCopies++;
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        heap.copiedElement(array, index, value, site);
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {
        heap.calledFrom(site, caller, stores);
        profile.callers().add(site, caller, stores);
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
        roots++;
    }

    @Override
    public void threadEnd(int thread) {
        heap.threadEnd(thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        heap.realCollection(kind, wallMillis, pauseMicros, youngKiB);
        realCollections.add(kind, wallMillis, pauseMicros, youngKiB);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        heap.collectedHere(kind, number, wallMillis, pauseMicros);
        realCollections.addInPlace(kind, number, wallMillis, pauseMicros);
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        heap.collectionTold(kind, number, pauseMicros, youngKiB);
        realCollections.told(kind, number, pauseMicros, youngKiB);
    }

    private void countForRealCollections() {
        if (realCollections.isWaiting()) {
            mirror.settle().run();
            realCollections.roundEnds(mirror.figures().get().clockBytes(), profile.stores(), profile.oldToYoung());
        }
    }

    @Override
    public void lost(long events) {
        heap.lost(events);
        lost += events;
    }

    @Override
    public void round() {
        heap.round();
        countForRealCollections();
    }
}
