package org.shadowheap.targets;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Has a field for each kind of thread, which no other kind stores to. */
final class Marks {

    /** Stores of one {@link #work}. */
    static final int STORES = 2 * 20;

    /** What one thread made, for others to store to: each takes one. */
    private static final int FOREIGN = 10_000;

    static final ConcurrentLinkedQueue<Marks> TO_TAKE = new ConcurrentLinkedQueue<>();
    static final ConcurrentLinkedQueue<Marks> KEPT = new ConcurrentLinkedQueue<>();

    /** All store to it at once. A store that finds another's value tells it once more, so these are not counted. */
    static volatile Object raced = new Object();

    static {
        for (int i = 0; i < FOREIGN; i++) {
            TO_TAKE.add(new Marks());
        }
    }

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

    /** The calling thread stores to an object of its own, to one of another thread, and where all race; and keeps them. */
    static void work(BiConsumer<Marks, Object> store) {
        Marks own = new Marks();
        KEPT.add(own);
        Marks foreign = TO_TAKE.remove();
        KEPT.add(foreign);
        for (int i = 0; i < STORES / 2; i++) {
            store.accept(own, new int[] {i});
            raced = own;
            store.accept(foreign, own);
            raced = foreign;
        }
    }
}
