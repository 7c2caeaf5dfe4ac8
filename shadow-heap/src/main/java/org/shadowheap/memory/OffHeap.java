package org.shadowheap.memory;

import jdk.internal.misc.Unsafe;

/**
 * Reads and writes of native memory by absolute address. The caller knows that the address lies in memory that {@link
 * NativeMemory} gave it; no access is checked, unless {@link CheckedMemory} is on.
 *
 * <p>{@code Plain} accesses promise nothing to other threads. What was written before a {@code Release} write is seen by
 * whoever reads its value with an {@code Acquire} read. {@code Volatile} accesses, read-modify-writes included, are
 * sequentially consistent.
 */
public final class OffHeap {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** Up to here a loop of words beats the call into the VM's copy. */
    private static final int COPY_LOOP_BYTES = 128;

    /** The same for zeros: before JDK 21 the VM's way there is that of a native method. */
    private static final int ZERO_LOOP_BYTES = 512;

    private OffHeap() {}

    static long allocate(long bytes) {
        return UNSAFE.allocateMemory(bytes);
    }

    static void free(long address) {
        UNSAFE.freeMemory(address);
    }

    /** For the checks themselves. */
    static void fillUnchecked(long address, long bytes, byte value) {
        UNSAFE.setMemory(address, bytes, value);
    }

    public static int getIntPlain(long address) {
        CheckedMemory.check("getIntPlain", address, Integer.BYTES);
        return UNSAFE.getInt(address);
    }

    public static void putIntPlain(long address, int value) {
        CheckedMemory.check("putIntPlain", address, Integer.BYTES);
        UNSAFE.putInt(address, value);
    }

    public static long getLongPlain(long address) {
        CheckedMemory.check("getLongPlain", address, Long.BYTES);
        return UNSAFE.getLong(address);
    }

    public static void putLongPlain(long address, long value) {
        CheckedMemory.check("putLongPlain", address, Long.BYTES);
        UNSAFE.putLong(address, value);
    }

    public static byte getBytePlain(long address) {
        CheckedMemory.check("getBytePlain", address, Byte.BYTES);
        return UNSAFE.getByte(address);
    }

    public static void putBytePlain(long address, byte value) {
        CheckedMemory.check("putBytePlain", address, Byte.BYTES);
        UNSAFE.putByte(address, value);
    }

    public static byte getByteVolatile(long address) {
        CheckedMemory.check("getByteVolatile", address, Byte.BYTES);
        return UNSAFE.getByteVolatile(null, address);
    }

    public static void putByteVolatile(long address, byte value) {
        CheckedMemory.check("putByteVolatile", address, Byte.BYTES);
        UNSAFE.putByteVolatile(null, address, value);
    }

    public static long getLongVolatile(long address) {
        CheckedMemory.check("getLongVolatile", address, Long.BYTES);
        return UNSAFE.getLongVolatile(null, address);
    }

    public static long getLongAcquire(long address) {
        CheckedMemory.check("getLongAcquire", address, Long.BYTES);
        return UNSAFE.getLongAcquire(null, address);
    }

    public static void putLongRelease(long address, long value) {
        CheckedMemory.check("putLongRelease", address, Long.BYTES);
        UNSAFE.putLongRelease(null, address, value);
    }

    public static int getIntAcquire(long address) {
        CheckedMemory.check("getIntAcquire", address, Integer.BYTES);
        return UNSAFE.getIntAcquire(null, address);
    }

    public static void putIntRelease(long address, int value) {
        CheckedMemory.check("putIntRelease", address, Integer.BYTES);
        UNSAFE.putIntRelease(null, address, value);
    }

    public static boolean compareAndSetIntVolatile(long address, int expected, int value) {
        CheckedMemory.check("compareAndSetIntVolatile", address, Integer.BYTES);
        return UNSAFE.compareAndSetInt(null, address, expected, value);
    }

