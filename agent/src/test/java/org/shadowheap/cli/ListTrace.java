package org.shadowheap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.trace.TraceWriter;

/** A trace of a list that grows: each node, of 1 KiB, is stored to the one before, and all of them live. */
final class ListTrace {

    static final int NODES = 10_240;

    private static final int NODE_BYTES = 1024;
    private static final int CLASS_TYPE = 1;
    private static final int NODE_TYPE = 2;
    private static final int LIST = 3;
    private static final int HEAD_OFFSET = 112;
    private static final int NEXT_OFFSET = 12;

    private ListTrace() {}

    /** Writes one of 10 MiB, as if recorded with a nursery of 256k, a page of 4k and a tenure of 1. */
    static Path write(Path file) throws IOException {
        return write(file, NODES);
    }

    static Path write(Path file, int nodes) throws IOException {
        return write(file, nodes, Integer.MAX_VALUE);
    }

    /** The same of a JVM that collected its young generation, an eden of 2 MiB, once for so many nodes. */
    static Path write(Path file, int nodes, int nodesBetweenCollections) throws IOException {
        Map<String, String> options = Map.of("nurseryBytes", "262144", "pageBytes", "4096", "tenure", "1");
        Recording recording = new Recording("app.Main", "Some VM", 0, ObjectModel.DEFAULT, options);
        try (TraceWriter writer = TraceWriter.create(file, recording)) {
            define(writer);
            writer.birth(100, NODE_TYPE, 0);
            writer.staticStore(LIST, HEAD_OFFSET, 100, 2);
            for (int id = 101; id < 100 + nodes; id++) {
                writer.birth(id, NODE_TYPE, 0);
                writer.fieldStore(id - 1, NEXT_OFFSET, id, 1);
                if (id % nodesBetweenCollections == 0) {
                    writer.realCollection(CollectionKind.YOUNG.number(), id, 1_000, 2 << 10);
                }
                if (id % 20 == 0) {
                    writer.round();
                }
            }
            writer.round();
            writer.finish(RecordingEnd.after(1_000_000_000, List.of()));
        }
        return file;
    }

    private static void define(TraceWriter writer) {
        List<FieldDefinition> next = List.of(new FieldDefinition("next", NEXT_OFFSET, false));
        List<FieldDefinition> head = List.of(new FieldDefinition("head", HEAD_OFFSET, false));
        writer.type(new TypeDefinition(CLASS_TYPE, "java.lang.Class", 0, 0, Shape.MIRROR, 0, 0, List.of(), List.of()));
        writer.type(new TypeDefinition(NODE_TYPE, "app.Node", 1, 0, Shape.INSTANCE, NODE_BYTES, 0, next, List.of()));
        writer.type(new TypeDefinition(LIST, "app.List", 1, 0, Shape.INSTANCE, 16, 0, List.of(), head));
        writer.site(new SiteDefinition(1, "app.List", "append", 10, "app.Node.next"));
        writer.site(new SiteDefinition(2, "app.List", "create", 5, "app.List.head"));
        for (int mirror : new int[] {CLASS_TYPE, NODE_TYPE, LIST}) {
            writer.contact(mirror, CLASS_TYPE, 120);
            writer.snapshotEnd(mirror);
        }
    }
}
