package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;

/**
 * A heap of a sweep with the figures that a sweep is judged by.
 *
 * @param collections minor ones, each when another MiB was born
 */
record SweptHeap(
        long nurseryBytes,
        int pageBytes,
        int tenure,
        String remset,
        @Nullable Long cardBytes,
        int collections,
        long survivedBytes,
        long promotedBytes,
        long slotsScanned,
        long pagesVisited) {

    static final long MIB = 1 << 20;

    /** With cards, ten collections, and nothing to do. */
    static SweptHeap cards(long nurseryBytes, long cardBytes) {
        return new SweptHeap(nurseryBytes, 4096, 1, "cards", cardBytes, 10, 0, 0, 0, 0);
    }

    SweptHeap survived(long bytes) {
        return with(collections, bytes, bytes, slotsScanned, pagesVisited);
    }

    SweptHeap survived(long bytes, long promoted) {
        return with(collections, bytes, promoted, slotsScanned, pagesVisited);
    }

    SweptHeap scanned(long slots, long pages) {
        return with(collections, survivedBytes, promotedBytes, slots, pages);
    }

    SweptHeap collections(int count) {
        return with(count, survivedBytes, promotedBytes, slotsScanned, pagesVisited);
    }

    SweptHeap tenure(int newTenure) {
        return new SweptHeap(
                nurseryBytes,
                pageBytes,
                newTenure,
                remset,
                cardBytes,
                collections,
                survivedBytes,
                promotedBytes,
                slotsScanned,
                pagesVisited);
    }

    SweptHeap remset(String name) {
        return new SweptHeap(
                nurseryBytes,
                pageBytes,
                tenure,
                name,
                null,
                collections,
                survivedBytes,
                promotedBytes,
                slotsScanned,
                pagesVisited);
    }

    private SweptHeap with(int count, long survived, long promoted, long slots, long pages) {
        return new SweptHeap(
                nurseryBytes, pageBytes, tenure, remset, cardBytes, count, survived, promoted, slots, pages);
    }

    AnalysisResult result() {
        AnalysisResult typical = Results.typical(List.of(), 0);
        List<MinorCollection> minor = new ArrayList<>();
        for (int i = 1; i <= collections; i++) {
            minor.add(new MinorCollection(i * MIB, null, 456_000, 9_700, 1, 1, 1, 1, 1, 1, 1, 1, null, 5_000_000L));
        }
        return new AnalysisResult(
                typical.program(),
                typical.jvm(),
                typical.notes(),
                new AnalysisResult.Configuration(
                        nurseryBytes, pageBytes, tenure, remset, cardBytes, 1, 1, "whole", "all", "nursery"),
                typical.events(),
                typical.stores(),
                typical.heap(),
                new CollectionFigures(
                        new CollectionFigures.Minor(
                                collections,
                                1_250L * collections,
                                1_250L * collections,
                                1_600L * collections,
                                pagesVisited,
                                slotsScanned,
                                309_000,
                                survivedBytes,
                                promotedBytes,
                                null,
                                5_000_000L * collections),
                        null),
                typical.rememberedSet(),
                minor,
                null,
                typical.sites(),
                typical.fields(),
                typical.fidelity(),
                typical.uninstrumented(),
                null);
    }
}
