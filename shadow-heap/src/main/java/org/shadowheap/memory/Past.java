package org.shadowheap.memory;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The latest stretches of memory that something was said of; the oldest are forgotten. Any thread. */
final class Past {

    /** So many bytes from an address on, and what was said. */
    record Stretch(long address, long bytes, String what) {}

    private final AtomicReferenceArray<@Nullable Stretch> ring;
    private final AtomicInteger next = new AtomicInteger();

    /** Remembers so many, a power of two. */
    Past(int capacity) {
        ring = new AtomicReferenceArray<>(capacity);
    }

    void add(long address, long bytes, String what) {
        ring.set(next.getAndIncrement() & ring.length() - 1, new Stretch(address, bytes, what));
    }

    /** The latest stretch that holds the address. */
    @Nullable
    Stretch latestAt(long address) {
        int last = next.get() - 1;
        for (int i = 0; i < ring.length(); i++) {
            Stretch stretch = ring.get(last - i & ring.length() - 1);
            if (stretch != null && address >= stretch.address && address - stretch.address < stretch.bytes) {
                return stretch;
            }
        }
        return null;
    }
}
