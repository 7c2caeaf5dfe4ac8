package org.shadowheap.barrier;

/** Finds who called a site outside the application, on the stack of the calling thread. */
@FunctionalInterface
public interface CallerWalk {

    /** Number of the nearest caller in the application, 0 if there is none. */
    int nearest();
}
