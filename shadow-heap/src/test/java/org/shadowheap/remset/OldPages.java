package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/**
 * An old space in miniature, with a remembered set: allocates, sweeps, scans. It knows the size of each object and checks
 * what every scan visits. One thread at a time, but for what the set allows.
 */
final class OldPages implements AutoCloseable {

    final NativeMemory memory = new NativeMemory();
    final PageTable pages;
    final RememberedSet set;

    /** Address and size in bytes of what is alive. */
    final TreeMap<Long, Long> objects = new TreeMap<>();

    private long top;
    private long limit;

    OldPages(RememberedSetPolicy policy, int pageBytes, int cardBytes, int capacityPages) {
        pages = new PageTable(memory, pageBytes, capacityPages);
        set = policy.create(memory, pages, cardBytes, 2);
    }

    /** The slots of an object from {@code from} up to, not including, {@code to} were visited. */
    record Part(long object, long from, long to) {
        boolean holds(long slot) {
            return from <= slot && slot < to;
        }
    }

    /** What a scan visited and counted. */
    record Scan(List<Part> parts, ScanTally tally) {
        long timesVisited(long object, long slot) {
            return parts.stream()
                    .filter(part -> part.object == object && part.holds(slot))
                    .count();
        }

        /** Slots of 8 bytes that were visited. */
        long slots() {
            return parts.stream().mapToLong(part -> (part.to - part.from) / 8).sum();
        }
    }

    long allocate(long bytes) {
        long object;
        if (bytes > pages.pageBytes()) {
            object = pages.addressOf(pages.takeRun((int) ((bytes + pages.pageBytes() - 1) / pages.pageBytes())));
        } else {
            if (bytes > limit - top) {
                newPage();
            }
            object = top;
            top += bytes;
        }
        pages.startPlain(object);
        objects.put(object, bytes);
        return object;
    }

    /** What is allocated next begins a page. */
    void newPage() {
        top = pages.addressOf(pages.takeShared());
        limit = top + pages.pageBytes();
    }

    /** Objects die; pages without any are freed and may be taken again. */
    void sweep(List<Long> dead) {
        dead.forEach(objects::remove);
        int page = 0;
        while (page < pages.limit()) {
            int length = pages.length(page);
            if (pages.kind(page) != PageTable.FREE) {
                sweepBlock(page, length);
            }
            page += length;
        }
        set.endSweep();
        pages.recycle();
        top = 0;
        limit = 0;
        set.verify();
    }

    private void sweepBlock(int page, int length) {
        long from = pages.addressOf(page);
        if (objects.subMap(from, from + (long) length * pages.pageBytes()).isEmpty()) {
            pages.free(page);
            set.pageFreed(page);
            return;
        }
        for (int word = 0; word < pages.words(); word++) {
            long alive = 0;
            for (int granule = 0; granule < PageTable.GRANULES_PER_WORD; granule++) {
                if (objects.containsKey(from + 8L * (word * PageTable.GRANULES_PER_WORD + granule))) {
                    alive |= 1L << granule;
                }
            }
            pages.keepStartsPlain(page, word, alive);
        }
    }

    Scan scan() {
        return scan((object, from, to) -> {});
    }

    /** Scans with one thread, which also tells the visitor. */
    Scan scan(RememberedSet.ObjectVisitor visitor) {
        Scan scan = new Scan(new ArrayList<>(), new ScanTally());
        int units = set.beginScan();
        for (int unit = 0; unit < units; unit++) {
            set.scan(
                    unit,
                    (object, from, to) -> {
                        scan.parts.add(part(object, from, to));
                        visitor.visit(object, from, to);
                    },
                    scan.tally);
        }
        set.endScan(scan.tally);
        set.verify();
        checkPartsAreDistinct(scan);
        return scan;
    }

    /** The part of an object that a visit means. */
    Part part(long object, long from, long to) {
        Long bytes = objects.get(object);
        assertTrue(bytes != null, "a scan visits what is not alive");
        long end = object + bytes;
        long first = Math.min(Math.max(from, object), end);
        return new Part(object, first, Math.max(Math.min(to, end), first));
    }

    private static void checkPartsAreDistinct(Scan scan) {
        TreeMap<Long, Long> ends = new TreeMap<>();
        for (Part part : scan.parts) {
            if (part.from < part.to) {
                assertEquals(null, ends.put(part.from, part.to), "visited twice");
            }
        }
        long end = 0;
        for (var part : ends.entrySet()) {
            assertTrue(part.getKey() >= end, "visited twice in part");
            end = part.getValue();
        }
        assertEquals(scan.parts.size(), scan.tally.objects);
    }

    @Override
    public void close() {
        set.close();
        pages.close();
        assertEquals(0, memory.outstandingBytes());
    }
}
