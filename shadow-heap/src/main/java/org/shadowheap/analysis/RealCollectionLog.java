package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.CollectionFigures.RealCollection;
import org.shadowheap.event.CollectionKind;

/** Keeps what the JVM collected itself, with what was stored since its collection before. Written by the feeding thread. */
final class RealCollectionLog {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long KIB = 1024;

    private final List<RealCollection> collections = new ArrayList<>();
    private long storesBefore;
    private long oldToYoungBefore;

    /**
     * @param clockBytes bytes born so far
     * @param stores all stores so far
     * @param oldToYoung those of them that were old-to-young
     */
    void add(int kind, int wallMillis, int pauseMicros, int youngKiB, long clockBytes, long stores, long oldToYoung) {
        collections.add(new RealCollection(
                clockBytes,
                wallMillis * NANOS_PER_MILLI,
                CollectionKind.labelOf(kind),
                pauseMicros * NANOS_PER_MICRO,
                stores - storesBefore,
                oldToYoung - oldToYoungBefore,
                youngBytes(youngKiB)));
        storesBefore = stores;
        oldToYoungBefore = oldToYoung;
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
