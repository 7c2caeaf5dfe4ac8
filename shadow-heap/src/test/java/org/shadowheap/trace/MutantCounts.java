package org.shadowheap.trace;

import java.util.EnumMap;
import java.util.Map;

/** What became of damaged traces. */
final class MutantCounts {

    private final Map<TraceMutation, Long> made = new EnumMap<>(TraceMutation.class);
    private final Map<TraceMutation, Long> read = new EnumMap<>(TraceMutation.class);
    private long skimmed;
    private long cutBeforeTheFirstBlock;
    private long mostBytes;

    void add(MutantCounts other) {
        other.made.forEach((mutation, count) -> made.merge(mutation, count, Long::sum));
        other.read.forEach((mutation, count) -> read.merge(mutation, count, Long::sum));
        skimmed += other.skimmed;
        cutBeforeTheFirstBlock += other.cutBeforeTheFirstBlock;
        mostBytes = Math.max(mostBytes, other.mostBytes);
    }

    void made(TraceMutation mutation) {
        made.merge(mutation, 1L, Long::sum);
    }

    /** To its end, or as far as a cut one goes. */
    void read(TraceMutation mutation) {
        read.merge(mutation, 1L, Long::sum);
    }

    void skimmed() {
        skimmed++;
    }

    /** One that was cut lacks the description of the recording: it is refused. */
    void cutBeforeTheFirstBlock() {
        cutBeforeTheFirstBlock++;
    }

    /** A mutant needed so many bytes of the Java heap. */
    void needed(long bytes) {
        mostBytes = Math.max(mostBytes, bytes);
    }

    long all(TraceMutation mutation) {
        return made.getOrDefault(mutation, 0L);
    }

    long refused(TraceMutation mutation) {
        return all(mutation) - read.getOrDefault(mutation, 0L);
    }

    long all() {
        return made.values().stream().mapToLong(Long::longValue).sum();
    }

    long refused() {
        return all() - read.values().stream().mapToLong(Long::longValue).sum();
    }

    long allSkimmed() {
        return skimmed;
    }

    long allCutBeforeTheFirstBlock() {
        return cutBeforeTheFirstBlock;
    }

    @Override
    public String toString() {
        return "mutants=" + all() + " refused=" + refused() + " skimmed=" + skimmed + " most bytes=" + mostBytes
                + " of " + made + " were read " + read;
    }
}
