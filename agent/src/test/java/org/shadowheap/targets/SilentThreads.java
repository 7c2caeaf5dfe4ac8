package org.shadowheap.targets;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads record nothing while nurseries are filled by another one, each for another reason, and hold meanwhile what nobody else does: objects
 * that they have made, or, where they wait by a call, that they have taken out of the heap. Then they use them.
 */
public final class SilentThreads {

    private static final int OBJECTS = 500;

    /** Six threads have made a list each, four have taken another one. */
    public static final int USED_OBJECTS = (6 + 4) * OBJECTS;

    private static final int GARBAGE = 2_000_000;

    private static final Object MONITOR = new Object();

    private static final Object BELL = new Object();

    private static final AtomicInteger USED = new AtomicInteger();

    private static volatile boolean done;

    @Nullable
    static volatile Object sink;

    /** An object of a list. */
    private static final class Node {
        private final @Nullable Node next;
        private @Nullable Object touched;

        Node(@Nullable Node next) {
            this.next = next;
        }
    }

    /** Where objects lie until a thread takes them. */
    private static final class Place {
        private @Nullable Node nodes;
    }

    /** Is silent until all garbage was made. */
    private interface Silence {
        void keep() throws Exception;
    }

    private SilentThreads() {}

    public static void main(String[] args) throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket served = server.accept()) {
            CountDownLatch silent = new CountDownLatch(6);
            synchronized (MONITOR) {
                threads.add(start(silent, false, () -> {
                    synchronized (MONITOR) {
                        return;
                    }
                }));
                threads.add(start(silent, false, () -> {
                    while (!done) {
                        Thread.onSpinWait();
                    }
                }));
                threads.add(start(silent, true, () -> {
                    while (!done) {
                        LockSupport.park();
                    }
                }));
                threads.add(start(silent, true, () -> {
                    while (!done) {
                        Thread.sleep(1_000);
                    }
                }));
                threads.add(start(silent, true, () -> {
                    synchronized (BELL) {
                        while (!done) {
                            BELL.wait();
                        }
                    }
                }));
                InputStream in = served.getInputStream();
                threads.add(start(silent, true, () -> in.read()));
                silent.await();
                Thread.sleep(300);
                for (int i = 0; i < GARBAGE; i++) {
                    sink = new int[8];
                }
                done = true;
            }
            synchronized (BELL) {
                BELL.notifyAll();
            }
            LockSupport.unpark(threads.get(2));
            client.getOutputStream().write(1);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println(USED.get());
    }

    private static Thread start(CountDownLatch silent, boolean takes, Silence silence) {
        Place place = new Place();
        if (takes) {
            place.nodes = list();
        }
        Thread thread = new Thread(() -> {
            Node held = list();
            Node taken = place.nodes;
            place.nodes = null;
            silent.countDown();
            try {
                silence.keep();
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
            use(held);
            use(taken);
        });
        thread.start();
        return thread;
    }

    private static @Nullable Node list() {
        Node last = null;
        for (int i = 0; i < OBJECTS; i++) {
            last = new Node(last);
        }
        return last;
    }

    private static void use(@Nullable Node nodes) {
        for (Node node = nodes; node != null; node = node.next) {
            node.touched = MONITOR;
            USED.addAndGet(node.touched == null ? 0 : 1);
        }
    }
}
