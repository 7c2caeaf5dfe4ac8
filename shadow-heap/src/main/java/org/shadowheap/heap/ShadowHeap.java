package org.shadowheap.heap;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.remset.RememberedSet;

/**
 * A generational heap that mirrors the recorded program's: its {@link Mutator}s apply events and, at the end of a round in
 * which the nursery became full, it hands itself to a {@link Collector}.
 *
 * <p>As a sink of events it is its own first mutator, which is all that most users need. Everything but the mutators is
 * for one thread at a time, and only while no mutator is at work.
 *
 * <p>An event that contradicts the type of its object, or names an object that never was, is counted and not applied:
 * nothing is ever written outside an object.
 */
public final class ShadowHeap implements EventSink, ShadowGraph, AutoCloseable, NurseryClock {

    /** Package-private so that a test can break it. */
    final Spaces spaces;

    private final Mutator[] mutators;
    private final Mutator first;
    private final Collector collector;
    private final CollectionCycle cycle;
    private final LivingObjects objects;
    private boolean closed;

    /**
     * Reserves a heap; its memory is committed as it fills.
     *
     * @param observers gives each mutator, by number, who is told of its stores
     * @throws OutOfMemoryError if the operating system refuses the address range of {@code boundBytes}
     * @throws IllegalArgumentException if nothing could ever be born within {@code boundBytes}
     */
    public ShadowHeap(HeapConfiguration configuration, IntFunction<StoreObserver> observers, Collector collector) {
        this(configuration, observers, collector, rememberedSet -> rememberedSet);
    }

    /** Opens a heap with another remembered set in front of its own: so a test can see what a broken one does. */
    ShadowHeap(
            HeapConfiguration configuration,
            IntFunction<StoreObserver> observers,
            Collector collector,
            UnaryOperator<RememberedSet> rememberedSet) {
        spaces = new Spaces(configuration, rememberedSet);
        mutators = new Mutator[spaces.mutators.length];
        try {
            for (int i = 0; i < mutators.length; i++) {
                mutators[i] = new Mutator(spaces, spaces.mutators[i], observers.apply(i));
            }
        } catch (Throwable e) {
            spaces.close();
            throw e;
        }
        first = mutators[0];
        this.collector = collector;
        cycle = new CollectionCycle(spaces, mutators, collector);
        objects = new LivingObjects(spaces);
    }

    /** A mutator, by number from 0 to {@link HeapConfiguration#mutators} - 1. */
    public Mutator mutator(int number) {
        return mutators[number];
    }

    @Override
    public void type(TypeDefinition type) {
        first.type(type);
    }

    @Override
    public void site(SiteDefinition site) {
        first.site(site);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void caller(CallerDefinition caller) {
        first.caller(caller);
    }

    @Override
    public void birth(int object, int type, int extent) {
        first.birth(object, type, extent);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HeapFullException before anything changed
     */
    @Override
    public void contact(int object, int type, int extent) {
        first.contact(object, type, extent);
    }

    @Override
    public void snapshotSlot(int object, int slot, int value) {
        first.snapshotSlot(object, slot, value);
    }

    @Override
    public void snapshotEnd(int object) {
        first.snapshotEnd(object);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        first.fieldStore(object, offset, value, site);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        first.arrayStore(array, index, value, site);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        first.staticStore(mirror, offset, value, site);
    }

    @Override
    public void arrayCopy(int array, int elements, int site) {
        first.arrayCopy(array, elements, site);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        first.copiedElement(array, index, value, site);
    }

    @Override
    public void calledFrom(int site, int caller, int stores) {
        first.calledFrom(site, caller, stores);
    }

    /** Tells all mutators, none of which may be at work. */
    @Override
    public void rootsRequested() {
        cycle.rootsRequested();
    }

    @Override
    public void roots(int thread) {
        first.roots(thread);
    }

    @Override
    public void root(int thread, int object) {
        first.root(thread, object);
    }

    @Override
    public void threadEnd(int thread) {
        first.threadEnd(thread);
    }

    /** Collects at the end of the round, if this heap collects where the recorded JVM did; no mutator is at work. */
    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        cycle.realCollection(kind);
    }

    /** As {@link #realCollection}. */
    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        cycle.realCollection(kind);
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        first.collectionTold(kind, number, pauseMicros, youngKiB);
    }

    @Override
    public void lost(long events) {
        first.lost(events);
    }

    /**
     * Ends a round for all mutators, none of which may be at work; collects if the nursery is full.
     *
     * @throws IllegalStateException if a collection has failed before: such a heap can only be closed
     */
    @Override
    public void round() {
        cycle.round(this);
    }

