package org.shadowheap.memory;

/**
 * Runs of free pages by size: class k holds those of 2<sup>k</sup> to 2<sup>k+1</sup> - 1 pages, the latest on top.
 * Segregated fits (Jones, Hosking, Moss: The Garbage Collection Handbook, section 7.4). One thread at a time.
 *
 * <p>The latest run of the class of a size comes first, then any of a larger class. Only if there is none is the rest of
 * the class searched; how long its runs are at most is noted, so that a search in vain is not repeated.
 */
final class FreeRuns implements AutoCloseable {

    private static final int CLASSES = 31;

    private final NativeIntList[] pages = new NativeIntList[CLASSES];
    private final NativeIntList[] lengths = new NativeIntList[CLASSES];

    /** By class, no run is longer; it may be that all are shorter. */
    private final int[] longest = new int[CLASSES];

    private int usedInRunsOf = 1;
    private int usablePages;

    FreeRuns(NativeMemory memory) {
        for (int i = 0; i < CLASSES; i++) {
            pages[i] = new NativeIntList(memory);
            lengths[i] = new NativeIntList(memory);
        }
    }

    /** Says which runs {@link #usablePages} is about. Before the first {@link #add}. */
    void countRunsOf(int count) {
        usedInRunsOf = count;
    }

    /**
     * Pages that are sure to be of use to somebody who takes runs of at most so many in any order: who asks for more than is
     * left of a run leaves that.
     */
    int usablePages() {
        return usablePages;
    }

    private int usable(int length) {
        return Math.max(0, length - usedInRunsOf + 1);
    }

    void add(int page, int length) {
        usablePages += usable(length);
        int sizeClass = sizeClass(length);
        pages[sizeClass].add(page);
        lengths[sizeClass].add(length);
        longest[sizeClass] = Math.max(longest[sizeClass], length);
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
        int index = indexThatFits(sizeClass, count);
        int page = removeFrom(pages[sizeClass], index);
        int length = removeFrom(lengths[sizeClass], index);
        usablePages -= usable(length);
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
            longest[i] = 0;
        }
        usablePages = 0;
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

    /** The latest goes where another was. */
    private static int removeFrom(NativeIntList list, int index) {
        int removed = list.get(index);
        int last = list.size() - 1;
        list.set(index, list.get(last));
        list.truncate(last);
        return removed;
    }

    /** The class to take from, -1 if no run is long enough. */
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
        return longest[first] >= count && indexThatFits(first, count) >= 0 ? first : -1;
    }

    /** The latest run of a class that is long enough, -1 if there is none. O(runs of the class) */
    private int indexThatFits(int sizeClass, int count) {
        int found = 0;
        for (int i = lengths[sizeClass].size() - 1; i >= 0; i--) {
            int length = lengths[sizeClass].get(i);
            if (length >= count) {
                return i;
            }
            found = Math.max(found, length);
        }
        longest[sizeClass] = found;
        return -1;
    }

    private static int sizeClass(int length) {
        return 31 - Integer.numberOfLeadingZeros(length);
    }
}
