package org.shadowheap.collect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.shadowheap.heap.Generation;

/** A collection of {@link NaiveHeap}: traces everything, then ages, promotes and forgets. What it found is in its fields. */
final class NaiveCollection {

    private final NaiveHeap heap;
    final boolean major;
    long stores;
    long oldToYoungStores;
    long oldToYoungEdges;
    long survivedBytes;
    long promotedBytes;
    long nepotismBytes;

    /** By type of the dead holder, without zeros. */
    final Map<Integer, Long> nepotismByType = new TreeMap<>();

    long markedObjects;
    long markedBytes;
    long freedBytes;
    final List<Integer> died = new ArrayList<>();

    NaiveCollection(NaiveHeap heap, boolean major) {
        this.heap = heap;
        this.major = major;
    }

    void run() {
        Set<Integer> survivors = minor();
        List<Thing> suspectHolders = thingsThat(thing -> thing.isOld() && edgesToYoung(thing) > 0);
        suspectHolders.forEach(thing -> oldToYoungEdges += edgesToYoung(thing));
        Set<Integer> alive = major ? mark() : null;
        if (alive != null) {
            nepotism(suspectHolders, survivors, alive);
        }
        for (Thing thing : thingsThat(Thing::isYoung)) {
            boolean survives = survivors.contains(thing.id);
            if (survives) {
                survivedBytes += thing.bytes;
                boolean promoted = ++thing.survived >= heap.configuration.tenure();
                promotedBytes += promoted ? thing.bytes : 0;
                thing.generation = promoted ? Generation.OLD : Generation.AGEING;
            } else {
                die(thing);
            }
        }
        if (alive != null) {
            free(alive);
        }
    }

    /** All old objects are kept, and what they, threads' roots and evidence reach. */
    private Set<Integer> minor() {
        List<Integer> from = ids(thing -> thing.isOld() || thing.isYoung() && heap.isEvidence(thing));
        heap.roots.values().forEach(from::addAll);
        return reachable(from);
    }

    /** What class mirrors lead to is held no longer. */
    private Set<Integer> mark() {
        reachable(ids(thing -> thing.isOld() && thing.type == ScriptedMutator.CLASS))
                .forEach(id -> heap.thing(id).held = false);
        List<Integer> from = ids(thing -> thing.isOld() && (thing.held || thing.type == ScriptedMutator.CLASS)
                || !thing.isDead() && heap.isEvidence(thing));
        heap.roots.values().forEach(from::addAll);
        return reachable(from);
    }

    private Set<Integer> reachable(List<Integer> from) {
        Set<Integer> reached = new LinkedHashSet<>();
        Deque<Integer> work = new ArrayDeque<>(from);
        while (!work.isEmpty()) {
            int id = work.remove();
            if (heap.lives(id) && reached.add(id)) {
                addStrong(heap.thing(id), work);
            }
        }
        return reached;
    }

    private static void addStrong(Thing thing, Collection<Integer> to) {
        for (int slot = thing.strongFrom; slot < thing.slots.length; slot++) {
            if (thing.slots[slot] != 0) {
                to.add(thing.slots[slot]);
            }
        }
    }

    /** What several dead holders kept counts for the one with the lowest id. */
    private void nepotism(List<Thing> holders, Set<Integer> survivors, Set<Integer> alive) {
        Set<Integer> suspects = new LinkedHashSet<>();
        for (int id : survivors) {
            if (heap.isYoung(id) && !alive.contains(id)) {
                suspects.add(id);
                nepotismBytes += heap.thing(id).bytes;
            }
        }
        holders.removeIf(holder -> alive.contains(holder.id));
        holders.sort((one, other) -> Integer.compare(one.id, other.id));
        for (Thing holder : holders) {
            Deque<Integer> work = new ArrayDeque<>();
            addStrong(holder, work);
            while (!work.isEmpty()) {
                int id = work.remove();
                if (suspects.remove(id)) {
                    nepotismByType.merge(holder.type, heap.thing(id).bytes, Long::sum);
                    addStrong(heap.thing(id), work);
                }
            }
        }
    }

    private void free(Set<Integer> alive) {
        for (Thing thing : thingsThat(each -> !each.isDead())) {
            if (alive.contains(thing.id)) {
                markedObjects++;
                markedBytes += thing.bytes;
            } else {
                freedBytes += thing.isOld() ? thing.bytes : 0;
                die(thing);
            }
        }
    }

    private void die(Thing thing) {
        thing.generation = Generation.DEAD;
        died.add(thing.id);
    }

    private long edgesToYoung(Thing thing) {
        long edges = 0;
        for (int slot = thing.strongFrom; slot < thing.slots.length; slot++) {
            edges += heap.isYoung(thing.slots[slot]) ? 1 : 0;
        }
        return edges;
    }

    private List<Integer> ids(Predicate<Thing> filter) {
        List<Integer> ids = new ArrayList<>();
        thingsThat(filter).forEach(thing -> ids.add(thing.id));
        return ids;
    }

    private List<Thing> thingsThat(Predicate<Thing> filter) {
        List<Thing> found = new ArrayList<>();
        heap.things.values().forEach(thing -> {
            if (filter.test(thing)) {
                found.add(thing);
            }
        });
        return found;
    }
}
