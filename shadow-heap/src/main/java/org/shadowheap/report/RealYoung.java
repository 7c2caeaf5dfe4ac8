package org.shadowheap.report;

import java.util.List;
import java.util.Objects;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.RealCollection;

/** The young collections of the JVM itself, beside those of the shadow heap. */
final class RealYoung {

    private RealYoung() {}

    /** None where they were not recorded. */
    static List<RealCollection> of(AnalysisResult result) {
        List<RealCollection> all = result.realCollections();
        return all == null
                ? List.of()
                : all.stream().filter(RealCollection::isYoung).toList();
    }

    /** Bytes that were full of eden when a collection began, on average; 0 if nobody can tell. */
    static long edenBytes(AnalysisResult result) {
        return (long) of(result).stream()
                .map(RealCollection::youngBytes)
                .filter(Objects::nonNull)
                .mapToLong(each -> each)
                .average()
                .orElse(0);
    }
}
