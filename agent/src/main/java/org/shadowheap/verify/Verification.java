package org.shadowheap.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Verified;
import org.shadowheap.event.EventSink;
import org.shadowheap.heap.ShadowGraph;

/**
 * One comparison of the shadow heap with a heap dump, at the end of a session.
 *
 * <ol>
 *   <li>{@link #Verification} before the existing heap is mirrored, and {@link #witness} behind the mirror's sink;
 *   <li>when the drain has caught up: {@link #takeDump}, while everything is still recorded;
 *   <li>when the drain has stopped: {@link #compare};
 *   <li>{@link #close} in any case.
 * </ol>
 *
 * The thread that calls is the agent's: its births are not recorded.
 */
public final class Verification implements AutoCloseable {

    private final HeapDumper dumper;
    private final Witness witness = new Witness();
    private @Nullable Path dump;

    /** @throws IOException if this JVM takes no dumps, or has no folder for temporary files */
    public Verification() throws IOException {
        dumper = new HeapDumper();
    }

    /** Is given every event after the mirror took it. */
    public EventSink witness() {
        return witness;
    }

    /**
     * Takes the dump. A slot that is stored to from now on may differ for that.
     *
     * @throws IOException if there is no room for it
     */
    public void takeDump() throws IOException {
        witness.watch();
        dump = dumper.dump();
    }

    /**
     * Compares the dump with the shadow heap, in a time of some microseconds for each object.
     *
     * @param isOwn whether a class, by name, is the agent's own
     * @param explanations of what differs
     * @throws IOException if the dump cannot be read
     */
    public Verified compare(ShadowGraph shadow, Predicate<String> isOwn, Explanations explanations) throws IOException {
        Path file = Objects.requireNonNull(dump, "no dump was taken");
        try (DumpedHeap dumped = new HprofDump(file);
                Comparison comparison = new Comparison(dumped, shadow, witness.stored(), isOwn, explanations)) {
            return comparison.run();
        }
    }

    /** Deletes the dump. */
    @Override
    public void close() {
        Path file = dump;
        if (file != null) {
            dump = null;
            HeapDumper.delete(Objects.requireNonNull(file.getParent()));
        }
    }
}
