package org.shadowheap.benchmarks.stress;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.memory.PageTable;

/**
 * A page with three objects of one slot each, and what remembers them. jcstress makes states by the million and tells
 * nobody when it drops them, so a test takes its page from a {@link Pool}, and its arbiter puts it back.
 */
public final class StressedPage {

    /** Pages of one protocol that are free; clean. */
    public static final class Pool {

        private final Protocol.Maker protocol;
        private final Queue<StressedPage> free = new ConcurrentLinkedQueue<>();

        public Pool(Protocol.Maker protocol) {
            this.protocol = protocol;
        }

        /** A page where nothing was stored yet. */
        public StressedPage clean() {
            StressedPage page = free.poll();
            return page != null ? page : new StressedPage(this, protocol);
        }

        /** A page that a store to object C has listed. */
        public StressedPage listed() {
            StressedPage page = clean();
            page.store(C, 0);
            return page;
        }

        /** A page where A is dirty. */
        public StressedPage dirty() {
            StressedPage page = clean();
            page.store(A, 0);
            return page;
        }
    }

    public static final int A = 0;
    public static final int B = 1;
    public static final int C = 2;

    /** What {@link #scan} returns if the object was not visited. */
    public static final int NOT_VISITED = -1;

    /** What {@link #settle} returns if the protocol's invariants do not hold. */
    public static final int BROKEN = -1;

    private static final int OBJECTS = 3;
    private static final int OBJECT_BYTES = 16;
    private static final int SLOT_OFFSET = 8;

    private final Pool pool;
    private final Protocol protocol;
    private final long base;

    private StressedPage(Pool pool, Protocol.Maker maker) {
        this.pool = pool;
        NativeMemory memory = new NativeMemory();
        PageTable pages = new PageTable(memory, 512, 1);
        base = pages.addressOf(pages.takeShared());
        protocol = maker.make(memory, pages);
        clearSlots();
    }

    private void clearSlots() {
        for (int i = 0; i < OBJECTS; i++) {
            OffHeap.putIntPlain(slotOf(i), 0);
        }
    }

    private long objectOf(int number) {
        return base + (long) number * OBJECT_BYTES;
    }

    private long slotOf(int number) {
        return objectOf(number) + SLOT_OFFSET;
    }

    /** A mutator's store. Returns 1 if it listed the page, else 0. */
    public int store(int object, int value) {
        OffHeap.putIntPlain(slotOf(object), value);
        return protocol.remember(objectOf(object), slotOf(object)) ? 1 : 0;
    }

    /** A collector's scan. Returns what it saw in the object's slot. */
    public int scan(int object) {
        Seen seen = new Seen(objectOf(object));
        protocol.scan(seen);
        return seen.value;
    }

    private static final class Seen implements LongConsumer {

        private final long object;
        private int value = NOT_VISITED;

        Seen(long object) {
            this.object = object;
        }

        @Override
        public void accept(long visited) {
            int slot = OffHeap.getIntPlain(visited + SLOT_OFFSET);
            if (visited == object) {
                value = slot;
            }
        }
    }

    /**
     * When all is quiet: scans once more and returns the page to the pool.
     *
     * @return 1 if the object was kept for this scan, 0 if not, or {@link #BROKEN}
     */
    public int settle(int object) {
        try {
            protocol.verify();
        } catch (IllegalStateException e) {
            return BROKEN; // and is not used again
        }
        boolean isKept = scan(object) != NOT_VISITED;
        release();
        return isKept ? 1 : 0;
    }

    /** When all is quiet: how often the page was listed. Returns the page to the pool. */
    public int listings() {
        long listings = protocol.scan(object -> {});
        release();
        return (int) listings;
    }

    private void release() {
        clearSlots();
        pool.free.add(this);
    }
}
