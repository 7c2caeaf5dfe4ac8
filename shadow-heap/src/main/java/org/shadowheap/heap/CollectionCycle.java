package org.shadowheap.heap;

import java.util.Arrays;

/**
 * From one minor collection to the next: ends rounds, collects when the nursery is full, and says whether a major collection
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

    /** Ends a round for all mutators; collects if the nursery is full. */
    void round(ShadowHeap heap) {
        roundEnds();
        long bornBytes = bornSinceCollectionBytes();
        long full = fullNurseryBytes();
        if (bornBytes >= full) {
            collect(heap);
        } else if (!halfPassed && bornBytes >= full / 2) {
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
        return fullNurseryBytes() < spaces.configuration.nurseryBytes() || majorTrigger.isBoundFelt();
    }

    /** Ends a round that lacks some of its events; collects nothing. */
    void abandonRound() {
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
                cycleEnds(major);
            } else if (evacuation.hasBegun()) {
                broken = true;
            }
        }
        if (spaces.configuration.isVerified()) {
            collector.verify(heap);
        }
    }

    private void cycleEnds(boolean major) {
        for (MutatorSpaces each : spaces.mutators) {
            each.counts.stores = 0;
            each.counts.oldToYoung = 0;
            each.counts.bornBytes = 0;
        }
        halfPassed = false;
        if (major) {
            majorTrigger.collected(spaces.old.objectBytes());
        }
        spaces.isMajorDue = majorTrigger.isDue(spaces.old.objectBytes());
    }
}
