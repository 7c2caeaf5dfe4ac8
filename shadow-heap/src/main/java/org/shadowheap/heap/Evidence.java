package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/**
 * Young objects that are alive because an event mentioned them lately: born, a store's holder, its value, or the value
 * that it overwrote (a deletion barrier: the program may have read it before).
 *
 * <p>A thread that was asked for its roots answers some time later, so what happened since the request <em>before</em>
 * the latest is counted: two windows. Births since the beginning of a window lie at the nursery's tail and need no list;
 * older objects are listed once a window, which the header tells. When nobody asks for roots, the window begins when
 * the clock has passed half of the nursery in this cycle, or with the cycle while it has not.
 *
 * <p>Costs O(mentions) between collections and O(evidence) in one. Written by the thread that applies events.
 */
final class Evidence implements AutoCloseable {

    private final Types types;
    private final YoungSpace.Region nursery;
    private final long halfBytes;
    private NativeIntList current;
    private NativeIntList previous;
    private long currentMark;
    private long previousMark;
    private int window = 1;
    private boolean requested;
    private boolean halfPassed;

    Evidence(NativeMemory memory, Types types, YoungSpace.Region nursery, long nurseryBytes) {
        this.types = types;
        this.nursery = nursery;
        halfBytes = nurseryBytes / 2;
        current = new NativeIntList(memory);
        previous = new NativeIntList(memory);
    }

    /** For the header of an object that is born now. */
    int window() {
        return window;
    }

    /** The clock moves on to so many bytes since the last collection; before what is born then is allocated. */
    void clock(long bornBytes, YoungSpace.Region ageing) {
        if (!requested && !halfPassed && bornBytes >= halfBytes) {
            halfPassed = true;
            restart(ageing);
        }
    }

    /** A young object was mentioned. */
    void mention(int id, long object) {
        if (Header.window(object) != window) {
            Header.setWindow(object, window);
            current.add(id);
        }
    }

    /** Threads were asked for their roots. */
    void rootsRequested(YoungSpace.Region ageing) {
        requested = true;
        NativeIntList expired = previous;
        expired.clear();
        previous = current;
        current = expired;
        previousMark = currentMark;
        currentMark = nursery.mark();
        nextWindow(ageing);
    }

    /** Visits the evidence; objects that are young no more may be among it. */
    void forEach(IntConsumer visitor) {
        for (int i = 0; i < previous.size(); i++) {
            visitor.accept(previous.get(i));
        }
        for (int i = 0; i < current.size(); i++) {
            visitor.accept(current.get(i));
        }
        nursery.forEachFrom(previousMark, types, object -> visitor.accept(Header.id(object)));
    }

    /** After survivors were copied, while the nursery can still be read: keeps what is still young listed. */
    void collected(IdTable ids, int nextCycle, YoungSpace.Region ageing) {
        keepYoung(previous, ids, nextCycle);
        keepYoung(current, ids, nextCycle);
        // What was born in the current window is in both lists then, and stays until both have expired.
        nursery.forEachFrom(previousMark, types, object -> addIfYoung(previous, object, ids, nextCycle));
        nursery.forEachFrom(currentMark, types, object -> addIfYoung(current, object, ids, nextCycle));
        previousMark = 0;
        currentMark = 0;
        halfPassed = false;
        if (!requested) {
            nursery.clear();
            restart(ageing);
        }
    }

    @Override
    public void close() {
        current.close();
        previous.close();
    }

    private void restart(YoungSpace.Region ageing) {
        previous.clear();
        current.clear();
        previousMark = nursery.mark();
        currentMark = previousMark;
        nextWindow(ageing);
    }

    /** Numbers are few: before they repeat, every young object forgets its own. */
    private void nextWindow(YoungSpace.Region ageing) {
        if (window == Header.MAX_WINDOW) {
            nursery.forEachFrom(0, types, object -> Header.setWindow(object, 0));
            ageing.forEachFrom(0, types, object -> Header.setWindow(object, 0));
            window = 0;
        }
        window++;
    }

    private static void keepYoung(NativeIntList list, IdTable ids, int cycle) {
        int kept = 0;
        for (int i = 0; i < list.size(); i++) {
            int id = list.get(i);
            if (Entry.isYoung(ids.find(id), cycle)) {
                list.set(kept++, id);
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
