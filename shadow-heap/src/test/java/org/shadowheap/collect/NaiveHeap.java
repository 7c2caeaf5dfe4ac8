package org.shadowheap.collect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shadowheap.heap.Generation;

/**
 * The same heap in the simplest way: objects on the Java heap, full tracing, times instead of windows. What it knows of
 * liveness is written from the rules, not from the code under test.
 */
final class NaiveHeap {

    static final class Thing {
        final int type;
        final long bytes;
        final int[] slots;
        final boolean firstSlotIsWeak;
        Generation generation;
        int survived;
        long lastMention;

        Thing(int type, long bytes, int slots, Generation generation, long now) {
            this.type = type;
            this.bytes = bytes;
            this.slots = new int[slots];
            firstSlotIsWeak = type == ScriptedMutator.WEAK;
            this.generation = generation;
            lastMention = now;
        }

        boolean isYoung() {
            return generation == Generation.NURSERY || generation == Generation.AGEING;
        }
    }

    final Map<Integer, Thing> things = new LinkedHashMap<>();
    private final Map<Integer, List<Integer>> roots = new HashMap<>();
    private final int tenure;
    private final long nurseryBytes;
    private long now = 1;
    private long windowBeforeLatest = 1;
    private long latestWindow = 1;
    private boolean requested;
    private boolean halfPassed;
    private long born;
    long survivedBytes;
    long promotedBytes;

    NaiveHeap(int tenure, long nurseryBytes) {
        this.tenure = tenure;
        this.nurseryBytes = nurseryBytes;
    }

    boolean isFull() {
        return born >= nurseryBytes;
    }

    /** A round ends that fills the nursery by half. */
    void round() {
        if (!requested && !halfPassed && !isFull() && born >= nurseryBytes / 2) {
            halfPassed = true;
            now++;
            windowBeforeLatest = now;
            latestWindow = now;
        }
    }

    void birth(int id, int type, long bytes, int slots, boolean large) {
        now++;
        born += bytes;
        things.put(id, new Thing(type, bytes, slots, large ? Generation.OLD : Generation.NURSERY, now));
    }

    void contact(int id, int type, long bytes, int slots) {
        things.put(id, new Thing(type, bytes, slots, Generation.OLD, now));
    }

    void store(int holder, int slot, int value) {
        now++;
        Thing thing = things.get(holder);
        thing.lastMention = now;
        mention(thing.slots[slot]);
        mention(value);
        thing.slots[slot] = value;
    }

    /** A weak slot may hold what is long dead. */
    void mention(int id) {
        Thing thing = things.get(id);
        if (thing != null) {
            thing.lastMention = now;
        }
    }

    private boolean isYoung(int id) {
        Thing thing = things.get(id);
        return thing != null && thing.isYoung();
    }

    void rootsRequested() {
        requested = true;
        now++;
        windowBeforeLatest = latestWindow;
        latestWindow = now;
    }

    void roots(int thread, List<Integer> ids) {
        roots.put(thread, ids);
    }

    void threadEnd(int thread) {
        roots.remove(thread);
    }

    void collect() {
        ArrayDeque<Integer> work = new ArrayDeque<>();
        things.forEach((id, thing) -> {
            if (thing.generation == Generation.OLD || thing.isYoung() && thing.lastMention >= windowBeforeLatest) {
                work.add(id);
            }
        });
        roots.values().forEach(work::addAll);
        Map<Integer, Boolean> reached = new HashMap<>();
        while (!work.isEmpty()) {
            int id = work.remove();
            Thing thing = things.get(id);
            if (thing.generation != Generation.DEAD && reached.put(id, true) == null) {
                for (int i = thing.firstSlotIsWeak ? 1 : 0; i < thing.slots.length; i++) {
                    if (thing.slots[i] != 0) {
                        work.add(thing.slots[i]);
                    }
                }
            }
        }
        survivedBytes = 0;
        promotedBytes = 0;
        things.forEach((id, thing) -> {
            if (thing.isYoung()) {
                end(thing, reached.containsKey(id));
            }
        });
        born = 0;
        halfPassed = false;
        now++;
        if (!requested) {
            windowBeforeLatest = now;
            latestWindow = now;
        }
    }

    private void end(Thing thing, boolean alive) {
        if (!alive) {
            thing.generation = Generation.DEAD;
            return;
        }
        survivedBytes += thing.bytes;
        boolean promoted = ++thing.survived >= tenure;
        thing.generation = promoted ? Generation.OLD : Generation.AGEING;
        promotedBytes += promoted ? thing.bytes : 0;
    }

    /** Ids that the program could still use: it never mentions what is dead. */
    List<Integer> living() {
        List<Integer> ids = new ArrayList<>();
        things.forEach((id, thing) -> {
            if (thing.generation != Generation.DEAD) {
                ids.add(id);
            }
        });
        return ids;
    }

    long edgesFromOldToYoung() {
        return things.values().stream()
                .filter(thing -> thing.generation == Generation.OLD)
                .mapToLong(thing -> Arrays.stream(thing.slots)
                        .skip(thing.firstSlotIsWeak ? 1 : 0)
                        .filter(value -> isYoung(value))
                        .count())
                .sum();
    }
}
