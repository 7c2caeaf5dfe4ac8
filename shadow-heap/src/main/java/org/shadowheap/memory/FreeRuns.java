package org.shadowheap.memory;

/**
 * Runs of free pages by size: class k holds those of 2<sup>k</sup> to 2<sup>k+1</sup> - 1 pages, the latest on top.
 * Segregated fits (Jones, Hosking, Moss: The Garbage Collection Handbook, section 7.4). One thread at a time.
 */
final class FreeRuns implements AutoCloseable {

    private static final int CLASSES = 31;

    private final NativeIntList[] pages = new NativeIntList[CLASSES];
    private final NativeIntList[] lengths = new NativeIntList[CLASSES];

    FreeRuns(NativeMemory memory) {
        for (int i = 0; i < CLASSES; i++) {
            pages[i] = new NativeIntList(memory);
            lengths[i] = new NativeIntList(memory);
        }
    }

    void add(int page, int length) {
        int sizeClass = sizeClass(length);
        pages[sizeClass].add(page);
        lengths[sizeClass].add(length);
    }

    /** Whether {@link #take} would find something. */
    boolean fits(int count) {
        return classThatFits(count) >= 0;
    }

    /**
     * Takes the first pages of a run that is long enough; what is left of it stays.
     *
     * @param rest is told what is left
     * @return the first page, -1 if there is no such run
     */
    int take(int count, RestObserver rest) {
        int sizeClass = classThatFits(count);
        if (sizeClass < 0) {
            return -1;
        }
        int last = pages[sizeClass].size() - 1;
        int page = pages[sizeClass].get(last);
        int length = lengths[sizeClass].get(last);
        pages[sizeClass].truncate(last);
        lengths[sizeClass].truncate(last);
        if (length > count) {
            rest.left(page + count, length - count);
            add(page + count, length - count);
        }
        return page;
    }

    void clear() {
        for (int i = 0; i < CLASSES; i++) {
            pages[i].clear();
            lengths[i].clear();
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < CLASSES; i++) {
            pages[i].close();
            lengths[i].close();
        }
    }

    /** Is told of the shorter run that a longer one became. */
    interface RestObserver {
        void left(int page, int length);
    }

    /** The smallest class whose latest run is long enough; in all but the first that is sure. */
    private int classThatFits(int count) {
        int first = sizeClass(count);
        int latest = pages[first].size() - 1;
        if (latest >= 0 && lengths[first].get(latest) >= count) {
            return first;
        }
        for (int i = first + 1; i < CLASSES; i++) {
            if (pages[i].size() > 0) {
                return i;
            }
        }
        return -1;
    }

    private static int sizeClass(int length) {
        return 31 - Integer.numberOfLeadingZeros(length);
    }
}
