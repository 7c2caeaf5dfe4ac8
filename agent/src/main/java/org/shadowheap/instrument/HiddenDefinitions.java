package org.shadowheap.instrument;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What the class files of hidden classes say, by class: several may have one name.
 *
 * <p>While a class is being defined nobody has it yet, but its initializer may run already, on the thread that defines it:
 * until the definition has ended, what its bytes say is found by that thread and the name, and from the first time on by the
 * class. Another thread that meets it earlier than that finds nothing; and after a definition that has failed, the same
 * thread may take a class of that name for it of which nothing is known. Any thread; takes no lock.
 */
final class HiddenDefinitions {

    /** Definitions under way at the same time; of one that fails nobody hears again. */
    private static final int MOST_PENDING = 256;

    private final LoadedClasses<Class<?>, ClassFacts> defined = new LoadedClasses<>();
    private final AtomicReferenceArray<@Nullable Pending> pending = new AtomicReferenceArray<>(MOST_PENDING);
    private final AtomicLong begun = new AtomicLong();

    /** What the bytes say that a thread is about to define a class from. */
    private static final class Pending {
        private final WeakReference<Thread> definer = new WeakReference<>(Thread.currentThread());
        private final long number;
        private final String name;
        private final byte[] bytes;
        private final ClassFacts facts;

        /** The class, once it was asked for. */
        private volatile @Nullable WeakReference<Class<?>> type;

        Pending(long number, String name, byte[] bytes, ClassFacts facts) {
            this.number = number;
            this.name = name;
            this.bytes = bytes;
            this.facts = facts;
        }

        boolean isKnownToBe(Class<?> wanted) {
            WeakReference<Class<?>> known = type;
            return known != null && known.refersTo(wanted);
        }

        boolean mayBe(Class<?> wanted) {
            return type == null && definer.refersTo(Thread.currentThread()) && ClassNames.isNamed(wanted, name);
        }
    }

    /**
     * The calling thread is about to define a class.
     *
     * @param name as the class file says it
     * @param bytes what the class is defined from
     */
    void begin(String name, byte[] bytes, ClassFacts facts) {
        Pending definition = new Pending(begun.getAndIncrement(), name, bytes, facts);
        int oldest = 0;
        long least = Long.MAX_VALUE;
        for (int slot = 0; slot < MOST_PENDING; slot++) {
            Pending other = pending.get(slot);
            if (other == null && pending.compareAndSet(slot, null, definition)) {
                return;
            }
            if (other != null && other.number < least) {
                least = other.number;
                oldest = slot;
            }
        }
        pending.set(oldest, definition);
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

    /** The latest that fits: an earlier one of that name waits for it, or has failed. */
    private @Nullable ClassFacts underWay(Class<?> type) {
        Pending latest = null;
        for (int slot = 0; slot < MOST_PENDING; slot++) {
            Pending definition = pending.get(slot);
            if (definition == null) {
                continue;
            }
            if (definition.isKnownToBe(type)) {
                return definition.facts;
            }
            if (definition.mayBe(type) && (latest == null || definition.number > latest.number)) {
                latest = definition;
            }
        }
        if (latest == null) {
            return null;
        }
        latest.type = new WeakReference<>(type);
        return latest.facts;
    }
}
