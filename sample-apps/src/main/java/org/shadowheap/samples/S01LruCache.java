package org.shadowheap.samples;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sample 01: a cache makes garbage that a young collection must look for in the old generation.
 *
 * <p>The entries of a warm cache have lived long: they are old. Every refresh gives one of them a value that was made just
 * now: it is young. So each refresh is an old-to-young store, each dirties the page (or card) of an entry, and entries
 * that are refreshed at random lie on as many pages as there are. The next young collection visits them all, although
 * the cache's size never changes.
 *
 * <p>Two caches do the same work. {@link Lru} is written by hand: the report names {@code S01LruCache$Entry.value} and the
 * line in {@link Lru#refresh} that stores to it. The other is a {@link LinkedHashMap} in access order: there the store
 * is inside the JDK, in {@code HashMap.putVal}. Both also relink their list at every access. Those are reference stores
 * too, six times as many, but old-to-old: no young collection cares.
 *
 * <p>What would help: let the entry hold the value's bytes and overwrite them in place, or store to few pages, not many.
 */
final class S01LruCache {

    /** Entries that each cache holds. */
    static final int CAPACITY = 20_000;

    /** Entries that each cache has evicted when it is warm. */
    static final int EVICTIONS = 5_000;

    /** Values given to warm entries, in each cache: stores to {@code Entry.value} in {@link Lru#refresh}. */
    static final int REFRESHES = 150_000;

    /** Stores to {@code Entry.value} in its constructor. */
    static final int INSERTIONS = CAPACITY + EVICTIONS;

    /** Bytes of a value. 300,000 refreshes allocate 300 MB. */
    static final int VALUE_BYTES = 1_000;

    /** Bytes of garbage between filling and refreshing: two nurseries of 16 MiB, after which every entry is old. */
    static final int SETTLING_BYTES = 32 << 20;

    private static final Lru HAND_WRITTEN = new Lru();
    private static final Map<Integer, Value> FROM_THE_JDK = new AccessOrdered();

    private S01LruCache() {}

    /** A value; it knows its key so that reading it back can be checked. */
    private static final class Value {
        final int key;
        final byte[] bytes = new byte[VALUE_BYTES];

        Value(int key) {
            this.key = key;
            bytes[0] = (byte) key;
        }
    }

    /** An entry of the list, from the most to the least recently used. */
    private static final class Entry {
        final Integer key;
        Value value;
        Entry newer = this;
        Entry older = this;

        Entry(Integer key, Value value) {
            this.key = key;
            this.value = value;
        }
    }

    /** An LRU cache as one writes it by hand: an index, and a ring that runs through {@code ends}. */
    private static final class Lru {
        final Map<Integer, Entry> index = new HashMap<>();
        final Entry ends = new Entry(-1, new Value(-1));
        int evicted;

        void insert(Integer key, Value value) {
            Entry entry = new Entry(key, value);
            index.put(key, entry);
            linkAsNewest(entry);
            if (index.size() > CAPACITY) {
                Entry eldest = ends.newer;
                unlink(eldest);
                index.remove(eldest.key);
                evicted++;
            }
        }

        /** The store that the sample is about. */
        void refresh(Integer key, Value value) {
            Entry entry = entry(key);
            entry.value = value;
            unlink(entry);
            linkAsNewest(entry);
        }

        Entry entry(Integer key) {
            Entry entry = index.get(key);
            if (entry == null) {
                throw new IllegalStateException("a warm cache holds every key: key=" + key);
            }
            return entry;
        }

        private void linkAsNewest(Entry entry) {
            entry.newer = ends;
            entry.older = ends.older;
            ends.older.newer = entry;
            ends.older = entry;
        }

        private static void unlink(Entry entry) {
            entry.newer.older = entry.older;
            entry.older.newer = entry.newer;
        }
    }

    /** The same from the JDK. */
    private static final class AccessOrdered extends LinkedHashMap<Integer, Value> {
        private static final long serialVersionUID = 1;

        AccessOrdered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Value> eldest) {
            return size() > CAPACITY;
        }
    }

    static String run() {
        for (int key = 0; key < INSERTIONS; key++) {
            HAND_WRITTEN.insert(key, new Value(key));
            FROM_THE_JDK.put(key, new Value(key));
        }
        long garbage = Garbage.make(SETTLING_BYTES);
        int random = 1;
        for (int i = 0; i < REFRESHES; i++) {
            // The generator of Numerical Recipes: the same keys in every run.
            random = random * 1_664_525 + 1_013_904_223;
            int key = EVICTIONS + (random >>> 8) % CAPACITY;
            HAND_WRITTEN.refresh(key, new Value(key));
            FROM_THE_JDK.put(key, new Value(key));
        }
        return "refreshed=" + 2 * REFRESHES + " evicted=" + 2 * HAND_WRITTEN.evicted + " settled=" + garbage + " order="
                + order();
    }

    /** A number that depends on the order of use and on every value; both caches must agree on it. */
    private static int order() {
        int byHand = 0;
        for (Entry entry = HAND_WRITTEN.ends.newer; entry != HAND_WRITTEN.ends; entry = entry.newer) {
            byHand = 31 * byHand + checked(entry.key, entry.value);
        }
        int byTheJdk = 0;
        for (Map.Entry<Integer, Value> entry : FROM_THE_JDK.entrySet()) {
            byTheJdk = 31 * byTheJdk + checked(entry.getKey(), entry.getValue());
        }
        if (byHand != byTheJdk) {
            throw new IllegalStateException("the caches differ: byHand=" + byHand + " byTheJdk=" + byTheJdk);
        }
        return byHand;
    }

    private static int checked(int key, Value value) {
        if (value.key != key || value.bytes[0] != (byte) key) {
            throw new IllegalStateException("another key's value: key=" + key + " value=" + value.key);
        }
        return key;
    }
}
