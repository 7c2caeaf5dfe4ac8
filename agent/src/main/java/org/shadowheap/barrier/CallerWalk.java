package org.shadowheap.barrier;

/** Finds who called a site outside the application, on the stack of the calling thread. */
@FunctionalInterface
public interface CallerWalk {

    /** What no number of a caller equals: there is no answer. */
    int FAILED = -1;

    /**
     * Number of the nearest caller in the application, 0 if there is none, {@link #FAILED} if that cannot be told. Nothing that it
     * does is recorded: it stores to nothing that the application can reach. Waits for no lock and loads no class; what it throws
     * reaches nobody.
     */
    int nearest();
}
