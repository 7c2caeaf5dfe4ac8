package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;

/**
 * The same heap in the simplest way: objects on the Java heap, times instead of windows, full tracing ({@link
 * NaiveCollection}). It is written from the rules as documentation and Javadoc have them, not from the code under test.
 */
final class NaiveHeap {

    static final long NEVER = -1;

    /** The dead are known for a while, so that they can be asked for. */
    private static final int DEAD_TO_KEEP = 500;

    final HeapConfiguration configuration;
    final Map<Integer, Thing> things = new LinkedHashMap<>();
    final Map<Integer, List<Integer>> roots = new HashMap<>();

    /** From old to young, strong; what a remembered set must hold. */
    final EdgeSet oldToYoungEdges = new EdgeSet();

    /** What mentioned an object before it came, until it comes. */
    private final Map<Integer, List<Runnable>> waiting = new HashMap<>();

    private final long largeBytes;
    private long now = 1;
    private long windowBeforeLatest = 1;
    private long latestWindow = 1;
    private boolean requested;
    private boolean halfPassed;
    boolean majorDue;
    int collections;
    private long thereBytes;

    long clockBytes;
    long contactBytes;
    private long metBytesSoFar;
    long bornBytes;
    long stores;
    long oldToYoungStores;

    NaiveHeap(HeapConfiguration configuration) {
        this.configuration = configuration;
        largeBytes = Math.max(8L * configuration.pageBytes(), Math.min(configuration.nurseryBytes() / 4, 1 << 20));
    }

    Thing thing(int id) {
        return things.get(id);
    }

    boolean lives(int id) {
        Thing thing = things.get(id);
        return thing != null && !thing.isDead();
    }

    void birth(int id, int type, int extent, boolean filled) {
        now++;
        long bytes = Thing.bytes(type, extent);
        boolean old = type == ScriptedMutator.CLASS || bytes > largeBytes;
        Thing thing = new Thing(id, type, extent, old ? Generation.OLD : Generation.NURSERY);
        thing.snapshot = filled ? Thing.Snapshot.FILLING : Thing.Snapshot.NONE;
        thing.mentioned = old && !majorDue ? NEVER : now;
        clockBytes += bytes;
        bornBytes += bytes;
        arrive(thing);
    }

    void contact(int id, int type, int extent) {
        Thing thing = new Thing(id, type, extent, Generation.OLD);
        thing.held = type != ScriptedMutator.CLASS;
        thing.snapshot = Thing.Snapshot.OPEN;
        contactBytes += thing.bytes;
        arrive(thing);
    }

    private void arrive(Thing thing) {
        things.put(thing.id, thing);
        List<Runnable> waited = waiting.remove(thing.id);
        if (waited != null) {
            waited.forEach(Runnable::run);
        }
    }

    private void whenThere(int id, Runnable action) {
        if (id == 0 || things.containsKey(id)) {
            action.run();
        } else {
            waiting.computeIfAbsent(id, ignored -> new ArrayList<>()).add(action);
        }
    }

    void store(int holder, int slot, int value) {
        now++;
        whenThere(holder, () -> {
            Thing thing = things.get(holder);
            mention(holder);
            mention(thing.slots[slot]);
            thing.slots[slot] = value;
            thing.closed.set(slot);
            stores++;
            boolean old = thing.isOld();
            whenThere(value, () -> {
                mention(value);
                oldToYoungStores += old && isYoung(value) ? 1 : 0;
                noteEdge(thing, slot);
            });
            noteEdge(thing, slot);
        });
    }

    /** A slot that was stored to since the contact stays as it is. */
    void snapshotSlot(int holder, int slot, int value) {
        now++;
        Thing thing = things.get(holder);
        if (thing.snapshot == Thing.Snapshot.OPEN && thing.closed.get(slot)) {
            return;
        }
        thing.slots[slot] = value;
        noteEdge(thing, slot);
        whenThere(value, () -> {
            mention(value);
            noteEdge(thing, slot);
            if (value != 0) {
                things.get(value).shown = true;
            }
        });
    }

    void snapshotEnd(int holder) {
        Thing thing = things.get(holder);
        if (thing != null) {
            thing.snapshot = Thing.Snapshot.NONE;
            thing.closed.clear();
        }
    }

    private void noteEdge(Thing holder, int slot) {
        boolean strong = slot >= holder.strongFrom;
        oldToYoungEdges.set(holder.id, holder.place(slot), holder.isOld() && strong && isYoung(holder.slots[slot]));
    }

    boolean isYoung(int id) {
        Thing thing = things.get(id);
        return thing != null && thing.isYoung();
    }

    /** Young objects live by it; old ones while a major collection is due. */
    void mention(int id) {
        Thing thing = things.get(id);
        if (thing != null && (thing.isYoung() || majorDue && thing.isOld())) {
            thing.mentioned = now;
        }
    }

    boolean isEvidence(Thing thing) {
        return configuration.liveness() == Liveness.EVIDENCE && thing.mentioned >= windowBeforeLatest;
    }

    void rootsRequested() {
        requested = true;
        now++;
        windowBeforeLatest = latestWindow;
        latestWindow = now;
    }

    private void beginWindowUnlessRequested() {
        if (!requested) {
            now++;
            windowBeforeLatest = now;
            latestWindow = now;
        }
    }

    void roots(int thread) {
        roots.put(thread, new ArrayList<>());
    }

    void root(int thread, int id) {
        roots.computeIfAbsent(thread, ignored -> new ArrayList<>()).add(id);
    }

    void threadEnd(int thread) {
        roots.remove(thread);
    }

    /** Ends a round; whether it ends with a collection. */
    boolean round() {
        if (bornBytes >= configuration.nurseryBytes()) {
            return true;
        }
        if (!halfPassed && bornBytes >= configuration.nurseryBytes() / 2) {
            halfPassed = true;
            beginWindowUnlessRequested();
        }
        return false;
    }

    /** Collects; a major collection too if it is due or forced. */
    NaiveCollection collect(boolean forceMajor) {
        boolean major = majorDue || forceMajor;
        NaiveCollection collection = new NaiveCollection(this, major);
        collection.stores = stores;
        collection.oldToYoungStores = oldToYoungStores;
        collection.run();
        collections++;
        things.values().forEach(thing -> {
            if (!thing.isYoung()) {
                thing.mentioned = NEVER;
            }
        });
        forgetDead();
        stores = 0;
        oldToYoungStores = 0;
        bornBytes = 0;
        halfPassed = false;
        beginWindowUnlessRequested();
        long oldBytes = oldBytes();
        long met = contactBytes - metBytesSoFar;
        metBytesSoFar = contactBytes;
        if (major) {
            thereBytes = oldBytes;
        } else if (met >= configuration.nurseryBytes()) {
            thereBytes += met;
        }
        majorDue = oldBytes - thereBytes >= Math.max(configuration.majorBytes(), thereBytes);
        oldToYoungEdges.clear();
        things.values().stream().filter(Thing::isOld).forEach(thing -> {
            for (int slot = thing.strongFrom; slot < thing.slots.length; slot++) {
                noteEdge(thing, slot);
            }
        });
        return collection;
    }

    private void forgetDead() {
        Collection<Thing> all = things.values();
        long[] surplus = {all.stream().filter(Thing::isDead).count() - DEAD_TO_KEEP};
        all.removeIf(thing -> thing.isDead() && surplus[0]-- > 0);
    }

    long oldBytes() {
        return things.values().stream()
                .filter(Thing::isOld)
                .mapToLong(thing -> thing.bytes)
                .sum();
    }
}
