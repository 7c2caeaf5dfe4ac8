package org.shadowheap.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/** What each thread last listed as references on its stack. Written by the thread that applies events. */
final class ThreadRoots implements AutoCloseable {

    private final NativeMemory memory;
    private final Budget budget;
    private final LongIndex byThread = new LongIndex();
    private final List<NativeIntList> lists = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private int lastThread = -1;
    private int lastIndex = LongIndex.ABSENT;

    ThreadRoots(NativeMemory memory, Budget budget) {
        this.memory = memory;
        this.budget = budget;
    }

    /** The thread lists anew. */
    void begin(int thread) {
        list(thread).clear();
    }

    /** @throws HeapFullException before anything changed */
    void add(int thread, int id) {
        NativeIntList list = list(thread);
        if (list.bytesToAdd() > 0) {
            synchronized (budget) {
                budget.require(list.bytesToAdd());
                list.makeRoom(1);
            }
        }
        list.add(id);
    }

    /** The thread has ended. */
    void end(int thread) {
        int index = byThread.get(thread);
        if (index != LongIndex.ABSENT) {
            byThread.remove(thread);
            lists.get(index).close();
            free.add(index);
            lastIndex = LongIndex.ABSENT;
        }
    }

    void forEach(IntConsumer visitor) {
        for (int i = 0; i < lists.size(); i++) {
            NativeIntList list = lists.get(i);
            for (int k = 0; k < list.size(); k++) {
                visitor.accept(list.get(k));
            }
        }
    }

    @Override
    public void close() {
        for (NativeIntList list : lists) {
            list.close();
        }
    }

    private NativeIntList list(int thread) {
        if (thread != lastThread || lastIndex == LongIndex.ABSENT) {
            lastIndex = indexOf(thread);
            lastThread = thread;
        }
        return lists.get(lastIndex);
    }

    private int indexOf(int thread) {
        int index = byThread.get(thread);
        if (index == LongIndex.ABSENT) {
            if (free.isEmpty()) {
                index = lists.size();
                lists.add(new NativeIntList(memory));
            } else {
                index = free.remove(free.size() - 1);
            }
            byThread.put(thread, index);
        }
        return index;
    }
}
