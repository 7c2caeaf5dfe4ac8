package org.shadowheap.apply;

import java.util.concurrent.ThreadFactory;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.heap.ShadowHeap;

/**
 * Shares a stream of events out among all mutators of a heap, each with a thread of its own.
 *
 * <p>Events about one object go to one mutator, in their order: that of its chunk of 1024 ids, so that mutators seldom
 * write to the same part of the id table. What a thread says of its roots goes to one mutator too. Definitions of types,
 * requests for roots and the ends of rounds wait until all events before them are applied. So the heap is the same at
 * the end of a round, whatever the number of mutators: what lives and in which generation, all slots, old-to-young stores,
 * edges, contradictions. Only where objects lie differs, and what counts pages; and objects whose snapshot refers to what
 * another mutator has yet to bring are remembered, to be on the safe side, so more are scanned.
 *
 * <p>One thread calls. Events are handed over as records, in batches; when a mutator is behind by several the caller
 * waits. Nothing is allocated for an event.
 *
 * <p><b>Failure.</b> If an event cannot be applied, above all because the heap is full, all mutators leave out what comes
 * behind it, the round is {@linkplain ShadowHeap#abandonRound abandoned}, and the exception is thrown to the caller: by
 * {@link #round} at the latest, perhaps by an event before, and by everything that is called later. The heap is
 * consistent then and may be used on, without these appliers.
 */
public final class Appliers extends EventEncoder implements NurseryClock, AutoCloseable {

    private static final int CHUNK_SHIFT = 10;
    private static final int SPREAD = 0x9e3779b9;

    private final ShadowHeap heap;
    private final Lane[] lanes;
    private final FirstFailure failure = new FirstFailure();

    /** How many events this round has shared out. */
    private int place;

    /** After a failure, or closed. */
    private boolean stopped;

    /**
     * Starts as many threads as the heap has mutators.
     *
     * @param heap which only the caller may use besides, between rounds
     * @param threads makes them; they become daemons named {@code shadowheap-applier-0} and so on
     */
    public Appliers(ShadowHeap heap, ThreadFactory threads) {
        this.heap = heap;
        lanes = new Lane[heap.configuration().mutators()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(heap.mutator(i), failure);
        }
        try {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i].start(threads, "shadowheap-applier-" + i);
            }
        } catch (Throwable e) {
            endThreads();
            throw e;
        }
    }

    @Override
    public void type(TypeDefinition type) {
        if (stopped) {
            throwStopped();
        }
        awaitApplied();
        heap.type(type);
    }

    @Override
    public void site(SiteDefinition site) {
        heap.site(site);
    }

    @Override
    public void caller(CallerDefinition caller) {
        heap.caller(caller);
    }

    @Override
    protected void record(long word0, long word1) {
        if (stopped) {
            throwStopped();
        }
        switch (EventRecord.kind(word1)) {
            case EventRecord.ROUND -> {
                awaitApplied();
                place = 0;
                heap.round();
            }
            case EventRecord.REAL_COLLECTION, EventRecord.COLLECTED, EventRecord.COLLECTION_TOLD -> {
                awaitApplied(); // whoever hears of it may look at the heap
                EventDecoder.decode(word0, word1, heap);
            }
            case EventRecord.ROOTS_REQUESTED -> {
                awaitApplied();
                heap.rootsRequested();
            }
            case EventRecord.ROOTS, EventRecord.ROOT, EventRecord.THREAD_END ->
                add(laneOf(EventRecord.operand(word1)), word0, word1);
            default -> add(laneOf(EventRecord.subject(word0) >>> CHUNK_SHIFT), word0, word1);
        }
    }

    private void add(Lane lane, long word0, long word1) {
        if (lane.add(word0, word1, place++)) {
            throwIfFailed();
        }
    }

    /** Spreads numbers over the lanes, always in the same way: the high half of a product instead of a division (Lemire 2019). */
    private Lane laneOf(int number) {
        return lanes[(int) (Integer.toUnsignedLong(number * SPREAD) * lanes.length >>> 32)];
    }

    /**
     * Returns when every event so far was applied, so that the heap may be looked at.
     *
     * @throws RuntimeException if one could not be and nobody was told yet
     */
    public void settle() {
        if (!stopped) {
            awaitApplied();
        }
    }

    @Override
    public long bornSinceCollectionBytes() {
        return heap.bornSinceCollectionBytes();
    }

    @Override
    public long bornBytes() {
        return heap.bornBytes();
    }

    /** Waits for what was shared out in this round, if a major collection is due: what was born in it decides. */
    @Override
    public boolean isMajorNext() {
        if (!heap.isMajorDue()) {
            return false;
        }
        settle();
        return heap.isMajorNext();
    }

    /** Returns when every event so far was applied; throws if one could not be. */
    private void awaitApplied() {
        for (Lane each : lanes) {
            each.handOver();
        }
        for (Lane each : lanes) {
            each.awaitIdle();
        }
        throwIfFailed();
    }

    private void throwIfFailed() {
        if (failure.get() != null) {
            stopped = true;
            for (Lane each : lanes) {
                each.handOver();
                each.awaitIdle();
            }
            abandonRound();
            throwStopped();
        }
    }

    private void abandonRound() {
        try {
            heap.abandonRound();
        } catch (RuntimeException | Error e) {
            failure.note(e);
        }
    }

    private void throwStopped() {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown; // a mutator declares nothing
        }
        throw new IllegalStateException("appliers are closed");
    }

    /**
     * Applies what is left, and ends the threads.
     *
     * @throws RuntimeException if an event could not be applied and nobody was told yet
     */
    @Override
    public void close() {
        try {
            settle();
        } finally {
            stopped = true;
            endThreads();
        }
    }

    private void endThreads() {
        for (Lane each : lanes) {
            each.close();
        }
    }
}
