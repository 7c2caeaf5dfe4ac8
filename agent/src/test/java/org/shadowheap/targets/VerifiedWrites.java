package org.shadowheap.targets;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes references in every way that is seen, early and late, into young and old objects; keeps all of them in statics. */
public final class VerifiedWrites {

    private static final int MANY = 8_000;
    private static final int ROUNDS = 20;

    /** An object with two references, which can be cloned. */
    static class Node implements Cloneable {
        Object left;
        volatile Object right;

        Node(Object left, Object right) {
            this.left = left;
            this.right = right;
        }

        Node copy() {
            try {
                return (Node) clone();
            } catch (CloneNotSupportedException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** Stores before its superclass is constructed: javac does for what it captures. */
    private final class Inner extends Node {
        Inner(Object left) {
            super(left, null);
        }

        Object outer() {
            return VerifiedWrites.this;
        }
    }

    static Object last;
    static final Node[] ELEMENTS = new Node[MANY];
    static final Object[][] NESTED = new Object[50][3];
    static final Object[] MOVED = new Object[1000];
    static final List<Object> LIST = new ArrayList<>();
    static final Deque<Object> QUEUE = new ArrayDeque<>();
    static final Map<Object, Object> MAP = new HashMap<>();
    static Object[] copied = {};
    static Object[] cut = {};
    static Node[] cloned = {};
    static Object[] copiedOnce = {};
    static Object[] cutOnce = {};
    static Object[][] made = {};
    static Node ring = new Node(null, null);

    private VerifiedWrites() {}

    public static void main(String[] arguments) throws InterruptedException {
        // In the interpreter, where the bodies of intrinsics run.
        Node[] few = {ring, new Node(ring, null), null};
        copiedOnce = Arrays.copyOf(few, 5);
        cutOnce = Arrays.copyOfRange(few, 1, 2);
        made = (Object[][]) Array.newInstance(Node[].class, 4);
        made[3] = few;
        for (int round = 0; round < ROUNDS; round++) {
            round(round);
        }
        Thread other = new Thread(() -> round(ROUNDS), "other");
        other.start();
        other.join();
        System.out.println(((Inner) NESTED[7][1]).outer() != null);
    }

    private static void round(int round) {
        for (int i = 0; i < MANY; i++) {
            if ((i + round) % 5 == 0) {
                ELEMENTS[i] = new Node(last, ELEMENTS[(i * 7 + round) % MANY]);
            } else if (ELEMENTS[i] != null) {
                ELEMENTS[i].left = ELEMENTS[(i * 31 + 1) % MANY];
                ELEMENTS[i].right = i % 3 == 0 ? null : VerifiedWrites.class;
            }
            last = ELEMENTS[i];
        }
        for (int i = 0; i < NESTED.length; i++) {
            NESTED[i][round % 3] = new VerifiedWrites().new Inner(ring);
            NESTED[i][(round + 1) % 3] = new VerifiedWrites().new Inner(last);
        }
        System.arraycopy(ELEMENTS, round * 10, MOVED, 0, MOVED.length);
        System.arraycopy(MOVED, 0, MOVED, 1, MOVED.length - 1);
        copied = Arrays.copyOf(ELEMENTS, MANY / 2 + round);
        cut = Arrays.copyOfRange(MOVED, round, MOVED.length, Object[].class);
        cloned = ELEMENTS.clone();
        ring = ring.copy();
        ring.left = ring;
        ring.right = cloned;
        for (int i = 0; i < 500; i++) {
            LIST.add(0, ELEMENTS[i]);
            QUEUE.add(new Node(round, i));
            MAP.put(round * 500 + i, ELEMENTS[i]);
        }
        MAP.keySet().removeIf(key -> (Integer) key % 3 == 0);
        LIST.removeIf(each -> each == null);
    }
}
