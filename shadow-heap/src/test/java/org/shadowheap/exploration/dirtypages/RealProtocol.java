package org.shadowheap.exploration.dirtypages;

import java.util.function.LongConsumer;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;
import org.shadowheap.remset.DirtyPageList;
import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.ScanTally;

/** The real thing. The only place here that knows the shape of {@link RememberedSet}. */
public class RealProtocol implements Protocol {

    private final RememberedSet set;

    public RealProtocol(NativeMemory memory, PageTable pages) {
        this(memory, pages, false);
    }

    private RealProtocol(NativeMemory memory, PageTable pages, boolean oneMutator) {
        set = new DirtyPageList(memory, pages, oneMutator);
    }

    /** As it is where all stores come from one thread. */
    public static final class OfOneMutator extends RealProtocol {
        public OfOneMutator(NativeMemory memory, PageTable pages) {
            super(memory, pages, true);
        }
    }

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
}
