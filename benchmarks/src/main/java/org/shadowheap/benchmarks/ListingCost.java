package org.shadowheap.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What listing pages adds to the store barrier: runs {@link ListingBenchmark} with the dirty-page list and with dirty bits
 * alone in turn, a JVM each, and prints the mean of the pairs' ratios with its confidence interval of 95 %.
 *
 * <pre>
 *   java EXPORTS -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.ListingCost [PAIRS]
 * </pre>
 */
public final class ListingCost {

    private static final double CONFIDENCE = 0.95;
    private static final String[] CASES = {
        "storeToDirtyObject", "storeToCleanObjectOfListedPage", "firstStoreToPage",
    };

    private ListingCost() {}

    /** Runs; the argument is the number of pairs, if it is not to be 20. */
    public static void main(String[] arguments) throws RunnerException {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        for (String each : CASES) {
            compare(each, pairs);
        }
    }

    private static void compare(String benchmark, int pairs) throws RunnerException {
        ListStatistics ratios = new ListStatistics();
        ListStatistics without = new ListStatistics();
        for (int pair = 0; pair < pairs; pair++) {
            boolean listFirst = pair % 2 == 0;
            double first = nanos(benchmark, listFirst);
            double second = nanos(benchmark, !listFirst);
            double withList = listFirst ? first : second;
            double withoutList = listFirst ? second : first;
            ratios.addValue(withList / withoutList);
            without.addValue(withoutList);
        }
        double[] interval = ratios.getConfidenceIntervalAt(CONFIDENCE);
        System.out.println(String.format(
                Locale.ROOT,
                "%-32s %6.2f ns without list, with it x %.4f [%.4f, %.4f] (%d pairs)",
                benchmark,
                without.getMean(),
                ratios.getMean(),
                interval[0],
                interval[1],
                pairs));
    }

    private static double nanos(String benchmark, boolean withList) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(ListingBenchmark.class.getName() + '.' + benchmark)
                        .param("policy", withList ? "dirty-pages" : "all-pages")
                        .forks(1)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        return results.iterator().next().getPrimaryResult().getScore();
    }
}
