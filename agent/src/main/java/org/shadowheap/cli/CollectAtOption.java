package org.shadowheap.cli;

import java.util.List;
import org.shadowheap.heap.CollectAt;
import org.shadowheap.replay.HeapOverrides;
import picocli.CommandLine.Option;

/** When the heaps of a replay are collected. */
final class CollectAtOption {

    private enum Time {
        nursery,
        real
    }

    @Option(
            names = "--collect-at",
            paramLabel = "TIME",
            description = {
                "nursery: a minor collection comes when the nursery is full (default).",
                "real: it comes where the recorded JVM collected its own young generation."
            })
    private Time time = Time.nursery;

    /**
     * The heaps with the time of their collections.
     *
     * @param hasNurseries whether sizes of nurseries were given
     * @throws IllegalArgumentException if the JVM's collections are asked for together with what excludes them
     */
    List<HeapOverrides> of(List<HeapOverrides> heaps, LivenessOption liveness, boolean hasNurseries) {
        if (time == Time.nursery) {
            return heaps;
        }
        if (!liveness.isWhole()) {
            throw new IllegalArgumentException(
                    "collect-at real is another heap than the session's, so it goes without --liveness live: collect-at=real");
        }
        if (hasNurseries) {
            throw new IllegalArgumentException(
                    "collect-at real takes the JVM's own eden for a nursery, so it goes without --nursery: collect-at=real");
        }
        return heaps.stream().map(each -> each.withCollectAt(CollectAt.REAL)).toList();
    }
}
