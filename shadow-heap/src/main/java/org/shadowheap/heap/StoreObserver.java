package org.shadowheap.heap;

/** Is told of every store that the heap applied, on the thread that applies events. */
public interface StoreObserver {

    /**
     * A reference was stored.
     *
     * @param site where in the program
     * @param arrayType id of the array's type if an array element was stored to, 0 for a field
     * @param oldToYoung whether the holder was old and the value young at this moment
     * @param pageListed whether this store was the first since the last minor collection to dirty its page
     */
    void stored(int site, int arrayType, boolean oldToYoung, boolean pageListed);
}
