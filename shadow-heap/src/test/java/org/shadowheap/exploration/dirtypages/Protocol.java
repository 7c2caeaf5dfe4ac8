package org.shadowheap.exploration.dirtypages;

import java.util.function.LongConsumer;
import org.shadowheap.memory.OffHeap;

/**
 * What scenes ask of the dirty-page list, real or spoiled. An implementation has a public constructor of
 * {@code NativeMemory} and {@code PageTable}.
 */
interface Protocol {

    /** A mutator's store: writes the slot, and remembers the object. Returns whether this listed its page. */
    default boolean store(long object, long slot, int value) {
        OffHeap.putIntPlain(slot, value);
        return remember(object, slot);
    }

    /** A slot of the object was written. Returns whether this listed its page. */
    boolean remember(long object, long slot);

    /** Visits the dirty objects of listed pages and forgets them. Returns the number of pages. */
    long scan(LongConsumer visitor);

    /** Checks its own invariants, if it can, while nobody uses it. */
    default void verify() {}
}
