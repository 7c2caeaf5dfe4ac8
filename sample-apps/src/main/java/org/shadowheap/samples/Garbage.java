package org.shadowheap.samples;

/** Moves the clock of the heap, which is bytes allocated, without leaving anything behind. */
final class Garbage {

    private static final int PIECE_BYTES = 1 << 10;

    private Garbage() {}

    /**
     * Allocates arrays and forgets them.
     *
     * @param bytes at least this many, without the arrays' headers
     * @return how many it were
     */
    static long make(long bytes) {
        long made = 0;
        while (made < bytes) {
            made += new byte[PIECE_BYTES].length;
        }
        return made;
    }
}
