package org.shadowheap.verify;

import org.shadowheap.heap.Generation;
import org.shadowheap.heap.ShadowGraph;

/** What the two sides of a slot are called in findings. */
final class Descriptions {

    private final DumpedHeap dump;
    private final ShadowGraph shadow;
    private final ClassPairs classes;
    private final Pairs pairs;
    private final Paths paths;

    Descriptions(DumpedHeap dump, ShadowGraph shadow, ClassPairs classes, Pairs pairs, Paths paths) {
        this.dump = dump;
        this.shadow = shadow;
        this.classes = classes;
        this.pairs = pairs;
        this.paths = paths;
    }

    boolean isAlive(int id) {
        Generation generation = shadow.generationOf(id);
        return generation == Generation.NURSERY || generation == Generation.AGEING || generation == Generation.OLD;
    }

    String ofDumped(long object) {
        if (object == 0) {
            return "null";
        }
        int pair = pairs.ofDumped(object);
        DumpedClass mirrored = dump.mirrored(object);
        if (mirrored != null) {
            return "class " + mirrored.name();
        }
        String type = withLength(dump.classOf(object).name(), dump.lengthOf(object));
        return pair == Pairs.NONE ? type : type + " at " + paths.to(pair);
    }

    String of(int id) {
        if (id == 0) {
            return "null";
        }
        if (!isAlive(id)) {
            return "an object that was judged dead, id " + id;
        }
        String mirrored = classes.mirroredBy(id);
        if (mirrored != null) {
            return "class " + mirrored;
        }
        String type = withLength(classes.nameOf(shadow.typeOf(id)), shadow.lengthOf(id));
        int pair = pairs.ofId(id);
        return pair == Pairs.NONE ? type : type + " at " + paths.to(pair);
    }

    private static String withLength(String type, int length) {
        return length < 0 || !type.endsWith("[]") ? type : type.substring(0, type.length() - 1) + length + ']';
    }
}
