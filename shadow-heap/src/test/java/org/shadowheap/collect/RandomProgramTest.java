package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapConfiguration;

/** Random programs against {@link NaiveHeap}: the same objects die, and every old-to-young edge is remembered. */
class RandomProgramTest {

    private static final int OPERATIONS = 40_000;
    private static final int NURSERY_BYTES = 1 << 14;

    private Random random = new Random();
    private ScriptedMutator mutator = new ScriptedMutator(ScriptedMutator.configuration(1));
    private NaiveHeap model = new NaiveHeap(1, 1);
    private List<Integer> living = new ArrayList<>();
    private int collections;
    private int deaths;

    @ParameterizedTest(name = "tenure={0} pageBytes={1} requests={2}")
    @CsvSource({"1,512,true", "1,4096,false", "2,512,false", "3,4096,true", "15,1024,true"})
    void liveSetAndSlotsEqualTheModels(int tenure, int pageBytes, boolean requests) {
        long seed = Long.getLong("shadowheap.seed", new Random().nextLong());
        System.out.println("RandomProgramTest: -Dshadowheap.seed=" + seed + " tenure=" + tenure);
        run(seed, tenure, pageBytes, requests);
    }

    @Test
    void sameProgramToldTwiceGivesTheSameFigures() {
        assertEquals(run(42, 2, 512, true), run(42, 2, 512, true));
    }

    /** Runs a program and returns everything that was told about it, times excepted. */
    List<Object> run(long seed, int tenure, int pageBytes, boolean requests) {
        mutator.close();
        random = new Random(seed);
        var configuration = new HeapConfiguration(NURSERY_BYTES, pageBytes, tenure, 256 << 20, ObjectModel.DEFAULT)
                .withMajorBytes(HeapConfiguration.NEVER);
        mutator = new ScriptedMutator(configuration);
        model = new NaiveHeap(tenure, NURSERY_BYTES);
        living = new ArrayList<>();
        collections = 0;
        deaths = 0;
        try (ScriptedMutator closing = mutator) {
            contact();
            for (int i = 0; i < OPERATIONS; i++) {
                operation(requests);
            }
            check();
            assertTrue(collections > 20, "collections=" + collections);
            assertTrue(deaths > 500, "deaths=" + deaths);
            List<Object> told = new ArrayList<>(closing.stores);
            closing.collections.forEach(result -> told.add(withoutTime(result)));
            told.add(closing.heap.figures());
            return told;
        }
    }

    private static MinorCollectionResult withoutTime(MinorCollectionResult r) {
        return new MinorCollectionResult(
                r.clockBytes(),
                r.stores(),
                r.oldToYoung(),
                r.entries(),
                r.dirtyPages(),
                r.dirtyObjects(),
                r.pagesVisited(),
                r.slotsScanned(),
                r.oldToYoungEdges(),
                r.survivedBytes(),
                r.promotedBytes(),
                r.nepotism(),
                0);
    }

    private void operation(boolean requests) {
        int dice = random.nextInt(1000);
        if (dice < 400) {
            birth();
        } else if (dice < 900) {
            store();
        } else if (dice < 905) {
            contact();
        } else if (dice < 920) {
            birthAfterMention();
        } else if (dice < 940) {
            listRoots();
        } else if (dice < 943) {
            int thread = random.nextInt(3);
            mutator.heap.threadEnd(thread);
            model.threadEnd(thread);
        } else if (dice < 950 && requests) {
            mutator.heap.rootsRequested();
            model.rootsRequested();
        } else if (dice < 990) {
            round();
        } else if (dice == 999) {
            mutator.heap.collectNow();
            collected();
        }
    }

    private void birth() {
        birth(mutator.reserveId());
    }

    private void birth(int id) {
        int type = randomType();
        int extent = randomExtent(type);
        mutator.heap.birth(id, type, extent);
        long bytes = mutator.heap.bytesOf(id);
        model.birth(id, type, bytes, slots(type, extent), bytes > Math.max(8L * pageBytes(), NURSERY_BYTES / 4));
        living.add(id);
    }

    private int pageBytes() {
        return mutator.heap.configuration().pageBytes();
    }

    private int randomType() {
        return 2 + random.nextInt(5);
    }

    private int randomExtent(int type) {
        boolean array = type == ScriptedMutator.REFERENCES || type == ScriptedMutator.BYTES;
        return !array ? 0 : random.nextInt(100) == 0 ? random.nextInt(9000) : random.nextInt(20);
    }

    private static int slots(int type, int extent) {
        return switch (type) {
            case ScriptedMutator.NODE, ScriptedMutator.WEAK -> 2;
            case ScriptedMutator.BIG_NODE -> 3;
            case ScriptedMutator.REFERENCES -> extent;
            default -> 0;
        };
    }

