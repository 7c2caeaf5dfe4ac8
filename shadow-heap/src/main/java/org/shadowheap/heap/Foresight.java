package org.shadowheap.heap;

/** Knows what a recorded program will do, because it has been read to its end. Asked by any thread. */
@FunctionalInterface
public interface Foresight {

    /**
     * Whether an event after the end of a round mentions an object: as what is stored to, or stored, or found on a stack.
     *
     * @param round rounds that have ended
     */
    boolean isMentionedAfter(int id, long round);
}
