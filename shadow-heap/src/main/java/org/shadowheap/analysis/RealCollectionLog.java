package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.CollectionFigures.RealCollection;
import org.shadowheap.event.CollectionKind;

/**
 * Keeps what the JVM collected itself, with what was stored since its collection before. Written by the feeding thread.
 *
 * <p>Stores are counted at the end of the round in which a collection is told of: before, some wait for a birth or a name, and which
 * ones depends on how many threads apply events. Of several collections in a round the first has them all.
 */
final class RealCollectionLog {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long KIB = 1024;

    private record Told(int kind, int wallMillis, int pauseMicros, int youngKiB) {}

    private final List<RealCollection> collections = new ArrayList<>();

    /** Those of the current round. */
    private final List<Told> told = new ArrayList<>();

    private long storesBefore;
    private long oldToYoungBefore;

    /** What was asked for is none of the JVM's. */
    void add(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        if (kind == CollectionKind.ASKED.number() || kind == CollectionKind.ASKED_MAJOR.number()) {
            return;
        }
        told.add(new Told(kind, wallMillis, pauseMicros, youngKiB));
    }

    /** Whether some were told of in the current round. */
    boolean isWaiting() {
        return !told.isEmpty();
    }

    /**
     * A round has ended.
     *
     * @param clockBytes bytes born so far
     * @param stores all stores so far
     * @param oldToYoung those of them that were old-to-young
     */
    void roundEnds(long clockBytes, long stores, long oldToYoung) {
        for (Told each : told) {
            collections.add(new RealCollection(
                    clockBytes,
                    each.wallMillis * NANOS_PER_MILLI,
                    CollectionKind.labelOf(each.kind),
                    each.pauseMicros * NANOS_PER_MICRO,
                    stores - storesBefore,
                    oldToYoung - oldToYoungBefore,
                    youngBytes(each.youngKiB)));
            storesBefore = stores;
            oldToYoungBefore = oldToYoung;
        }
        told.clear();
    }

    private static @Nullable Long youngBytes(int youngKiB) {
        return youngKiB == 0 ? null : Long.valueOf(Integer.toUnsignedLong(youngKiB) * KIB);
    }

    /** All of them, null if there was none. */
    @Nullable
    List<RealCollection> collections() {
        return collections.isEmpty() ? null : collections;
    }
}
