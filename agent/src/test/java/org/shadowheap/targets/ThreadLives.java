package org.shadowheap.targets;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import jdk.internal.misc.Signal;

/**
 * Every kind of platform thread stores so often: threads of an agent that came before ours, very many that end, those of
 * groups, handlers of what nobody caught, the JVM's own that were there before us, shutdown hooks and what they start; and
 * daemons that are never done.
 */
public final class ThreadLives {

    private static final int SHORT_LIVED = 3_000;
    private static final int AT_ONCE = 50;
    private static final int FEW = 10;

    private static final Object[] GARBAGE = new Object[1];
    private static final ThreadLocal<Marks[]> LOCAL = ThreadLocal.withInitial(() -> new Marks[1]);
    private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();
    private static final CountDownLatch BY_THE_JVM = new CountDownLatch(3);

    /** Works once it is garbage. */
    private static final class Garbage {
        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            byTheJvm((marks, value) -> marks.finalizer = value);
        }
    }

    /** Works for what its threads did not catch. */
    private static final class Group extends ThreadGroup {
        Group(ThreadGroup parent) {
            super(parent, "group");
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            Marks.work((marks, value) -> marks.group = value);
        }
    }

    private ThreadLives() {}

    public static void main(String[] arguments) throws Exception {
        String name = Marks.class.getName() + '.';
        print(name + "early", EarlyThreads.work());
        for (int i = 0; i < SHORT_LIVED; i += AT_ONCE) {
            several(AT_ONCE, () -> Marks.work((marks, value) -> marks.shortLived = value));
        }
        print(name + "shortLived", SHORT_LIVED);
        uncaught();
        print(name + "grouped", FEW);
        print(name + "group", FEW);
        print(name + "handler", FEW);
        locals();
        print(name + "local", FEW);
        print(name + "inherited", FEW);
        threadsOfTheJvm();
        print(name + "finalizer", 1);
        print(name + "cleaner", 1);
        print(name + "signal", 1);
        hooks();
        print(name + "hook", FEW);
        print(name + "hookChild", FEW);
        daemons();
    }

    private static void print(String field, int works) {
        System.out.println(field + ' ' + works * Marks.STORES);
    }

    private static void several(int count, Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(work);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void fail(BiConsumer<Marks, Object> store) {
        Marks.work(store);
        throw new IllegalStateException("on purpose");
    }

    private static void uncaught() throws InterruptedException {
        Group group = new Group(new ThreadGroup("parent"));
        for (int i = 0; i < FEW; i++) {
            Thread grouped = new Thread(group, () -> fail((marks, value) -> marks.grouped = value));
            grouped.start();
            grouped.join();
            Thread handled = new Thread(() -> {
                throw new IllegalStateException("on purpose");
            });
            handled.setUncaughtExceptionHandler(
                    (thread, thrown) -> Marks.work((marks, value) -> marks.handler = value));
            handled.start();
            handled.join();
        }
    }

    private static void locals() throws InterruptedException {
        several(
                FEW,
                () -> Marks.work((marks, value) -> {
                    LOCAL.get()[0] = marks;
                    LOCAL.get()[0].local = value;
                }));
        INHERITED.set(new int[0]);
        several(
                FEW,
                () -> Marks.work((marks, value) -> {
                    INHERITED.set(INHERITED.get() == marks ? value : marks);
                    marks.inherited = value;
                }));
    }

    private static void byTheJvm(BiConsumer<Marks, Object> store) {
        Marks.work(store);
        BY_THE_JVM.countDown();
    }

    /** Finalizer, a cleaner's thread behind the Reference Handler, and what the Signal Dispatcher starts. */
    private static void threadsOfTheJvm() throws InterruptedException {
        Cleaner cleaner = Cleaner.create();
        cleaner.register(new Object(), () -> byTheJvm((marks, value) -> marks.cleaner = value));
        makeGarbage();
        // Not INT: a shell has commands in the background ignore that.
        Signal.handle(new Signal("TERM"), signal -> byTheJvm((marks, value) -> marks.signal = value));
        Signal.raise(new Signal("TERM"));
        while (BY_THE_JVM.getCount() > 0) {
            System.gc();
            Thread.sleep(10);
        }
    }

    private static void makeGarbage() {
        GARBAGE[0] = new Garbage();
        GARBAGE[0] = null;
    }

    private static void hooks() {
        for (int i = 0; i < FEW; i++) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Marks.work((marks, value) -> marks.hook = value);
                try {
                    several(1, () -> Marks.work((marks, value) -> marks.hookChild = value));
                } catch (InterruptedException nobody) {
                    throw new IllegalStateException(nobody);
                }
            }));
        }
    }

    /** They store until the JVM is gone, to what only they hold. */
    private static void daemons() {
        for (int i = 0; i < 2; i++) {
            Thread daemon = new Thread(() -> {
                Object[] own = new Object[FEW];
                for (int n = 0; n >= 0; n++) {
                    own[n % FEW] = new int[] {n};
                    if (n % 64 == 0) {
                        LockSupport.parkNanos(1); // others want to go on, too
                    }
                }
            });
            daemon.setDaemon(true);
            daemon.start();
        }
    }
}
