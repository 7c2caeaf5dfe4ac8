package org.shadowheap.replay;

import java.util.function.IntConsumer;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowHeap;

/**
 * Finds what died in collections, by asking for each object that lived before: a copying collector does not meet the dead. Four
 * bytes for each object that lives.
 */
final class Deaths implements CollectionObserver {

    private final IntConsumer observer;
    private final IntList young = new IntList();
    private final IntList old = new IntList();
    private boolean isMinorOver;
    private boolean isMajorOver;

    /**
     * @param observer is told of each that died, once
     */
    Deaths(IntConsumer observer) {
        this.observer = observer;
    }

    /** An object lives from here on. */
    void born(int object) {
        young.add(object);
    }

    @Override
    public void collected(MinorCollectionResult result) {
        isMinorOver = true;
    }

    @Override
    public void collectedMajor(MajorCollectionResult result) {
        isMajorOver = true;
    }

    /** When a round has ended: tells of those that died in its collection, if there was one. */
    void roundEnded(ShadowHeap heap) {
        if (isMajorOver) {
            keepLiving(old, heap);
        }
        if (isMinorOver) {
            keepLiving(young, heap);
        }
        isMinorOver = false;
        isMajorOver = false;
    }

    /** Of the young ones, those that are old now go to the others. */
    private void keepLiving(IntList objects, ShadowHeap heap) {
        int kept = 0;
        for (int i = 0; i < objects.size(); i++) {
            int object = objects.get(i);
            Generation generation = heap.generationOf(object);
            if (generation == Generation.DEAD || generation == Generation.RESURRECTED) {
                observer.accept(object);
            } else if (objects == young && generation == Generation.OLD) {
                old.add(object);
            } else {
                objects.set(kept++, object);
            }
        }
        objects.truncate(kept);
    }
}
