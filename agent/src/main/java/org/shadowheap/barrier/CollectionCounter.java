package org.shadowheap.barrier;

/**
 * Where the JVM counts its collections of a kind: addresses of words that it writes while the program is stopped, mapped as long as the
 * JVM lives. No record: those link code when they are compared.
 */
public final class CollectionCounter {

    private final long count;
    private final long lastEntry;
    private final long lastExit;

    /**
     * @param count how many there were
     * @param lastEntry when the last one began, in ticks
     * @param lastExit when it ended
     */
    public CollectionCounter(long count, long lastEntry, long lastExit) {
        this.count = count;
        this.lastEntry = lastEntry;
        this.lastExit = lastExit;
    }

    public long count() {
        return count;
    }

    public long lastEntry() {
        return lastEntry;
    }

    public long lastExit() {
        return lastExit;
    }
}
