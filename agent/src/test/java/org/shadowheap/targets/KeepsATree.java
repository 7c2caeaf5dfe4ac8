package org.shadowheap.targets;

import org.jspecify.annotations.Nullable;

/** Keeps a tree in a local variable while large arrays go through a static: few events, and all of them to what is shared. */
public final class KeepsATree {

    /** Nodes of a tree. */
    public static final int NODES = (1 << 13) - 1;

    private static final int ROUNDS = 8;
    private static final int ARRAYS = 1_000;
    private static final int ARRAY_BYTES = 64 << 10;

    private static volatile byte @Nullable [] sink;

    private record Node(@Nullable Node left, @Nullable Node right) {}

    private KeepsATree() {}

    public static void main(String[] args) {
        long nodes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            nodes += nodesAfterArrays(tree(NODES));
        }
        System.out.println(nodes + " " + (sink != null));
    }

    private static long nodesAfterArrays(Node tree) {
        for (int i = 0; i < ARRAYS; i++) {
            sink = new byte[ARRAY_BYTES];
        }
        return count(new Node(tree, null)) - 1;
    }

    private static Node tree(int nodes) {
        return nodes == 1 ? new Node(null, null) : new Node(tree(nodes / 2), tree(nodes / 2));
    }

    private static long count(@Nullable Node node) {
        return node == null ? 0 : 1 + count(node.left) + count(node.right);
    }
}
