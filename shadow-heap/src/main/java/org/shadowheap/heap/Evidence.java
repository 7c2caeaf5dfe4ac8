package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/**
 * Objects that are alive because an event mentioned them lately: born, a store's holder, its value, or the value that it
 * overwrote (a deletion barrier: the program may have read it before). Old objects count only while a major collection is
 * due: nothing else asks for them.
 *
 * <p>A thread that was asked for its roots answers some time later, so what happened since the request <em>before</em>
 * the latest is counted: two windows. Births since the beginning of a window lie at the nursery's tail and need no list;
 * older objects are listed once a window, which the header tells. When nobody asks for roots, a window begins with the
 * cycle, and with the round after which the clock has passed half of the nursery.
 *
 * <p>Costs O(mentions) between collections and O(evidence) in one. Each mutator has its own, and all begin a window
 * together: each lists what it mentions unless the header says that somebody has, in this window.
 */
final class Evidence implements AutoCloseable {

    /** A window in which everything is listed, because the header has no number left for it. */
    private static final int NO_WINDOW = -1;

    private final Types types;
    private final YoungSpace.Region nursery;
    private final boolean counts;
    private NativeIntList current;
    private NativeIntList previous;
    private long currentMark;
    private long previousMark;
    private int window = 1;
    private boolean requested;

    /**
     * @param counts false if nothing is alive by evidence
     */
    Evidence(NativeMemory memory, Types types, YoungSpace.Region nursery, boolean counts) {
        this.types = types;
        this.nursery = nursery;
        this.counts = counts;
        current = new NativeIntList(memory);
        previous = new NativeIntList(memory);
    }

    /** Whether anything is alive by evidence. */
    boolean counts() {
        return counts;
    }

    /** For the header of an object that is born now. */
    int window() {
        return Math.max(window, 0);
    }

    /** Whether threads are asked for their roots. */
    boolean isRequested() {
        return requested;
    }

    /** A young object was mentioned. */
    void mention(int id, long object) {
        if (counts && Header.window(object) != window) {
            Header.setWindow(object, window());
            current.add(id);
        }
    }

    /** An old object was mentioned while a major collection is due. */
    void mentionOld(int id, long object) {
        if (counts && Header.window(object) != window) {
            Header.setWindowOfOld(object, window());
            current.add(id);
        }
    }

    /** Threads were asked for their roots. */
    void rootsRequested() {
        requested = true;
        NativeIntList expired = previous;
        expired.clear();
        previous = current;
        current = expired;
        previousMark = currentMark;
        currentMark = nursery.mark();
        nextWindow();
    }

    /** Visits the evidence; old objects may be among it. */
    void forEach(IntConsumer visitor) {
        if (!counts) {
            return;
        }
        for (int i = 0; i < previous.size(); i++) {
            visitor.accept(previous.get(i));
        }
        for (int i = 0; i < current.size(); i++) {
            visitor.accept(current.get(i));
        }
        nursery.forEachFrom(previousMark, types, object -> visitor.accept(Header.id(object)));
    }

    /** After survivors were copied, while the nursery can still be read: keeps what is still young listed. */
    void collected(IdTable ids, int nextCycle) {
        if (!counts) {
            return;
        }
        keepYoung(previous, ids, nextCycle);
        keepYoung(current, ids, nextCycle);
        // What was born in the current window is in both lists then, and stays until both have expired.
        nursery.forEachFrom(previousMark, types, object -> addIfYoung(previous, object, ids, nextCycle));
        nursery.forEachFrom(currentMark, types, object -> addIfYoung(current, object, ids, nextCycle));
        previousMark = 0;
        currentMark = 0;
        if (!requested) {
            nursery.clear();
            restart();
        }
    }

    /** Begins anew: nothing is evidence that was mentioned before. */
    void restart() {
        previous.clear();
        current.clear();
        previousMark = nursery.mark();
        currentMark = previousMark;
        nextWindow();
    }

    /** Numbers are few; once they are used up everything is listed until {@link #renumber}. */
    private void nextWindow() {
        window = window == NO_WINDOW || window == Header.MAX_WINDOW ? NO_WINDOW : window + 1;
    }

    /** Whether the numbers of windows are nearly used up. */
    boolean isShortOfWindows() {
        return window == NO_WINDOW || window > Header.MAX_WINDOW - Header.MAX_WINDOW / 8;
    }

    /** Between rounds: begins to count windows anew. Whatever a header says, no object is listed in this one yet. */
    void renumber() {
        window = 1;
    }

    @Override
    public void close() {
        current.close();
        previous.close();
    }

    private static void keepYoung(NativeIntList list, IdTable ids, int cycle) {
        int kept = 0;
        for (int i = 0; i < list.size(); i++) {
            int id = list.get(i);
            long entry = ids.find(id);
            if (Entry.isYoung(entry, cycle)) {
                list.set(kept++, id);
            } else if (Entry.isOld(entry)) {
                // No longer listed, so its header must not say so: the same window may last until the next major
                // collection.
                Header.setWindowOfOld(Entry.address(entry), 0);
            }
        }
        list.truncate(kept);
    }

    private static void addIfYoung(NativeIntList list, long object, IdTable ids, int cycle) {
        int id = Header.id(object);
        if (Entry.isYoung(ids.find(id), cycle)) {
            list.add(id);
        }
    }
}
