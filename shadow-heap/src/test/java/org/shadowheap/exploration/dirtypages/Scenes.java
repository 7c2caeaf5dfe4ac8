package org.shadowheap.exploration.dirtypages;

import java.util.Map;
import java.util.Set;
import org.shadowheap.exploration.SimulatedThread;
import org.shadowheap.exploration.Simulation;
import org.shadowheap.memory.OffHeap;

/** Who races with whom. */
final class Scenes {

    private static final int PAGES = 2;

    private Scenes() {}

    /** Two mutators, one store each. */
    static final class TwoMutators extends Scene {

        private final SimulatedThread<Boolean> first = mutator("mutator 1", a, 1);
        private final SimulatedThread<Boolean> second = mutator("mutator 2", b, 2);

        TwoMutators(Class<? extends Protocol> protocol, String state, String objects) {
            super(protocol, state, objects, PAGES);
        }

        @Override
        public String outcome() {
            boolean one = first.result();
            boolean other = second.result();
            require(!(one && other), "both say that they listed the page");
            require(one || other, "nobody says that he listed the page");
            Set<Long> kept = settle();
            require(kept.contains(a) && kept.contains(b), "not remembered");
            return one ? "first lists" : "second lists";
        }
    }

    /** A mutator stores once while a collector scans once. */
    static final class StoreAgainstScan extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", this::scan);

        StoreAgainstScan(Class<? extends Protocol> protocol, String state) {
            super(protocol, state, "SAME_PAGE", PAGES);
            mutator("mutator", a, 1);
        }

        @Override
        public String outcome() {
            return fate(a, collector.result(), settle());
        }
    }

    /** A thread stores and then scans, while a mutator stores: the scan visits what was remembered before it began. */
    static final class StoreBeforeScan extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", () -> {
            store(b, 2);
            return scan();
        });

        StoreBeforeScan(Class<? extends Protocol> protocol, String state) {
            super(protocol, state, "SAME_PAGE", PAGES);
            mutator("mutator", a, 1);
        }

        @Override
        public String outcome() {
            Map<Long, Integer> seen = collector.result();
            require(seen.getOrDefault(b, 0) == 2, "not visited, although remembered before the scan began");
            Set<Long> kept = settle();
            require(!kept.contains(b), "visited once more than it was stored to");
            return fate(a, seen, kept);
        }
    }

    /** As {@link StoreBeforeScan}, and both store to one object. */
    static final class StoreToTheSameBeforeScan extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", () -> {
            store(a, 2);
            return scan();
        });

        StoreToTheSameBeforeScan(Class<? extends Protocol> protocol, String state) {
            super(protocol, state, "SAME_OBJECT", PAGES);
            mutator("mutator", a, 1);
        }

        @Override
        public String outcome() {
            Map<Long, Integer> seen = collector.result();
            require(seen.containsKey(a), "not visited, although remembered before the scan began");
            return fate(a, seen, settle());
        }
    }

    /** A mutator stores twice while a collector scans twice. */
    static final class TwoStoresAgainstTwoScans extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", this::scanTwice);

        TwoStoresAgainstTwoScans(Class<? extends Protocol> protocol, String state) {
            super(protocol, state, "SAME_PAGE", PAGES);
            Simulation.thread("mutator", () -> {
                store(a, 1);
                return store(a, 2);
            });
        }

        @Override
        public String outcome() {
            return fate(a, collector.result(), settle());
        }
    }

    /** Two mutators store once each while a collector scans once. */
    static final class TwoMutatorsAgainstScan extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", this::scan);

        TwoMutatorsAgainstScan(Class<? extends Protocol> protocol, String state, String objects) {
            super(protocol, state, objects, PAGES);
            mutator("mutator 1", a, 1);
            mutator("mutator 2", b, 2);
        }

        @Override
        public String outcome() {
            Set<Long> kept = settle();
            return fate(a, collector.result(), kept) + ", " + fate(b, collector.result(), kept);
        }
    }

    /** Two mutators store to both objects, in opposite order, while a collector scans twice. */
    static final class TwoMutatorsAgainstTwoScans extends Scene {

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", this::scanTwice);

        TwoMutatorsAgainstTwoScans(Class<? extends Protocol> protocol, String state, String objects) {
            super(protocol, state, objects, PAGES);
            Simulation.thread("mutator 1", () -> {
                store(a, 1);
                return store(b, 1);
            });
            Simulation.thread("mutator 2", () -> {
                store(b, 2);
                return store(a, 2);
            });
        }

        @Override
        public String outcome() {
            Set<Long> kept = settle();
            return fate(a, collector.result(), kept) + ", " + fate(b, collector.result(), kept);
        }
    }

    /** A mutator's page does not fit into the list any more, while a collector scans the list as it was. */
    static final class ListGrowsUnderScan extends Scene {

        private static final int CAPACITY = 64;

        private final SimulatedThread<Map<Long, Integer>> collector = Simulation.thread("collector", this::scan);

        ListGrowsUnderScan(Class<? extends Protocol> protocol) {
            super(protocol, "CLEAN", "SAME_PAGE", CAPACITY + 1);
            for (int page = 1; page <= CAPACITY; page++) {
                long object = pages.addressOf(page);
                OffHeap.putIntPlain(slotOf(object), 0);
                this.protocol.remember(object, slotOf(object));
            }
            mutator("mutator", a, 1);
        }

        @Override
        public String outcome() {
            return fate(a, collector.result(), settle());
        }
    }
}
