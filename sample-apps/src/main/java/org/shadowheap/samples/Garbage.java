package org.shadowheap.samples;

/** Moves the clock of the heap, which is bytes allocated, without leaving anything behind and without any store. */
final class Garbage {

    /** The default of the agent's option {@code nursery}. */
    static final int NURSERY_BYTES = 16 << 20;

    private static final int PIECE_BYTES = 1 << 10;

    private Garbage() {}

    /** Allocates two nurseries, after which whatever the program holds on to is old. */
    static long settle() {
        return make(2L * NURSERY_BYTES);
    }

    /** How many minor collections are due while so much is allocated, at most. */
    static long collections(long bytes) {
        return bytes / NURSERY_BYTES + 2;
    }

    /**
     * Allocates arrays and forgets them.
     *
     * @param bytes at least this many, without the arrays' headers
     * @return how many it were
     */
    static long make(long bytes) {
        long made = 0;
        while (made < bytes) {
            byte[] piece = new byte[PIECE_BYTES];
            // Written and read where the compiler cannot tell beforehand, or it would leave the array out.
            int somewhere = (int) (made >>> 7) & PIECE_BYTES - 1;
            piece[somewhere] = (byte) made;
            made += piece.length + (piece[somewhere + 1 & PIECE_BYTES - 1] >> 7);
        }
        return made;
    }
}
