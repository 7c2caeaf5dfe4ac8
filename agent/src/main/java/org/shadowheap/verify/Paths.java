package org.shadowheap.verify;

import java.util.ArrayDeque;
import java.util.Deque;

/** Spells how a slot is reached from a static field: {@code pkg.Class.field.field[3].field}. */
final class Paths {

    /** Steps that are spelled out at each end of a longer path. */
    private static final int SPELLED = 12;

    private final DumpedHeap dump;
    private final Pairs pairs;
    private final Slots slots;

    Paths(DumpedHeap dump, Pairs pairs, Slots slots) {
        this.dump = dump;
        this.pairs = pairs;
        this.slots = slots;
    }

    /** The way to a slot of the object of a pair. */
    String to(int holder, int place) {
        Deque<String> steps = new ArrayDeque<>();
        steps.addFirst(step(holder, place));
        for (int at = holder; pairs.holder(at) != Pairs.NONE; at = pairs.holder(at)) {
            steps.addFirst(step(pairs.holder(at), pairs.place(at)));
        }
        int left = steps.size();
        StringBuilder path = new StringBuilder();
        int spelled = 0;
        while (!steps.isEmpty()) {
            String step = steps.removeFirst();
            left--;
            if (spelled < SPELLED || left < SPELLED) {
                path.append(step);
                spelled++;
            } else {
                int skipped = left - SPELLED + 1;
                path.append("...").append(skipped).append(" steps...");
                for (int i = 1; i < skipped; i++) {
                    steps.removeFirst();
                    left--;
                }
                spelled = Integer.MIN_VALUE;
            }
        }
        return path.toString();
    }

    /** The way to an object of a pair. */
    String to(int pair) {
        return pairs.holder(pair) == Pairs.NONE ? describeRoot(pair) : to(pairs.holder(pair), pairs.place(pair));
    }

    /** Name of the field to which a slot belongs; of an array the field that holds it. */
    String field(int holder, int place) {
        DumpedClass mirrored = dump.mirrored(pairs.dumped(holder));
        if (mirrored != null) {
            return slots.ofMirror(mirrored).get(place).field();
        }
        if (dump.lengthOf(pairs.dumped(holder)) < 0) {
            return slots.ofInstance(dump.classOf(pairs.dumped(holder)))
                    .get(place)
                    .field();
        }
        // Roots are mirrors: an array was reached from somewhere.
        return field(pairs.holder(holder), pairs.place(holder)) + "[]";
    }

    private String step(int holder, int place) {
        DumpedClass mirrored = dump.mirrored(pairs.dumped(holder));
        if (mirrored != null) {
            return slots.ofMirror(mirrored).get(place).field();
        }
        if (dump.lengthOf(pairs.dumped(holder)) >= 0) {
            return "[" + place + ']';
        }
        return '.'
                + slots.ofInstance(dump.classOf(pairs.dumped(holder)))
                        .get(place)
                        .name();
    }

    private String describeRoot(int pair) {
        return "class " + dump.mirrored(pairs.dumped(pair));
    }
}
