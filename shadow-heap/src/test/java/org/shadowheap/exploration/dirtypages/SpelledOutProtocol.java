package org.shadowheap.exploration.dirtypages;

import java.util.function.LongConsumer;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * The protocol of {@code DirtyPageList} step by step, over the real {@link PageTable}, so that {@link Mutants} can
 * change one step each. A test asserts that it takes the same steps as the real one.
 */
public class SpelledOutProtocol implements Protocol {

    final PageTable pages;
    final Object lock = new Object();
    NativeIntList list;
    NativeIntList snapshot;

    public SpelledOutProtocol(NativeMemory memory, PageTable pages) {
        this.pages = pages;
        list = new NativeIntList(memory);
        snapshot = new NativeIntList(memory);
    }

    @Override
    public boolean remember(long object, long slot) {
        pages.setDirtyVolatile(object);
        int page = pages.pageOf(object);
        return !pages.isListedVolatile(page) && list(page);
    }

    boolean list(int page) {
        synchronized (lock) {
            if (pages.isListedVolatile(page)) {
                return false;
            }
            list.add(page);
            pages.setListedVolatile(page);
            return true;
        }
    }

    @Override
    public long scan(LongConsumer visitor) {
        NativeIntList listed = swap();
        int size = listed.size();
        for (int i = 0; i < size; i++) {
            scanPage(listed.get(i), visitor);
        }
        listed.clear();
        return size;
    }

    NativeIntList swap() {
        synchronized (lock) {
            NativeIntList listed = list;
            list = snapshot;
            snapshot = listed;
            return listed;
        }
    }

    void scanPage(int page, LongConsumer visitor) {
        pages.clearListedVolatile(page);
        for (int word = 0; word < pages.words(); word++) {
            if (pages.dirtyVolatile(page, word) != 0) {
                visit(page, word, pages.takeDirtyVolatile(page, word), visitor);
            }
        }
    }

    final void visit(int page, int word, long dirtyBits, LongConsumer visitor) {
        for (long bits = dirtyBits; bits != 0; bits &= bits - 1) {
            visitor.accept(pages.addressOf(page) + 8L * (64 * word + Long.numberOfTrailingZeros(bits)));
        }
    }
}
