package org.shadowheap.report;

import static org.shadowheap.report.Units.mean;

import java.util.List;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;

/** Whether a program dirties more pages the longer it runs: the first, the middle and the last third of the collections. */
final class Trend {

    /** With fewer collections a third says nothing. */
    static final int FEWEST = 6;

    /** How much more than the first third the last one must have to be called more, and the other way round less. */
    private static final double CHANGE = 1.25;

    private Trend() {}

    /** One sentence, or nothing. */
    static String of(List<MinorCollection> collections) {
        int size = collections.size();
        if (size < FEWEST) {
            return "";
        }
        double first = average(collections.subList(0, size / 3));
        double middle = average(collections.subList(size / 3, size - size / 3));
        double last = average(collections.subList(size - size / 3, size));
        return "Over the run they are " + word(first, last) + ": " + mean(first) + ", " + mean(middle) + " and "
                + mean(last) + " dirty pages in its first, middle and last third.";
    }

    private static String word(double first, double last) {
        if (last > first * CHANGE) {
            return "rising";
        }
        return first > last * CHANGE ? "falling" : "steady";
    }

    private static double average(List<MinorCollection> part) {
        return (double) Sums.sum(part, MinorCollection::dirtyPages) / part.size();
    }
}
