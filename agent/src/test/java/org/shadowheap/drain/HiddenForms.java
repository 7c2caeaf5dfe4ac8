package org.shadowheap.drain;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.HiddenClasses;
import org.shadowheap.barrier.WriteBarrier;

/** Hidden classes are defined by the program, and in agent code. */
final class HiddenForms {

    private HiddenForms() {}

    /**
     * Defines a class that belongs to the JDK's handles, and one that belongs to the agent. Returns how many of them are rewritten, and then heard of: by the
     * program, in agent code, and by a thread of which nothing is recorded.
     */
    static long[] define(long ignored) throws InterruptedException {
        BarrierInProcess.begin(Object.class);
        long[] seen = new long[2];
        HiddenClasses.rewriteWith(new HiddenClasses.Rewriter() {
            @Override
            public byte[] rewrite(ClassLoader loader, Class<?> lookup, byte[] bytes) {
                seen[0]++;
                return bytes.clone();
            }

            @Override
            public void defined(Class<?> type, byte[] bytes) {
                seen[1] += bytes.length;
            }
        });
        long[] all = new long[6];
        defineBoth();
        all[0] = seen[0];
        all[1] = seen[1];
        Arrays.fill(seen, 0);
        long entered = AgentCode.enter();
        defineBoth();
        AgentCode.exit(entered);
        all[2] = seen[0];
        all[3] = seen[1];
        Arrays.fill(seen, 0);
        Thread silent = new Thread(() -> {
            AgentCode.silence();
            defineBoth();
        });
        silent.start();
        silent.join();
        all[4] = seen[0];
        all[5] = seen[1];
        return all;
    }

    private static void defineBoth() {
        for (Class<?> lookup : new Class<?>[] {MethodType.class, HiddenForms.class}) {
            byte[] bytes = new byte[1];
            byte[] defined = WriteBarrier.hiddenClassBytes(null, lookup, bytes);
            // Nobody need hear of what was not rewritten.
            WriteBarrier.hiddenClassDefined(lookup, defined == bytes ? new byte[0] : defined);
        }
    }
}
