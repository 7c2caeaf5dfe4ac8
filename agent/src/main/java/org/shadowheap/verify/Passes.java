package org.shadowheap.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.RunningVerified;
import org.shadowheap.analysis.Verified;

/**
 * Comparisons of a running JVM's heap with its shadow, one after the other, until what changes all the time is told apart from
 * what differs.
 *
 * <p>A slot that was stored to while a dump was taken is not compared, and the next pass compares it. A slot that differs may do
 * so because a thread stood between a store and its record when the dump was taken: it does not the next time. So one more
 * pass follows while a slot was stored to in each of them, or differs for the first time; at most {@link #MOST} in all. The
 * last one says what differs.
 *
 * <p>One thread.
 */
public final class Passes {

    /** So many passes at most. */
    public static final int MOST = 3;

    /** Files that each pass makes in its folder. */
    public static final String DUMP = "heap.hprof";

    public static final String IMAGE = "shadow.image";

    private final Predicate<String> isOwn;
    private int passes;
    private @Nullable Verified last;
    private SlotSet differing = new SlotSet();
    private SlotSet changing = new SlotSet();
    private boolean isConfirmed;

    /** @param isOwn whether a class, by name, is the agent's own */
    public Passes(Predicate<String> isOwn) {
        this.isOwn = isOwn;
    }

    /**
     * Compares what lies in a folder: a {@link #DUMP}, and an {@link #IMAGE} that was made with it.
     *
     * @throws IOException if either cannot be read
     */
    public void compare(Path folder) throws IOException {
        try (HeapImage image = HeapImage.read(folder.resolve(IMAGE));
                DumpedHeap dump = new HprofDump(folder.resolve(DUMP));
                Comparison comparison =
                        new Comparison(dump, image.heap(), image.stored(), isOwn, image.explanations())) {
            add(comparison.run(), comparison.differing(), comparison.changing());
        }
    }

    /** Takes the outcome of a pass. */
    void add(Verified verified, SlotSet differs, SlotSet changes) {
        isConfirmed = differs.and(differing).size() == differs.size();
        changing = passes == 0 ? changes : changing.and(changes);
        differing = differs;
        last = verified;
        passes++;
    }

    /** Whether another pass would tell nothing new. */
    public boolean areEnough() {
        return passes == MOST || passes > 0 && changing.size() == 0 && isConfirmed;
    }

    /**
     * What was found.
     *
     * @param notes what a reader must know first
     * @throws IllegalStateException if nothing was compared
     */
    public RunningVerified result(List<String> notes) {
        Verified found = last;
        if (found == null) {
            throw new IllegalStateException("nothing was compared");
        }
        return new RunningVerified(notes, passes, changing.size(), found);
    }
}
