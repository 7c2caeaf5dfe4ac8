package org.shadowheap.heap;

import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * One of the threads that apply events to a heap. It allocates in a nursery and in old pages of its own; what it stores
 * to, everybody shares.
 *
 * <p>One thread at a time calls its methods. The order of stores to one object is kept if they come through one mutator,
 * together with the object's birth, contact and snapshot; so a stream is shared out by object. Stores through several
 * mutators to one slot are a race, as they are in a program. Roots of one thread come through one mutator.
 *
 * <p>A round ends for all mutators at once, see {@link ShadowHeap#round()}: nobody may apply events meanwhile, and what
 * was applied before must happen-before it.
 */
public final class Mutator implements EventSink {

    private final Spaces spaces;
    private final MutatorSpaces own;
    private final Counts counts;
    private final Births births;
    private final Mentions mentions;
    private final Snapshots snapshots;
    private final Stores stores;
    private final LateStores late;
    private final Holders holders;
    private final UnnamedStores unnamed;

    Mutator(Spaces spaces, MutatorSpaces own, StoreObserver observer) {
        this.spaces = spaces;
        this.own = own;
        this.counts = own.counts;
        births = new Births(spaces, own);
        Deferred deferred = new Deferred();
        mentions = new Mentions(spaces, own);
        holders = new Holders(spaces, own.waitingNames);
        snapshots = new Snapshots(spaces, own, mentions, deferred, holders);
        unnamed = new UnnamedStores(spaces, own.waitingStores, observer);
        stores = new Stores(spaces, own, mentions, snapshots, deferred, holders, unnamed, observer);
        late = new LateStores(spaces, own, mentions, snapshots, stores, deferred);
    }

    /**
     * The next event was this far behind the beginning of the round. Whoever shares a stream out says so: some of what
     * follows from the events of several mutators depends on their order.
     */
    public void at(int place) {
        holders.at(place);
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

    @Override
    public void caller(CallerDefinition caller) {
        // As sites.
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void birth(int object, int type, int extent) {
        if (births.birth(object, type, extent)) {
            late.arrived(object);
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
            snapshots.begin(object);
            late.arrived(object);
        } else {
            counts.contradictions++;
        }
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        spaces.ids.prepareMention(value);
        snapshots.slot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        snapshots.end(object);
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
    public void calledFrom(int site, int caller, int stores) {
        // Counted where callers are counted.
    }

    /** Not here: windows of evidence begin for all mutators at once. */
    @Override
    public void rootsRequested() {
        throw new UnsupportedOperationException(
                "roots are requested for all mutators at once: call ShadowHeap.rootsRequested()");
    }

    /** Roots were requested of all mutators. */
    void windowBegins() {
        own.evidence.rootsRequested();
        own.latest.forget();
    }

    @Override
    public void roots(int thread) {
        own.roots.begin(thread);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void root(int thread, int object) {
        if (object <= 0) {
            counts.contradictions++;
            return;
        }
        spaces.ids.prepareMention(object);
        long entry = spaces.ids.find(object);
        if (entry == Entry.NEVER_SEEN || spaces.addressOf(entry) != 0) {
            own.roots.add(thread, object);
        } else {
            mentions.value(object, entry);
        }
    }

    @Override
    public void threadEnd(int thread) {
        own.roots.end(thread);
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        // Not here: collections are for all mutators at once. ShadowHeap hears of it.
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        // Nor here.
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        // Counted where collections are counted.
    }

    @Override
    public void lost(long events) {
        // Counted where events are counted.
    }

    /** Not here: a round ends for all mutators at once. */
    @Override
    public void round() {
        throw new UnsupportedOperationException("a round ends for all mutators at once: call ShadowHeap.round()");
    }

    /** Nobody is at work: what other mutators have brought is known to all before a window of evidence ends. */
    void settleArrived() {
        late.settleArrived();
    }

    /** The round has ended for all mutators. */
    void roundEnds() {
        late.roundEnds();
        own.latest.forget();
        snapshots.roundEnds();
    }

    /** All have done {@link #roundEnds}, and what this one has stored names arrays. */
    Holders holders() {
        return holders;
    }

    /** Tells its observer of stores that wait for the names of their arrays, under the names that these have now. */
    void tellWaitingStores() {
        unnamed.tell();
    }

    /** The round has ended for all mutators, with events missing. */
    void roundIsAbandoned() {
        late.roundIsAbandoned();
        own.latest.forget();
        snapshots.roundEnds();
    }
}
