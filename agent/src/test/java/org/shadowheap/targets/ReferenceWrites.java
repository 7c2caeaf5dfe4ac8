package org.shadowheap.targets;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Lesson: objects that the collector has a hand in. References that it clears and enqueues, maps with weak keys, maps of
 * threads, and objects that their finalizers bring back.
 */
public final class ReferenceWrites {

    private static final int TIMES = 200;

    /** References, but for those of maps; the program clears as many. */
    public static final int CLEARED_BY_THE_COLLECTOR = 2 * TIMES;

    private static final int CHURN = 20_000;
    private static final int CHURN_LENGTH = 250;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final WriteCounts COUNTS = new WriteCounts(ReferenceWrites.class);

    private ReferenceWrites() {}

    /** Comes back from death, whole. */
    static final class Phoenix {
        static final List<Phoenix> RISEN = new ArrayList<>();
        Object body = new Object[] {new Object(), "body"};
        final Phoenix other;
        Object memory;

        Phoenix(Phoenix other) {
            this.other = other;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            synchronized (RISEN) {
                memory = new Object[] {body};
                RISEN.add(this);
            }
        }
    }

    static final class Key {
        final Object own = new Object();
    }

    static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
    static final List<Reference<Object>> CLEARED = new ArrayList<>();
    static final List<Reference<Object>> KEPT = new ArrayList<>();
    static final List<Object> REFERENTS = new ArrayList<>();
    static final Map<Key, Object> WEAK = new WeakHashMap<>();
    static final List<Key> KEYS = new ArrayList<>();
    static final List<ThreadLocal<Object>> LOCALS = new ArrayList<>();
    static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();
    static final List<Thread> THREADS = new ArrayList<>();
    static Object last;
    static final List<Reference<?>> QUEUED = new ArrayList<>();

    public static void main(String[] args) throws InterruptedException {
        garbage();
        references();
        maps();
        locals();
        churn();
        awaitTheCollector();
        for (Reference<?> each = QUEUE.poll(); each != null; each = QUEUE.poll()) {
            QUEUED.add(each);
        }
        WEAK.put(new Key(), "after the collection");
        COUNTS.expect("Phoenix.body", TIMES);
        COUNTS.expect("Phoenix.other", TIMES);
        COUNTS.expect("Phoenix.memory", TIMES);
        COUNTS.expect("Key.own", 2 * TIMES + 1);
        COUNTS.print();
    }

    /** In a method of its own: no local of main refers to it. */
    private static void garbage() {
        for (int i = 0; i < TIMES / 2; i++) {
            Phoenix first = new Phoenix(null);
            Phoenix second = new Phoenix(first);
            if (second.other != first) {
                throw new IllegalStateException();
            }
        }
    }

    private static void references() {
        for (int i = 0; i < TIMES; i++) {
            Object referent = new Object[] {"kept"};
            REFERENTS.add(referent);
            KEPT.add(new WeakReference<>(referent, QUEUE));
            KEPT.add(new SoftReference<>(new Object[] {"soft"}));
            KEPT.add(new PhantomReference<>(referent, QUEUE));
            CLEARED.add(new WeakReference<>(new Object(), QUEUE));
            CLEARED.add(new PhantomReference<>(new Object(), QUEUE));
            Reference<Object> byHand = new WeakReference<>(referent, QUEUE);
            byHand.clear();
            CLEARED.add(byHand);
            Reference<Object> enqueued = new WeakReference<>(referent, QUEUE);
            enqueued.enqueue();
            CLEARED.add(enqueued);
        }
    }

    private static void maps() {
        for (int i = 0; i < TIMES; i++) {
            Key kept = new Key();
            KEYS.add(kept);
            WEAK.put(kept, new Object());
            WEAK.put(new Key(), new Object());
        }
    }

    private static void locals() throws InterruptedException {
        INHERITED.set(new Object());
        fill();
        Thread thread = new Thread(ReferenceWrites::fill, "with locals");
        thread.start();
        thread.join();
        THREADS.add(Thread.currentThread());
        Thread waiting = new Thread(
                () -> {
                    INHERITED.set(new Object());
                    fill();
                    synchronized (LOCALS) {
                        LOCALS.notifyAll();
                        THREADS.add(Thread.currentThread());
                    }
                    while (!Thread.currentThread().isInterrupted()) {
                        java.util.concurrent.locks.LockSupport.park(THREADS);
                    }
                },
                "waiting");
        waiting.setDaemon(true);
        synchronized (LOCALS) {
            waiting.start();
            while (THREADS.size() < 2) {
                LOCALS.wait(PATIENCE_MILLIS);
            }
        }
    }

    /** So many that maps grow, some are removed again, and some have keys that are collected. */
    @SuppressWarnings("ThreadLocalUsage")
    private static void fill() {
        for (int i = 0; i < TIMES; i++) {
            ThreadLocal<Object> local = new ThreadLocal<>();
            local.set(new Object());
            if (i % 3 == 0) {
                synchronized (LOCALS) {
                    LOCALS.add(local);
                }
            } else if (i % 3 == 1) {
                local.remove();
            }
        }
    }

    /** Lets the shadow heap collect many times before the JVM does. */
    private static void churn() {
        for (int i = 0; i < CHURN; i++) {
            last = new Object[CHURN_LENGTH];
        }
    }

    private static void awaitTheCollector() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (risen() < TIMES || !areCleared() || WEAK.size() > TIMES) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("risen=" + risen() + " weak=" + WEAK.size());
            }
            System.gc();
            Thread.sleep(20);
        }
    }

    /** Allocates nothing: a collection of the shadow heap meanwhile may miss what only the finalizer's stack holds. */
    private static boolean areCleared() {
        for (int i = 0; i < CLEARED.size(); i++) {
            if (!CLEARED.get(i).refersTo(null)) {
                return false;
            }
        }
        return true;
    }

    private static int risen() {
        synchronized (Phoenix.RISEN) {
            return Phoenix.RISEN.size();
        }
    }
}
