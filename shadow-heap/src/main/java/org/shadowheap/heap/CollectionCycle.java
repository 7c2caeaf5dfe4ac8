package org.shadowheap.heap;

import java.util.Arrays;
import org.shadowheap.event.CollectionKind;

/**
 * From one minor collection to the next: ends rounds, collects when it is time, and says whether a major collection
 * comes with the next one. For one thread, while no mutator is at work.
 */
final class CollectionCycle {

    private final Spaces spaces;
    private final Mutator[] mutators;
    private final Holders[] holders;
    private final Collector collector;
    private final MajorTrigger majorTrigger;

    /** Half of the nursery was full at the end of a round. */
    private boolean halfPassed;

    /** Collections of the JVM's own young generation that were told of in this round. */
    private int marks;

    /** Somebody asked for a collection in this round. */
    private boolean isAsked;

    /** And that a major one comes with the next. */
    private boolean isMajorAsked;

    /** What was born did not fit until the next mark. */
    private boolean cameBeforeItsMark;

    /** A collection failed in the middle. */
    private boolean broken;

    CollectionCycle(Spaces spaces, Mutator[] mutators, Collector collector) {
        this.spaces = spaces;
        this.mutators = mutators;
        holders = Arrays.stream(mutators).map(Mutator::holders).toArray(Holders[]::new);
        this.collector = collector;
        majorTrigger = new MajorTrigger(spaces.configuration, spaces.budget);
    }

    /** Bytes born since the last minor collection. */
    long bornSinceCollectionBytes() {
        long bytes = 0;
        for (MutatorSpaces each : spaces.mutators) {
            bytes += each.counts.bornBytes;
        }
        return bytes;
    }

    /** Bytes born altogether. */
    long bornBytes() {
        long bytes = 0;
        for (MutatorSpaces each : spaces.mutators) {
            bytes += each.counts.clockBytes;
        }
        return bytes;
    }

    /** Tells all mutators. */
    void rootsRequested() {
        for (Mutator each : mutators) {
            each.settleArrived();
        }
        for (Mutator each : mutators) {
            each.windowBegins();
        }
    }

    /** The JVM itself has collected, or somebody asks for a collection. */
    void realCollection(int kind) {
        if (kind == CollectionKind.YOUNG.number()) {
            marks++;
        }
        isMajorAsked |= kind == CollectionKind.ASKED_MAJOR.number();
        isAsked |= kind == CollectionKind.ASKED.number() || isMajorAsked;
    }

    /** Ends a round for all mutators; collects if the nursery is full or it was asked for, or for each mark if the heap goes by marks. */
    void round(ShadowHeap heap) {
        roundEnds();
        int due = marks;
        boolean askedFor = isAsked;
        boolean majorAskedFor = isMajorAsked;
        marks = 0;
        isAsked = false;
        isMajorAsked = false;
        if (spaces.configuration.collectAt() == CollectAt.REAL) {
            collectAtMarks(heap, due);
        } else if (askedFor) {
            collect(heap);
            // Not with this one: of old objects only what is mentioned while it is due counts as evidence.
            spaces.isMajorDue |= majorAskedFor;
        } else {
            collectIfFull(heap);
        }
    }

    /** Whether {@link #round} would begin with a major collection now. */
    boolean isMajorNext() {
        if (!spaces.isMajorDue) {
            return false;
        }
        return spaces.configuration.collectAt() == CollectAt.REAL
                ? marks > 0 || cannotAwaitItsMark()
                : isAsked || isNurseryFull();
    }

    private boolean isNurseryFull() {
        return bornSinceCollectionBytes() >= fullNurseryBytes();
    }

    private boolean cannotAwaitItsMark() {
        return isNurseryFull() && !hasRoomBeyondTheNursery();
    }

    /** Of several marks in a round the first finds all that was born, the others make its survivors older. */
    private void collectAtMarks(ShadowHeap heap, int due) {
        for (int i = 0; i < due; i++) {
            collect(heap);
        }
        if (due == 0 && cannotAwaitItsMark()) {
            cameBeforeItsMark = true;
            collect(heap);
        }
    }

