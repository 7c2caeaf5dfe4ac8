package org.shadowheap.instrument;

import java.util.Set;

/**
 * First characters and lengths of a few texts: most other texts differ from all of them in one of the two, and need no
 * further look. Filled while a class is initialized, read by any thread afterwards.
 */
final class Shapes {

    private static final int LONGEST = 63;

    /** By length: a bit for each first character that a text of this length has, of its lowest six bits. */
    private final long[] firsts = new long[LONGEST + 1];

    /** Adds texts of ASCII characters and returns them as a set. */
    Set<String> add(String... texts) {
        for (String text : texts) {
            firsts[text.length()] |= 1L << text.charAt(0);
        }
        return Set.of(texts);
    }

    /** Whether a text of this length that begins so may be one of those; true for every one of them. */
    boolean mayBe(int first, int length) {
        return length <= LONGEST && (firsts[length] >>> first & 1) != 0;
    }
}
