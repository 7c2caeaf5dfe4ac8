package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;

/**
 * Heaps whose collections came much less often than their nursery says. A collection comes at the end of a recorded round, so a
 * nursery that is smaller than what is allocated in a round is collected as if it were larger.
 */
final class LateCollections {

    /** Times the nursery that may be allocated between collections, in the mean. */
    private static final double MOST = 1.25;

    private LateCollections() {}

    static boolean isLate(AnalysisResult result) {
        return !RealTime.is(result)
                && meanBytes(result) > MOST * result.configuration().nurseryBytes();
    }

    /** What was allocated for each collection; 0 if there was none. */
    private static double meanBytes(AnalysisResult result) {
        List<MinorCollection> collections = result.minorCollections();
        return collections.isEmpty()
                ? 0
                : (double) collections.get(collections.size() - 1).clockBytes() / collections.size();
    }

    /** A sentence for each nursery of such heaps, the smallest first. */
    static List<String> sentences(List<AnalysisResult> results) {
        Map<Long, AnalysisResult> late = new TreeMap<>();
        for (AnalysisResult each : results) {
            if (isLate(each)) {
                late.putIfAbsent(each.configuration().nurseryBytes(), each);
            }
        }
        return late.values().stream().map(LateCollections::sentence).toList();
    }

    private static String sentence(AnalysisResult result) {
        return HeapParameter.name(result, List.of(HeapParameter.NURSERY)) + ": collections came every "
                + bytes(Math.round(meanBytes(result)))
                + ", since the recording has ends of rounds no oftener; not judged.";
    }
}
