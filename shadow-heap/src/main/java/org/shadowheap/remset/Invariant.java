package org.shadowheap.remset;

/** What must hold of a page. */
final class Invariant {

    private Invariant() {}

    static void require(boolean holds, String otherwise, int page) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": page=" + page);
        }
    }
}
