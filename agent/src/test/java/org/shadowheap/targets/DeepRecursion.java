package org.shadowheap.targets;

/** Lesson: a StackOverflowError may strike anywhere, also in a barrier; the program goes on with a heap that is whole. */
public final class DeepRecursion {

    private static final int OVERFLOWS = 60;

    private static final class Node {
        final Node parent;
        Object payload;
        Node child;

        Node(Node parent) {
            this.parent = parent;
        }
    }

    private int linked;
    private Node last;

    private DeepRecursion() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[2];
        boolean[] whole = new boolean[threads.length];
        for (int t = 0; t < threads.length; t++) {
            int index = t;
            threads[t] = new Thread(null, () -> whole[index] = overflowOften(), "deep", 512 << 10);
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("whole=" + (whole[0] && whole[1]));
    }

    private static boolean overflowOften() {
        boolean whole = true;
        for (int i = 0; i < OVERFLOWS; i++) {
            DeepRecursion recursion = new DeepRecursion();
            Node root = new Node(null);
            recursion.last = root;
            recursion.linked = 0;
            try {
                recursion.descend(root, i);
                whole = false;
            } catch (StackOverflowError expected) {
                whole &= recursion.linked > 100 && recursion.isWhole(root);
            }
        }
        afterwards(new Node(null));
        return whole;
    }

    /** What a thread stores after all that is recorded as if nothing had been. */
    private static void afterwards(Node node) {
        for (int i = 0; i < 5_000; i++) {
            node.payload = new Node(node);
        }
    }

    /** Frames of varying size, so that the stack ends at another place each time. */
    private long descend(Node node, long salt) {
        Node child = new Node(node);
        child.payload = new Object[] {node, salt % 3 == 0 ? child : null};
        node.child = child;
        last = child;
        linked++;
        return salt % 2 == 0 ? descend(child, salt + 1) + salt : wide(child, salt, salt * 3, salt * 5);
    }

    private long wide(Node node, long a, long b, long c) {
        return descend(node, a + 1) + b + c;
    }

    private boolean isWhole(Node root) {
        int count = 0;
        Node end = root;
        for (Node node = root.child; node != null; node = node.child) {
            if (node.parent != end || ((Object[]) node.payload)[0] != end) {
                return false;
            }
            end = node;
            count++;
        }
        // The error may have struck after the last link was made and before it was counted.
        return count - linked <= 1 && (end == last || end.parent == last);
    }
}
