package org.shadowheap.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.layout.IdOrder;

/**
 * A random stream as several threads would make it, merged: each has blocks of ids, mentions what the others made,
 * now and then before the birth, what is long dead, and what never was. It knows nothing of what lives.
 */
final class RandomStream {

    static final int CLASS = 1;
    static final int NODE = 2;
    static final int REFERENCES = 3;
    static final int BYTES = 4;
    static final int WEAK = 5;
    static final int BIG_NODE = 6;

    /** Is defined in the middle of the stream, after its mirror was met. */
    static final int LATE = 7;

    static final int LEFT = 12;
    static final int RIGHT = 16;
    static final int STATIC = 96;
    static final int MIRROR_BYTES = 112;
    static final int SITES = 16;

    private static final int THREADS = 5;
    private static final int CONTAINERS = 12;
    private static final int CONTAINER_LENGTH = 40;
    private static final int LATEST = 30;

    private final Random random;
    private final EventSink sink;
    private final int operationsPerRound;
    private final int[] nextIds = new int[THREADS];
    private int nextBlock = 1;
    private int leftOfRound;
    private final List<Integer> known = new ArrayList<>();
    private final int[] containers = new int[CONTAINERS];
    private final List<int[]> unborn = new ArrayList<>();

    RandomStream(long seed, EventSink sink) {
        random = new Random(seed);
        this.sink = sink;
        operationsPerRound = 30 << random.nextInt(7);
    }

    /** Every id that was given has a number below this, scattered ones apart. */
    static RecordedEvents record(long seed, int operations) {
        RecordedEvents events = new RecordedEvents();
        new RandomStream(seed, events).run(operations);
        return events;
    }

    private void run(int operations) {
        defineTypes(sink);
        for (int mirror = CLASS; mirror <= LATE; mirror++) {
            sink.contact(mirror, CLASS, MIRROR_BYTES);
            sink.snapshotEnd(mirror);
        }
        for (int i = 0; i < CONTAINERS; i++) {
            replaceContainer(i);
        }
        for (int i = 0; i < operations; i++) {
            if (i == operations / 2) {
                sink.staticStore(LATE, STATIC, anyId(), 1); // a contradiction until the type is defined
                sink.birth(newId(), LATE, 0); // too
                sink.type(node(LATE, "Late", List.of(field("last", STATIC))));
                sink.staticStore(LATE, STATIC, anyId(), 1);
            }
            operation();
            if (--leftOfRound <= 0) {
                round();
            }
        }
        round();
    }

    private void round() {
        while (!unborn.isEmpty()) {
            beBorn();
        }
        sink.round();
        leftOfRound = 1 + random.nextInt(2 * operationsPerRound);
    }

    private void operation() {
        int dice = random.nextInt(1000);
        if (dice < 400) {
            born();
        } else if (dice < 640) {
            store(latestId(), random.nextInt(3) == 0 ? 0 : latestId());
        } else if (dice < 760) {
            keep(latestId());
        } else if (dice < 800) {
            keep(0);
        } else if (dice < 840) {
            store(anyId(), anyId());
        } else if (dice < 870) {
            mentionUnborn();
        } else if (dice < 900 && !unborn.isEmpty()) {
            beBorn();
        } else if (dice < 915) {
            meet(newId());
        } else if (dice < 920) {
            meet(scatteredId());
        } else if (dice < 935) {
            listRoots();
        } else if (dice < 938) {
            sink.threadEnd(random.nextInt(THREADS));
        } else if (dice < 944) {
            sink.rootsRequested();
        } else if (dice < 948) {
            replaceContainer(random.nextInt(CONTAINERS));
        } else if (dice < 960) {
            copy();
        } else if (dice < 966) {
            contradict();
        } else if (dice < 972) {
            mentionUnbornToAny();
        } else if (dice < 978) {
            sink.staticStore(2 + random.nextInt(6), STATIC, latestId(), site());
        }
    }

    private void born() {
        int id = newId();
        sink.birth(id, type(), 0);
        know(id);
    }

    /** Any type whose instances need no extent; slots at LEFT and RIGHT are good enough. */
    private int type() {
        return switch (random.nextInt(8)) {
            case 0 -> WEAK;
            case 1 -> BIG_NODE;
            default -> NODE;
        };
    }

    private void store(int holder, int value) {
        sink.fieldStore(holder, random.nextBoolean() ? LEFT : RIGHT, value, site());
    }

    /** Into something that was there long ago, and may have been dropped. */
    private void keep(int value) {
        sink.arrayStore(containers[random.nextInt(CONTAINERS)], random.nextInt(CONTAINER_LENGTH), value, site());
    }

    private void mentionUnborn() {
        int id = newId();
        int type = random.nextInt(4) == 0 ? REFERENCES : NODE;
        int extent = type == REFERENCES ? random.nextInt(3) == 0 ? 3000 + random.nextInt(3000) : 10 : 0;
        boolean held = random.nextInt(4) == 0;
        unborn.add(new int[] {id, type, extent, held ? 1 : 0});
        store(latestId(), id);
        keep(id);
        store(anyId(), id);
        store(id, latestId());
        sink.root(random.nextInt(THREADS), id);
    }

