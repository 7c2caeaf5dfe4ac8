package org.shadowheap.barrier;

/** Finds the references on the stack of the calling thread. */
@FunctionalInterface
public interface StackWalk {

    /** Passes them on; returns how many frames could not be read. */
    int walk(RootList found);
}
