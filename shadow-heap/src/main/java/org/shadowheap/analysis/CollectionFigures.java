package org.shadowheap.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CollectionKind;

/**
 * What collections found and cost: their sums, and a record for each.
 *
 * @param major null if there was none
 */
public record CollectionFigures(Minor minor, @Nullable Major major) {

    CollectionFigures withoutTimes() {
        return new CollectionFigures(minor.withoutTimes(), major == null ? null : major.withoutTimes());
    }

    /** Young objects that only dead old ones kept, by the type of these. */
    public record Nepotism(String holder, long bytes) {}

    /**
     * Sums over the minor collections.
     *
     * @param rememberedEntries what the remembered set held: dirty pages, dirty cards or logged objects
     */
    public record Minor(
            long count,
            long rememberedEntries,
            long dirtyPages,
            long dirtyObjects,
            long pagesVisited,
            long slotsScanned,
            long oldToYoungEdges,
            long survivedBytes,
            long promotedBytes,
            @Nullable Long nepotismBytes,
            @Nullable Long nanos) {

        Minor withoutTimes() {
            return new Minor(
                    count,
                    rememberedEntries,
                    dirtyPages,
                    dirtyObjects,
                    pagesVisited,
                    slotsScanned,
                    oldToYoungEdges,
                    survivedBytes,
                    promotedBytes,
                    nepotismBytes,
                    null);
        }
    }

    /**
     * Sums over the major collections.
     *
     * @param nepotism which dead old objects kept young ones alive until then, most bytes first
     */
    public record Major(
            long count, long freedBytes, @Nullable Long nanos, List<Nepotism> nepotism) {

        public Major {
            nepotism = List.copyOf(nepotism);
        }

        Major withoutTimes() {
            return new Major(count, freedBytes, null, nepotism);
        }
    }

    /**
     * One minor collection; stores are those since the one before.
     *
     * @param clockBytes bytes born before it
     * @param wallNanos when it ran, from the start of the recording
     * @param rememberedEntries what the remembered set held: dirty pages, dirty cards or logged objects
     * @param nanos how long it took
     */
    public record MinorCollection(
            long clockBytes,
            @Nullable Long wallNanos,
            long stores,
            long oldToYoung,
            long rememberedEntries,
            long dirtyPages,
            long dirtyObjects,
            long pagesVisited,
            long slotsScanned,
            long oldToYoungEdges,
            long survivedBytes,
            long promotedBytes,
            @Nullable Long nepotismBytes,
            @Nullable Long nanos) {

        MinorCollection withoutTimes() {
            return new MinorCollection(
                    clockBytes,
                    null,
                    stores,
                    oldToYoung,
                    rememberedEntries,
                    dirtyPages,
                    dirtyObjects,
                    pagesVisited,
                    slotsScanned,
                    oldToYoungEdges,
                    survivedBytes,
                    promotedBytes,
                    nepotismBytes,
                    null);
        }
    }

    /**
     * One collection of the JVM itself, for comparison; stores are those since the one before, counted at ends of rounds.
     *
     * @param clockBytes bytes born before the end of the round in which it stands
     * @param wallNanos when it began, from the start of the recording
     * @param kind name of a {@link CollectionKind}
     * @param pauseNanos how long it stopped the program; that of a concurrent cycle is 0, its pauses are told apart from it
     * @param youngBytes bytes of the young generation that were full before, null if nobody can tell
     * @param inPlace whether it stands where the program was then; else where it was when the JVM told, later
     */
    public record RealCollection(
            long clockBytes,
            @Nullable Long wallNanos,
            String kind,
            @Nullable Long pauseNanos,
            long stores,
            long oldToYoung,
            @Nullable Long youngBytes,
            boolean inPlace) {

        /** Whether only the young generation was collected. */
        public boolean isYoung() {
            return kind.equals(CollectionKind.YOUNG.label());
        }

        RealCollection withoutTimes() {
            return new RealCollection(clockBytes, null, kind, null, stores, oldToYoung, youngBytes, inPlace);
        }
    }
}
