package org.shadowheap.barrier;

import java.lang.ref.WeakReference;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;

/**
 * Some of the objects that are born, each held weakly beside its id: so it can be asked whether the JVM still has it when the shadow heap has
 * judged it. A developer's tool, off unless {@link BarrierSetup#sampledOf} says otherwise.
 *
 * <p>Sampled is the object that begins a block of ids: its birth takes the slow path anyway, and no other knows of it. Blocks end
 * early, each at a place of its own, or the period of a program's loop could be that of the samples. What is left of them is lost.
 *
 * <p>Threads that give birth push, one thread takes.
 */
public final class LivenessSamples {

    /** Of so many births one is sampled, in the mean. */
    static final int OF = BarrierSetup.sampledOf;

    /** Whether any are: a constant, and what asks for it is gone where none are. */
    static final boolean ON = OF > 0;

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int MEAN_BLOCK = (IdBlocks.SIZE + 1) / 2;

    /** What random numbers come from: each takes a step. */
    private static final long RANDOM = IdBlocks.zeroed(Long.BYTES);

    private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

    /** The one that was pushed last. */
    private static final @Nullable Object[] TOP = new Object[1];

    private LivenessSamples() {}

    /** An object and its id. Not a program's reference: it is made while its thread is quiet. */
    public static final class Sample extends WeakReference<Object> {

        public final int id;

        /** Of its class. */
        public final String name;

        private @Nullable Sample next;

        Sample(Object object, int id) {
            super(object);
            this.id = id;
            this.name = object.getClass().getName();
        }

        /** The sample that was taken before it, null if none. */
        public @Nullable Sample next() {
            return next;
        }

        /** Whether the JVM has found that nothing leads to the object. Does not make it live on. */
        public boolean isCleared() {
            return refersTo(null);
        }
    }

    /** Ids that are used of a block that was drawn. */
    static int usedOfBlock() {
        return ON ? 1 + random(Math.min(IdBlocks.SIZE, 2 * OF - 1)) : IdBlocks.SIZE;
    }

    /** An object was born with the first id of a block. */
    @DontInline
    static void take(long cell, Object object, int id) {
        if (OF > MEAN_BLOCK && random(OF) >= MEAN_BLOCK) {
            return;
        }
        long entered = AgentCode.enter(cell);
        try {
            Sample sample = new Sample(object, id);
            do {
                sample.next = (Sample) TOP[0];
            } while (!U.compareAndSetReference(TOP, BarrierSetup.arrayBaseOffset, sample.next, sample));
        } finally {
            AgentCode.exit(entered);
        }
    }

    /** From 0 up to a bound, exclusive. SplitMix, G. Steele and others 2014. */
    private static int random(int bound) {
        long x = U.getAndAddLong(null, RANDOM, STEP) + STEP;
        x = (x ^ x >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 27) * 0x94d0_49bb_1331_11ebL;
        return (int) ((x >>> 33) * bound >>> 31);
    }

    /** All that were taken since the last call, linked by {@link Sample#next}; null if none. */
    public static @Nullable Sample takeAll() {
        return (Sample) U.getAndSetReference(TOP, BarrierSetup.arrayBaseOffset, null);
    }
}
