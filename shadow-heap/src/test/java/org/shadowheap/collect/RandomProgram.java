package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.shadowheap.collect.Operation.Kind;
import org.shadowheap.event.layout.IdOrder;

/**
 * Makes a program, round by round, while its model takes it: what lives can be asked of the model. Each program draws anew
 * how often it does what (swarm testing: Groce, Zhang, Eide, Chen, Regehr, ISSTA 2012).
 */
final class RandomProgram {

    private enum Action {
        BIRTH(400),
        STORE(450),
        PROMISE(20),
        SNAPSHOT(30),
        CONTACT(5),
        AGAIN(3),
        FILLED(8),
        COPY(15),
        MIRROR(1),
        ROOTS(15),
        THREAD_END(3),
        REQUEST(5),
        ROUND(40),
        MINOR(1),
        MAJOR(2);

        private final int weight;

        Action(int weight) {
            this.weight = weight;
        }
    }

    private static final int THREADS = 3;
    private static final int LATEST = 20;

    /** An id that will come before the round ends, or slots that a snapshot has still to tell. */
    private record Pending(int id, int slots) {}

    private final Random random;
    private final NaiveHeap model;
    private final Map<Action, Integer> weights = new EnumMap<>(Action.class);
    private final List<Operation> promises = new ArrayList<>();
    private final List<Pending> snapshots = new ArrayList<>();

    /** What lives or is promised, and how many slots it has. */
    private final List<Integer> ids = new ArrayList<>();

    private final Map<Integer, Integer> slots = new HashMap<>();
    private List<Operation> round = new ArrayList<>();
    private int collections = -1;
    private final ProgramIds programIds;
    private int nextScattered = 1 << 22;

    RandomProgram(Random random, NaiveHeap model) {
        this.random = random;
        this.model = model;
        programIds = new ProgramIds(random);
        for (Action action : Action.values()) {
            boolean core = action == Action.BIRTH || action == Action.STORE || action == Action.ROUND;
            int[] factors = core ? new int[] {2, 3, 6} : new int[] {0, 1, 3, 12};
            weights.put(action, action.weight * factors[random.nextInt(factors.length)]);
        }
    }

    /** The steps up to the next end of a round. */
    List<Operation> nextRound() {
        round = new ArrayList<>();
        if (collections != model.collections) {
            collections = model.collections;
            ids.clear();
            slots.clear();
            model.things.values().stream().filter(thing -> !thing.isDead()).forEach(thing -> {
                ids.add(thing.id);
                slots.put(thing.id, thing.slots.length);
            });
        }
        if (ids.size() < LATEST) {
            contact();
        }
        while (round.isEmpty() || !round.get(round.size() - 1).kind().endsRound()) {
            act(anyAction());
            if (!promises.isEmpty() && random.nextInt(10) == 0) {
                keepPromise();
            }
        }
        return round;
    }

    private Action anyAction() {
        int dice = random.nextInt(
                weights.values().stream().mapToInt(weight -> weight).sum());
        for (Map.Entry<Action, Integer> each : weights.entrySet()) {
            dice -= each.getValue();
            if (dice < 0) {
                return each.getKey();
            }
        }
        throw new AssertionError();
    }

    private void act(Action action) {
        switch (action) {
            case BIRTH -> birth();
            case STORE -> store();
            case PROMISE -> promises.add(arrival(random.nextInt(4) > 0 ? Kind.BIRTH : Kind.CONTACT, true));
            case SNAPSHOT -> snapshot();
            case CONTACT -> contact();
            case AGAIN -> add(Kind.AGAIN, anyId());
            case FILLED -> filled();
            case COPY -> copy();
            case MIRROR -> mirror();
            case ROOTS -> roots();
            case THREAD_END -> add(Kind.THREAD_END, anyThread());
            case REQUEST -> add(Kind.REQUEST);
            case ROUND -> endRound(Kind.ROUND);
            case MINOR -> endRound(Kind.MINOR);
            case MAJOR -> endRound(Kind.MAJOR);
        }
    }

    private void add(Kind kind, int... arguments) {
        round.add(Operation.of(kind, arguments));
    }

    private void endRound(Kind kind) {
        while (!promises.isEmpty()) {
            keepPromise();
        }
        add(kind);
    }

