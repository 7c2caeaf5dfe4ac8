package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.CollectionFigures.RealCollection;
import org.shadowheap.event.CollectionKind;

/**
 * Keeps what the JVM collected itself, with what was stored since its collection before. Written by the feeding thread.
 *
 * <p>Stores are counted at the end of the round in which a collection stands: before, some wait for a birth or a name, and which
 * ones depends on how many threads apply events. Of several collections in a round the first has them all.
 *
 * <p>What stands in its place says nothing of eden. That comes apart, under the collection's number, mostly later.
 */
final class RealCollectionLog {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long KIB = 1024;

    /** The number of what does not stand in its place: the JVM counts from 1. */
    private static final int LATE = 0;

    private static final class Collected {
        final int kind;
        final int number;
        int wallMillis;
        int pauseMicros;
        int youngKiB;
        long clockBytes;
        long stores;
        long oldToYoung;

        Collected(int kind, int number) {
            this.kind = kind;
            this.number = number;
        }

        boolean is(int itsKind, int itsNumber) {
            return kind == itsKind && number == itsNumber;
        }

        /** What was measured in place is more exact. */
        void take(int itsPauseMicros, int itsYoungKiB) {
            pauseMicros = pauseMicros == 0 ? itsPauseMicros : pauseMicros;
            youngKiB = itsYoungKiB;
        }

        RealCollection toRecord() {
            return new RealCollection(
                    clockBytes,
                    wallMillis * NANOS_PER_MILLI,
                    CollectionKind.labelOf(kind),
                    pauseMicros * NANOS_PER_MICRO,
                    stores,
                    oldToYoung,
                    youngKiB == 0 ? null : Long.valueOf(Integer.toUnsignedLong(youngKiB) * KIB),
                    number != LATE);
        }
    }

    private final List<Collected> collections = new ArrayList<>();

    /** How many of them are not of the current round. */
    private int counted;

    /** Figures of collections whose place was not met yet. */
    private final List<Collected> early = new ArrayList<>();

    private long storesBefore;
    private long oldToYoungBefore;

    /** What was asked for is none of the JVM's. */
    void add(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        if (kind == CollectionKind.ASKED.number() || kind == CollectionKind.ASKED_MAJOR.number()) {
            return;
        }
        Collected late = new Collected(kind, LATE);
        late.wallMillis = wallMillis;
        late.take(pauseMicros, youngKiB);
        collections.add(late);
    }

    void addInPlace(int kind, int number, int wallMillis, int pauseMicros) {
        Collected here = new Collected(kind, number);
        here.wallMillis = wallMillis;
        here.pauseMicros = pauseMicros;
        collections.add(here);
        for (int i = 0; i < early.size(); i++) {
            if (early.get(i).is(kind, number)) {
                Collected figures = early.remove(i);
                here.take(figures.pauseMicros, figures.youngKiB);
                return;
            }
        }
    }

    /** Of a collection that stands elsewhere. */
    void told(int kind, int number, int pauseMicros, int youngKiB) {
        for (int i = collections.size() - 1; i >= 0; i--) {
            if (collections.get(i).is(kind, number)) {
                collections.get(i).take(pauseMicros, youngKiB);
                return;
            }
        }
        Collected figures = new Collected(kind, number);
        figures.take(pauseMicros, youngKiB);
        early.add(figures);
    }

    /** Whether some stand in the current round. */
    boolean isWaiting() {
        return counted < collections.size();
    }

    /**
     * A round has ended.
     *
     * @param clockBytes bytes born so far
     * @param stores all stores so far
     * @param oldToYoung those of them that were old-to-young
     */
    void roundEnds(long clockBytes, long stores, long oldToYoung) {
        for (; counted < collections.size(); counted++) {
            Collected each = collections.get(counted);
            each.clockBytes = clockBytes;
            each.stores = stores - storesBefore;
            each.oldToYoung = oldToYoung - oldToYoungBefore;
            storesBefore = stores;
            oldToYoungBefore = oldToYoung;
        }
    }

    /** All of them, null if there was none. */
    @Nullable
    List<RealCollection> collections() {
        if (collections.isEmpty()) {
            return null;
        }
        List<RealCollection> records = new ArrayList<>(collections.size());
        for (Collected each : collections) {
            records.add(each.toRecord());
        }
        return records;
    }
}
