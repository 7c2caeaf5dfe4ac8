package org.shadowheap.exploration.dirtypages;

import java.util.function.LongConsumer;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.memory.PageTable;

/** The protocol with one step changed; each must be seen to fail. */
final class Mutants {

    private Mutants() {}

    /** Visits the objects first and clears bits and flag later. */
    public static final class ScanThenClear extends SpelledOutProtocol {
        public ScanThenClear(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        void scanPage(int page, LongConsumer visitor) {
            visit(page, 0, pages.dirtyVolatile(page, 0), visitor);
            pages.clearListedVolatile(page);
            pages.takeDirtyVolatile(page, 0);
        }
    }

    /** Takes the bits before it clears the flag. */
    public static final class BitsBeforeFlag extends SpelledOutProtocol {
        public BitsBeforeFlag(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        void scanPage(int page, LongConsumer visitor) {
            long bits = pages.takeDirtyVolatile(page, 0);
            pages.clearListedVolatile(page);
            visit(page, 0, bits, visitor);
        }
    }

    /** Clears the flag when the page is done. */
    public static final class FlagClearedAfterVisits extends SpelledOutProtocol {
        public FlagClearedAfterVisits(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        void scanPage(int page, LongConsumer visitor) {
            visit(page, 0, pages.takeDirtyVolatile(page, 0), visitor);
            pages.clearListedVolatile(page);
        }
    }

    /** Sets the flag before it appends to the list, in two turns at the lock. */
    public static final class FlagBeforeAppend extends SpelledOutProtocol {
        public FlagBeforeAppend(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        boolean list(int page) {
            synchronized (lock) {
                if (pages.isListedVolatile(page)) {
                    return false;
                }
                pages.setListedVolatile(page);
            }
            synchronized (lock) {
                list.add(page);
                return true;
            }
        }
    }

    /** Sets the flag after it has left the lock. */
    public static final class FlagAfterUnlocking extends SpelledOutProtocol {
        public FlagAfterUnlocking(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        boolean list(int page) {
            synchronized (lock) {
                if (pages.isListedVolatile(page)) {
                    return false;
                }
                list.add(page);
            }
            pages.setListedVolatile(page);
            return true;
        }
    }

    /** Does not check the flag again under the lock. */
    public static final class NoSecondCheck extends SpelledOutProtocol {
        public NoSecondCheck(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        boolean list(int page) {
            synchronized (lock) {
                list.add(page);
                pages.setListedVolatile(page);
                return true;
            }
        }
    }

    /** Lists the page first and sets the dirty bit later. */
    public static final class ListedBeforeDirty extends SpelledOutProtocol {
        public ListedBeforeDirty(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        public boolean remember(long object, long slot) {
            int page = pages.pageOf(object);
            boolean isFirst = !pages.isListedVolatile(page) && list(page);
            pages.setDirtyVolatile(object);
            return isFirst;
        }
    }

    /** Remembers the object and writes the slot later. */
    public static final class SlotWrittenLate extends SpelledOutProtocol {
        public SlotWrittenLate(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        public boolean store(long object, long slot, int value) {
            boolean isFirst = remember(object, slot);
            OffHeap.putIntPlain(slot, value);
            return isFirst;
        }
    }

    /** Leaves a dirty bit that is set as it is, on the word of a volatile load. */
    public static final class DirtyIsSkipped extends SpelledOutProtocol {
        public DirtyIsSkipped(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        public boolean remember(long object, long slot) {
            if (!pages.isDirtyVolatile(object)) {
                pages.setDirtyVolatile(object);
            }
            int page = pages.pageOf(object);
            return !pages.isListedVolatile(page) && list(page);
        }
    }

    /** Swaps the lists without the lock. */
    public static final class SwapWithoutLock extends SpelledOutProtocol {
        public SwapWithoutLock(NativeMemory memory, PageTable pages) {
            super(memory, pages);
        }

        @Override
        NativeIntList swap() {
            NativeIntList listed = list;
            list = snapshot;
            snapshot = listed;
            return listed;
        }
    }
}
