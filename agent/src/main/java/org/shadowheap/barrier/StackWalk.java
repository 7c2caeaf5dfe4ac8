package org.shadowheap.barrier;

/** Finds the references on the stack of the calling thread. */
@FunctionalInterface
public interface StackWalk {

    void walk(RootList found);
}
