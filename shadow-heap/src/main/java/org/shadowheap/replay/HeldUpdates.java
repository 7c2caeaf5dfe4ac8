package org.shadowheap.replay;

import java.util.HashMap;
import java.util.Map;

/**
 * Updates of a round that mention an object before its birth is read, and all that come after them: they wait for the end of the
 * round, as across objects order holds there only. So memory is bounded by a round.
 */
final class HeldUpdates {

    private static final int WIDTH = 4;

    private final IntList numbers = new IntList();

    /** What slots hold by held updates, which the heap may not know yet. By object and slot. */
    private final Map<Long, Integer> slots = new HashMap<>();

    boolean isEmpty() {
        return numbers.size() == 0;
    }

    /** What a slot holds by the last update that was held. */
    int valueOr(int object, int slot, int inHeap) {
        return slots.getOrDefault(key(object, slot), inHeap);
    }

    void hold(int oldTarget, int object, int newTarget, int slot) {
        numbers.add(oldTarget);
        numbers.add(object);
        numbers.add(newTarget);
        numbers.add(slot);
        slots.put(key(object, slot), newTarget);
    }

    private static long key(int object, int slot) {
        return (long) object << Integer.SIZE | slot & 0xffff_ffffL;
    }

    /** At the end of the round: writes those whose objects were born; what never was is 0, and has no slots. */
    void writeTo(EtLines out, IdSet known) {
        for (int i = 0; i < numbers.size(); i += WIDTH) {
            int object = numbers.get(i + 1);
            int newTarget = numbers.get(i + 2);
            if (known.contains(object)) {
                int oldTarget = numbers.get(i);
                out.update(
                        known.contains(oldTarget) ? oldTarget : 0,
                        object,
                        known.contains(newTarget) ? newTarget : 0,
                        numbers.get(i + 3));
            }
        }
        numbers.truncate(0);
        slots.clear();
    }
}