    /** A holder that may be dead is the only one to mention it; large enough to be born old. */
    private void mentionUnbornToAny() {
        int id = newId();
        unborn.add(new int[] {id, REFERENCES, 9000, 0});
        store(anyId(), id);
    }

    /** What was mentioned before comes, in any order, one in sixteen never. */
    private void beBorn() {
        int[] one = unborn.remove(random.nextInt(unborn.size()));
        if (random.nextInt(16) == 0) {
            return;
        }
        if (one[3] == 1) {
            meet(one[0]);
        } else {
            sink.birth(one[0], one[1], one[2]);
            know(one[0]);
        }
    }

    private void meet(int id) {
        sink.contact(id, NODE, 0);
        if (random.nextBoolean()) {
            sink.fieldStore(id, LEFT, latestId(), site());
        }
        sink.snapshotSlot(id, LEFT, anyId());
        if (random.nextInt(4) == 0) {
            sink.contact(id, NODE, 0);
        }
        sink.snapshotSlot(id, RIGHT, unborn.isEmpty() ? latestId() : unborn.get(0)[0]);
        sink.snapshotEnd(id);
        know(id);
    }

    private void replaceContainer(int i) {
        int id = newId();
        if (random.nextBoolean()) {
            sink.contact(id, REFERENCES, CONTAINER_LENGTH);
            sink.snapshotEnd(id);
        } else {
            sink.birth(id, REFERENCES, random.nextInt(3) == 0 ? 6000 : CONTAINER_LENGTH);
        }
        containers[i] = id;
        sink.staticStore(1 + random.nextInt(6), STATIC, id, site());
        sink.birth(newId(), BYTES, random.nextInt(20_000));
    }

    private void copy() {
        int array = containers[random.nextInt(CONTAINERS)];
        int elements = random.nextInt(8);
        sink.arrayCopy(array, elements, site());
        for (int i = 0; i < elements; i++) {
            sink.copiedElement(array, i, random.nextInt(6) == 0 ? anyId() : latestId(), site());
        }
    }

    private void listRoots() {
        int thread = random.nextInt(THREADS);
        sink.roots(thread);
        for (int i = random.nextInt(6); i > 0; i--) {
            sink.root(thread, random.nextInt(8) == 0 ? anyId() : latestId());
        }
    }

    private void contradict() {
        switch (random.nextInt(7)) {
            case 0 -> sink.fieldStore(latestId(), 8, latestId(), 1);
            case 1 -> sink.arrayStore(containers[0], 1 << 20, latestId(), 1);
            case 2 -> sink.birth(NODE, NODE, 0); // whatever lives: a dead one that was mentioned would be believed
            case 3 -> sink.birth(newId(), 999, 0);
            case 4 -> sink.fieldStore(-latestId(), LEFT, latestId(), 1);
            case 5 -> sink.root(0, -1);
            default -> sink.fieldStore(latestId(), LEFT, newId(), 1); // never born
        }
    }

    private int site() {
        return random.nextInt(SITES);
    }

    private int newId() {
        int thread = random.nextInt(THREADS);
        if (nextIds[thread] % IdOrder.BLOCK_IDS == 0) {
            nextIds[thread] = nextBlock++ << IdOrder.BLOCK_SHIFT;
        }
        return IdOrder.scattered(nextIds[thread]++);
    }

    private int scatteredId() {
        return 1 << 30 | random.nextInt(1 << 30);
    }

    private void know(int id) {
        known.add(id);
    }

    private int latestId() {
        return known.isEmpty() ? NODE : known.get(Math.max(0, known.size() - 1 - random.nextInt(LATEST)));
    }

    private int anyId() {
        return known.isEmpty() ? NODE : known.get(random.nextInt(known.size()));
    }

    static void defineTypes(EventSink sink) {
        List<FieldDefinition> none = List.of();
        sink.type(new TypeDefinition(CLASS, "Class", 0, 0, Shape.MIRROR, 0, 0, List.of(field("loader", 16)), none));
        sink.type(node(NODE, "Node", List.of(field("last", STATIC))));
        sink.type(new TypeDefinition(
                REFERENCES, "Object[]", 0, 0, Shape.REFERENCE_ARRAY, 16, 4, none, List.of(field("last", STATIC))));
        sink.type(new TypeDefinition(BYTES, "byte[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 1, none, none));
        List<FieldDefinition> weak = List.of(new FieldDefinition("referent", LEFT, true), field("queue", RIGHT));
        sink.type(new TypeDefinition(WEAK, "Weak", 0, 0, Shape.INSTANCE, 24, 0, weak, none));
        sink.type(new TypeDefinition(
                BIG_NODE, "BigNode", 0, NODE, Shape.INSTANCE, 32, 0, List.of(field("middle", 20)), none));
    }

    static TypeDefinition node(int id, String name, List<FieldDefinition> statics) {
        List<FieldDefinition> fields = List.of(field("left", LEFT), field("right", RIGHT));
        return new TypeDefinition(id, name, 0, 0, Shape.INSTANCE, 24, 0, fields, statics);
    }

    private static FieldDefinition field(String name, int offset) {
        return new FieldDefinition(name, offset, false);
    }
}
