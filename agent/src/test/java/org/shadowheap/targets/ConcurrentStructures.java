package org.shadowheap.targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Eight threads hammer what is made for that: a map, two queues, a stack and a pool. All of it stays reachable, with what
 * is left in it. The argument repeats the work.
 */
public final class ConcurrentStructures {

    private static final int THREADS = 8;
    private static final int STEPS = 3_000;
    private static final int KEYS = 512;
    private static final int LEAVES = 1 << 12;

    /** What is put, with the one that was put before it by the same thread. */
    static final class Item {
        final Object before;

        Item(Object before) {
            this.before = before;
        }
    }

    /** One in the stack; may be pushed in vain. */
    static final class Node {
        final Item item;
        Object next;

        Node(Item item) {
            this.item = item;
        }
    }

    /** Fills a part of an array, by halves. */
    static final class Fill extends RecursiveAction {

        private static final long serialVersionUID = 1;

        private final int from;
        private final int to;

        Fill(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from == 1) {
                FILLED[from] = new Item(null);
            } else {
                int middle = from + to >>> 1;
                invokeAll(new Fill(from, middle), new Fill(middle, to));
            }
        }
    }

    static final ConcurrentHashMap<Integer, Item> MAP = new ConcurrentHashMap<>();
    static final ConcurrentLinkedQueue<Item> QUEUE = new ConcurrentLinkedQueue<>();
    static final LinkedTransferQueue<Item> TRANSFER = new LinkedTransferQueue<>();
    static final AtomicReference<Object> STACK = new AtomicReference<>();
    static final ForkJoinPool POOL = new ForkJoinPool(THREADS);
    static final Item[] FILLED = new Item[LEAVES];

    private static final LongAdder ITEMS = new LongAdder();
    private static final LongAdder PUSHES = new LongAdder();
    private static final LongAdder LINKS = new LongAdder();

    private ConcurrentStructures() {}

    public static void main(String[] arguments) throws InterruptedException {
        int times = arguments.length == 0 ? 1 : Integer.parseInt(arguments[0]);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int self = t;
            threads.add(new Thread(() -> hammer(self, times * STEPS)));
        }
        threads.forEach(Thread::start);
        for (int i = 0; i < times; i++) {
            POOL.invoke(new Fill(0, LEAVES));
            ITEMS.add(LEAVES);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        check();
        WriteCounts counts = new WriteCounts(ConcurrentStructures.class);
        counts.expect("Item.before", ITEMS.intValue());
        counts.expectOwn("FILLED[]", times * LEAVES);
        counts.expect("Node.item", PUSHES.intValue());
        counts.expect("Node.next", LINKS.intValue());
        counts.print();
    }

    private static void hammer(int self, int steps) {
        Item before = null;
        for (int i = 0; i < steps; i++) {
            Item item = new Item(before);
            int key = (i * 31 + self) % KEYS;
            switch (i % 4) {
                case 0 -> MAP.put(key, item);
                case 1 -> MAP.merge(key, item, (old, fresh) -> old.before == null ? old : fresh);
                case 2 -> MAP.remove(key);
                default -> MAP.replace(key, item);
            }
            QUEUE.offer(item);
            TRANSFER.put(item);
            push(item);
            if (i % 8 != 0) {
                QUEUE.poll();
                TRANSFER.poll();
                pop();
            }
            before = i % 16 == 0 ? null : item;
        }
        ITEMS.add(steps);
    }

    private static void push(Item item) {
        Node node = new Node(item);
        PUSHES.increment();
        Object top;
        do {
            top = STACK.get();
            node.next = top;
            LINKS.increment();
        } while (!STACK.compareAndSet(top, node));
    }

    private static void pop() {
        Object top;
        do {
            top = STACK.get();
        } while (top != null && !STACK.compareAndSet(top, ((Node) top).next));
    }

    private static void check() {
        if (Arrays.asList(FILLED).contains(null) || MAP.isEmpty() || QUEUE.isEmpty() || TRANSFER.isEmpty()) {
            throw new IllegalStateException("something is left of everything");
        }
    }
}
