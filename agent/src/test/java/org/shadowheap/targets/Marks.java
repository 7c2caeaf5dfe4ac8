package org.shadowheap.targets;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Has a field for each kind of thread, which no other kind stores to. */
final class Marks {

    /** Stores of one {@link #work}. */
    static final int STORES = 2 * 20;

    static final Marks SHARED = new Marks();
    static final ConcurrentLinkedQueue<Marks> KEPT = new ConcurrentLinkedQueue<>();

    Object early;
    Object shortLived;
    Object grouped;
    Object handler;
    Object group;
    Object local;
    Object inherited;
    Object finalizer;
    Object cleaner;
    Object signal;
    Object hook;
    Object hookChild;
    Object attached;
    Object attachedAgain;

    private Marks() {}

    /** The calling thread stores to an object of its own, which is kept, and to one that all share. */
    static void work(BiConsumer<Marks, Object> store) {
        Marks own = new Marks();
        for (int i = 0; i < STORES / 2; i++) {
            store.accept(own, new int[] {i});
            store.accept(SHARED, own);
        }
        KEPT.add(own);
    }
}
