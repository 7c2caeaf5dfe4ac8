package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.heap.StoreObserver;

/** A program of a few lines: names objects, feeds a heap, and verifies it after every collection. */
final class ScriptedMutator implements AutoCloseable {

    /** What the heap told of a store. */
    record Store(int site, int arrayType, boolean oldToYoung, boolean pageListed) {}

    static final int CLASS = 1;
    static final int NODE = 2;
    static final int REFERENCES = 3;
    static final int BYTES = 4;
    static final int WEAK = 5;
    static final int BIG_NODE = 6;

    /** Offsets in a node; a big node inherits the first two. */
    static final int LEFT = 12;

    static final int RIGHT = 16;
    static final int MIDDLE = 20;

    /** Offsets in a weak reference: the referent is weak, the queue is not. */
    static final int REFERENT = 12;

    static final int QUEUE = 16;

    /** Offset of the static of NODE in its mirror. */
    static final int STATIC = 96;

    /** Offset of a field that every class mirror has. */
    static final int LOADER = 16;

    static final int NODE_BYTES = 24;
    static final int MIRROR_BYTES = 104;

    final ShadowHeap heap;
    final List<Store> stores = new ArrayList<>();
    final List<MinorCollectionResult> collections = new ArrayList<>();
    final List<MajorCollectionResult> majorCollections = new ArrayList<>();
    private int nextId = 1000;

    /** Opens a heap; a test may have one opened that is broken. */
    @FunctionalInterface
    interface Opener {

        /** What everybody else uses. */
        Opener SOUND = CollectedHeap::open;

        ShadowHeap open(
                HeapConfiguration configuration,
                IntFunction<StoreObserver> storeObservers,
                CollectionObserver collectionObserver);
    }

    ScriptedMutator(HeapConfiguration configuration) {
        this(configuration, Opener.SOUND);
    }

    ScriptedMutator(HeapConfiguration configuration, Opener opener) {
        StoreObserver observer =
                (site, arrayType, oldToYoung, listed) -> stores.add(new Store(site, arrayType, oldToYoung, listed));
        heap = opener.open(configuration, mutator -> observer, new CollectionObserver() {
            @Override
            public void collected(MinorCollectionResult result) {
                collections.add(result);
            }

            @Override
            public void collectedMajor(MajorCollectionResult result) {
                majorCollections.add(result);
            }
        });
        defineTypes(heap);
        heap.contact(NODE, CLASS, MIRROR_BYTES);
        heap.snapshotEnd(NODE);
    }

    static HeapConfiguration configuration(int tenure) {
        return new HeapConfiguration(1 << 16, 4096, tenure, 64 << 20, ObjectModel.DEFAULT);
    }

    static void defineTypes(ShadowHeap heap) {
        List<FieldDefinition> none = List.of();
        heap.type(new TypeDefinition(
                CLASS, "java.lang.Class", 0, 0, Shape.MIRROR, 0, 0, List.of(field("loader", LOADER)), none));
        heap.type(new TypeDefinition(
                NODE,
                "Node",
                0,
                0,
                Shape.INSTANCE,
                NODE_BYTES,
                0,
                List.of(field("left", LEFT), field("right", RIGHT)),
                List.of(field("last", STATIC))));
        heap.type(new TypeDefinition(REFERENCES, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, none));
        heap.type(new TypeDefinition(BYTES, "byte[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 1, none, none));
        heap.type(new TypeDefinition(
                WEAK,
                "WeakReference",
                0,
                0,
                Shape.INSTANCE,
                24,
                0,
                List.of(new FieldDefinition("referent", REFERENT, true), field("queue", QUEUE)),
                none));
        heap.type(new TypeDefinition(
                BIG_NODE, "BigNode", 0, NODE, Shape.INSTANCE, 24, 0, List.of(field("middle", MIDDLE)), none));
    }

    static FieldDefinition field(String name, int offset) {
        return new FieldDefinition(name, offset, false);
    }

    int reserveId() {
        return nextId++;
    }

    int node() {
        return born(NODE, 0);
    }

    int born(int type, int extent) {
        int id = nextId++;
        heap.birth(id, type, extent);
        return id;
    }

    int oldNode() {
        return met(NODE, 0);
    }

    int met(int type, int extent) {
        int id = nextId++;
        heap.contact(id, type, extent);
        heap.snapshotEnd(id);
        return id;
    }

    void set(int object, int offset, int value) {
        heap.fieldStore(object, offset, value, 7);
    }

    /** Lets the evidence expire, so that only references keep objects alive, and collects. */
    MinorCollectionResult collectWithoutEvidence() {
        forgetEvidence();
        return collect();
    }

    void forgetEvidence() {
        heap.rootsRequested();
        heap.rootsRequested();
    }

    MinorCollectionResult collect() {
        HeapVerifier.verify(heap);
        heap.collectNow();
        HeapVerifier.verify(heap);
        return collections.get(collections.size() - 1);
    }

    /** As {@link #collect}, and a major collection after it. */
    MajorCollectionResult collectMajor() {
        HeapVerifier.verify(heap);
        heap.collectMajorNow();
        HeapVerifier.verify(heap);
        return majorCollections.get(majorCollections.size() - 1);
    }

    /** Closes the heap and asserts that all native memory came back. */
    @Override
    public void close() {
        heap.close();
        if (heap.nativeBytes() != 0) {
            throw new AssertionError("native memory leaks: bytes=" + heap.nativeBytes());
        }
    }
}