    public static int getAndAddIntVolatile(long address, int delta) {
        CheckedMemory.check("getAndAddIntVolatile", address, Integer.BYTES);
        return UNSAFE.getAndAddInt(null, address, delta);
    }

    public static boolean compareAndSetLongVolatile(long address, long expected, long value) {
        CheckedMemory.check("compareAndSetLongVolatile", address, Long.BYTES);
        return UNSAFE.compareAndSetLong(null, address, expected, value);
    }

    public static long getAndSetLongVolatile(long address, long value) {
        CheckedMemory.check("getAndSetLongVolatile", address, Long.BYTES);
        return UNSAFE.getAndSetLong(null, address, value);
    }

    public static long getAndBitwiseOrLongVolatile(long address, long mask) {
        CheckedMemory.check("getAndBitwiseOrLongVolatile", address, Long.BYTES);
        return UNSAFE.getAndBitwiseOrLong(null, address, mask);
    }

    public static long getAndBitwiseAndLongVolatile(long address, long mask) {
        CheckedMemory.check("getAndBitwiseAndLongVolatile", address, Long.BYTES);
        return UNSAFE.getAndBitwiseAndLong(null, address, mask);
    }

    /** A byte has no {@code getAndSet} here: compiled by C2 of JDK 17 on x86, it answers 0xffffff00 for a 0 (seen in 17.0.15). */
    public static boolean compareAndSetByteVolatile(long address, byte expected, byte value) {
        CheckedMemory.check("compareAndSetByteVolatile", address, Byte.BYTES);
        return UNSAFE.compareAndSetByte(null, address, expected, value);
    }

    /** Fills with zeros. */
    public static void zeroPlain(long address, long bytes) {
        CheckedMemory.checkRange("zeroPlain", address, bytes);
        if (bytes <= ZERO_LOOP_BYTES && (bytes & 3) == 0) {
            long at = address;
            long end = address + bytes;
            for (; at < end - Integer.BYTES; at += Long.BYTES) {
                UNSAFE.putLong(at, 0);
            }
            if (at < end) {
                UNSAFE.putInt(at, 0);
            }
            return;
        }
        UNSAFE.setMemory(address, bytes, (byte) 0);
    }

    /** Fills with copies of a byte. */
    public static void fillPlain(long address, long bytes, byte value) {
        CheckedMemory.checkRange("fillPlain", address, bytes);
        UNSAFE.setMemory(address, bytes, value);
    }

    /** Copies between regions that do not overlap; {@code bytes} is a multiple of 8. */
    public static void copyPlain(long from, long to, long bytes) {
        CheckedMemory.checkRange("copyPlain from", from, bytes);
        CheckedMemory.checkRange("copyPlain to", to, bytes);
        if (bytes <= COPY_LOOP_BYTES) {
            for (long at = 0; at < bytes; at += Long.BYTES) {
                UNSAFE.putLong(to + at, UNSAFE.getLong(from + at));
            }
        } else {
            UNSAFE.copyMemory(from, to, bytes);
        }
    }

    /**
     * Copies the first {@code longs} elements to native memory. One by one: where elements begin in an array is of another type in JDK 25
     * than in those before, and code that is compiled for one is not linked by the other.
     */
    public static void copyPlain(long[] from, long to, int longs) {
        CheckedMemory.checkRange("copyPlain to", to, (long) longs * Long.BYTES);
        for (int i = 0; i < longs; i++) {
            UNSAFE.putLong(to + (long) i * Long.BYTES, from[i]);
        }
    }

    /** Copies native memory to the first {@code longs} elements. */
    public static void copyPlain(long from, long[] to, int longs) {
        CheckedMemory.checkRange("copyPlain from", from, (long) longs * Long.BYTES);
        for (int i = 0; i < longs; i++) {
            to[i] = UNSAFE.getLong(from + (long) i * Long.BYTES);
        }
    }
}
