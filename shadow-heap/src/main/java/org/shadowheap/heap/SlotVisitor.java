package org.shadowheap.heap;

/** Is given the references of an object. */
@FunctionalInterface
public interface SlotVisitor {

    /**
     * A slot.
     *
     * @param slot offset in bytes from the object, or index if it is an array
     * @param value the id it holds, 0 for null
     * @param weak whether a collection does not follow it
     */
    void slot(int slot, int value, boolean weak);
}
