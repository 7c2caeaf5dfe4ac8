package org.shadowheap.event.layout;

/**
 * The order in which the ids of a block of 1,024 are handed out. Each block has an order of its own.
 *
 * <p>An application's hash tables see ids, as identity hashes: where it puts each thousandth of its objects into an {@code
 * IdentityHashMap}, sequential ids would all probe the same places. And a heap that keeps nothing of a block's ids but how
 * many were handed out knows by their order which these were.
 *
 * <p>Knuth's multiplicative hash of the block's number (The Art of Computer Programming 3, 6.4), by which the number in the
 * block is xored.
 */
public final class IdOrder {

    /** Logarithm of {@link #BLOCK_IDS}. */
    public static final int BLOCK_SHIFT = 10;

    /** Ids of a block: they differ in their last ten bits only. */
    public static final int BLOCK_IDS = 1 << BLOCK_SHIFT;

    private IdOrder() {}

    /**
     * The id that is handed out in place of this one of the same block: each is, once, and this one in place of that.
     *
     * @param id from 1 to 2^31-1, the block's first plus how many of the block were handed out before
     */
    public static int scattered(int id) {
        return id ^ (id >>> BLOCK_SHIFT) * 0x9e37_79b9 >>> Integer.SIZE - BLOCK_SHIFT;
    }

    /** How many ids of its block are handed out before this one, from 0 to 1,023. */
    public static int place(int id) {
        return scattered(id) & BLOCK_IDS - 1;
    }
}
