package org.shadowheap.samples;

/** Moves the clock of the heap, which is bytes allocated, without leaving anything behind and without any store. */
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
            byte[] piece = new byte[PIECE_BYTES];
            // Written and read where the compiler cannot tell beforehand, or it would leave the array out.
            int somewhere = (int) (made >>> 7) & PIECE_BYTES - 1;
            piece[somewhere] = (byte) made;
            made += piece.length + (piece[somewhere + 1 & PIECE_BYTES - 1] >> 7);
        }
        return made;
    }
}
