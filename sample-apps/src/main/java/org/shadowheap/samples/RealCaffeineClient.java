package org.shadowheap.samples;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;

/**
 * One of those who use the cache of {@link RealCaffeine}, on a thread of its own: it reads all keys, and writes its own.
 *
 * <p>The store is written before the cache, and a value is loaded while its key is locked in the cache. So a client sees its
 * own keys exactly as it wrote them last, and never sees an earlier version of another's than it has seen before.
 */
final class RealCaffeineClient {

    private static final int OPERATIONS = 150_000;

    /** In so many operations there is one write and one invalidation. */
    private static final int WRITE_EVERY = 8;

    private final int number;
    private final Random random;
    private final ConcurrentMap<Integer, Versioned> store;
    private final Cache<Integer, Versioned> cache;
    private final int[] seen = new int[RealCaffeine.KEYS];

    RealCaffeineClient(int number, ConcurrentMap<Integer, Versioned> store, Cache<Integer, Versioned> cache) {
        this.number = number;
        this.random = new Random(number);
        this.store = store;
        this.cache = cache;
    }

    /** How often a client did what. */
    record Work(long gets, long puts, long invalidations) {

        Work plus(Work other) {
            return new Work(gets + other.gets, puts + other.puts, invalidations + other.invalidations);
        }

        @Override
        public String toString() {
            return "gets=" + gets + " puts=" + puts + " invalidations=" + invalidations;
        }
    }

    Work work() throws WrongResultException {
        long gets = 0;
        long puts = 0;
        long invalidations = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            int key = anyKey();
            switch (random.nextInt(WRITE_EVERY)) {
                case 0 -> {
                    put(own(key));
                    puts++;
                }
                case 1 -> {
                    cache.invalidate(own(key));
                    invalidations++;
                }
                default -> {
                    get(key);
                    gets++;
                }
            }
        }
        return new Work(gets, puts, invalidations);
    }

    /** Low keys more often than high ones. */
    private int anyKey() {
        long one = random.nextInt(RealCaffeine.KEYS);
        long other = random.nextInt(RealCaffeine.KEYS);
        return (int) (one * other / RealCaffeine.KEYS);
    }

    private int own(int key) {
        return key - key % RealCaffeine.CLIENTS + number;
    }

    private void put(int key) {
        Versioned value = stored(key).next();
        store.put(key, value);
        cache.put(key, value);
    }

    private void get(int key) throws WrongResultException {
        Versioned value = cache.get(key, each -> stored(each).copy());
        WrongResultException.check("key", key, value.key());
        WrongResultException.check("soundness of the value", true, value.isSound());
        if (own(key) == key) {
            WrongResultException.check("value of a client's own key", stored(key), value);
        }
        WrongResultException.check("order of versions", true, value.version() >= seen[key]);
        seen[key] = value.version();
    }

    private Versioned stored(int key) {
        Versioned value = store.get(key);
        if (value == null) {
            throw new IllegalStateException("the store must hold every key: key=" + key);
        }
        return value;
    }
}
