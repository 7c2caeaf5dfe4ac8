package org.shadowheap.replay;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;

/**
 * How the replay of one heap of a sweep ended: with a result or a failure, never both.
 *
 * @param isBoundFelt whether the result might be another one if the heap had more memory
 * @param isRepeated whether it ran a second time, alone, since it had too little memory beside others
 */
public record SweepOutcome(
        HeapOverrides heap,
        @Nullable AnalysisResult result,
        @Nullable Throwable failure,
        boolean isBoundFelt,
        boolean isRepeated) {

    /** Whether all replays were stopped before this one had ended. */
    public boolean isStopped() {
        return failure instanceof CancellationException;
    }

    SweepOutcome repeated() {
        return new SweepOutcome(heap, result, failure, isBoundFelt, true);
    }
}
