package org.shadowheap.exploration.dirtypages;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shadowheap.exploration.Scenario;
import org.shadowheap.exploration.SimulatedThread;
import org.shadowheap.exploration.Simulation;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.memory.PageTable;

/**
 * Pages with objects of one slot each, and a protocol that remembers them. Mutators write slots plainly, and scans read
 * those of the objects that they visit plainly. Slots are what may race.
 */
abstract class Scene implements Scenario {

    private static final int PAGE_BYTES = 512;
    private static final int SLOT_OFFSET = 8;

    final NativeMemory memory = new NativeMemory();
    final PageTable pages;
    final Protocol protocol;
    final long a;
    final long b;

    /**
     * Sets a scene.
     *
     * @param protocol class of it
     * @param state what was before: nothing (CLEAN); another object of a's page was stored to (LISTED); a and b were
     *     (DIRTY); they were and a scan followed (SCANNED)
     * @param objects where b is: SAME_OBJECT as a, SAME_PAGE as a, or in one of TWO_PAGES
     */
    Scene(Class<? extends Protocol> protocol, String state, String objects, int pageCount) {
        pages = new PageTable(memory, PAGE_BYTES, pageCount);
        Simulation.nameBlocks(pages);
        for (int i = 0; i < pageCount; i++) {
            pages.takeShared();
        }
        this.protocol = newProtocol(protocol);
        a = newObject("A", 0, 0);
        b = switch (objects) {
            case "SAME_OBJECT" -> a;
            case "SAME_PAGE" -> newObject("B", 0, 16);
            default -> newObject("B", 1, 0);
        };
        long other = newObject("C", 0, 32);
        switch (state) {
            case "LISTED" -> this.protocol.remember(other, slotOf(other));
            case "DIRTY" -> rememberBoth();
            case "SCANNED" -> {
                rememberBoth();
                scan();
            }
            default -> {}
        }
    }

    private Protocol newProtocol(Class<? extends Protocol> protocol) {
        try {
            return protocol.getConstructor(NativeMemory.class, PageTable.class).newInstance(memory, pages);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private long newObject(String name, int page, long offset) {
        long object = pages.addressOf(page) + offset;
        Simulation.declareRacing(slotOf(object), "slot of " + name);
        OffHeap.putIntPlain(slotOf(object), 0);
        return object;
    }

    private void rememberBoth() {
        protocol.remember(a, slotOf(a));
        protocol.remember(b, slotOf(b));
    }

    static long slotOf(long object) {
        return object + SLOT_OFFSET;
    }

    /** What a mutator does. */
    final boolean store(long object, int value) {
        return protocol.store(object, slotOf(object), value);
    }

    /** What a collector does. Returns the value seen in each object that was visited. */
    final Map<Long, Integer> scan() {
        Map<Long, Integer> seen = new TreeMap<>();
        protocol.scan(object -> seen.put(object, OffHeap.getIntPlain(slotOf(object))));
        return seen;
    }

    final Map<Long, Integer> scanTwice() {
        Map<Long, Integer> seen = scan();
        seen.putAll(scan());
        return seen;
    }

    final SimulatedThread<Boolean> mutator(String name, long object, int value) {
        return Simulation.thread(name, () -> store(object, value));
    }

    /**
     * At the end: flags equal membership in the list, each page is there once, and a dirty bit implies a listed page.
     * Then scans once more, after which nothing is left. Returns the objects that were kept for it.
     */
    final Set<Long> settle() {
        protocol.verify();
        int flagged = 0;
        Set<Long> dirty = new TreeSet<>();
        for (int page = 0; page < pages.pagesInUse(); page++) {
            flagged += pages.isListedVolatile(page) ? 1 : 0;
            long bits = pages.dirtyVolatile(page, 0);
            for (; bits != 0; bits &= bits - 1) {
                dirty.add(pages.addressOf(page) + 8L * Long.numberOfTrailingZeros(bits));
            }
        }
        Set<Long> visited = new TreeSet<>();
        long listed = protocol.scan(visited::add);
        require(listed == flagged, "flags and list disagree: flagged=" + flagged + " listed=" + listed);
        require(visited.equals(dirty), "dirty bit in a page that is not listed");
        for (int page = 0; page < pages.pagesInUse(); page++) {
            require(!pages.isListedVolatile(page) && pages.dirtyVolatile(page, 0) == 0, "not clear after a scan");
        }
        return visited;
    }

    /** Fails unless what the slot holds was seen by a scan, or the object is kept for the next one. */
    final String fate(long object, Map<Long, Integer> seen, Set<Long> kept) {
        int holds = OffHeap.getIntPlain(slotOf(object));
        int saw = seen.getOrDefault(object, -1);
        boolean isKept = kept.contains(object);
        require(holds == saw || isKept, "store is lost: slot=" + holds + " seen=" + saw + " and nothing is kept");
        return holds != saw ? "kept" : isKept ? "seen and kept" : "seen";
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
