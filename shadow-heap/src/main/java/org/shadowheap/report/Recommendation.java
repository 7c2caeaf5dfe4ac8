package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Configuration;

/**
 * Which heap of a sweep a program would want. A larger nursery nearly always means less {@link CollectionWork}, so it is not the
 * heap with the least: of all that are nearly as good it is one with the smallest nursery, of these one with the cards that a JVM has
 * by default, as no flag is worth giving for nothing, and of these that with the least work. If the sweep has heaps with cards of a
 * size that a real JVM can have, only these are judged.
 *
 * @param judged the heaps that were compared
 */
record Recommendation(Candidate choice, Candidate least, List<AnalysisResult> judged) {

    /** Times the least work that counts as nearly as good. */
    private static final double NEARLY = 1.1;

    /** A heap and the work of its minor collections, in bytes for each MiB. */
    record Candidate(AnalysisResult result, double work) {

        Configuration heap() {
            return result.configuration();
        }
    }

    /** One, or none if no heap had collections enough, as often as its nursery says. */
    static List<Recommendation> of(List<AnalysisResult> results) {
        List<Candidate> candidates = judged(results);
        if (candidates.isEmpty()) {
            return List.of();
        }
        Candidate least = candidates.stream()
                .min(Comparator.comparingDouble(Candidate::work))
                .orElseThrow();
        Candidate choice = candidates.stream()
                .filter(each -> each.work() <= NEARLY * least.work())
                .min(Comparator.comparingLong((Candidate each) -> each.heap().nurseryBytes())
                        .thenComparing(each -> !JvmFlags.hasDefaultCards(each.result()))
                        .thenComparingDouble(Candidate::work))
                .orElseThrow();
        return List.of(new Recommendation(
                choice, least, candidates.stream().map(Candidate::result).toList()));
    }

    private static List<Candidate> judged(List<AnalysisResult> results) {
        List<Candidate> candidates = new ArrayList<>();
        for (AnalysisResult each : results) {
            Double work = CollectionWork.of(each);
            if (work != null && !LateCollections.isLate(each)) {
                candidates.add(new Candidate(each, work));
            }
        }
        List<Candidate> real = candidates.stream()
                .filter(each -> JvmFlags.existFor(each.result()))
                .toList();
        return real.isEmpty() ? candidates : real;
    }

    /** What, in one sentence. */
    String sentence() {
        List<HeapParameter> names = HeapParameter.varying(judged);
        String work = bytes(Math.round(choice.work()));
        String text = "Of these heaps this program wants " + HeapParameter.name(choice.result(), names) + ": " + work
                + " of work for each MiB allocated, ";
        return choice.equals(least)
                ? text + "the least."
                : text + "near the least, " + bytes(Math.round(least.work())) + " with "
                        + HeapParameter.name(least.result(), names) + ".";
    }

    /** Whether a larger nursery, which was not tried or had too few collections, might do better. */
    boolean isAtTheEdge() {
        long[] nurseries = judged.stream()
                .mapToLong(each -> each.configuration().nurseryBytes())
                .distinct()
                .sorted()
                .toArray();
        return nurseries.length > 1 && choice.heap().nurseryBytes() == nurseries[nurseries.length - 1];
    }
}
