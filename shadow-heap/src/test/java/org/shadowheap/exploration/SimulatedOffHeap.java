package org.shadowheap.exploration;

import org.jspecify.annotations.Nullable;

/**
 * Has a method for each of {@code OffHeap} that explored code calls, of the same name and shape, and the like in weaker
 * orders, to weaken code with. Rewritten classes call it.
 */
public final class SimulatedOffHeap {

    private SimulatedOffHeap() {}

    public static int getIntPlain(long address) {
        return (Integer) load("getIntPlain", Order.PLAIN, address, Integer.BYTES);
    }

    public static void putIntPlain(long address, int value) {
        access("putIntPlain", Action.STORE, Order.PLAIN, address, Integer.BYTES, value);
    }

    public static long getLongPlain(long address) {
        return (Long) load("getLongPlain", Order.PLAIN, address, Long.BYTES);
    }

    public static void putLongPlain(long address, long value) {
        access("putLongPlain", Action.STORE, Order.PLAIN, address, Long.BYTES, value);
    }

    public static byte getBytePlain(long address) {
        return (Byte) load("getBytePlain", Order.PLAIN, address, Byte.BYTES);
    }

    public static void putBytePlain(long address, byte value) {
        access("putBytePlain", Action.STORE, Order.PLAIN, address, Byte.BYTES, value);
    }

    public static byte getByteAcquire(long address) {
        return (Byte) load("getByteAcquire", Order.ACQUIRE, address, Byte.BYTES);
    }

    public static void putByteRelease(long address, byte value) {
        access("putByteRelease", Action.STORE, Order.RELEASE, address, Byte.BYTES, value);
    }

    public static byte getByteVolatile(long address) {
        return (Byte) load("getByteVolatile", Order.VOLATILE, address, Byte.BYTES);
    }

    public static void putByteVolatile(long address, byte value) {
        access("putByteVolatile", Action.STORE, Order.VOLATILE, address, Byte.BYTES, value);
    }

    public static long getLongAcquire(long address) {
        return (Long) load("getLongAcquire", Order.ACQUIRE, address, Long.BYTES);
    }

    public static long getLongVolatile(long address) {
        return (Long) load("getLongVolatile", Order.VOLATILE, address, Long.BYTES);
    }

    public static long getAndSetLongAcquire(long address, long value) {
        return (Long) access("getAndSetLongAcquire", Action.SWAP, Order.ACQUIRE, address, Long.BYTES, value);
    }

    public static long getAndSetLongVolatile(long address, long value) {
        return (Long) access("getAndSetLongVolatile", Action.SWAP, Order.VOLATILE, address, Long.BYTES, value);
    }

    public static long getAndBitwiseOrLongRelease(long address, long mask) {
        return (Long) access("getAndBitwiseOrLongRelease", Action.OR, Order.RELEASE, address, Long.BYTES, mask);
    }

    public static long getAndBitwiseOrLongVolatile(long address, long mask) {
        return (Long) access("getAndBitwiseOrLongVolatile", Action.OR, Order.VOLATILE, address, Long.BYTES, mask);
    }

    /** Fills with zeros, as words of 8 bytes. */
    public static void zeroPlain(long address, long bytes) {
        for (long at = address; at < address + bytes; at += Long.BYTES) {
            putLongPlain(at, 0);
        }
    }

    /** Copies whatever cells there are. Counts as one operation. */
    public static void copyPlain(long from, long to, long bytes) {
        World world = World.current();
        world.performUnscheduled(clock -> {
            world.memory().copy(clock, from, to, bytes, world.path());
            return null;
        });
    }

    /** In place of {@code NativeMemory.allocate}; its accounting is no part of what is explored. */
    public static long allocate(Object memory, long bytes) {
        World world = World.current();
        return (Long) world.performUnscheduled(clock -> world.memory().allocate(bytes));
    }

    /** In place of {@code NativeMemory.reserve}. */
    public static long reserve(Object memory, long bytes) {
        return allocate(memory, bytes);
    }

    /** In place of {@code NativeMemory.free}. */
    public static void free(Object memory, long address, long bytes) {
        World world = World.current();
        world.performUnscheduled(clock -> {
            world.memory().free(clock, address, world.path());
            return null;
        });
    }

    /** In place of {@code NativeMemory.release}. */
    public static void release(Object memory, long address, long bytes) {
        free(memory, address, bytes);
    }

    private static @Nullable Object load(String name, Order order, long address, int width) {
        return access(name, Action.LOAD, order, address, width, null);
    }

    private static @Nullable Object access(
            String name, Action action, Order order, long address, int width, @Nullable Object operand) {
        World world = World.current();
        return world.perform(
                () -> new Operation(name, action, order, world.memory().at(address, width), operand));
    }
}
