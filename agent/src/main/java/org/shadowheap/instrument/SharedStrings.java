package org.shadowheap.instrument;

/**
 * Strings that say the same, as one: each class file brings its own {@code <init>} and {@code next}, and what is known of a class is kept as long as the
 * agent is there, on the program's heap.
 *
 * <p>A table by hash that forgets: whoever comes last stays. So it is small, and most of what is alike is found. No lock; any thread. Not the JVM's
 * own table of strings: what is in there the program may get to hold, and would not have made.
 */
final class SharedStrings {

    private static final int SLOTS = 1 << 12;

    /** Written without order: a string that is seen is seen whole. */
    private static final String[] LATEST = new String[SLOTS];

    private SharedStrings() {}

    /** This string, or one that equals it. */
    static String of(String string) {
        int hash = string.hashCode();
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        String latest = LATEST[slot];
        if (latest != null && latest.equals(string)) {
            return latest;
        }
        LATEST[slot] = string;
        return string;
    }
}
