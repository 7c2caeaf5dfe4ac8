package org.shadowheap.event;

import java.util.List;
import java.util.Random;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.event.layout.EventRecord;

/** A stream of events that keeps the form of a recording (definitions first) and means nothing. */
public final class RandomEvents {

    private static final List<Shape> SHAPES = List.of(Shape.values());

    private final Random random;
    private final int bound;
    private int types;
    private int sites;
    private int callers;

    /** Any number an operand can be. */
    public RandomEvents(long seed) {
        this(seed, Integer.MAX_VALUE);
    }

    /**
     * @param bound of lengths, offsets and indexes, so that a heap has room
     */
    public RandomEvents(long seed, int bound) {
        random = new Random(seed);
        this.bound = bound;
    }

    public void feed(int events, EventSink sink) {
        define(sink);
        for (int i = 0; i < events; i++) {
            if (random.nextInt(50) == 0) {
                define(sink);
            }
            event(sink);
        }
    }

    private void define(EventSink sink) {
        types++;
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        List<FieldDefinition> fields = shape == Shape.INSTANCE
                ? List.of(
                        new FieldDefinition("next", 12, false, random.nextBoolean()),
                        new FieldDefinition("referent", 16, random.nextBoolean()))
                : List.of();
        sink.type(new TypeDefinition(
                types, "app.Type\u00e9" + types, types % 3, types - 1, shape, 24, 4, fields, fields));
        sites++;
        String field = random.nextBoolean() ? "app.Type.next" : null;
        sink.site(new SiteDefinition(sites, "app.Main$" + sites, "run", random.nextInt(-1, 100), field));
        callers++;
        sink.caller(new CallerDefinition(callers, "app.Caller\u00e9" + callers, "main", random.nextInt(-1, 100)));
    }

    private void event(EventSink sink) {
        int object = id();
        int value = random.nextInt(4) == 0 ? 0 : id();
        int type = 1 + random.nextInt(types);
        int site = random.nextInt(sites + 1);
        int number = random.nextInt(4) == 0 ? random.nextInt(-1, bound) : random.nextInt(100);
        switch (random.nextInt(20)) {
            case 0 -> sink.contact(object, type, number);
            case 1 -> sink.snapshotSlot(object, number, value);
            case 2 -> sink.snapshotEnd(object);
            case 3, 4 -> sink.fieldStore(object, number, value, site);
            case 5 -> sink.arrayStore(object, number, value, site);
            case 6 -> sink.staticStore(object, number, value, site);
            case 7 -> sink.arrayCopy(object, number, site);
            case 8 -> sink.copiedElement(object, number, value, site);
            case 9 -> sink.rootsRequested();
            case 10 -> sink.roots(number);
            case 11 -> sink.root(number, object);
            case 12 -> sink.threadEnd(number);
            case 13 -> sink.lost(1 + random.nextInt(1000));
            case 14 -> sink.round();
            case 15 ->
                sink.realCollection(
                        random.nextInt(6), random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextInt());
            case 16 -> sink.calledFrom(site, random.nextInt(callers + 1), number);
            case 17 ->
                sink.collectedHere(
                        random.nextInt(6), random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextInt(1 << 20));
            case 18 ->
                sink.collectionTold(
                        random.nextInt(6), random.nextInt(1 << 20), random.nextInt(1 << 20), random.nextInt());
            default -> sink.birth(object, type, number);
        }
    }

    private int id() {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(EventRecord.MAX_ID) : 1 + random.nextInt(50);
    }
}
