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

    /** The young generation's size as far as it is known: the most that was full of it, in MiB; 0 if nobody can tell. */
    static long mebibytes(AnalysisResult result) {
        return of(result).stream()
                        .map(RealCollection::youngBytes)
                        .filter(Objects::nonNull)
                        .mapToLong(each -> each)
                        .max()
                        .orElse(0)
                >> 20;
    }
}
