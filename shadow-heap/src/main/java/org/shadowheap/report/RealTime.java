package org.shadowheap.report;

import org.shadowheap.analysis.AnalysisResult;

/** Heaps that were collected where the recorded JVM collected its own young generation, not when a nursery was full. */
final class RealTime {

    private static final String REAL = "real";

    private RealTime() {}

    static boolean is(AnalysisResult.Configuration heap) {
        return heap.collectAt().equals(REAL);
    }

    static boolean is(AnalysisResult result) {
        return is(result.configuration());
    }
}
