package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random births, stores, scans and sweeps against a plain set of slots: no policy may miss one of them. */
class RandomStoresTest {

    private static final int OPERATIONS = 4_000;
    private static final int CAPACITY_PAGES = 4_000;

    /** What must be remembered: slots and their objects. */
    private final TreeMap<Long, Long> slots = new TreeMap<>();

    private final List<Long> living = new ArrayList<>();
    private boolean sweptSinceScan;
    private Random random = new Random();

    @ParameterizedTest(name = "pageBytes={0} cardBytes={1}")
    @CsvSource({"512,128", "512,512", "1024,256", "4096,512", "4096,4096", "65536,128", "65536,2048"})
    void everyPolicyCoversTheSlotsThatWereStoredTo(int pageBytes, int cardBytes) {
        long seed = Long.getLong("shadowheap.seed", new Random().nextLong());
        System.out.println("RandomStoresTest: -Dshadowheap.seed=" + seed + " pageBytes=" + pageBytes);
        Map<RememberedSetPolicy, Long> dirtyPages = new TreeMap<>();
        for (RememberedSetPolicy policy : RememberedSetPolicy.values()) {
            random = new Random(seed);
            slots.clear();
            living.clear();
            sweptSinceScan = false;
            try (OldPages old = new OldPages(policy, pageBytes, cardBytes, CAPACITY_PAGES)) {
                long pagesFound = 0;
                for (int i = 0; i < OPERATIONS; i++) {
                    pagesFound += operation(old);
                }
                dirtyPages.put(policy, pagesFound);
            }
        }
        assertEquals(1, new HashSet<>(dirtyPages.values()).size(), dirtyPages::toString);
    }

    /** Returns the dirty pages that a scan found, unless there was a sweep before it. */
    private long operation(OldPages old) {
        int what = random.nextInt(100);
        if (living.isEmpty() || what < 40) {
            birth(old);
        } else if (what < 95) {
            store(old);
        } else if (what < 98) {
            return scan(old);
        } else {
            sweep(old);
        }
        return 0;
    }

    private void birth(OldPages old) {
        if (old.pages.limit() > CAPACITY_PAGES / 2) {
            return;
        }
        int pageBytes = old.pages.pageBytes();
        int bytes = switch (random.nextInt(20)) {
            case 0 -> pageBytes * (1 + random.nextInt(5));
            case 1 -> pageBytes + 8 * random.nextInt(pageBytes);
            case 2 -> pageBytes / 2;
            default -> 16 + 8 * random.nextInt(pageBytes / 32);
        };
        living.add(old.allocate(bytes));
    }

    private void store(OldPages old) {
        long object = living.get(random.nextInt(living.size()));
        int words = (int) (old.objects.get(object) / 8);
        long slot = object
                + 8L
                        * switch (random.nextInt(4)) {
                            case 0 -> 0;
                            case 1 -> words - 1;
                            default -> random.nextInt(words);
                        };
        boolean added = old.set.remember(object, slot);
        assertTrue(!added || !slots.containsKey(slot), "an entry is added that was there");
        slots.put(slot, object);
        assertTrue(old.set.isRemembered(object, slot));
    }

    private long scan(OldPages old) {
        old.set.verify();
        Set<Integer> expected = new HashSet<>();
        slots.forEach((slot, object) -> {
            assertTrue(old.set.isRemembered(object, slot));
            expected.add(old.pages.pageOf(object));
        });
        OldPages.Scan scan = old.scan();
        TreeMap<Long, OldPages.Part> byStart = new TreeMap<>();
        scan.parts().stream().filter(part -> part.from() < part.to()).forEach(part -> byStart.put(part.from(), part));
        slots.forEach((slot, object) -> {
            var part = byStart.floorEntry(slot);
            assertTrue(part != null && part.getValue().holds(slot), "slot is missed");
            assertEquals(object, part.getValue().object());
        });
        assertTrue(scan.tally().dirtyPages >= expected.size());
        boolean comparable = !sweptSinceScan;
        if (comparable) {
            assertEquals(expected.size(), scan.tally().dirtyPages);
        }
        sweptSinceScan = false;
        keepSome(old);
        return comparable ? scan.tally().dirtyPages : 0;
    }

    /** Some slots still refer to young objects; all others are forgotten. */
    private void keepSome(OldPages old) {
        slots.entrySet().removeIf(entry -> random.nextInt(3) > 0);
        slots.forEach((slot, object) -> old.set.keep(object, slot, 1 + random.nextInt(14)));
        old.set.verify();
    }

    private void sweep(OldPages old) {
        List<Long> dead = new ArrayList<>();
        int share = 1 + random.nextInt(3);
        living.removeIf(object -> random.nextInt(4) < share && dead.add(object));
        slots.values().removeAll(new HashSet<>(dead));
        old.sweep(dead);
        sweptSinceScan = true;
    }
}
