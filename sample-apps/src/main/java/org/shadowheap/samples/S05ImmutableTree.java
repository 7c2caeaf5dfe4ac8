package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.exactly;
import static org.shadowheap.samples.Bounds.nearly;

import java.util.List;

/**
 * Sample 05: an immutable design dirties nothing.
 *
 * <p>A tree holds the balances of accounts. As one finds it, it is updated in place: a leaf is old and gets a balance that was
 * made just now, an old-to-young store on any of the pages with leaves.
 *
 * <p>The fix stores many more references and not one of them is old-to-young. A tree that never changes is updated by a new
 * path from its root to the leaf, whose nodes refer to the rest of the tree as it was: young objects refer to old ones, which
 * no collector has to look for. The newest tree is in a local variable. Were it in a static field, each update would store to
 * that, on one page.
 *
 * <p>It is not for nothing. The paths are allocated, 15 nodes at each update, and some of them are promoted. A young
 * collection pays for what is alive and for what is dirty; a program may choose.
 */
final class S05ImmutableTree {

    /** Branches on the way from the root to a leaf. */
    static final int DEPTH = 14;

    /** Leaves. */
    static final int ACCOUNTS = 1 << DEPTH;

    /** Balances that are changed. */
    static final int UPDATES = 60_000;

    /** Bytes of garbage at each update. */
    static final int GARBAGE_BYTES = 1 << 10;

    /** Minor collections during the updates, at most. */
    static final long COLLECTIONS = Garbage.collections(UPDATES * (GARBAGE_BYTES + 600L));

    private S05ImmutableTree() {}

    /** A constructor stores to the object that was just made: never old-to-young, and both designs have them. */
    static List<Figure> figures(boolean fixed) {
        long branches = ACCOUNTS - 1 + (fixed ? (long) UPDATES * DEPTH : 0);
        return List.of(
                Figure.site(Leaf.class, "update", "stores", exactly(fixed ? 0 : UPDATES)),
                Figure.site(Leaf.class, "update", "oldToYoung", fixed ? exactly(0) : nearly(UPDATES, COLLECTIONS)),
                Figure.site(Leaf.class, "update", "pagesDirtied", fixed ? exactly(0) : atLeast(200)),
                Figure.field(Branch.class, "left", "stores", exactly(branches)),
                Figure.field(Branch.class, "left", "oldToYoung", exactly(0)),
                Figure.field(Branch.class, "right", "oldToYoung", exactly(0)),
                Figure.field(Leaf.class, "balance", "oldToYoung", fixed ? exactly(0) : nearly(UPDATES, COLLECTIONS)));
    }

    /** An amount of money. */
    private record Balance(long cents) {}

    private abstract static class Tree {

        abstract Leaf leaf(int account, int depth);

        /** This tree with another balance; it stays as it is. */
        abstract Tree with(int account, int depth, Balance balance);

        static Tree of(int depth) {
            return depth == 0 ? new Leaf(new Balance(0)) : new Branch(of(depth - 1), of(depth - 1));
        }
    }

    private static final class Branch extends Tree {
        final Tree left;
        final Tree right;

        Branch(Tree left, Tree right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Leaf leaf(int account, int depth) {
            return (isRight(account, depth) ? right : left).leaf(account, depth - 1);
        }

        @Override
        Tree with(int account, int depth, Balance balance) {
            return isRight(account, depth)
                    ? new Branch(left, right.with(account, depth - 1, balance))
                    : new Branch(left.with(account, depth - 1, balance), right);
        }

        private static boolean isRight(int account, int depth) {
            return (account >>> depth - 1 & 1) != 0;
        }
    }

    private static final class Leaf extends Tree {
        Balance balance;

        Leaf(Balance balance) {
            this.balance = balance;
        }

        @Override
        Leaf leaf(int account, int depth) {
            return this;
        }

        @Override
        Tree with(int account, int depth, Balance newBalance) {
            return new Leaf(newBalance);
        }

        /** In place. */
        void update(Balance newBalance) {
            balance = newBalance;
        }
    }

    static String run(boolean fixed) {
        Tree tree = Tree.of(DEPTH);
        long bytes = Garbage.settle();
        int random = 1;
        for (int i = 0; i < UPDATES; i++) {
            random = random * 1_664_525 + 1_013_904_223;
            int account = (random >>> 8) % ACCOUNTS;
            Leaf leaf = tree.leaf(account, DEPTH);
            Balance balance = new Balance(leaf.balance.cents() + i);
            if (fixed) {
                tree = tree.with(account, DEPTH, balance);
            } else {
                leaf.update(balance);
            }
            bytes += Garbage.make(GARBAGE_BYTES);
        }
        long sum = 0;
        for (int account = 0; account < ACCOUNTS; account++) {
            sum = 31 * sum + tree.leaf(account, DEPTH).balance.cents();
        }
        return "updates=" + UPDATES + " bytes=" + bytes + " sum=" + sum;
    }
}
