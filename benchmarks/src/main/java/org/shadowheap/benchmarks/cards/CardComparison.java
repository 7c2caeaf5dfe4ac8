package org.shadowheap.benchmarks.cards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/**
 * Dirty cards of G1 and of the shadow heap, collection by collection.
 *
 * @param unmarked young collections of G1 that the trace has no mark of: those before the recording
 */
record CardComparison(int unmarked, List<Window> windows) {

    /** Of eden, the least share that the program itself has to have filled. */
    private static final double LEAST_SHARE = 0.85;

    /** Marks say when a collection began in milliseconds, and so does the log; they are of one clock. */
    private static final double MOST_SPREAD_SECONDS = 0.1;

    private static final double NANOS = 1e9;

    /**
     * From one collection to the next.
     *
     * @param collection that ends it, as G1 numbers them
     * @param bornBytes in the trace
     * @param edenBytes that were full when it ended; 0 if nobody can tell, and it counts as the largest
     * @param real cards that G1 counted
     * @param ours cards that the shadow heap counted
     * @param filtered those of them that G1's barrier would have dirtied
     */
    record Window(int collection, long bornBytes, long edenBytes, long real, long ours, long filtered) {}

    /**
     * Finds which mark is which collection, by the times, and sets windows side by side. The first marked collection ends a window of which
     * the trace does not know the beginning.
     *
     * @param real what the log says
     * @param replay with collections where the JVM had them
     * @param filtered cards of each of those collections that G1's barrier would have dirtied
     * @throws IllegalArgumentException if they are not of one run
     */
    static CardComparison of(List<G1Collection> real, AnalysisResult replay, List<Long> filtered) {
        List<RealCollection> told = replay.realCollections();
        List<RealCollection> marks = told == null
                ? List.of()
                : told.stream().filter(RealCollection::isYoung).toList();
        return of(real, marks, replay.minorCollections(), filtered);
    }

    static CardComparison of(
            List<G1Collection> real, List<RealCollection> marks, List<MinorCollection> ours, List<Long> filtered) {
        if (marks.size() != ours.size() || marks.size() != filtered.size()) {
            throw new IllegalArgumentException("collections came elsewhere than at marks, for want of memory: marks="
                    + marks.size() + " collections=" + ours.size());
        }
        int first = firstMarked(real, marks);
        List<Window> windows = new ArrayList<>();
        for (int i = 1; i < marks.size(); i++) {
            long born = ours.get(i).clockBytes() - ours.get(i - 1).clockBytes();
            Long eden = marks.get(i).youngBytes();
            G1Collection each = real.get(first + i);
            windows.add(new Window(
                    each.number(),
                    born,
                    eden == null ? 0 : eden,
                    each.dirtiedCards(),
                    ours.get(i).rememberedEntries(),
                    filtered.get(i)));
        }
        return new CardComparison(real.size() - marks.size(), windows);
    }

    private static int firstMarked(List<G1Collection> real, List<RealCollection> marks) {
        int best = -1;
        double least = MOST_SPREAD_SECONDS;
        for (int shift = 0; shift + marks.size() <= real.size() && marks.size() > 1; shift++) {
            double spread = spread(real.subList(shift, shift + marks.size()), marks);
            if (spread < least) {
                best = shift;
                least = spread;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("marks are not of the collections in the log: marks=" + marks.size()
                    + " collections=" + real.size());
        }
        return best;
    }

    /** How far the two clocks drift apart, in seconds, half of the times: on a busy machine a line of the log may come late. */
    private static double spread(List<G1Collection> real, List<RealCollection> marks) {
        double[] apart = new double[marks.size()];
        Arrays.setAll(apart, i -> {
            Long nanos = marks.get(i).wallNanos();
            return real.get(i).uptimeSeconds() - (nanos == null ? 0 : nanos / NANOS);
        });
        double usual = median(apart);
        return median(Arrays.stream(apart).map(each -> Math.abs(each - usual)).toArray());
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Those whose cards are the program's: not those in which the agent rewrites classes, in the same heap, as no trace tells of that. */
    List<Window> compared() {
        long mostEden = windows.stream().mapToLong(Window::edenBytes).max().orElse(0);
        return windows.stream()
                .filter(each -> each.bornBytes >= LEAST_SHARE * (each.edenBytes == 0 ? mostEden : each.edenBytes))
                .toList();
    }

    /** The sum of a count over the windows compared. */
    long cards(ToLongFunction<Window> count) {
        return compared().stream().mapToLong(count).sum();
    }

    /** Pearson's r of G1's cards and another count of each collection; not a number where all are alike. */
    double correlation(ToLongFunction<Window> count) {
        double realMean = mean(Window::real);
        double ourMean = mean(count::applyAsLong);
        double both = mean(each -> (each.real - realMean) * (count.applyAsLong(each) - ourMean));
        double real = mean(each -> (each.real - realMean) * (each.real - realMean));
        double ours = mean(each -> (count.applyAsLong(each) - ourMean) * (count.applyAsLong(each) - ourMean));
        return both / Math.sqrt(real * ours);
    }

    private double mean(ToDoubleFunction<Window> what) {
        return compared().stream().mapToDouble(what).average().orElse(Double.NaN);
    }
}
