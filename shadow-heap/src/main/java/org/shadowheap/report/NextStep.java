package org.shadowheap.report;

import static org.shadowheap.report.Units.percent;

import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Site;

/** The one thing to do after reading the report. */
final class NextStep {

    private NextStep() {}

    static String of(AnalysisResult result) {
        if (result.fidelity().lost() != 0) {
            return "record again with a larger log= and a longer max-wait=, so that nothing is lost.";
        }
        if (result.collections().minor().count() == 0) {
            return "give it more work or a smaller nursery, so that there is a minor collection to look at.";
        }
        if (result.stores().oldToYoung() == 0) {
            return "nothing to do, no store is old-to-young.";
        }
        Site top = result.sites().get(0);
        return "look at " + top.site() + ", the source of "
                + percent((double) top.oldToYoung() / result.stores().oldToYoung())
                + " of the old-to-young stores.";
    }
}
