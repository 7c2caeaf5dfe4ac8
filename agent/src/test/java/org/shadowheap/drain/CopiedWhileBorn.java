package org.shadowheap.drain;

import java.util.List;
import org.shadowheap.barrier.WriteBarrier;

/** Two threads fill an array of a third with new objects, over and over, while another one copies all of it onto itself. */
final class CopiedWhileBorn {

    private static final int LENGTH = 1 << 12;
    private static final int SITE = 2;

    private CopiedWhileBorn() {}

    /** Makes so many objects. Returns how many, and how many were mentioned in a round before that of their birth. */
    static long[] run(long objects) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        Object[] shared = new Object[LENGTH];
        WriteBarrier.arrayBirth(shared);
        BirthsBeforeMentions sink = new BirthsBeforeMentions();
        Thread one = new Thread(() -> fill(shared, objects / 2, 1));
        Thread other = new Thread(() -> fill(shared, objects / 2, 3));
        Thread copier = new Thread(() -> {
            while (one.isAlive() || other.isAlive()) {
                System.arraycopy(shared, 0, shared, 0, LENGTH);
                WriteBarrier.arrayCopy(shared, 0, LENGTH, SITE);
            }
        });
        LiveMerge.whileRunning(List.of(one, other, copier), sink);
        return new long[] {objects, sink.tooEarly()};
    }

    private static void fill(Object[] shared, long objects, int step) {
        int at = 0;
        for (long i = 0; i < objects; i++) {
            Object[] fresh = new Object[1];
            WriteBarrier.arrayBirth(fresh);
            at = (at + step) % LENGTH;
            shared[at] = fresh;
            WriteBarrier.sharedArrayStore(shared, at, fresh, SITE);
        }
    }
}
