package org.shadowheap.samples;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * A real cache: several clients share a Caffeine cache over a map that holds everything.
 *
 * <p>What the cache holds at any moment depends on threads, and so nothing of that is in the result. But each client writes
 * keys of its own only, drawn from a seed of its own, so the map ends the same whoever came first; and whatever the cache
 * gives is checked (see {@link RealCaffeineClient}).
 */
final class RealCaffeine {

    /** The result on every JDK. */
    static final String RESULT = "gets=449768 puts=75131 invalidations=75101"
            + " sha256=3c71e7c0e5af35f43fa2248b41d25a8228f3c96af0b0ce4d5dc2ffc145eddee7";

    static final int CLIENTS = 4;
    static final int KEYS = 40_000;

    private static final int CAPACITY = 10_000;

    private RealCaffeine() {}

    static String run(List<String> arguments) throws Exception {
        return Repeated.run(arguments, RESULT, RealCaffeine::once);
    }

    private static String once() throws Exception {
        ConcurrentMap<Integer, Versioned> store = new ConcurrentHashMap<>();
        for (int key = 0; key < KEYS; key++) {
            store.put(key, Versioned.first(key));
        }
        Cache<Integer, Versioned> cache = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterAccess(Duration.ofHours(1))
                .recordStats()
                .build();
        List<Callable<RealCaffeineClient.Work>> clients = IntStream.range(0, CLIENTS)
                .<Callable<RealCaffeineClient.Work>>mapToObj(
                        number -> () -> new RealCaffeineClient(number, store, cache).work())
                .toList();
        RealCaffeineClient.Work done = Parallel.run(clients).stream()
                .reduce(RealCaffeineClient.Work::plus)
                .orElseThrow();
        check(cache, store, done);
        return done + " " + digest(store);
    }

    private static void check(
            Cache<Integer, Versioned> cache, Map<Integer, Versioned> store, RealCaffeineClient.Work done)
            throws WrongResultException {
        WrongResultException.check(
                "number of gets that the cache counted",
                done.gets(),
                cache.stats().requestCount());
        cache.cleanUp();
        WrongResultException.check("cache within its capacity", true, cache.estimatedSize() <= CAPACITY);
        for (Map.Entry<Integer, Versioned> entry : cache.asMap().entrySet()) {
            WrongResultException.check("value in the cache", store.get(entry.getKey()), entry.getValue());
        }
    }

    private static String digest(Map<Integer, Versioned> store) {
        Digest digest = new Digest();
        new TreeMap<>(store).values().forEach(value -> digest.add(value.toString()));
        return "sha256=" + digest.hex();
    }
}
