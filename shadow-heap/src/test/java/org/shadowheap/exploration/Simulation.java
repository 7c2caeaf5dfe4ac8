package org.shadowheap.exploration;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a scenario's constructor may ask for. */
public final class Simulation {

    private Simulation() {}

    /** A thread that runs once the scenario is set up. */
    public static <T extends @Nullable Object> SimulatedThread<T> thread(String name, Supplier<T> body) {
        return World.current().newThread(name, body);
    }

    /**
     * Declares that plain accesses to this address may race. They are scheduled one by one and may see old values,
     * where those to all other addresses must be ordered by happens-before.
     */
    public static void declareRacing(long address, String name) {
        World.current().memory().declareRacing(address, name);
    }

    /** Names native blocks after the final fields that hold their addresses; for the printed schedule. */
    public static void nameBlocks(Object holder) {
        for (Class<?> at = holder.getClass(); at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getType() == long.class && Modifier.isFinal(field.getModifiers())) {
                    World.current().memory().nameBlock(longOf(field, holder), field.getName());
                }
            }
        }
    }

    private static long longOf(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return field.getLong(holder);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
