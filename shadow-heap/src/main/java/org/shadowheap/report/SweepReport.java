package org.shadowheap.report;

import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.shadowheap.analysis.AnalysisResult;

/** Writes the results of a sweep for people: what is less than whole, a table, and which heap the program would want. */
public final class SweepReport {

    private SweepReport() {}

    /**
     * Writes the report, each line ended by a line feed.
     *
     * @param results of one recording, at least one, in the order of the table
     * @param failed heaps of which there is no result
     * @throws IOException if {@code out} does
     */
    public static void write(List<AnalysisResult> results, int failed, Appendable out) throws IOException {
        Lines lines = new Lines();
        warnings(results, failed).forEach(lines::line);
        AnalysisResult first = results.get(0);
        lines.line("Sweep: " + countOf(results.size(), "heap") + " for " + first.program() + " on " + first.jvm());
        String common = common(results);
        if (!common.isEmpty()) {
            lines.line("all with " + common);
        }
        lines.emptyLine();
        new SweepTable(results).appendTo(lines);
        lines.emptyLine();
        recommend(results, lines);
        out.append(lines.toString());
    }

    /** Those of the least faithful result, as all are of one recording. */
    private static List<String> warnings(List<AnalysisResult> results, int failed) {
        List<String> warnings = new ArrayList<>();
        if (failed > 0) {
            warnings.add("partial: " + count(failed) + " of " + countOf(results.size() + failed, "heap")
                    + " could not be replayed: missing here");
        }
        warnings.addAll(Warnings.of(results.stream()
                .max(Comparator.comparingLong(
                        each -> each.fidelity().resurrected() + each.fidelity().contradictions()))
                .orElseThrow()));
        return warnings;
    }

    private static String common(List<AnalysisResult> results) {
        List<HeapParameter> varying = HeapParameter.varying(results);
        return Arrays.stream(HeapParameter.values())
                .filter(each -> !varying.contains(each) && each.isSet(results.get(0)))
                .map(each -> each.label() + ' ' + each.text(results.get(0)))
                .collect(Collectors.joining(", "));
    }

    private static void recommend(List<AnalysisResult> results, Lines lines) {
        List<String> late = LateCollections.sentences(results);
        late.forEach(lines::line);
        List<Recommendation> all = Recommendation.of(results);
        if (all.isEmpty() && !late.isEmpty()) {
            lines.line("No recommendation: no heap is left that had " + CollectionWork.FEWEST_COLLECTIONS
                    + " minor collections. Sweep larger nurseries than those, or record a longer run.");
            return;
        }
        if (all.isEmpty()) {
            lines.line("No recommendation: no heap had " + CollectionWork.FEWEST_COLLECTIONS + " minor collections. "
                    + (RealTime.is(results.get(0)) ? "Record" : "Sweep smaller nurseries, or record")
                    + " a longer run.");
            return;
        }
        Recommendation recommendation = all.get(0);
        lines.line(recommendation.sentence());
        if (recommendation.isAtTheEdge()) {
            lines.line("A larger nursery may do better still: no larger one here had collections enough to tell.");
        }
        JvmFlags flags = new JvmFlags(recommendation.choice().result());
        if (RealTime.is(recommendation.choice().result())) {
            lines.line("As flags beside those that size the young generation as it was:");
            lines.exactly("  " + flags.ofTheRecordedJvm());
        } else {
            lines.line("As flags of a JVM, first of Serial and Parallel, then of G1:");
            lines.exactly("  " + flags.ofSerialAndParallel());
            lines.exactly("  " + flags.ofG1());
        }
        if (!flags.remark().isEmpty()) {
            lines.line(flags.remark());
        }
        lines.line(
                "Work: bytes that minor collections copy, those they promote once more (for the old generation), and scan, "
                        + "4 for a slot, 1 for 8 cards. Chosen: of the heaps within 10 % of the least those with the smallest nursery, "
                        + "of these with cards of 512 B, the default, of these the least work. Cards of more than 1 KiB and other "
                        + "remembered sets, which HotSpot lacks, count only if there is nothing else. Pauses are the shadow heap's, and "
                        + "longer beside other jobs.");
    }
}
