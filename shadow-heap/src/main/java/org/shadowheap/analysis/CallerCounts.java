package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult.Caller;
import org.shadowheap.event.CallerDefinition;

/**
 * Counts by whom the application calls sites outside it. Samples tell how a site's stores are shared out, not how many they are.
 *
 * <p>Fed by one thread, and asked by it or when it has stopped. Allocates for callers and pairs that are new.
 */
final class CallerCounts {

    private final Map<Integer, CallerDefinition> callers = new HashMap<>();
    private final SitePairs pairs = new SitePairs();
    private long[] stores = new long[64];

    /**
     * A site as far as its callers are counted together: with others of the same name.
     *
     * @param field null if it stores to elements: whose, a sample does not tell
     */
    record Place(String site, @Nullable String field) {

        /** As it would be by itself; but that is linked in steps, some of them after dozens of calls, and the drain must link nothing. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && site.equals(place.site) && Objects.equals(field, place.field);
        }

        @Override
        public int hashCode() {
            return 31 * site.hashCode() + Objects.hashCode(field);
        }
    }

    void define(CallerDefinition caller) {
        callers.put(caller.id(), caller);
    }

    /**
     * A sample of who called a site.
     *
     * @param caller 0 for nobody
     * @param standsFor how many stores; less than none, as a strange trace may say, are none
     */
    void add(int site, int caller, int standsFor) {
        int pair = pairs.index(site, caller);
        if (pair >= stores.length) {
            stores = Arrays.copyOf(stores, 2 * stores.length);
        }
        stores[pair] += Math.max(standsFor, 0);
    }

    /**
     * Who called each place that was sampled, most first.
     *
     * @param places of sites by their numbers
     */
    Map<Place, List<Caller>> byPlace(IntFunction<Place> places) {
        Map<Place, Map<String, Long>> counts = new HashMap<>();
        for (int pair = 0; pair < pairs.size(); pair++) {
            counts.computeIfAbsent(places.apply(pairs.site(pair)), place -> new HashMap<>())
                    .merge(name(pairs.other(pair)), stores[pair], Long::sum);
        }
        Map<Place, List<Caller>> byPlace = new HashMap<>();
        counts.forEach((place, byName) -> byPlace.put(place, shares(byName)));
        return byPlace;
    }

    /** Empty for nobody: a map has no null. */
    private String name(int caller) {
        CallerDefinition definition = callers.get(caller);
        return definition == null ? "" : definition.location();
    }

    private static List<Caller> shares(Map<String, Long> storesByName) {
        double all = 0;
        for (long each : storesByName.values()) {
            all += each;
        }
        List<Caller> shares = new ArrayList<>();
        for (Map.Entry<String, Long> each : storesByName.entrySet()) {
            String name = each.getKey();
            shares.add(new Caller(name.isEmpty() ? null : name, all > 0 ? each.getValue() / all : 0));
        }
        shares.sort(Comparator.comparingDouble(Caller::share)
                .reversed()
                .thenComparing(caller -> caller.caller() == null ? "" : caller.caller()));
        return List.copyOf(shares);
    }
}
