package org.shadowheap.samples;

import java.util.List;

/**
 * What {@link RealCaffeine} caches: a value that knows its key and how often it was written.
 *
 * @param both key and version again
 */
record Versioned(int key, int version, List<Integer> both) {

    static Versioned first(int key) {
        return of(key, 0);
    }

    private static Versioned of(int key, int version) {
        return new Versioned(key, version, List.of(key, version));
    }

    Versioned next() {
        return of(key, version + 1);
    }

    /** An equal one, as if read from a disk. */
    Versioned copy() {
        return of(key, version);
    }

    /** Whether its fields and the objects behind it belong together. */
    boolean isSound() {
        return both.get(0) == key && both.get(1) == version;
    }
}
