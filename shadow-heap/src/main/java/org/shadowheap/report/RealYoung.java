package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/** The young collections of the JVM itself, beside those of the shadow heap. */
final class RealYoung {

    private RealYoung() {}

    /** None where they were not recorded. */
    static List<RealCollection> of(AnalysisResult result) {
        List<RealCollection> all = result.realCollections();
        List<RealCollection> young = new ArrayList<>();
        if (all != null) {
            for (RealCollection each : all) {
                if (each.isYoung()) {
                    young.add(each);
                }
            }
        }
        return young;
    }

    /** Bytes that were full of eden when a collection began, on average; 0 if nobody can tell. */
    static long edenBytes(AnalysisResult result) {
        Double mean = Sums.mean(of(result), RealCollection::youngBytes);
        return mean == null ? 0 : mean.longValue();
    }
}
