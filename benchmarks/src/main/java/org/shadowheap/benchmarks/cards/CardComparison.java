package org.shadowheap.benchmarks.cards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/**
 * Dirty cards of G1 and of the shadow heap, collection by collection.
 *
 * @param unmarked young collections of G1 that the trace has no mark of: the first ones, before the agent listens, and perhaps a last
 *     one that the JVM had no time to tell of
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
     * @param edenBytes that were full when it ended; 0 if nobody can tell
     * @param real cards that G1 counted
     * @param ours cards that the shadow heap counted
     */
    record Window(int collection, long bornBytes, long edenBytes, long real, long ours) {}

    /**
     * Finds which mark is which collection, by the times, and sets windows side by side. The first marked collection ends a window of which
     * the trace does not know the beginning.
     *
     * @param real what the log says
     * @param replay with collections where the JVM had them
     * @throws IllegalArgumentException if they are not of one run
     */
    static CardComparison of(List<G1Collection> real, AnalysisResult replay) {
        List<RealCollection> told = replay.realCollections();
        List<RealCollection> marks = told == null
                ? List.of()
                : told.stream().filter(RealCollection::isYoung).toList();
        return of(real, marks, replay.minorCollections());
    }

    static CardComparison of(List<G1Collection> real, List<RealCollection> marks, List<MinorCollection> ours) {
        if (marks.size() != ours.size()) {
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
                    ours.get(i).rememberedEntries()));
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

    /**
     * Those whose cards are the program's: not those in which the agent rewrites classes, in the same heap, as no trace tells of that. Each
     * is looked at with its neighbours, as a mark that comes late makes one small and the next one large.
     */
    List<Window> compared() {
        List<Window> compared = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            if ((i == 0 || isFilled(i - 1)) && (i + 1 == windows.size() || isFilled(i))) {
                compared.add(windows.get(i));
            }
        }
        return compared;
    }

    /** Whether the program itself filled most of eden in a window and the next one together. */
    private boolean isFilled(int place) {
        Window one = windows.get(place);
        Window next = windows.get(place + 1);
        return one.bornBytes + next.bornBytes >= LEAST_SHARE * (one.edenBytes + next.edenBytes);
    }

    long realCards() {
        return compared().stream().mapToLong(Window::real).sum();
    }

    long ourCards() {
        return compared().stream().mapToLong(Window::ours).sum();
    }

    /** Pearson's r of the cards of each collection; not a number where all are alike. */
    double correlation() {
        double realMean = mean(Window::real);
        double ourMean = mean(Window::ours);
        double both = mean(each -> (each.real - realMean) * (each.ours - ourMean));
        double real = mean(each -> (each.real - realMean) * (each.real - realMean));
        double ours = mean(each -> (each.ours - ourMean) * (each.ours - ourMean));
        return both / Math.sqrt(real * ours);
    }

    private double mean(ToDoubleFunction<Window> what) {
        return compared().stream().mapToDouble(what).average().orElse(Double.NaN);
    }
}
