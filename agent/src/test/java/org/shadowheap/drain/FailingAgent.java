package org.shadowheap.drain;

import java.lang.reflect.Method;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.HiddenClasses;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.StackWalk;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.barrier.WriteBarrier;

/** What the barrier asks of the agent fails, or the stack ends meanwhile. */
final class FailingAgent {

    private static final int UNREADABLE_FRAMES = 3;
    private static final int STRETCHES = 8;
    private static final long STACK_BYTES = 256 << 10;

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

    /** Overflows so often among quiet stretches. Returns after how many of these the thread stayed quiet. */
    static long[] overflows(long times) throws Exception {
        BarrierInProcess.begin(Object.class);
        Method isEntered = AgentCode.class.getDeclaredMethod("isEntered");
        isEntered.setAccessible(true);
        long[] quiet = new long[1];
        Thread thread = new Thread(
                null,
                () -> {
                    for (int i = 0; i < times; i++) {
                        try {
                            descend(i);
                        } catch (StackOverflowError expected) {
                            quiet[0] += isTrue(isEntered) ? 1 : 0;
                        }
                    }
                },
                "overflows",
                STACK_BYTES);
        thread.start();
        thread.join();
        return quiet;
    }

    private static boolean isTrue(Method method) {
        try {
            return (boolean) method.invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private static int descend(int salt) {
        stretch(salt % STRETCHES);
        return salt % 3 == 0 ? wide(salt, salt * 3L, salt * 5L) : descend(salt + 1) + 1;
    }

    private static int wide(int salt, long one, long other) {
        return descend(salt + 1) + (int) (one ^ other);
    }

    private static int stretch(int frames) {
        long entered = AgentCode.enter();
        try {
            return frames == 0 ? 0 : stretch(frames - 1) + 1;
        } finally {
            AgentCode.exit(entered);
        }
    }
}
