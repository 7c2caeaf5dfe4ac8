package org.shadowheap.barrier;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
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

    private static final int FIRST_OWN = 1 << 12;

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

    /** The cell of the thread that mirrors what exists, 0 if none does. It alone uses {@link #own}; others find that they are not meant. */
    private static long mirroring;

    /** What it has met itself, in the first {@link #owned} places. */
    private static @Nullable Object[] own = {};

    private static int owned;

    private PendingObjects() {}

    /** The thread of this cell begins to mirror what exists. */
    static void mirrorBegins(long cell) {
        own = new Object[FIRST_OWN];
        mirroring = cell;
    }

    /** It has read everything. */
    static void mirrorEnds() {
        mirroring = 0;
        own = new Object[0];
        owned = 0;
    }

    @ForceInline
    static boolean isMirroring(long cell) {
        return cell == mirroring;
    }

    static void push(long cell, Object object) {
        if (isMirroring(cell)) {
            pushOwn(object);
        } else {
            push(object);
        }
    }

    private static void pushOwn(Object object) {
        if (owned == own.length) {
            own = Arrays.copyOf(own, 2 * owned);
        }
        own[owned++] = object;
    }

    private static @Nullable Object popOwn() {
        if (owned == 0) {
            return null;
        }
        Object object = own[--owned];
        own[owned] = null;
        return object;
    }

    private static void push(Object object) {
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
        mirrorEnds();
    }

    /**
     * Reads all objects that are waiting, and what they lead to; more slowly while half of the log is full, so that the program need not wait. The
     * calling thread is quiet. Returns how many.
     */
    public static long readAll() {
        long cell = Cells.current();
        long count = 0;
        for (; ; ) {
            count += isMirroring(cell) ? readOwn(cell) : 0;
            Node node = (Node) U.getAndSetReference(STACK, HEAD, null);
            if (node == null || !Recording.isOn()) {
                return count;
            }
            for (; node != null && Recording.isOn(); node = node.next) {
                FirstContact.readIfPending(cell, node.object);
                pauseAfter(++count);
            }
        }
    }

    private static long readOwn(long cell) {
        long count = 0;
        for (Object object = popOwn(); object != null && Recording.isOn(); object = popOwn()) {
            FirstContact.readIfPending(cell, object);
            pauseAfter(++count);
        }
        return count;
    }

    private static void pauseAfter(long count) {
        if (count % RUN == 0 && Chunks.areScarce()) {
            U.park(false, PAUSE_NANOS); // an interrupt stays for whom it is meant
        }
    }
}
