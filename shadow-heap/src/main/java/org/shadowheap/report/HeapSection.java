package org.shadowheap.report;

import static org.shadowheap.report.Units.bytes;
import static org.shadowheap.report.Units.count;
import static org.shadowheap.report.Units.countOf;
import static org.shadowheap.report.Units.mean;
import static org.shadowheap.report.Units.nanos;

import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.analysis.CollectionFigures.Minor;

/** The heap that was run and what its collections found, as far as it is not the answer. */
final class HeapSection {

    private final AnalysisResult result;
    private final Lines out;

    HeapSection(AnalysisResult result, Lines out) {
        this.result = result;
        this.out = out;
    }

    void write() {
        Minor minor = result.collections().minor();
        AnalysisResult.Configuration heap = result.configuration();
        out.emptyLine();
        out.line("Heap and collections");
        out.line("program", result.program() + " on " + result.jvm());
        out.line(
                "heap",
                nursery(heap) + ", pages of " + bytes(heap.pageBytes())
                        + ", promoted after " + countOf(heap.tenure(), "collection")
                        + ", remembered set " + heap.remset() + cards(heap.cardBytes()) + threads(heap)
                        + (heap.liveness().equals("whole") ? "; alive is what the trace mentions later" : ""));
        out.line(
                "objects",
                bytes(result.heap().bornBytes()) + " born, "
                        + bytes(result.heap().contactBytes()) + " met, "
                        + bytes(result.heap().oldBytes()) + " in the old space at the end");
        out.line(
                "minor",
                countOf(minor.count(), "collection") + ", " + bytes(minor.survivedBytes()) + " survived, "
                        + bytes(minor.promotedBytes()) + " of them promoted" + timeEach(minor));
        major();
        out.line(
                "scanned",
                count(minor.pagesVisited()) + " pages visited, " + count(minor.slotsScanned()) + " slots scanned, "
                        + count(minor.oldToYoungEdges()) + " old-to-young edges found");
        AnalysisResult.RememberedSet set = result.rememberedSet();
        out.line(
                "set",
                mean(set.averageEntries()) + " entries lately, " + count(set.mostEntries()) + " at most, "
                        + count(set.slowPaths()) + " times a store added one, " + bytes(set.sideBytes())
                        + " beside the pages");
    }

    private static String nursery(AnalysisResult.Configuration heap) {
        return RealTime.is(heap)
                ? "collected where the JVM collected its young generation, of up to " + bytes(heap.nurseryBytes())
                : "nursery " + bytes(heap.nurseryBytes());
    }

    private static String threads(AnalysisResult.Configuration heap) {
        return heap.appliers() == 1 && heap.collectors() == 1
                ? ""
                : ", " + countOf(heap.appliers(), "applier") + ", " + countOf(heap.collectors(), "collector");
    }

    private static String cards(@Nullable Long cardBytes) {
        return cardBytes == null ? "" : " of " + bytes(cardBytes);
    }

    private void major() {
        CollectionFigures.Major major = result.collections().major();
        Long nepotismBytes = result.collections().minor().nepotismBytes();
        if (major == null) {
            return;
        }
        out.line("major", countOf(major.count(), "collection") + ", " + bytes(major.freedBytes()) + " freed");
        if (nepotismBytes != null && nepotismBytes > 0) {
            String most = major.nepotism().isEmpty()
                    ? ""
                    : ", most by " + major.nepotism().get(0).holder();
            out.line("nepotism", bytes(nepotismBytes) + " of young objects were kept by dead old ones" + most);
        }
    }

    private static String timeEach(Minor minor) {
        Long nanos = minor.nanos();
        return nanos == null || minor.count() == 0
                ? ""
                : ", " + nanos((double) nanos / minor.count()) + " each in the shadow heap";
    }
}
