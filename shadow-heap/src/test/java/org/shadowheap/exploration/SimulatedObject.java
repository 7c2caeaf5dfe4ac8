package org.shadowheap.exploration;

import org.jspecify.annotations.Nullable;

/** What rewritten classes call instead of reading and writing fields that are not final, and for monitors. */
public final class SimulatedObject {

    private SimulatedObject() {}

    public static int getInt(Object holder, String field) {
        return (Integer) load(holder, field, 0);
    }

    public static long getLong(Object holder, String field) {
        return (Long) load(holder, field, 0L);
    }

    public static double getDouble(Object holder, String field) {
        return (Double) load(holder, field, 0.0);
    }

    public static @Nullable Object getReference(Object holder, String field) {
        return load(holder, field, null);
    }

    public static void putInt(Object holder, int value, String field) {
        store(holder, field, 0, value);
    }

    public static void putLong(Object holder, long value, String field) {
        store(holder, field, 0L, value);
    }

    public static void putDouble(Object holder, double value, String field) {
        store(holder, field, 0.0, value);
    }

    public static void putReference(Object holder, @Nullable Object value, String field) {
        store(holder, field, null, value);
    }

    public static void monitorEnter(Object object) {
        World world = World.current();
        world.perform(() -> new Operation(
                "enter", Action.ENTER, Order.VOLATILE, world.objects().monitor(object), null));
    }

    /** Does nothing while a body is abandoned: its handlers run, and would leave monitors that it still holds. */
    public static void monitorExit(Object object) {
        World world = World.current();
        SimulatedThread<?> thread = world.running();
        if (thread == null || !thread.isUnwinding()) {
            world.perform(() -> new Operation(
                    "exit", Action.EXIT, Order.VOLATILE, world.objects().monitor(object), null));
        }
    }

    private static @Nullable Object load(Object holder, String field, @Nullable Object initial) {
        World world = World.current();
        return world.perform(() ->
                new Operation("get", Action.LOAD, Order.PLAIN, world.objects().field(holder, field, initial), null));
    }

    private static void store(Object holder, String field, @Nullable Object initial, @Nullable Object value) {
        World world = World.current();
        world.perform(() ->
                new Operation("put", Action.STORE, Order.PLAIN, world.objects().field(holder, field, initial), value));
    }
}
