package org.shadowheap.barrier;

/** Finds the references on the stack of the calling thread, and names each to {@link EventLog#root}. */
@FunctionalInterface
public interface StackWalk {

    void walk();
}
