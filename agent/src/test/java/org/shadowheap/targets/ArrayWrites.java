package org.shadowheap.targets;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lesson: every way to write elements of arrays, and to make arrays and objects that come filled; a type for each way. */
public final class ArrayWrites {

    private static final int TIMES = 1000;
    private static final WriteCounts COUNTS = new WriteCounts(ArrayWrites.class);

    private ArrayWrites() {}

    static final class Stored {}

    static final class Nested {}

    static final class Upwards {}

    static final class Downwards {}

    static final class Part {}

    static final class Copied {}

    static final class Listed {}

    static final class Several {}

    static final class Reflected {}

    static final class Referenced {}

    /** What methods that are hooked where they are called look like when javac refers to them. */
    interface Copy {
        void copy(Object source, int sourceFrom, Object array, int from, int length);
    }

    static final class Cell implements Cloneable {
        final Object[] shared = {this};
        Object own = "own";

        Cell copy() {
            try {
                return (Cell) clone();
            } catch (CloneNotSupportedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    static final Stored[] STORED = new Stored[10];
    static final Upwards[] UPWARDS = new Upwards[10];
    static final Downwards[] DOWNWARDS = new Downwards[10];
    static final Part[] PART = new Part[4];
    static final Object[] MIXED = {new Part(), new Part(), "none", new Part()};
    static final List<Listed> LIST = new ArrayList<>();
    static final Object[] KEPT = new Object[18];
    static final Referenced[] REFERENCED = new Referenced[3];
    static Cell cell = new Cell();

    public static void main(String[] args) {
        REFERENCED[0] = new Referenced();
        for (int i = 0; i < UPWARDS.length; i++) {
            UPWARDS[i] = new Upwards();
            DOWNWARDS[i] = new Downwards();
        }
        LIST.add(new Listed());
        LIST.add(new Listed());
        for (int i = 0; i < TIMES; i++) {
            elements(i);
            copies();
            filled();
            reflected(i);
            referenced();
        }
        COUNTS.expectOwn("STORED[]", TIMES);
        COUNTS.expect("Nested[]", TIMES);
        COUNTS.expect("Nested[][]", TIMES);
        COUNTS.expect("Several[]", 2 * TIMES);
        COUNTS.expectOwn("UPWARDS[]", 10 + 5 * TIMES);
        COUNTS.expectOwn("DOWNWARDS[]", 10 + 5 * TIMES);
        COUNTS.expectOwn("PART[]", 3 * TIMES);
        // By array initializers: what a copy is born with is no store.
        COUNTS.expect("Copied[]", TIMES);
        COUNTS.expect("Cell.own", 1);
        COUNTS.expect("Reflected[]", TIMES);
        // By toArray into an array with room, with a null behind them.
        COUNTS.expect("Listed[]", 3 * TIMES);
        COUNTS.expectOwn("REFERENCED[]", 1 + 2 * TIMES);
        COUNTS.print();
    }

    private static void elements(int i) {
        STORED[i % 10] = new Stored();
        Nested[][] nested = new Nested[2][3];
        nested[1][i % 3] = new Nested();
        nested[0] = nested[1];
        KEPT[0] = nested;
        KEPT[1] = several(new Several(), new Several());
        KEPT[2] = new Nested[3][][];
    }

    private static Several[] several(Several... each) {
        return each;
    }

    private static void copies() {
        System.arraycopy(UPWARDS, 0, UPWARDS, 1, 5);
        System.arraycopy(DOWNWARDS, 4, DOWNWARDS, 2, 5);
        try {
            System.arraycopy(MIXED, 0, PART, 0, 4);
        } catch (ArrayStoreException expected) {
            PART[3] = PART[0];
        }
    }

    private static void filled() {
        Copied[] copied = {new Copied()};
        KEPT[3] = copied.clone();
        KEPT[4] = Arrays.copyOf(copied, 3);
        KEPT[5] = Arrays.copyOf(copied, 2, Object[].class);
        KEPT[6] = Arrays.copyOfRange(copied, 0, 1);
        KEPT[7] = Arrays.copyOfRange(copied, 0, 4, Object[].class);
        Copied[][] both = {copied, copied.clone()};
        KEPT[8] = both.clone();
        KEPT[9] = LIST.toArray();
        KEPT[10] = LIST.toArray(new Listed[0]);
        KEPT[11] = LIST.toArray(new Listed[3]);
        KEPT[12] = Stream.of("one", "other").toArray();
        cell = cell.copy();
    }

    private static void reflected(int i) {
        Object array = Array.newInstance(Reflected.class, 3);
        Array.set(array, i % 3, new Reflected());
        Array.set(new int[1], 0, i);
        Object[] nested = (Object[]) Array.newInstance(Reflected.class, 2, 2);
        KEPT[13] = array;
        KEPT[14] = nested;
        KEPT[15] = nested[1];
    }

    private static void referenced() {
        Copy copy = System::arraycopy;
        copy.copy(REFERENCED, 0, REFERENCED, 1, 2);
        UnaryOperator<Referenced[]> clone = Referenced[]::clone;
        KEPT[16] = clone.apply(REFERENCED);
        BiFunction<Referenced[], Integer, Referenced[]> copyOf = Arrays::copyOf;
        KEPT[17] = copyOf.apply(REFERENCED, 2);
    }
}
