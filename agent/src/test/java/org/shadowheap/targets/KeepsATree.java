package org.shadowheap.targets;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tree in a local variable while large arrays go through a static: few events, and all of them to what is shared. Much
 * happens before, so that who follows the events lags.
 */
public final class KeepsATree {

    /** Nodes of a tree. */
    public static final int NODES = (1 << 13) - 1;

    private static final int ROUNDS = 8;
    private static final int ARRAYS = 1_000;
    private static final int ARRAY_BYTES = 64 << 10;
    private static final int ENTRIES = 400_000;

    private static final Map<Integer, Object> MAP = new HashMap<>();

    @Nullable
    static Object sink;

    private static final class Node {

        private @Nullable Node left;
        private @Nullable Node right;

        Node(int nodes) {
            if (nodes > 1) {
                left = new Node(nodes / 2);
                right = new Node(nodes / 2);
            }
        }

        /** Stores each node once more, and counts them. */
        int swap() {
            Node other = left;
            left = right;
            right = other;
            return 1 + (left == null ? 0 : left.swap()) + (right == null ? 0 : right.swap());
        }
    }

    private KeepsATree() {}

    public static void main(String[] args) {
        long nodes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ENTRIES; i++) {
                MAP.put(i & 1023, i);
            }
            Node tree = new Node(NODES);
            for (int i = 0; i < ARRAYS; i++) {
                sink = new byte[ARRAY_BYTES];
            }
            nodes += tree.swap();
        }
        System.out.println(nodes + " " + (sink != null));
    }
}
