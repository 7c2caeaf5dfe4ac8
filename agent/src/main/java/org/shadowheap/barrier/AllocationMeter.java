package org.shadowheap.barrier;

/** Asks the JVM how many bytes threads have allocated since they began. Any thread. */
public interface AllocationMeter {

    /** The calling thread; of a virtual one, the thread that carries it. Allocates nothing. */
    long ofThisThread();

    /** A thread by its id, negative if there is none. */
    long ofThread(long id);

    /** All threads, those that have ended included. */
    long ofAllThreads();
}