    /** Half of the time one of the latest objects, as programs do. */
    private int anyLiving() {
        int size = living.size();
        return living.get(random.nextBoolean() ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 20)));
    }

    private void store() {
        int holder = anyLiving();
        int slots = model.things.get(holder).slots.length;
        if (slots > 0) {
            store(holder, random.nextInt(slots), random.nextInt(5) == 0 ? 0 : anyLiving());
        }
    }

    private void store(int holder, int slot, int value) {
        send(holder, model.things.get(holder).type, slot, value);
        model.store(holder, slot, value);
        Generation from = model.things.get(holder).generation;
        if (from == Generation.OLD) {
            int place = model.things.get(holder).type == ScriptedMutator.REFERENCES ? slot : offset(slot);
            assertTrue(mutator.heap.isRemembered(holder, place), "every store into an old object dirties it");
        }
    }

    private void send(int holder, int type, int slot, int value) {
        if (type == ScriptedMutator.REFERENCES) {
            mutator.heap.arrayStore(holder, slot, value, slot & 0xff);
        } else {
            mutator.heap.fieldStore(holder, offset(slot), value, slot);
        }
    }

    private static int offset(int slot) {
        return ScriptedMutator.LEFT + 4 * slot;
    }

    /** A snapshot in arbitrary order with stores to the same object. */
    private void contact() {
        int id = mutator.reserveId();
        mutator.heap.contact(id, ScriptedMutator.NODE, 0);
        model.contact(id, ScriptedMutator.NODE, ScriptedMutator.NODE_BYTES, 2);
        living.add(id);
        int stored = random.nextInt(3);
        if (stored < 2) {
            store(id, stored, anyLiving());
        }
        for (int slot = 0; slot < 2; slot++) {
            int found = anyLiving();
            mutator.heap.snapshotSlot(id, offset(slot), found);
            if (slot != stored) {
                model.things.get(id).slots[slot] = found;
                model.mention(found);
            }
        }
        mutator.heap.snapshotEnd(id);
    }

    /** As two logs deliver it: a store of a value, and a store into it, before its birth. */
    private void birthAfterMention() {
        int holder = anyLiving();
        if (model.things.get(holder).slots.length == 0) {
            return;
        }
        int id = mutator.reserveId();
        int type = model.things.get(holder).type;
        send(holder, type, 0, id);
        model.store(holder, 0, 0);
        mutator.heap.fieldStore(id, offset(1), holder, 1);
        mutator.heap.birth(id, ScriptedMutator.NODE, 0);
        model.birth(id, ScriptedMutator.NODE, ScriptedMutator.NODE_BYTES, 2, false);
        living.add(id);
        model.store(holder, 0, id);
        model.store(id, 1, holder);
    }

    private void listRoots() {
        int thread = random.nextInt(3);
        List<Integer> ids = new ArrayList<>();
        mutator.heap.roots(thread);
        for (int i = random.nextInt(6); i > 0; i--) {
            ids.add(anyLiving());
            mutator.heap.root(thread, ids.get(ids.size() - 1));
        }
        model.roots(thread, ids);
    }

    private void round() {
        verifyBeforeEveryTenthCollection();
        mutator.heap.round();
        model.round();
        if (model.isFull()) {
            collected();
        }
    }

    private void verifyBeforeEveryTenthCollection() {
        if (model.isFull() && collections % 10 == 0) {
            HeapVerifier.verify(mutator.heap);
        }
    }

    private void collected() {
        long edges = model.edgesFromOldToYoung();
        model.collect();
        deaths += living.size() - model.living().size();
        living = model.living();
        collections++;
        assertEquals(collections, mutator.collections.size());
        MinorCollectionResult result = mutator.collections.get(collections - 1);
        assertEquals(edges, result.oldToYoungEdges());
        assertEquals(model.survivedBytes, result.survivedBytes());
        assertEquals(model.promotedBytes, result.promotedBytes());
        check();
    }

    private void check() {
        HeapVerifier.verify(mutator.heap);
        model.things.forEach((id, thing) -> {
            assertEquals(thing.generation, mutator.heap.generationOf(id), "id=" + id);
            if (thing.generation != Generation.DEAD) {
                for (int slot = 0; slot < thing.slots.length; slot++) {
                    int place = thing.type == ScriptedMutator.REFERENCES ? slot : offset(slot);
                    assertEquals(thing.slots[slot], mutator.heap.reference(id, place));
                }
            }
        });
        model.things.values().removeIf(thing -> thing.generation == Generation.DEAD && random.nextInt(4) == 0);
        assertEquals(0, mutator.heap.figures().contradictions());
        assertEquals(0, mutator.heap.figures().resurrected());
    }
}
