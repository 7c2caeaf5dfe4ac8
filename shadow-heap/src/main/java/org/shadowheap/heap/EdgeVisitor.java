package org.shadowheap.heap;

/** Is given the references of an object that keep others alive. */
@FunctionalInterface
public interface EdgeVisitor {

    /**
     * A strong slot that is not null.
     *
     * @param slot its address
     * @param value the id it holds
     */
    void edge(long slot, int value);
}
