package org.shadowheap.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.CollectionFigures.Minor;
import org.shadowheap.analysis.CollectionFigures.MinorCollection;

/**
 * What minor collections have to do, in bytes for each MiB that is allocated: bytes that they copy; once more those of
 * them that they promote, which the collector of the old generation has to deal with; 4 bytes for each slot that they scan;
 * and a byte for eight cards of the table that each of them walks, as it is read eight cards at a time. Unlike times these
 * are the same in every run and on every machine.
 *
 * <p>What was allocated since the last collection does not count: it was not collected.
 */
final class CollectionWork {

    /** With fewer collections the figures say more about the start of the program than about it. */
    static final int FEWEST_COLLECTIONS = 5;

    private static final double MIB = 1 << 20;
    private static final int SLOT_BYTES = 4;
    private static final int CARDS_AT_A_TIME = 8;

    private CollectionWork() {}

    /** Bytes for each MiB; null if there were too few collections to tell. */
    static @Nullable Double of(AnalysisResult result) {
        List<MinorCollection> collections = result.minorCollections();
        if (collections.size() < FEWEST_COLLECTIONS) {
            return null;
        }
        Minor minor = result.collections().minor();
        double bytes = (double) minor.survivedBytes() + minor.promotedBytes() + scannedBytes(result);
        return bytes / (collections.get(collections.size() - 1).clockBytes() / MIB);
    }

    /** The part of it that comes from old objects: slots that all minor collections scan, and cards that they walk. */
    static double scannedBytes(AnalysisResult result) {
        double slotBytes = (double) SLOT_BYTES * result.collections().minor().slotsScanned();
        return slotBytes + cardsWalked(result) / CARDS_AT_A_TIME;
    }

    /** Of a set with cards the pages that were visited are all there are. */
    private static double cardsWalked(AnalysisResult result) {
        Long cardBytes = result.configuration().cardBytes();
        return cardBytes == null
                ? 0
                : (double) result.collections().minor().pagesVisited()
                        * result.configuration().pageBytes()
                        / cardBytes;
    }
}
