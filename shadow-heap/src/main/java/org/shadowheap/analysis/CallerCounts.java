package org.shadowheap.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.shadowheap.event.CallerDefinition;

/** Counts by whom the application calls sites outside it. Fed by one thread; allocates for pairs that are new. */
final class CallerCounts {

    /** Stands for no caller. */
    static final String NO_APPLICATION_FRAME = "(no application frame)";

    private final Map<Integer, String> names = new HashMap<>();
    private final ArraySiteTable pairs = new ArraySiteTable();
    private long[] stores = new long[64];

    void define(CallerDefinition caller) {
        names.put(caller.id(), caller.location());
    }

    /** A look at who called a site, which stands for so many of its stores. */
    void add(int site, int caller, int stands) {
        int pair = pairs.index(site, caller);
        if (pair >= stores.length) {
            stores = Arrays.copyOf(stores, 2 * stores.length);
        }
        stores[pair] += stands;
    }

    /**
     * Stores by caller, for each name of a site that was looked at.
     *
     * @param names of sites by their numbers
     */
    <K> Map<K, Map<String, Long>> bySite(IntFunction<K> names) {
        Map<K, Map<String, Long>> bySite = new HashMap<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            int caller = pairs.arrayType(pair);
            bySite.computeIfAbsent(names.apply(pairs.site(pair)), site -> new HashMap<>())
                    .merge(nameOf(caller), stores[pair], Long::sum);
        }
        return bySite;
    }

    private String nameOf(int caller) {
        return names.getOrDefault(caller, NO_APPLICATION_FRAME);
    }
}
