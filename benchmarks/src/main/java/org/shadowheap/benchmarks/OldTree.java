package org.shadowheap.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.ShadowHeap;

/**
 * A shadow heap with a binary tree in its old space, from the statics of one class mirror. A place of the tree has nothing to
 * do with where its object lies. Whatever is replaced is dead.
 */
final class OldTree implements AutoCloseable, CollectionObserver {

    static final int OBJECT_BYTES = 32;

    private static final int LEFT = 12;
    private static final int RIGHT = 16;
    private static final int CLASS = 1;
    private static final int NODE = 2;
    private static final int ROOT = 96;
    private static final int MIRROR_BYTES = 104;

    final ShadowHeap heap;

    /** Ids by place: the children of place i are at 2 i + 1 and 2 i + 2. */
    private final int[] tree;

    private final SplittableRandom random = new SplittableRandom(1);
    private int nextId = 1024;
    private long replaced;
    private long freedBytes;

    OldTree(int objects) {
        tree = new int[objects];
        heap = CollectedHeap.open(OldHeap.configuration(), (site, type, young, listed) -> {}, this);
        List<FieldDefinition> none = List.of();
        heap.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, none, none));
        heap.type(new TypeDefinition(
                NODE,
                "Node",
                0,
                0,
                Shape.INSTANCE,
                OBJECT_BYTES,
                0,
                List.of(new FieldDefinition("left", LEFT, false), new FieldDefinition("right", RIGHT, false)),
                List.of(new FieldDefinition("root", ROOT, false))));
        heap.contact(NODE, CLASS, MIRROR_BYTES);
        heap.snapshotEnd(NODE);
        for (int each : shuffled(objects)) {
            tree[each] = birth();
        }
        for (int place = 0; place < objects; place++) {
            link(place);
        }
        heap.collectNow();
    }

    private int[] shuffled(int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            places[i] = places[other];
            places[other] = i;
        }
        return places;
    }

    private int birth() {
        int id = nextId++;
        heap.birth(id, NODE, 0);
        return id;
    }

    /** Tells a new object its children, and its parent of it. */
    private void link(int place) {
        if (place == 0) {
            heap.staticStore(NODE, ROOT, tree[0], OldHeap.SITE);
        } else {
            heap.fieldStore(tree[(place - 1) / 2], place % 2 == 1 ? LEFT : RIGHT, tree[place], OldHeap.SITE);
        }
        for (int child = 2 * place + 1; child <= 2 * place + 2 && child < tree.length; child++) {
            heap.fieldStore(tree[place], child % 2 == 1 ? LEFT : RIGHT, tree[child], OldHeap.SITE);
        }
    }

    /** Replaces so many of a hundred objects by new ones, which are promoted at once. */
    void replace(int percent) {
        replaced = 0;
        for (int place = 0; place < tree.length; place++) {
            if (random.nextInt(100) < percent) {
                tree[place] = birth();
                link(place);
                replaced++;
            }
        }
        if (replaced > 0) {
            heap.collectNow();
        }
    }

    /** After a major collection: what was replaced is gone, and nothing else. */
    void checkFreed() {
        if (freedBytes != replaced * OBJECT_BYTES) {
            throw new IllegalStateException("freedBytes: expected=" + replaced * OBJECT_BYTES + " found=" + freedBytes);
        }
    }

    @Override
    public void collected(MinorCollectionResult result) {
        // Of no interest: the nursery was emptied before.
    }

    @Override
    public void collectedMajor(MajorCollectionResult result) {
        freedBytes = result.freedBytes();
    }

    @Override
    public void close() {
        heap.close();
    }
}
