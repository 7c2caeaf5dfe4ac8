package org.shadowheap.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Configuration;

/** What heaps of a sweep may differ in, in the order in which a sweep varies it, and as users write it. */
enum HeapParameter {
    NURSERY,
    PAGE,
    TENURE,
    REMSET,
    CARD;

    private static final String NONE = "-";

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(AnalysisResult result) {
        Configuration heap = result.configuration();
        return switch (this) {
            case NURSERY -> RealTime.is(heap) ? "of the JVM" : Units.option(heap.nurseryBytes());
            case PAGE -> Units.option(heap.pageBytes());
            case TENURE -> Integer.toString(heap.tenure());
            case REMSET -> heap.remset();
            case CARD -> heap.cardBytes() == null ? NONE : Units.option(heap.cardBytes());
        };
    }

    /** Whether a heap has such a thing. */
    boolean isSet(AnalysisResult result) {
        return !text(result).equals(NONE);
    }

    private boolean varies(List<AnalysisResult> results) {
        return results.stream().map(this::text).distinct().count() > 1;
    }

    /** Those in which the heaps differ, or of equal heaps the nursery. */
    static List<HeapParameter> varying(List<AnalysisResult> results) {
        List<HeapParameter> varying =
                Arrays.stream(values()).filter(each -> each.varies(results)).toList();
        return varying.isEmpty() ? List.of(NURSERY) : varying;
    }

    /** {@code nursery 16m, card 512}. */
    static String name(AnalysisResult result, List<HeapParameter> parameters) {
        return parameters.stream()
                .map(each -> each.label() + ' ' + each.text(result))
                .collect(Collectors.joining(", "));
    }
}
