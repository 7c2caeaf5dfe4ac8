package org.shadowheap.report;

import static org.shadowheap.report.Units.count;

import java.util.ArrayList;
import java.util.List;
import org.shadowheap.analysis.AnalysisResult;

/** What makes a result less than whole; said before anything else. */
final class Warnings {

    private Warnings() {}

    static List<String> of(AnalysisResult result) {
        List<String> warnings = new ArrayList<>(result.notes());
        AnalysisResult.Fidelity fidelity = result.fidelity();
        if (fidelity.lost() != 0) {
            warnings.add("lost: " + count(fidelity.lost())
                    + " events were lost; counts are too low and objects may be missing");
        }
        if (fidelity.resurrected() != 0) {
            warnings.add("resurrected: " + count(fidelity.resurrected())
                    + " objects were judged dead and then used; survival figures are too low");
        }
        if (fidelity.contradictions() != 0) {
            warnings.add("contradictions: " + count(fidelity.contradictions())
                    + " events did not fit their object and were not applied");
        }
        return warnings;
    }
}
