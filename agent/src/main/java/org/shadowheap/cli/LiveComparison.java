package org.shadowheap.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.LiveMethod;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.replay.HeapOverrides;
import org.shadowheap.replay.SweepOutcome;

/**
 * Replays what the live session said beside the heap that is as recorded and knows the whole trace: so that one result tells the
 * error of the live method.
 */
final class LiveComparison {

    private static final int NONE = -1;

    private final List<HeapOverrides> heaps;

    /** Place of the heap that is as recorded; what the session said comes behind all. */
    private final int place;

    private LiveComparison(List<HeapOverrides> heaps, int place) {
        this.heaps = heaps;
        this.place = place;
    }

    /**
     * Of these heaps.
     *
     * @param isAskedFor whether there is anything to compare with
     */
    static LiveComparison of(List<HeapOverrides> heaps, boolean isAskedFor, HeapConfiguration recorded) {
        for (int i = 0; isAskedFor && i < heaps.size(); i++) {
            HeapOverrides heap = heaps.get(i);
            if (heap.isWhole() && heap.isOf(recorded)) {
                List<HeapOverrides> more = new ArrayList<>(heaps);
                more.add(heap.live());
                return new LiveComparison(more, i);
            }
        }
        return new LiveComparison(heaps, NONE);
    }

    /** All that must be replayed. */
    List<HeapOverrides> heaps() {
        return heaps;
    }

    /** Why there is nothing to compare with, in one line; null if there is, or if nobody asks. */
    @Nullable
    String failure(List<SweepOutcome> outcomes) {
        if (place == NONE) {
            return null;
        }
        SweepOutcome live = outcomes.get(outcomes.size() - 1);
        boolean hasNobodyToTell = outcomes.get(place).result() == null;
        return live.result() != null || live.isStopped() || hasNobodyToTell
                ? null
                : "what the live session said cannot be told, its heap could not be replayed: " + SweepRun.reason(live);
    }

    /** The outcomes of the heaps that were asked for, one of them with what the session said. */
    List<SweepOutcome> merged(List<SweepOutcome> outcomes) {
        if (place == NONE) {
            return outcomes;
        }
        List<SweepOutcome> merged = new ArrayList<>(outcomes.subList(0, outcomes.size() - 1));
        SweepOutcome whole = merged.get(place);
        AnalysisResult live = outcomes.get(outcomes.size() - 1).result();
        AnalysisResult result = whole.result();
        if (live != null && result != null) {
            merged.set(
                    place,
                    new SweepOutcome(
                            whole.heap(),
                            result.withLiveMethod(LiveMethod.of(live, result)),
                            null,
                            whole.isBoundFelt(),
                            whole.isRepeated()));
        }
        return merged;
    }
}
