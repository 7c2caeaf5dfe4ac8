package org.shadowheap.benchmarks;

import java.util.List;
import java.util.Locale;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.heap.ShadowHeap;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * What a shadow heap takes of memory: the side tables of each remembered set beside the old space, what objects take beside
 * their own bytes, and a large array whose payload nobody touches. Counted by the heap itself, so one run will do.
 *
 * <pre>
 *   java EXPORTS -Xmx1g -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.MemoryCost
 * </pre>
 */
public final class MemoryCost {

    private static final int[] PAGES = {1_000, 10_000, 100_000};
    private static final int BORN = 1_000_000;
    private static final int NURSERY_BYTES = 1 << 20; // little of which stays when it is empty
    private static final long BOUND_BYTES = 1L << 30;
    private static final int OLD_BYTES = 64;
    private static final int OLD_IN_PAGE = OldHeap.PAGE_BYTES / OLD_BYTES;
    private static final int CYCLES = 3;
    private static final int BYTE_ARRAY = 4;
    private static final int GIBIBYTE = 1 << 30;

    private MemoryCost() {}

    /** Prints; no arguments. */
    public static void main(String[] arguments) {
        print("%-12s %9s %9s %14s %10s", "set", "pages", "dirty", "side bytes", "of pages");
        for (RememberedSetPolicy policy : RememberedSetPolicy.values()) {
            for (int pages : PAGES) {
                printSideTables(policy, pages, 10);
                printSideTables(policy, pages, 100);
                printSideTables(policy, pages, pages);
            }
        }
        printObjects();
        printLargeArray();
    }

    private static void printSideTables(RememberedSetPolicy policy, int pages, int dirty) {
        try (OldHeap old = new OldHeap(policy, pages, OLD_BYTES, result -> {})) {
            int step = pages / dirty;
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                for (int i = 0; i < dirty; i++) {
                    old.store(old.firstOf(i * step) + cycle % OLD_IN_PAGE, old.old(0));
                }
                old.heap.collectNow();
            }
            long bytes = old.heap.rememberedSet().statistics().sideBytes();
            double share = 100.0 * bytes / ((double) pages * OldHeap.PAGE_BYTES);
            print("%-12s %,9d %,9d %,14d %8.3f %%", policy.optionName(), pages, dirty, bytes, share);
        }
    }

    /** Bytes of memory for an old object, id and metadata of pages included: of one that was met, and that was born. */
    private static void printObjects() {
        try (OldHeap met = new OldHeap(RememberedSetPolicy.DIRTY_PAGES, PAGES[1], OldHeap.NODE_BYTES, result -> {})) {
            print("%nan object of %d bytes that was met: %.1f bytes", OldHeap.NODE_BYTES, usedBytes(met) / met.objects);
        }
        HeapConfiguration shape = new HeapConfiguration(
                        NURSERY_BYTES, OldHeap.PAGE_BYTES, 1, BOUND_BYTES, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withMajorBytes(HeapConfiguration.NEVER);
        try (OldHeap old = new OldHeap(shape, 1, OLD_BYTES, result -> {})) {
            double before = usedBytes(old);
            old.heap.roots(1);
            for (int i = 0; i < BORN; i++) {
                old.heap.root(1, old.newNode());
            }
            old.heap.collectNow();
            old.heap.threadEnd(1);
            print("one that was born: %.1f bytes", (usedBytes(old) - before) / BORN);
        }
    }

    private static double usedBytes(OldHeap old) {
        return old.heap.usedBytes();
    }

    private static void printLargeArray() {
        HeapConfiguration shape = OldHeap.configuration();
        try (OldHeap old = new OldHeap(shape, 1, OLD_BYTES, result -> {})) {
            ShadowHeap heap = old.heap;
            heap.type(
                    new TypeDefinition(BYTE_ARRAY, "byte[]", 0, 0, Shape.PRIMITIVE_ARRAY, 16, 1, List.of(), List.of()));
            long before = heap.usedBytes();
            heap.birth(old.old(old.objects), BYTE_ARRAY, GIBIBYTE - ObjectModel.DEFAULT.arrayLengthOffset());
            print("a byte[] of 1 GiB: %,d bytes", heap.usedBytes() - before);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
