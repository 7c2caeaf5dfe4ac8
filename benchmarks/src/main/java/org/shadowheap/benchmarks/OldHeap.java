package org.shadowheap.benchmarks;

import java.util.List;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.remset.RememberedSetPolicy;

/** A shadow heap whose old space is full of objects that nothing frees, in pages of 4 KiB; each has one reference. */
final class OldHeap implements AutoCloseable {

    static final int PAGE_BYTES = 4096;

    /** Offset of the reference. */
    static final int LINK = 12;

    static final int SITE = 1;

    /** A small type with a reference at {@link #LINK}. */
    static final int NODE = 3;

    static final int NODE_BYTES = 24;

    private static final int CLASS = 1;
    private static final int OLD = 2;
    private static final int FIRST = 1024;
    private static final long BOUND_BYTES = 8L << 30;

    final ShadowHeap heap;
    final int objects;
    private final int objectBytes;
    private int nextId;

    /**
     * Fills an old space.
     *
     * @param objectBytes of an old object, of which a page is full
     */
    OldHeap(RememberedSetPolicy policy, int pages, int objectBytes, CollectionObserver observer) {
        this(configuration().withRemset(policy, RememberedSetPolicy.DEFAULT_CARD_BYTES), pages, objectBytes, observer);
    }

    OldHeap(HeapConfiguration configuration, int pages, int objectBytes, CollectionObserver observer) {
        this.objectBytes = objectBytes;
        objects = pages * (PAGE_BYTES / objectBytes);
        heap = CollectedHeap.open(configuration, (site, type, young, listed) -> {}, observer);
        List<FieldDefinition> none = List.of();
        List<FieldDefinition> link = List.of(new FieldDefinition("link", LINK, false));
        heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        heap.type(new TypeDefinition(OLD, "Old", 0, 0, Shape.INSTANCE, objectBytes, 0, link, none));
        heap.type(new TypeDefinition(NODE, "Node", 0, 0, Shape.INSTANCE, NODE_BYTES, 0, link, none));
        for (int i = 0; i < objects; i++) {
            heap.contact(FIRST + i, OLD, 0);
            heap.snapshotEnd(FIRST + i);
        }
        nextId = (FIRST + objects + 1023) / 1024 * 1024;
        heap.collectNow(); // nothing is dirty
    }

    /** Collects when it is told to, by roots; nothing else keeps an object alive. */
    static HeapConfiguration configuration() {
        return configuration(1);
    }

    /** The same with an ageing space. */
    static HeapConfiguration configuration(int tenure) {
        return new HeapConfiguration(1L << 40, PAGE_BYTES, tenure, BOUND_BYTES, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
    }

    /** Id of an old object, from 0 up. */
    int old(int number) {
        return FIRST + number;
    }

    /** Id of the first object of a page. */
    int firstOf(int page) {
        return FIRST + page * (PAGE_BYTES / objectBytes);
    }

    /** A new node; returns its id. */
    int newNode() {
        int id = nextId++;
        heap.birth(id, NODE, 0);
        return id;
    }

    void store(int holder, int value) {
        heap.fieldStore(holder, LINK, value, SITE);
    }

    @Override
    public void close() {
        heap.close();
    }
}
