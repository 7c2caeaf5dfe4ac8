package org.shadowheap.instrument;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the class files of hidden classes say, by class: several may have one name.
 *
 * <p>While a class is being defined nobody has it yet, but its initializer may run already, on the thread that defines it:
 * until the definition has ended, what its bytes say is found by that thread and the name. Any thread; takes no lock.
 */
final class HiddenDefinitions {

    /** Definitions on their way at the same time; of one that fails nobody hears again. */
    private static final int MOST_PENDING = 256;

    private final LoadedClasses<Class<?>, ClassFacts> defined = new LoadedClasses<>();
    private final AtomicReferenceArray<@Nullable Pending> pending = new AtomicReferenceArray<>(MOST_PENDING);
    private final AtomicInteger begun = new AtomicInteger();

    /** What the bytes say that a thread is about to define a class from. */
    private static final class Pending {
        private final WeakReference<Thread> definer = new WeakReference<>(Thread.currentThread());
        private final String name;
        private final byte[] bytes;
        private final ClassFacts facts;

        Pending(String name, byte[] bytes, ClassFacts facts) {
            this.name = name;
            this.bytes = bytes;
            this.facts = facts;
        }

        boolean isOf(Class<?> type) {
            return definer.refersTo(Thread.currentThread()) && ClassNames.isNamed(type, name);
        }
    }

    /**
     * The calling thread is about to define a class.
     *
     * @param name as the class file says it
     * @param bytes what the class is defined from
     */
    void begin(String name, byte[] bytes, ClassFacts facts) {
        int slot = Math.floorMod(begun.getAndIncrement(), MOST_PENDING);
        pending.set(slot, new Pending(name, bytes, facts));
    }

    /** A class is defined and initialized; nothing happens if nothing is known of these bytes. */
    void end(Class<?> type, byte[] bytes) {
        for (int slot = 0; slot < MOST_PENDING; slot++) {
            Pending definition = pending.get(slot);
            if (definition != null && definition.bytes == bytes) {
                defined.put(type.getName(), type, definition.facts);
                pending.compareAndSet(slot, definition, null);
                return;
            }
        }
    }

    @Nullable
    ClassFacts find(Class<?> type) {
        ClassFacts known = defined.get(type.getName(), type);
        return known != null ? known : underWay(type);
    }

    /** The latest that fits: an earlier one of that name has failed, or waits for this one. */
    private @Nullable ClassFacts underWay(Class<?> type) {
        int last = begun.get();
        for (int back = 1; back <= MOST_PENDING; back++) {
            Pending definition = pending.get(Math.floorMod(last - back, MOST_PENDING));
            if (definition != null && definition.isOf(type)) {
                return definition.facts;
            }
        }
        return null;
    }
}
