package org.shadowheap.collect;

import org.shadowheap.remset.RememberedSet;
import org.shadowheap.remset.RememberedSetStatistics;
import org.shadowheap.remset.ScanTally;

/** Passes everything on to another remembered set; tests override what they want to go wrong. */
class SabotagedSet implements RememberedSet {

    private final RememberedSet set;

    SabotagedSet(RememberedSet set) {
        this.set = set;
    }

    /** As if the barrier had been removed. */
    static RememberedSet withoutBarrier(RememberedSet set) {
        return new SabotagedSet(set) {
            @Override
            public boolean remember(long object, long slot) {
                return false;
            }
        };
    }

    /** As if a minor collection scanned nothing. */
    static RememberedSet withoutScan(RememberedSet set) {
        return new SabotagedSet(set) {
            @Override
            public int beginScan() {
                return 0;
            }
        };
    }

    /** As if an edge that still leads to a young object were forgotten once it was scanned. */
    static RememberedSet withoutKeeping(RememberedSet set) {
        return new SabotagedSet(set) {
            @Override
            public void keep(long object, long slot, int age) {
                // forgotten
            }
        };
    }

    @Override
    public boolean remember(long object, long slot) {
        return set.remember(object, slot);
    }

    @Override
    public boolean remembersObjects() {
        return set.remembersObjects();
    }

    @Override
    public void keep(long object, long slot, int age) {
        set.keep(object, slot, age);
    }

    @Override
    public boolean isRemembered(long object, long slot) {
        return set.isRemembered(object, slot);
    }

    @Override
    public int beginScan() {
        return set.beginScan();
    }

    @Override
    public void scan(int unit, ObjectVisitor visitor, ScanTally tally) {
        set.scan(unit, visitor, tally);
    }

    @Override
    public void endScan(ScanTally total) {
        set.endScan(total);
    }

    @Override
    public void pageFreed(int page) {
        set.pageFreed(page);
    }

    @Override
    public void endSweep() {
        set.endSweep();
    }

    @Override
    public RememberedSetStatistics statistics() {
        return set.statistics();
    }

    @Override
    public void verify() {
        set.verify();
    }

    @Override
    public void close() {
        set.close();
    }
}