    private void keepPromise() {
        Operation arrival = promises.remove(random.nextInt(promises.size()));
        round.add(arrival);
        if (arrival.kind() == Kind.CONTACT) {
            snapshots.add(new Pending(arrival.a(), slots.get(arrival.a())));
        }
    }

    private int anyThread() {
        return 1 + random.nextInt(THREADS);
    }

    /** Half of the time one of the latest objects, as programs do. */
    private int anyId() {
        int size = ids.size();
        return ids.get(random.nextBoolean() ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, LATEST)));
    }

    private int anyValue() {
        return random.nextInt(5) == 0 ? 0 : anyId();
    }

    private Operation arrival(Kind kind, boolean early) {
        int id = random.nextInt(50) < (kind == Kind.CONTACT ? 25 : 1) ? scatteredId() : programId(early);
        int type = ScriptedMutator.NODE + random.nextInt(5);
        boolean array = type == ScriptedMutator.REFERENCES || type == ScriptedMutator.BYTES;
        int extent = !array ? 0 : random.nextInt(100) == 0 ? random.nextInt(9000) : random.nextInt(20);
        enter(id, Thing.slots(type, extent));
        return Operation.of(kind, id, type, extent);
    }

    private int programId(boolean early) {
        return early ? programIds.inOrder() : programIds.inAnyOrder();
    }

    /** As hashes that the JVM gave, some of which share a chunk of the id table, also with births. */
    private int scatteredId() {
        int id = IdOrder.scattered(nextScattered);
        nextScattered += 1 + random.nextInt(random.nextInt(5) == 0 ? 30_000 : 40);
        return id;
    }

    private void enter(int id, int slotCount) {
        ids.add(id);
        slots.put(id, slotCount);
    }

    private void birth() {
        round.add(arrival(Kind.BIRTH, false));
    }

    private void contact() {
        Operation contact = arrival(Kind.CONTACT, false);
        round.add(contact);
        snapshots.add(new Pending(contact.a(), slots.get(contact.a())));
    }

    private void filled() {
        Operation birth = arrival(Kind.FILLED, false);
        round.add(birth);
        for (int slot = Math.min(20, slots.get(birth.a())) - 1; slot >= 0; slot--) {
            add(Kind.SNAPSHOT, birth.a(), slot, anyValue());
        }
        add(Kind.END, birth.a());
    }

    private void mirror() {
        int statics = random.nextInt(4);
        int id = programIds.inAnyOrder();
        enter(id, Thing.slots(ScriptedMutator.CLASS, statics));
        add(Kind.MIRROR, id, statics, random.nextInt(2), random.nextInt(2));
    }

    /** Snapshots stay open for a while, so that stores come in between. */
    private void snapshot() {
        if (snapshots.isEmpty()) {
            return;
        }
        int index = random.nextInt(snapshots.size());
        Pending open = snapshots.get(index);
        if (open.slots == 0 || random.nextInt(100) == 0) {
            add(Kind.END, open.id);
            snapshots.remove(index);
        } else {
            add(Kind.SNAPSHOT, open.id, open.slots - 1, anyValue());
            int left = open.slots > 40 ? random.nextInt(open.slots) : open.slots - 1;
            snapshots.set(index, new Pending(open.id, left));
        }
    }

    private int anyHolder() {
        for (int i = 0; i < 10; i++) {
            int id = anyId();
            if (slots.get(id) > 0) {
                return id;
            }
        }
        return ScriptedMutator.NODE; // a class mirror
    }

    private void store() {
        int holder = anyHolder();
        Kind kind = random.nextInt(20) == 0 ? Kind.RAW : Kind.STORE;
        add(kind, holder, random.nextInt(slots.getOrDefault(holder, 1)), anyValue());
    }

    private void copy() {
        int array = anyHolder();
        int source = anyHolder();
        int room = Math.min(slots.getOrDefault(array, 1), slots.getOrDefault(source, 1));
        int count = 1 + random.nextInt(Math.min(room, 20));
        add(Kind.COPY, array, random.nextInt(slots.getOrDefault(array, 1) - count + 1), source, count);
    }

    private void roots() {
        int thread = anyThread();
        add(Kind.ROOTS, thread);
        for (int i = random.nextInt(6); i > 0; i--) {
            add(Kind.ROOT, thread, anyId());
        }
    }
}