    /**
     * Ends a round that lacks some of its events, because an event did not fit into the heap and the others were not
     * waited for. What refers to an object that never came becomes null, and is no contradiction. Collects nothing.
     */
    public void abandonRound() {
        cycle.abandonRound();
    }

    /**
     * Tells observers in the middle of a round, which may never end, of stores that wait for the names of their arrays, under
     * the names so far. No mutator is at work.
     */
    public void tellWaitingStores() {
        cycle.tellWaitingStores();
    }

    /** Runs a minor collection, as if a round ended here and the nursery were full. */
    public void collectNow() {
        cycle.collectNow(this);
    }

    /**
     * Runs a minor and a major collection, as if a round ended here. By evidence, an old object lives here only if it was
     * mentioned while a major collection was due: meant for {@link Liveness#ROOTS}.
     */
    public void collectMajorNow() {
        cycle.collectMajorNow(this);
    }

    @Override
    public long bornSinceCollectionBytes() {
        return cycle.bornSinceCollectionBytes();
    }

    @Override
    public long bornBytes() {
        return cycle.bornBytes();
    }

    @Override
    public boolean isMajorNext() {
        return cycle.isMajorNext();
    }

    /**
     * Whether collections came earlier than they would have with a larger {@link HeapConfiguration#boundBytes}: the nursery
     * had to be smaller than asked for, or a major collection was due for want of memory. If not, a heap with a larger bound
     * does the same.
     */
    public boolean isBoundFelt() {
        return cycle.isBoundFelt();
    }

    /** Whether a major collection will follow the next minor one; changes at the end of a minor collection only. */
    public boolean isMajorDue() {
        return spaces.isMajorDue;
    }

    /** What was counted so far. */
    public HeapFigures figures() {
        return HeapFigures.of(spaces);
    }

    /** The shape it was made with. */
    public HeapConfiguration configuration() {
        return spaces.configuration;
    }

    @Override
    public List<TypeDefinition> types() {
        return objects.types();
    }

    @Override
    public Generation generationOf(int id) {
        return objects.generationOf(id);
    }

    @Override
    public int reference(int id, int slot) {
        return objects.reference(id, slot);
    }

    @Override
    public int typeOf(int id) {
        return objects.typeOf(id);
    }

    @Override
    public int lengthOf(int id) {
        return objects.lengthOf(id);
    }

    /** Begins to copy what lives, a part at a time. */
    public HeapCopy copy() {
        return new HeapCopy(spaces);
    }

    /** Size in bytes of a living object. */
    public long bytesOf(int id) {
        return objects.bytesOf(id);
    }

    /** Visits every slot of a living object, null and weak ones included. */
    public void forEachSlot(int id, SlotVisitor visitor) {
        objects.forEachSlot(id, visitor);
    }

    /** Visits the ids of all old objects and of all young ones that no collection left behind. */
    public void forEachObject(IntConsumer visitor) {
        objects.forEach(visitor);
    }

    /**
     * Whether an object is old and the next minor collection will scan this slot of it.
     *
     * @param slot offset in bytes, or index if it is an array
     */
    public boolean isRemembered(int id, int slot) {
        return objects.isRemembered(id, slot);
    }

    /**
     * What arrays are called that a field holds, {@code pkg.Class.field[]}. Any thread.
     *
     * @param arrayType as told to a {@link StoreObserver}, less than 0
     */
    public String arrayName(int arrayType) {
        return spaces.arrayNames.name(-arrayType);
    }

    /** The remembered set, for its statistics and for verifying it. */
    public RememberedSet rememberedSet() {
        return spaces.remembered;
    }

    /**
     * Bytes of native memory that this heap has allocated or committed: what counts against its bound; 0 once it is closed.
     *
     * <p>Some of it is not asked for beforehand and may exceed the bound: the work stack and lists of a collection beyond
     * what is reserved for them by the bytes that are young, so the marking stack of a major one and the list of old
     * objects that refer to young ones; the lists of remembered sets and of evidence; and the growth of the table of
     * scattered ids when chunks are dissolved, or when stores that waited for a birth mention dead ids. What waits until a
     * round ends is not counted: it is gone then.
     */
    public long usedBytes() {
        return closed ? spaces.memory.usedBytes() : spaces.budget.usedBytes();
    }

    /**
     * Checks that spaces, their metadata, the id table and the counts agree; O(heap). No mutator is at work.
     *
     * @throws IllegalStateException naming the page or id that breaks an invariant
     */
    public void verifySpaces() {
        new OldSpaceCheck(spaces).verify();
        new IdTableCheck(spaces).verify();
    }

    /** Bytes of native memory that this heap holds, reservations included; 0 once it is closed. */
    public long nativeBytes() {
        return spaces.memory.outstandingBytes() + spaces.unbounded.outstandingBytes();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            collector.close();
            spaces.close();
        }
    }
}
