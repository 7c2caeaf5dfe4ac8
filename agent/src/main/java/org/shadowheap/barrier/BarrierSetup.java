package org.shadowheap.barrier;

import org.jspecify.annotations.Nullable;

/**
 * What the agent found out about this JVM before the barrier's classes are initialized.
 *
 * <p>Written once by the thread that starts the agent, before any other class of this package is touched; read by their
 * static initializers, so that the compiler sees constants.
 */
public final class BarrierSetup {

    /** Position of the identity hash in the mark word, in bits. */
    public static int hashShift;

    /** Whether ids live in the mark word; else every id is looked up in {@link ForeignHashes}. */
    public static boolean headerIdentity;

    /** Where the rest of a header is whose lock is simple, a constant of {@link LockedHeader}. */
    public static int fastLocked;

    /** The same where the lock is a monitor. */
    public static int inflated;

    /** Offset in bytes of {@code Thread.tid}. */
    public static long threadIdOffset;

    /** Offset in bytes of the first element of an array of references. */
    public static long arrayBaseOffset;

    /** Bound of the event log in bytes. */
    public static long logBytes;

    /** Where the chunks of the logs lie, if not in native memory of their own; else 0. A multiple of {@link Chunks#BYTES}. */
    public static long chunksAddress;

    /** Where the cells lie, {@link Cells#AREA_BYTES} of zeros, if not in native memory of their own; else 0. */
    public static long cellsAddress;

    /** Of so many births one is sampled to be asked for later whether it lives, 0 for none. */
    public static int sampledOf;

    /** Where this JVM counts collections of its young generation, null if it does not. */
    public static @Nullable CollectionCounter youngCollections;

    /** The same of its old generation, or of all. */
    public static @Nullable CollectionCounter oldCollections;

    /** How long a barrier may wait for the drain, in nanoseconds. */
    public static long maxWaitNanos;

    /** The class of threads that carry virtual threads, null before 21. */
    public static @Nullable Class<?> carrierThreadClass;

    /** The loader of the application's class path, whose classes are never unloaded. */
    public static @Nullable ClassLoader systemLoader;

    private BarrierSetup() {}

    /**
     * The loader of a class, without a question to a security manager: that is asked for callers that have a loader, and would be
     * code of the program's in a barrier.
     */
    public static @Nullable ClassLoader loaderOf(Class<?> type) {
        return type.getClassLoader();
    }
}
