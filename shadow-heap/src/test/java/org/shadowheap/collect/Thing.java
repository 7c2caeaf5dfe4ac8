package org.shadowheap.collect;

import java.util.BitSet;
import org.shadowheap.heap.Generation;

/** An object of {@link NaiveHeap}. */
final class Thing {

    /** How far its slots were told by a snapshot. */
    enum Snapshot {
        NONE,
        OPEN,
        /** Of an object that was born filled: nobody stores to it yet. */
        FILLING
    }

    private static final int FIRST_STATIC = 1;

    final int id;
    final int type;
    final long bytes;
    final int[] slots;
    final int strongFrom;
    Generation generation;
    int survived;

    /** When an event mentioned it while that counted; {@link NaiveHeap#NEVER} if none did. */
    long mentioned = NaiveHeap.NEVER;

    /** Whether it was met, and no snapshot has shown where the program has it from. */
    boolean held;

    /** A snapshot refers to it. */
    boolean shown;

    Snapshot snapshot = Snapshot.NONE;

    /** Slots that were stored to since the snapshot began. */
    final BitSet closed = new BitSet();

    /**
     * @param extent length of an array, statics of a class mirror
     */
    Thing(int id, int type, int extent, Generation generation) {
        this.id = id;
        this.type = type;
        this.generation = generation;
        slots = new int[slots(type, extent)];
        strongFrom = type == ScriptedMutator.WEAK ? 1 : 0;
        bytes = bytes(type, extent);
    }

    static int slots(int type, int extent) {
        return switch (type) {
            case ScriptedMutator.CLASS -> FIRST_STATIC + extent;
            case ScriptedMutator.BIG_NODE -> 3;
            case ScriptedMutator.REFERENCES -> extent;
            case ScriptedMutator.BYTES -> 0;
            default -> 2;
        };
    }

    static long bytes(int type, int extent) {
        return switch (type) {
            case ScriptedMutator.CLASS -> align(ScriptedMutator.STATIC + 4L * extent);
            case ScriptedMutator.REFERENCES -> align(16 + 4L * extent);
            case ScriptedMutator.BYTES -> align(16 + (long) extent);
            default -> ScriptedMutator.NODE_BYTES;
        };
    }

    private static long align(long bytes) {
        return bytes + 7 & -8;
    }

    /** How a heap names a slot: offset in bytes, or index if this is an array. */
    int place(int slot) {
        return place(type, slot);
    }

    static int place(int type, int slot) {
        return switch (type) {
            case ScriptedMutator.CLASS ->
                slot < FIRST_STATIC ? ScriptedMutator.LOADER : ScriptedMutator.STATIC + 4 * (slot - FIRST_STATIC);
            case ScriptedMutator.REFERENCES -> slot;
            default -> ScriptedMutator.LEFT + 4 * slot;
        };
    }

    boolean isYoung() {
        return generation == Generation.NURSERY || generation == Generation.AGEING;
    }

    boolean isOld() {
        return generation == Generation.OLD;
    }

    boolean isDead() {
        return generation == Generation.DEAD;
    }
}
