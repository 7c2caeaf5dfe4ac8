package org.shadowheap.heap;

/**
 * Is told of every store that the heap applied, on the thread that applies events: when it was applied, or when its round
 * ended, if it waited for a birth or for the name of its array.
 */
public interface StoreObserver {

    /**
     * A reference was stored.
     *
     * @param site where in the program
     * @param arrayType 0 for a field; if an array element was stored to, the id of the array's type, or less than 0 if a field
     *     is known that holds the array: then {@link ShadowHeap#arrayName} knows the number
     * @param oldToYoung whether the holder was old and the value young at this moment
     * @param pageListed whether this store was the first since the last minor collection to dirty its page
     */
    void stored(int site, int arrayType, boolean oldToYoung, boolean pageListed);
}
