package org.shadowheap.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What listing pages adds to the store barrier: a heap with the dirty-page list and one with dirty bits alone, stored to in
 * turn for some hundred microseconds each, so that whatever else the machine does falls on both. A JVM gives the ratio of
 * the medians; several give its mean with a confidence interval of 95 %.
 *
 * <pre>
 *   java EXPORTS -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.ListingCost [JVMS]
 * </pre>
 *
 * Dirty bits alone count each object that becomes dirty, which the list does not: only stores to dirty objects compare what
 * is listing and nothing else.
 */
public final class ListingCost {

    private static final double CONFIDENCE = 0.95;

    /** So few that all of it stays in the cache: misses would hide the difference. */
    private static final int PAGES = 128;

    private static final int OLD_BYTES = 64;
    private static final int OLD_IN_PAGE = OldHeap.PAGE_BYTES / OLD_BYTES;

    private static final int WARM_UP = 2_000;
    private static final int TURNS = 4_000;

    /** What is stored to. */
    private enum Case {
        /** Pages are listed, and the objects are dirty already: the usual case. */
        TO_DIRTY_OBJECT(1, OLD_IN_PAGE),
        /** Pages are listed, the objects become dirty. */
        TO_CLEAN_OBJECT_OF_LISTED_PAGE(1, OLD_IN_PAGE),
        /** Each store is the first to its page, and lists it. */
        FIRST_TO_PAGE(0, 1);

        private final int from;
        private final int to;

        Case(int from, int to) {
            this.from = from;
            this.to = to;
        }

        /** Nanoseconds a store, after what must come before. */
        double nanos(OldHeap old) {
            if (this != TO_DIRTY_OBJECT) {
                old.heap.collectNow();
            }
            if (this == TO_CLEAN_OBJECT_OF_LISTED_PAGE) {
                store(old, 0, 1);
            }
            long before = System.nanoTime();
            store(old, from, to);
            return (double) (System.nanoTime() - before) / ((to - from) * PAGES);
        }

        /** Stores once to each of these objects of every page, page after page: neighbours share a word of dirty bits. */
        private static void store(OldHeap old, int from, int to) {
            int value = old.old(0);
            for (int object = from; object < to; object++) {
                for (int page = 0; page < PAGES; page++) {
                    old.store(old.firstOf(page) + object, value);
                }
            }
        }
    }

    private ListingCost() {}

    /** Runs; the argument is the number of JVMs, if it is not to be 10. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 1) {
            measure(Case.valueOf(arguments[1]));
            return;
        }
        int jvms = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        for (Case each : Case.values()) {
            compare(each, jvms);
        }
    }

    private static void compare(Case which, int jvms) throws IOException, InterruptedException {
        ListStatistics ratios = new ListStatistics();
        ListStatistics without = new ListStatistics();
        for (int jvm = 0; jvm < jvms; jvm++) {
            String[] numbers = inItsOwnJvm(which).split(" ", -1);
            without.addValue(Double.parseDouble(numbers[0]));
            ratios.addValue(Double.parseDouble(numbers[1]) / Double.parseDouble(numbers[0]));
        }
        double[] interval = ratios.getConfidenceIntervalAt(CONFIDENCE);
        System.out.println(String.format(
                Locale.ROOT,
                "%-31s %6.2f ns without list, with it x %.4f [%.4f, %.4f] (%d JVMs)",
                which,
                without.getMean(),
                ratios.getMean(),
                interval[0],
                interval[1],
                jvms));
    }

    private static String inItsOwnJvm(Case which) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ListingCost.class.getName()));
        command.addAll(List.of("1", which.name()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("a JVM failed: case=" + which);
        }
        return printed.strip();
    }

    /** Prints the median nanoseconds of a store without the list, and with it. */
    private static void measure(Case which) {
        double[] without = new double[TURNS];
        double[] with = new double[TURNS];
        try (OldHeap plain = open(RememberedSetPolicy.ALL_PAGES);
                OldHeap listing = open(RememberedSetPolicy.DIRTY_PAGES)) {
            for (int turn = -WARM_UP; turn < TURNS; turn++) {
                int at = Math.max(turn, 0);
                if (turn % 2 == 0) {
                    without[at] = which.nanos(plain);
                    with[at] = which.nanos(listing);
                } else {
                    with[at] = which.nanos(listing);
                    without[at] = which.nanos(plain);
                }
            }
        }
        System.out.println(median(without) + " " + median(with));
    }

    private static OldHeap open(RememberedSetPolicy policy) {
        return new OldHeap(policy, PAGES, OLD_BYTES, result -> {});
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
