package org.shadowheap.cli;

import java.util.List;
import org.shadowheap.event.Recording;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.replay.HeapOverrides;
import picocli.CommandLine.Option;

/** By what objects live in a replay. */
final class LivenessOption {

    private enum Liveness {
        whole,
        live
    }

    @Option(
            names = "--liveness",
            paramLabel = "KIND",
            description = {
                "whole: alive is what the trace mentions later (default).",
                "live: alive is what the recorded session took for alive, under its own heap; repeats its figures."
            })
    private Liveness liveness = Liveness.whole;

    /** Whether what the trace mentions later is alive. */
    boolean isWhole() {
        return liveness == Liveness.whole;
    }

    /**
     * The heaps with what lives in them.
     *
     * @throws IllegalArgumentException if the session's verdicts are asked for where it had none: of another heap, or recording only
     */
    List<HeapOverrides> of(List<HeapOverrides> heaps, Recording recording, HeapConfiguration recorded) {
        if (isWhole()) {
            return heaps.stream().map(HeapOverrides::whole).toList();
        }
        if (!hasVerdicts(recording)) {
            throw new IllegalArgumentException(
                    "liveness live needs a recording with a live heap, this one has live=false: liveness=live");
        }
        if (!heaps.stream().allMatch(each -> each.isOf(recorded))) {
            throw new IllegalArgumentException(
                    "liveness live repeats the recorded heap, so it goes without other values for --nursery, --page, --tenure,"
                            + " --remset and --card: liveness=live");
        }
        return heaps;
    }

    /** Whether a heap ran beside the recording. */
    static boolean hasVerdicts(Recording recording) {
        return !"false".equals(recording.options().get("live"));
    }
}
