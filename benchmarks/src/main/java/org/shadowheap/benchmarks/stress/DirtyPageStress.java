package org.shadowheap.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;
import static org.shadowheap.benchmarks.stress.StressedPage.A;
import static org.shadowheap.benchmarks.stress.StressedPage.B;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The real protocol. Results of a writer against a scan are what the scan saw of A's slot, -1 if it did not visit A,
 * and whether A was kept for the next scan.
 */
public final class DirtyPageStress {

    private static final StressedPage.Pool PAGES = new StressedPage.Pool(Protocol::real);

    private DirtyPageStress() {}

    /** The page is in the snapshot or in the list, never in neither. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Listed in time: the scan saw the store.")
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "Listed after the snapshot: kept.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or an invariant is broken.")
    @State
    public static class WriterAgainstSnapshot {

        private final StressedPage page = PAGES.clean();

        @Actor
        public void writer() {
            page.store(A, 1);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = page.scan(A);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = page.settle(A);
        }
    }

    /** The page is scanned and cleared while an object of it becomes dirty. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Dirty before the bits were taken: the scan saw the store.")
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "Dirty after the bits were taken: kept.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or an invariant is broken.")
    @State
    public static class WriterAgainstScanAndClear {

        private final StressedPage page = PAGES.listed();

        @Actor
        public void writer() {
            page.store(A, 1);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = page.scan(A);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = page.settle(A);
        }
    }

    /** The object is dirty already, so nothing seems left to do for the writer. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The scan saw the store.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The scan came before the store: kept.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The scan saw the store, which came after the bits were taken.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, or an invariant is broken.")
    @State
    public static class WriterToDirtyAgainstScanAndClear {

        private final StressedPage page = PAGES.dirty();

        @Actor
        public void writer() {
            page.store(A, 1);
        }

        @Actor
        public void collector(II_Result result) {
            result.r1 = page.scan(A);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = page.settle(A);
        }
    }

    /** Results: who says that he listed the page, and how often it was listed. */
    @JCStressTest
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "One listing.")
    @Outcome(expect = FORBIDDEN, desc = "None, or more than one.")
    @State
    public static class TwoWriters {

        private final StressedPage page = PAGES.clean();

        @Actor
        public void first(III_Result result) {
            result.r1 = page.store(A, 1);
        }

        @Actor
        public void second(III_Result result) {
            result.r2 = page.store(B, 1);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = page.listings();
        }
    }
}
