package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.atMost;
import static org.shadowheap.samples.Bounds.exactly;
import static org.shadowheap.samples.Bounds.nearly;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * <p>The fix: an entry keeps its value, and a refresh overwrites the bytes of the value in place. Not one old-to-young store
 * is left, and the lists are relinked as before.
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

    /** Minor collections while values are refreshed, at most. */
    static final long COLLECTIONS = Garbage.collections(2L * REFRESHES * (VALUE_BYTES + 64));

    private static Lru handWritten = new Lru();
    private static AccessOrdered fromTheJdk = new AccessOrdered();

    private S01LruCache() {}

    /** Entries that close a ring: of the cache that the class is initialized with, and of the one that is used. */
    private static final int RINGS = 2;

    /** Insertions and the ends of the list store to {@code Entry.value} in any case. */
    static List<Figure> figures(boolean fixed) {
        long refreshes = fixed ? 0 : REFRESHES;
        Bounds oldToYoung = fixed ? exactly(0) : nearly(REFRESHES, COLLECTIONS);
        return List.of(
                Figure.field(Entry.class, "value", "stores", exactly(refreshes + INSERTIONS + RINGS)),
                Figure.field(Entry.class, "value", "oldToYoung", oldToYoung),
                Figure.site(Lru.class, "refresh", "stores", exactly(refreshes)),
                Figure.site(Lru.class, "refresh", "oldToYoung", oldToYoung),
                Figure.site(Lru.class, "refresh", "pagesDirtied", fixed ? exactly(0) : atLeast(CAPACITY / 4)),
                Figure.field(
                        "java.util.HashMap$Node.value",
                        "oldToYoung",
                        fixed ? atMost(1_000) : atLeast(REFRESHES - COLLECTIONS)));
    }

    /** A value; it knows its key so that reading it back can be checked. */
    private static final class Value {
        int key;
        final byte[] bytes = new byte[VALUE_BYTES];

        Value(int key) {
            this.key = key;
            bytes[0] = (byte) key;
        }

        void overwriteWith(Value other) {
            key = other.key;
            System.arraycopy(other.bytes, 0, bytes, 0, VALUE_BYTES);
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

        /** The fix. */
        void refreshInPlace(Integer key, Value value) {
            Entry entry = entry(key);
            entry.value.overwriteWith(value);
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

        /** The fix here. */
        void overwrite(Integer key, Value value) {
            Value kept = get(key);
            if (kept == null) {
                throw new IllegalStateException("a warm cache holds every key: key=" + key);
            }
            kept.overwriteWith(value);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Value> eldest) {
            return size() > CAPACITY;
        }
    }

    static String run(boolean fixed) {
        handWritten = new Lru();
        fromTheJdk = new AccessOrdered();
        for (int key = 0; key < INSERTIONS; key++) {
            handWritten.insert(key, new Value(key));
            fromTheJdk.put(key, new Value(key));
        }
        long garbage = Garbage.settle();
        int random = 1;
        for (int i = 0; i < REFRESHES; i++) {
            // The generator of Numerical Recipes: the same keys in every run.
            random = random * 1_664_525 + 1_013_904_223;
            int key = EVICTIONS + (random >>> 8) % CAPACITY;
            if (fixed) {
                handWritten.refreshInPlace(key, new Value(key));
                fromTheJdk.overwrite(key, new Value(key));
            } else {
                handWritten.refresh(key, new Value(key));
                fromTheJdk.put(key, new Value(key));
            }
        }
        return "refreshed=" + 2 * REFRESHES + " evicted=" + 2 * handWritten.evicted + " settled=" + garbage + " order="
                + order();
    }

    /** A number that depends on the order of use and on every value; both caches must agree on it. */
    private static int order() {
        int byHand = 0;
        for (Entry entry = handWritten.ends.newer; entry != handWritten.ends; entry = entry.newer) {
            byHand = 31 * byHand + checked(entry.key, entry.value);
        }
        int byTheJdk = 0;
        for (Map.Entry<Integer, Value> entry : fromTheJdk.entrySet()) {
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
