package org.shadowheap.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.config.HostMemory;
import org.shadowheap.config.Sizes;
import org.shadowheap.replay.HeapOverrides;
import picocli.CommandLine.Option;

/** How many replays run at the same time, and how much memory they may have. */
final class JobOptions {

    private static final int MOST_JOBS = 256;
    private static final long LEAST_HEAP = 16L << 20;
    private static final long MOST_HEAP = 1L << 40;

    /** A heap whose bound is less than so many nurseries has a smaller nursery than asked for. */
    private static final long NURSERIES = 8;

    /** Of the Java heap, for a replay with its tables of sites and its result: five times what one was seen to need. */
    private static final long JAVA_HEAP_OF_A_JOB = 64L << 20;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Replays that run at the same time; default: one for each processor, as far as memory allows."
                    + " 1 for the best times.")
    private @Nullable String jobs;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description =
                    "Bound of a shadow heap's resident bytes; default: half of what -Xmx leaves of the machine or"
                            + " container. Replays that run at the same time share that half; one that feels it is run again alone.")
    private @Nullable String heap;

    /**
     * What the options come to.
     *
     * @param jobs replays at the same time
     * @param boundBytes bound of a heap that runs alone
     * @param totalBytes what the heaps of all jobs may have together
     * @param lowered a line that says why there are fewer jobs than asked for, null if there are as many
     */
    record Plan(
            int jobs,
            long boundBytes,
            long totalBytes,
            @Nullable String lowered) {}

    /**
     * Plans the replays of these heaps.
     *
     * @throws IllegalArgumentException naming the option and what is allowed
     */
    Plan plan(List<HeapOverrides> heaps) {
        return plan(
                heaps,
                HostMemory.leftBytes() / 2,
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors());
    }

    Plan plan(List<HeapOverrides> heaps, long halfOfLeftBytes, long javaHeapBytes, int processors) {
        int asked = jobs == null ? processors : Sizes.number("jobs", jobs, 1, MOST_JOBS);
        long boundBytes = heap == null ? halfOfLeftBytes : Sizes.bytes("heap", heap, LEAST_HEAP, MOST_HEAP);
        long totalBytes = Math.max(halfOfLeftBytes, boundBytes);
        long nurseryBytes = heaps.stream()
                .mapToLong(each -> each.nurseryBytes() == null ? 0 : each.nurseryBytes())
                .max()
                .orElse(0);
        long leastBytes = Math.max(LEAST_HEAP, Math.min(NURSERIES * nurseryBytes, boundBytes));
        long fit = Math.max(1, Math.min(totalBytes / leastBytes, javaHeapBytes / JAVA_HEAP_OF_A_JOB));
        int wanted = Math.min(asked, heaps.size());
        if (wanted <= fit) {
            return new Plan(wanted, boundBytes, totalBytes, null);
        }
        String lowered = "--jobs is lowered from " + wanted + " to " + fit + ": each needs " + mebibytes(leastBytes)
                + " of " + mebibytes(totalBytes) + " for shadow heaps and " + mebibytes(JAVA_HEAP_OF_A_JOB)
                + " of -Xmx "
                + mebibytes(javaHeapBytes);
        return new Plan((int) fit, boundBytes, totalBytes, jobs == null ? null : lowered);
    }

    static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
