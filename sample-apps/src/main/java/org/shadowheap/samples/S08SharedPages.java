package org.shadowheap.samples;

import static org.shadowheap.samples.Bounds.atLeast;
import static org.shadowheap.samples.Bounds.exactly;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Sample 08: threads share pages though they share no object.
 *
 * <p>Each worker writes to cells of its own, and only two of {@value #WORKERS} are busy at any time. But the cells were made
 * one for each worker in turn, so they lie in turn, and each page holds some of everybody's. The two that are busy dirty
 * all pages. A line of the report shows as many old-to-young stores as after the fix, and four times as many pages.
 *
 * <p>The fix: what one worker writes is made together and lies together. Then the two that are busy dirty their own pages, a
 * quarter of all, and the pages of the others stay clean.
 */
final class S08SharedPages {

    /** Threads that have cells. */
    static final int WORKERS = 8;

    /** Workers that are busy at the same time. */
    static final int BUSY = 2;

    /** Cells of each worker. */
    static final int CELLS = 4_000;

    /** How often a busy worker gives each of its cells a new value. */
    static final int PASSES = 4;

    /** Bytes of a value. While two workers are busy 32 MB are allocated: two nurseries of 16 MiB. */
    static final int VALUE_BYTES = 1_000;

    private static final int ALL = WORKERS * CELLS;

    private static final long STORES = (long) ALL * PASSES;

    /** Minor collections while cells get values, at most; either thread may be hit by one. */
    static final long COLLECTIONS = Garbage.collections(STORES * (VALUE_BYTES + 64L));

    /** Pages of 4 KiB that the cells fill, 16 bytes each. */
    private static final int PAGES = ALL * 16 / 4_096;

    private static final Cell[] MADE = new Cell[ALL];

    private S08SharedPages() {}

    /** Each two nurseries have one collection or two, and so have other pages to dirty once or twice. */
    static List<Figure> figures(boolean fixed) {
        return List.of(
                Figure.site(Cell.class, "put", "stores", exactly(STORES)),
                Figure.site(Cell.class, "put", "oldToYoung", Bounds.nearly(STORES, BUSY * COLLECTIONS)),
                Figure.site(
                        Cell.class,
                        "put",
                        "pagesDirtied",
                        fixed ? new Bounds(PAGES, 3L * PAGES) : atLeast(6L * PAGES)));
    }

    private static final class Cell {
        private byte[] value = EMPTY;

        private static final byte[] EMPTY = new byte[0];

        void put(byte[] newValue) {
            value = newValue;
        }
    }

    static String run(boolean fixed) throws Exception {
        for (int i = 0; i < ALL; i++) {
            MADE[i] = new Cell();
        }
        long garbage = Garbage.settle();
        for (int worker = 0; worker < WORKERS; worker += BUSY) {
            Parallel.run(busy(worker, fixed));
        }
        long sum = 0;
        for (int worker = 0; worker < WORKERS; worker++) {
            for (int i = 0; i < CELLS; i++) {
                byte[] value = cell(worker, i, fixed).value;
                sum = 31 * sum + value[i % VALUE_BYTES];
            }
        }
        return "stores=" + STORES + " settled=" + garbage + " sum=" + sum;
    }

    private static List<Callable<Integer>> busy(int first, boolean fixed) {
        return IntStream.range(first, first + BUSY)
                .<Callable<Integer>>mapToObj(worker -> () -> work(worker, fixed))
                .toList();
    }

    /** A worker's cells lie in turn with the others', or, which is the fix, together. */
    private static Cell cell(int worker, int i, boolean fixed) {
        return MADE[fixed ? worker * CELLS + i : i * WORKERS + worker];
    }

    private static int work(int worker, boolean fixed) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < CELLS; i++) {
                byte[] value = new byte[VALUE_BYTES];
                value[i % VALUE_BYTES] = (byte) (worker + pass + i);
                cell(worker, i, fixed).put(value);
            }
        }
        return worker;
    }
}
