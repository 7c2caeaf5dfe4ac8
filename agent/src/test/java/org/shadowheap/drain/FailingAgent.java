package org.shadowheap.drain;

import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.HiddenClasses;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.StackWalk;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.barrier.WriteBarrier;

/** What the barrier asks of the agent fails. */
final class FailingAgent {

    private static final int UNREADABLE_FRAMES = 3;

    private FailingAgent() {}

    /** Defines so many hidden classes that the agent fails to rewrite, and fails to hear of. Returns the losses. */
    static long[] definesHiddenClasses(long times) {
        BarrierInProcess.begin(Object.class);
        HiddenClasses.rewriteWith(new HiddenClasses.Rewriter() {
            @Override
            public byte[] rewrite(ClassLoader loader, Class<?> lookup, byte[] bytes) {
                throw new IllegalStateException("fails");
            }

            @Override
            public void defined(Class<?> type, byte[] bytes) {
                throw new IllegalStateException("fails");
            }
        });
        byte[] bytes = new byte[1];
        for (long i = 0; i < times; i++) {
            if (WriteBarrier.hiddenClassBytes(null, Object.class, bytes) != bytes) {
                throw new AssertionError("other bytes");
            }
            WriteBarrier.hiddenClassDefined(Object.class, bytes);
        }
        return new long[] {lost()};
    }

    /** Lists the roots so often, where no stack can be walked. Returns the losses. */
    static long[] cannotWalk(long times) {
        return listRoots(times, found -> {
            throw new IllegalStateException("fails");
        });
    }

    /** Lists the roots so often, where three frames of each stack cannot be read. Returns the losses. */
    static long[] cannotReadFrames(long times) {
        return listRoots(times, found -> UNREADABLE_FRAMES);
    }

    private static long[] listRoots(long times, StackWalk walk) {
        BarrierInProcess.begin(Object.class, Object[].class);
        Recording.walkStacks(walk);
        for (long i = 0; i < times; i++) {
            Stamps.raiseEpoch();
            WriteBarrier.arrayBirth(new Object[1]);
        }
        return new long[] {lost()};
    }

    private static long lost() {
        long lost = Cells.lostWithoutCell();
        for (int log = 1; log <= Cells.logs(); log++) {
            lost += Cells.ofLog(log) == 0 ? 0 : Cells.lost(Cells.ofLog(log));
        }
        return lost;
    }
}
