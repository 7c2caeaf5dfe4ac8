package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Objects that have an id but whose slots were not read yet: a stack that any thread pushes to and the mirror thread
 * empties. Pushed by quiet threads: it allocates.
 */
public final class PendingObjects {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final long HEAD = U.objectFieldOffset(Stack.class, "head");
    private static final Stack STACK = new Stack();

    /** Objects between two pauses. */
    private static final int RUN = 256;

    private static final long PAUSE_NANOS = 50_000;

    private static final class Stack {
        volatile @Nullable Node head;
    }

    private static final class Node {
        final Object object;

        @Nullable
        Node next;

        Node(Object object) {
            this.object = object;
        }
    }

    private PendingObjects() {}

    static void push(Object object) {
        Node node = new Node(object);
        Node head;
        do {
            head = STACK.head;
            node.next = head;
        } while (!U.compareAndSetReference(STACK, HEAD, head, node));
    }

    /** Forgets what waits. Nobody is in the barrier. */
    static void clear() {
        STACK.head = null;
    }

    /**
     * Reads all objects that are waiting, and what they lead to; more slowly while half of the log is full, so that the program need not wait. The
     * calling thread is quiet. Returns how many.
     */
    public static long readAll() {
        long cell = Cells.current();
        long count = 0;
        for (; ; ) {
            Node node = (Node) U.getAndSetReference(STACK, HEAD, null);
            if (node == null || !Recording.isOn()) {
                return count;
            }
            for (; node != null && Recording.isOn(); node = node.next) {
                FirstContact.readIfPending(cell, node.object);
                count++;
                if (count % RUN == 0 && Chunks.areScarce()) {
                    U.park(false, PAUSE_NANOS); // an interrupt stays for whom it is meant
                }
            }
        }
    }
}
