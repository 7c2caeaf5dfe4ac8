package org.shadowheap.exploration;

import org.jspecify.annotations.Nullable;

/**
 * One store to a location, as those see it who read it.
 *
 * @param writer thread that stored
 * @param time of the writer
 * @param released what an acquiring reader comes to know; null if the store released nothing
 * @param atomicUpdate whether it belongs right behind the store that it read
 */
record Message(
        @Nullable Object value,
        int writer,
        int time,
        Order order,
        @Nullable Clock released,
        boolean atomicUpdate) {

    boolean isKnownTo(Clock reader) {
        return reader.knows(writer, time);
    }
}
