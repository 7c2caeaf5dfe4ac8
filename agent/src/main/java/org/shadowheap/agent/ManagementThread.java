package org.shadowheap.agent;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;

/**
 * Where the classes of JMX are used: hears of the JVM's own collections, so that the stream has what is known of each, and shows the session to
 * consoles, {@link SessionBean}, whose work it does.
 *
 * <p>They are loaded on a thread of the agent's a moment after the start: a program that has ended by then does without, and of what was
 * collected before nobody knows the eden; so it is where the JVM has no management modules. The thread is quiet meanwhile: what it makes is
 * met when it is mentioned, and held, since for a while only the JVM knows of it. It ends with its session.
 */
final class ManagementThread implements Runnable {

    private static final long WAIT_MILLIS = 200;

    /** Between two looks whether there is a platform MBean server: none is made for our sake. */
    private static final long LOOK_MILLIS = 500;

    private static @Nullable ManagementThread current;

    private final long startNanos;
    private final Thread thread;
    private final LinkedBlockingQueue<FutureTask<?>> asked = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    private ManagementThread(long startNanos) {
        this.startNanos = startNanos;
        thread = AgentThreads.create("shadowheap-management", this);
    }

    /**
     * Starts the thread, for the session that is about to run.
     *
     * @param startNanos when the recording began, on the clock of {@link System#nanoTime}
     */
    static synchronized void start(long startNanos) {
        long token = AgentCode.enter(); // the thread is none of the program's
        try {
            current = new ManagementThread(startNanos);
            current.thread.start();
        } finally {
            AgentCode.exit(token);
        }
    }

    /** The session has ended: the thread will listen no longer, and show nothing. Never throws, waits for nobody. */
    static synchronized void stop() {
        ManagementThread running = current;
        current = null;
        if (running != null) {
            running.ended = true;
            if (Thread.currentThread() != running.thread) {
                running.thread.interrupt();
            }
        }
    }

    /**
     * Does something on this thread, whoever asks: a thread of the program's may be a virtual one, be interrupted, or lack permissions. A listener
     * of the program's may ask on this thread itself, which tells it that the session is shown.
     *
     * @throws IllegalStateException if the session has ended
     */
    <T> T call(Callable<T> work) throws Exception {
        if (Thread.currentThread() == thread) {
            return work.call();
        }
        FutureTask<T> task = new FutureTask<>(work);
        asked.add(task);
        if (ended) {
            task.cancel(false); // perhaps nobody looks any more
        }
        try {
            return task.get();
        } catch (CancellationException tooLate) {
            throw new IllegalStateException("the session has ended", tooLate);
        }
    }

    @Override
    public void run() {
        AgentCode.enter(); // for good: the thread ends
        SessionBean bean = null;
        boolean listens = false;
        try {
            Thread.sleep(WAIT_MILLIS);
            if (!ended && Recording.isOn()) {
                CollectionListener.subscribe(startNanos); // the first to name a class of the management modules
                listens = true;
            }
            boolean isAllowed = true;
            while (!ended) {
                if (bean == null && isAllowed && Recording.isOn()) {
                    try {
                        bean = SessionBean.register(this);
                    } catch (LinkageError | RuntimeException forbidden) {
                        isAllowed = false; // it is not shown
                    }
                }
                FutureTask<?> task = asked.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            }
        } catch (InterruptedException | LinkageError | RuntimeException nothingToManage) {
            // The session has ended; or a JVM without the management modules: the report says less of collections then.
        } finally {
            ended = true;
            leave(bean, listens);
        }
    }

    private void leave(@Nullable SessionBean bean, boolean listens) {
        try {
            if (listens) {
                CollectionListener.unsubscribe();
            }
            if (bean != null) {
                bean.unregister();
            }
        } catch (LinkageError | RuntimeException otherServer) {
            // What is shown then says that the session has ended.
        }
        for (FutureTask<?> each = asked.poll(); each != null; each = asked.poll()) {
            each.cancel(false);
        }
    }
}
