package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * The stamp counter: the one word that all threads share.
 *
 * <p>Its high 24 bits are the epoch: the drain or a mutator raises it to ask every thread for the references on its stack. Mostly it
 * is only read; a write to an object of another thread, and the drain at the start of a round, add one.
 */
public final class Stamps {

    /** The epoch's position in a stamp, in bits. Should the stamps below run over, everybody lists roots once more. */
    static final int EPOCH_SHIFT = 40;

    private static final Unsafe U = Unsafe.getUnsafe();

    /** On a cache line of its own. */
    private static final long COUNTER = allocateAlone();

    private Stamps() {}

    private static long allocateAlone() {
        long address = U.allocateMemory(384) + 191 & -64L;
        U.putLongVolatile(null, address, 1);
        return address;
    }

    @ForceInline
    static long readOpaque() {
        return U.getLongOpaque(null, COUNTER);
    }

    /** Takes a stamp that no other thread gets; everybody reads a larger one from now on. */
    @ForceInline
    public static long draw() {
        return U.getAndAddLong(null, COUNTER, 1);
    }

    /** Begins a new epoch, which every thread notices at its next append. Returns the least stamp that tells of it. */
    public static long raiseEpoch() {
        return U.getAndAddLong(null, COUNTER, 1L << EPOCH_SHIFT) + (1L << EPOCH_SHIFT);
    }

    /** The epoch that a stamp belongs to. */
    @ForceInline
    public static long epoch(long stamp) {
        return stamp >>> EPOCH_SHIFT;
    }
}