    /** Whether a quarter of a nursery more may be born, a few chunks at least, with what a collection needs for it. */
    private boolean hasRoomBeyondTheNursery() {
        long quarter = spaces.budget.nurseryBytes() / 4;
        long chunks = 2L * mutators.length * spaces.young.chunkBytes();
        return spaces.budget.fits((Budget.NURSERY_NEEDS + 1) * Math.max(quarter, chunks));
    }

    private void collectIfFull(ShadowHeap heap) {
        if (isNurseryFull()) {
            collect(heap);
        } else if (!halfPassed && bornSinceCollectionBytes() >= fullNurseryBytes() / 2) {
            halfPassed = true;
            beginWindowUnlessRequested();
        }
    }

    /** What was asked for; less if the bound is small: what there is room for, but for a chunk of each mutator. */
    private long fullNurseryBytes() {
        long chunkBytes = spaces.young.chunkBytes();
        long affordable = spaces.budget.nurseryBytes() - mutators.length * chunkBytes;
        return Math.min(spaces.configuration.nurseryBytes(), Math.max(affordable, chunkBytes / 2));
    }

    /** Whether collections came earlier than they would have with more memory. */
    boolean isBoundFelt() {
        return cameBeforeItsMark
                || fullNurseryBytes() < spaces.configuration.nurseryBytes()
                || majorTrigger.isBoundFelt();
    }

    /** Ends a round that lacks some of its events; collects nothing. */
    void abandonRound() {
        marks = 0;
        isAsked = false;
        isMajorAsked = false;
        for (Mutator each : mutators) {
            each.roundIsAbandoned();
        }
        nameArrays();
        spaces.ids.roundEnds();
    }

    /** As if the nursery were full. */
    void collectNow(ShadowHeap heap) {
        roundEnds();
        collect(heap);
    }

    /** As if a major collection were due as well. */
    void collectMajorNow(ShadowHeap heap) {
        roundEnds(); // what is settled there was mentioned before a major collection was due
        spaces.isMajorDue = true;
        collect(heap);
    }

    private void roundEnds() {
        if (broken) {
            throw new IllegalStateException("a collection has failed: the heap can only be closed");
        }
        spaces.rounds++;
        for (Mutator each : mutators) {
            each.roundEnds();
        }
        nameArrays();
        spaces.ids.roundEnds();
    }

    private void nameArrays() {
        Holders.roundEnds(holders);
        tellWaitingStores();
    }

    /** To observers, under the names that arrays have. */
    void tellWaitingStores() {
        for (Mutator each : mutators) {
            each.tellWaitingStores();
        }
    }

    private void beginWindowUnlessRequested() {
        for (MutatorSpaces each : spaces.mutators) {
            if (!each.evidence.isRequested()) {
                each.evidence.restart();
            }
        }
    }

    private void collect(ShadowHeap heap) {
        if (spaces.cycle == Entry.MAX_CYCLE) {
            throw new IllegalStateException("no more cycles: collections=" + spaces.cycle);
        }
        Counts sum = spaces.counts();
        boolean major = spaces.isMajorDue;
        Evacuation evacuation = new Evacuation(spaces, sum.clockBytes, sum.stores, sum.oldToYoung, major);
        try {
            collector.collect(evacuation);
        } finally {
            // An observer may throw when all is done.
            if (evacuation.isFinished()) {
                cycleEnds(major, sum.contactBytes);
            } else if (evacuation.hasBegun()) {
                broken = true;
            }
        }
        if (spaces.configuration.isVerified()) {
            collector.verify(heap);
        }
    }

    private void cycleEnds(boolean major, long metBytes) {
        for (MutatorSpaces each : spaces.mutators) {
            each.counts.stores = 0;
            each.counts.oldToYoung = 0;
            each.counts.bornBytes = 0;
        }
        halfPassed = false;
        if (major) {
            majorTrigger.collected(spaces.old.objectBytes());
        }
        spaces.isMajorDue = majorTrigger.isDue(spaces.old.objectBytes(), metBytes, major);
    }
}
