package org.shadowheap.benchmarks.stress;

import java.util.function.LongConsumer;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;
import org.shadowheap.remset.DirtyPageList;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/** What the tests ask of a remembered set, real or spoiled. */
public interface Protocol {

    /** Makes one for a heap. */
    @FunctionalInterface
    interface Maker {
        Protocol make(NativeMemory memory, PageTable pages);
    }

    /** A slot of the object was written. Returns whether this listed its page. */
    boolean remember(long object, long slot);

    /** Visits what is remembered and forgets it. Returns the number of pages. */
    long scan(LongConsumer visitor);

    /**
     * Checks its own invariants, if it can, while nobody uses it.
     *
     * @throws IllegalStateException if one is broken
     */
    default void verify() {}

    /** The real one; the only place here that knows the shape of {@link RememberedSet}. */
    static Protocol real(NativeMemory memory, PageTable pages) {
        RememberedSet set = new DirtyPageList(memory, pages, false);
        return new Protocol() {
            @Override
            public boolean remember(long object, long slot) {
                return set.remember(object, slot);
            }

            @Override
            public long scan(LongConsumer visitor) {
                ScanTally tally = new ScanTally();
                int units = set.beginScan();
                for (int unit = 0; unit < units; unit++) {
                    set.scan(unit, (object, from, to) -> visitor.accept(object), tally);
                }
                set.endScan(tally);
                return tally.dirtyPages;
            }

            @Override
            public void verify() {
                set.verify();
            }
        };
    }
}
