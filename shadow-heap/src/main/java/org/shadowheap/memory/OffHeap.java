package org.shadowheap.memory;

import jdk.internal.misc.Unsafe;

/**
 * Reads and writes of native memory by absolute address. No access is checked: the caller knows that the address lies in
 * memory that {@link NativeMemory} gave it.
 *
 * <p>{@code Plain} accesses promise nothing to other threads. What was written before a {@code Release} write is seen by
 * whoever reads its value with an {@code Acquire} read. {@code Volatile} accesses, read-modify-writes included, are
 * sequentially consistent.
 */
public final class OffHeap {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** Up to here a loop of words beats the call into the VM's copy. */
    private static final int COPY_LOOP_BYTES = 128;

    private OffHeap() {}

    static long allocate(long bytes) {
        return UNSAFE.allocateMemory(bytes);
    }

    static void free(long address) {
        UNSAFE.freeMemory(address);
    }

    public static int getIntPlain(long address) {
        return UNSAFE.getInt(address);
    }

    public static void putIntPlain(long address, int value) {
        UNSAFE.putInt(address, value);
    }

    public static long getLongPlain(long address) {
        return UNSAFE.getLong(address);
    }

    public static void putLongPlain(long address, long value) {
        UNSAFE.putLong(address, value);
    }

    public static byte getBytePlain(long address) {
        return UNSAFE.getByte(address);
    }

    public static void putBytePlain(long address, byte value) {
        UNSAFE.putByte(address, value);
    }

    public static byte getByteVolatile(long address) {
        return UNSAFE.getByteVolatile(null, address);
    }

    public static void putByteVolatile(long address, byte value) {
        UNSAFE.putByteVolatile(null, address, value);
    }

    public static long getLongVolatile(long address) {
        return UNSAFE.getLongVolatile(null, address);
    }

    public static long getLongAcquire(long address) {
        return UNSAFE.getLongAcquire(null, address);
    }

    public static void putLongRelease(long address, long value) {
        UNSAFE.putLongRelease(null, address, value);
    }

    public static int getIntAcquire(long address) {
        return UNSAFE.getIntAcquire(null, address);
    }

    public static void putIntRelease(long address, int value) {
        UNSAFE.putIntRelease(null, address, value);
    }

    public static boolean compareAndSetIntVolatile(long address, int expected, int value) {
        return UNSAFE.compareAndSetInt(null, address, expected, value);
    }

    public static int getAndAddIntVolatile(long address, int delta) {
        return UNSAFE.getAndAddInt(null, address, delta);
    }

    public static boolean compareAndSetLongVolatile(long address, long expected, long value) {
        return UNSAFE.compareAndSetLong(null, address, expected, value);
    }

    public static long getAndSetLongVolatile(long address, long value) {
        return UNSAFE.getAndSetLong(null, address, value);
    }

    public static long getAndBitwiseOrLongVolatile(long address, long mask) {
        return UNSAFE.getAndBitwiseOrLong(null, address, mask);
    }

    public static long getAndBitwiseAndLongVolatile(long address, long mask) {
        return UNSAFE.getAndBitwiseAndLong(null, address, mask);
    }

    /** A byte has no {@code getAndSet} here: compiled by C2 of JDK 17 on x86, it answers 0xffffff00 for a 0 (seen in 17.0.15). */
    public static boolean compareAndSetByteVolatile(long address, byte expected, byte value) {
        return UNSAFE.compareAndSetByte(null, address, expected, value);
    }

    /** Fills with zeros. */
    public static void zeroPlain(long address, long bytes) {
        fillPlain(address, bytes, (byte) 0);
    }

    /** Fills with copies of a byte. */
    public static void fillPlain(long address, long bytes, byte value) {
        UNSAFE.setMemory(address, bytes, value);
    }

    /** Copies between regions that do not overlap; {@code bytes} is a multiple of 8. */
    public static void copyPlain(long from, long to, long bytes) {
        if (bytes <= COPY_LOOP_BYTES) {
            for (long at = 0; at < bytes; at += Long.BYTES) {
                UNSAFE.putLong(to + at, UNSAFE.getLong(from + at));
            }
        } else {
            UNSAFE.copyMemory(from, to, bytes);
        }
    }
}
