package org.shadowheap.exploration;

/**
 * What is explored. The constructor sets up objects and memory and names the threads with {@link Simulation#thread};
 * each execution has a new instance. Its class must not lie in this package: {@link ExploringLoader} rewrites it.
 */
@FunctionalInterface
public interface Scenario {

    /**
     * Checks what must hold after all threads have ended, and says in a word which of the allowed ends it was.
     *
     * @throws AssertionError or IllegalStateException if the condition is broken
     */
    String outcome();
}
