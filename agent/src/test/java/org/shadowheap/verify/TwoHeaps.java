package org.shadowheap.verify;

import java.util.List;
import java.util.Set;
import org.shadowheap.analysis.Verified;
import org.shadowheap.collect.CollectedHeap;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Tee;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.ShadowHeap;

/**
 * The same few classes in a dump and in a shadow heap: a class with a static {@code root} and a static {@code other}, and
 * nodes with a {@code left} and a {@code right}. Objects are added to each side by hand.
 */
final class TwoHeaps implements AutoCloseable {

    static final int CLASS = 1;
    static final int APP = 2;
    static final int NODE = 3;
    static final int LEAF = 4;
    static final int NODES = 5;
    static final int BYTES = 6;
    static final int THREAD = 7;
    static final int REFERENCE = 8;
    static final int OWN = 9;
    static final int STRING = 10;
    static final int SPECIAL = 11;

    static final int ROOT = 96;
    static final int OTHER = 100;
    static final int LEFT = 12;
    static final int RIGHT = 16;
    private static final int MIRROR_BYTES = 104;

    /** Mirrors of the dump: the shadow's ids and a thousand. */
    static final long MIRRORS = 1000;

    private Set<String> ofEarlierFrames = Set.of();
    private Set<String> natives = Set.of();

    final HandMadeHeap dump = new HandMadeHeap();
    final ShadowHeap shadow = CollectedHeap.open(
            new HeapConfiguration(1 << 20, 4096, 1, 64 << 20, ObjectModel.DEFAULT),
            (site, arrayType, oldToYoung, pageListed) -> {},
            result -> {});
    final Witness witness = new Witness();
    final EventSink events = Tee.of(shadow, witness);

    final DumpedClass object = dump.type(900, "java.lang.Object", null, List.of());
    final DumpedClass node = dump.type(MIRRORS + NODE, "app.Node", 7, object, List.of("left", "right"), List.of());
    final DumpedClass leaf = dump.type(MIRRORS + LEAF, "app.Leaf", 7, object, List.of("left", "right"), List.of());
    final DumpedClass nodes = dump.type(MIRRORS + NODES, "app.Node[]", 7, object, List.of(), List.of());
    final DumpedClass bytes = dump.type(MIRRORS + BYTES, "byte[]", object, List.of());
    final DumpedClass thread = dump.type(MIRRORS + THREAD, "java.lang.Thread", object, List.of("left"));
    final DumpedClass reference =
            dump.type(MIRRORS + REFERENCE, "java.lang.ref.Reference", object, List.of("referent", "next"));
    final DumpedClass string = dump.type(MIRRORS + STRING, "java.lang.String", object, List.of("value"));
    final DumpedClass own = dump.type(MIRRORS + OWN, "own.Thing", 7, object, List.of(), List.of());

    TwoHeaps() {
        List<FieldDefinition> links =
                List.of(new FieldDefinition("left", LEFT, false), new FieldDefinition("right", RIGHT, false));
        List<FieldDefinition> statics =
                List.of(new FieldDefinition("root", ROOT, false, true), new FieldDefinition("other", OTHER, false));
        define(CLASS, "java.lang.Class", 0, Shape.MIRROR, 0, List.of(), List.of());
        define(APP, "app.App", 1, Shape.INSTANCE, 16, List.of(), statics);
        define(NODE, "app.Node", 1, Shape.INSTANCE, 24, links, List.of());
        define(LEAF, "app.Leaf", 1, Shape.INSTANCE, 24, links, List.of());
        define(THREAD, "java.lang.Thread", 0, Shape.INSTANCE, 24, links.subList(0, 1), List.of());
        List<FieldDefinition> weak =
                List.of(new FieldDefinition("referent", LEFT, true), new FieldDefinition("next", RIGHT, false));
        define(REFERENCE, "java.lang.ref.Reference", 0, Shape.INSTANCE, 24, weak, List.of());
        events.type(new TypeDefinition(NODES, "app.Node[]", 1, 0, Shape.REFERENCE_ARRAY, 16, 4, List.of(), List.of()));
        events.type(new TypeDefinition(BYTES, "byte[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 1, List.of(), List.of()));
        List<FieldDefinition> value = List.of(new FieldDefinition("value", LEFT, false));
        define(STRING, "java.lang.String", 0, Shape.INSTANCE, 24, value, List.of());
        for (int mirror = CLASS; mirror <= STRING; mirror++) {
            if (mirror != OWN) {
                events.contact(mirror, CLASS, MIRROR_BYTES);
                events.snapshotEnd(mirror);
            }
        }
        events.round();
    }

    private void define(
            int id,
            String name,
            int loader,
            Shape shape,
            int bytes,
            List<FieldDefinition> fields,
            List<FieldDefinition> statics) {
        events.type(new TypeDefinition(id, name, loader, 0, shape, bytes, 0, fields, statics));
    }

    /** Adds a type to the shadow heap, and its mirror. */
    void shadowType(int id, String name, int loader, List<FieldDefinition> fields, List<FieldDefinition> statics) {
        define(id, name, loader, Shape.INSTANCE, 24, fields, statics);
        events.contact(id, CLASS, MIRROR_BYTES);
        events.snapshotEnd(id);
    }

    /** Adds a subclass of {@code app.Node}. */
    void special() {
        define(
                SPECIAL,
                "app.Special",
                1,
                Shape.INSTANCE,
                24,
                List.of(new FieldDefinition("left", LEFT, false), new FieldDefinition("right", RIGHT, false)),
                List.of());
        events.contact(SPECIAL, CLASS, MIRROR_BYTES);
        events.snapshotEnd(SPECIAL);
    }

    /** Says what the statics of {@code app.App} hold in the dump. */
    void roots(long root, long other) {
        dump.type(
                MIRRORS + APP,
                "app.App",
                7,
                object,
                List.of(),
                List.of(new DumpedClass.StaticField("root", root), new DumpedClass.StaticField("other", other)));
    }

    /** The same for the shadow heap. */
    void shadowRoots(int root, int other) {
        events.staticStore(APP, ROOT, root, 1);
        events.staticStore(APP, OTHER, other, 1);
    }

    void shadowNode(int id, int left, int right) {
        events.birth(id, NODE, 0);
        events.fieldStore(id, LEFT, left, 1);
        events.fieldStore(id, RIGHT, right, 1);
    }

    void shadowArray(int id, int... elements) {
        events.birth(id, NODES, elements.length);
        for (int i = 0; i < elements.length; i++) {
            events.arrayStore(id, i, elements[i], 1);
        }
    }

    /** Says what frames that began before may have stored to. */
    void earlierFramesStore(String... fields) {
        ofEarlierFrames = Set.of(fields);
    }

    /** Says what classes have native methods. */
    void haveNativeMethods(String... classes) {
        natives = Set.of(classes);
    }

    Verified compare(String... uninstrumented) {
        events.round();
        try (Comparison comparison = new Comparison(
                dump,
                shadow,
                witness.stored(),
                name -> name.startsWith("own."),
                new Explanations(Set.of(uninstrumented), natives, Set.of("app.Constants.TEXT"), ofEarlierFrames))) {
            return comparison.run();
        }
    }

    @Override
    public void close() {
        shadow.close();
    }
}
