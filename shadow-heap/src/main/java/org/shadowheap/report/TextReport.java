package org.shadowheap.report;

import java.io.IOException;
import java.util.List;
import org.shadowheap.analysis.AnalysisResult;

/**
 * Writes a result for people: first what makes it less than whole, then the answer, then what the answer rests on, and what to
 * do next.
 */
public final class TextReport {

    private TextReport() {}

    /**
     * Writes the report, each line ended by a line feed.
     *
     * @throws IOException if {@code out} does
     */
    public static void write(AnalysisResult result, Appendable out) throws IOException {
        Lines lines = new Lines();
        Warnings.of(result).forEach(lines::line);
        new Answer(result, lines).write();
        new StoreTables(result, lines).write();
        new HeapSection(result, lines).write();
        new FidelitySection(result, lines).write();
        next(NextStep.of(result), lines);
        out.append(lines.toString());
    }

    private static void next(List<NextStep> steps, Lines lines) {
        lines.emptyLine();
        lines.line("Next");
        for (int i = 0; i < steps.size(); i++) {
            NextStep step = steps.get(i);
            lines.item("  " + (i + 1) + ". ", step.text());
            if (step.command() != null) {
                lines.exactly("       " + step.command());
            }
        }
    }
}
