package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atMost;
import static org.shadowheap.samples.Bounds.exactly;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sample 03: a linked queue drags dead nodes into the old generation.
 *
 * <p>A node that waits while a young collection comes is promoted. When it is taken it dies, but in the old generation
 * nobody notices until a major collection; until then its {@code next} keeps the node behind it alive, that one the node
 * behind it, and so on up to the end: later nodes are promoted after they were taken. This is <em>nepotism</em>. Stores do not
 * show it: {@code next} is stored old-to-young once in a collection, when the last node is old, and the stores to
 * {@code head} and {@code tail}, two for each node, dirty one page. What tells is the line on nepotism, which
 * names {@code S03LinkedQueue$Node} as the holder.
 *
 * <p>The fix: a node that is taken forgets the next one. That is one store more for each node, of null: it costs a young
 * collection nothing, and cuts the chain. The queues of {@code java.util.concurrent} do so.
 */
final class S03LinkedQueue {

    /** Nodes that go through the queue. */
    static final int NODES = 150_000;

    /** Nodes that wait at any time. */
    static final int WAITING = 100;

    /** Bytes of a message. All of them are 150 MB: about 10 nurseries of 16 MiB. */
    static final int MESSAGE_BYTES = 1_000;

    /** Minor collections while nodes go through, at most. */
    static final long COLLECTIONS = Garbage.collections(NODES * (MESSAGE_BYTES + 64L));

    private static final Queue QUEUE = new Queue();

    private S03LinkedQueue() {}

    /**
     * Appending stores to {@code next} and {@code tail}: after a collection each dirties a page, of the last node and of the queue. A
     * collection that comes between the birth of a node and these stores promotes the node before it is appended, and the next one
     * dirties its page, too: three pages at most. How many bytes nepotism keeps depends on how soon it is known that
     * nothing else mentions them; with the fix it is none.
     */
    static List<Figure> figures(boolean fixed) {
        return List.of(
                Figure.site(Queue.class, "append", "stores", exactly(2L * NODES)),
                Figure.site(Queue.class, "append", "pagesDirtied", atMost(3 * COLLECTIONS)),
                Figure.field(Node.class, "next", "stores", exactly(fixed ? 2L * NODES : NODES)),
                Figure.field(Node.class, "next", "oldToYoung", atMost(COLLECTIONS)),
                Figure.nepotismBytes(Node.class, fixed ? exactly(0) : atMost(NODES * (MESSAGE_BYTES + 64L))));
    }

    private static final class Node {
        final byte[] message;

        @Nullable
        Node next;

        Node(byte[] message) {
            this.message = message;
        }
    }

    /** First in, first out; {@code head} was taken already. */
    private static final class Queue {
        private Node head = new Node(new byte[0]);
        private Node tail = head;

        /** The node that was the last one may be old. */
        void append(byte[] message) {
            Node node = new Node(message);
            tail.next = node;
            tail = node;
        }

        byte[] take(boolean forget) {
            Node taken = head;
            Node first = taken.next;
            if (first == null) {
                throw new IllegalStateException("the queue is empty");
            }
            if (forget) {
                taken.next = null; // the fix
            }
            head = first;
            return first.message;
        }
    }

    static String run(boolean fixed) {
        long garbage = Garbage.settle();
        long sum = 0;
        for (int i = 0; i < NODES; i++) {
            byte[] message = new byte[MESSAGE_BYTES];
            message[i % MESSAGE_BYTES] = (byte) i;
            QUEUE.append(message);
            if (i >= WAITING) {
                sum = 31 * sum + QUEUE.take(fixed)[(i - WAITING) % MESSAGE_BYTES];
            }
        }
        for (int i = NODES - WAITING; i < NODES; i++) {
            sum = 31 * sum + QUEUE.take(fixed)[i % MESSAGE_BYTES];
        }
        return "nodes=" + NODES + " settled=" + garbage + " sum=" + sum;
    }
}
