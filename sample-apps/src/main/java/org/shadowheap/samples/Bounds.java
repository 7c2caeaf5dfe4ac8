package org.shadowheap.samples;

/**
 * Between which numbers a figure must be.
 *
 * @param least smallest that is right
 * @param most largest that is right
 */
record Bounds(long least, long most) {

    /** The program determines the figure. */
    static Bounds exactly(long number) {
        return new Bounds(number, number);
    }

    static Bounds atLeast(long least) {
        return new Bounds(least, Long.MAX_VALUE);
    }

    static Bounds atMost(long most) {
        return new Bounds(0, most);
    }

    /**
     * For stores of young values to old objects: a value that a collection promotes between its birth and its store is old by
     * then. That happens once in a collection to each thread, at most.
     */
    static Bounds nearly(long stores, long collections) {
        return new Bounds(stores - collections, stores);
    }

    boolean contain(long number) {
        return least <= number && number <= most;
    }

    @Override
    public String toString() {
        if (least == most) {
            return Long.toString(least);
        }
        if (most == Long.MAX_VALUE) {
            return "at least " + least;
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }
}
