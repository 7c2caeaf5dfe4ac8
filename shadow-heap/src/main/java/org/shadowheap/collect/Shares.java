package org.shadowheap.collect;

import java.util.concurrent.atomic.AtomicInteger;

/** Numbers from 0 up that workers take one by one, each once: units of a scan, sets of roots. */
final class Shares {

    private final int count;
    private final boolean alone;
    private final AtomicInteger nextOfAll = new AtomicInteger();
    private int nextOfOne;

    Shares(int count, int workers) {
        this.count = count;
        alone = workers == 1;
    }

    /** The next number, -1 if all are taken. Any worker. */
    int next() {
        int next = alone ? nextOfOne++ : nextOfAll.getAndIncrement();
        return next < count ? next : -1;
    }
}
