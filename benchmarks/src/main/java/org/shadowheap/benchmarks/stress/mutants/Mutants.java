package org.shadowheap.benchmarks.stress.mutants;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;
import static org.shadowheap.benchmarks.stress.StressedPage.A;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.shadowheap.benchmarks.stress.StressedPage;

/** The tests of {@code DirtyPageStress}, of protocols that must not pass them. */
public final class Mutants {

    private static final StressedPage.Pool SCAN_THEN_CLEAR =
            new StressedPage.Pool((memory, pages) -> SpoiledProtocol.scanThenClear(pages));
    private static final StressedPage.Pool DIRTY_IS_SKIPPED =
            new StressedPage.Pool((memory, pages) -> SpoiledProtocol.dirtyIsSkipped(pages));

    private Mutants() {}

    /** A store between visit and clearing is neither seen nor kept. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The scan saw the store.")
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "Kept.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, as it must be.")
    @State
    public static class ScanThenClear {

        private final StressedPage page = SCAN_THEN_CLEAR.listed();

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

    /** A store that waits in the store buffer until its bit is taken and its slot read is neither seen nor kept. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The scan saw the store.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Kept.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The scan saw the store, and it is kept.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, as it must be.")
    @State
    public static class DirtyIsSkipped {

        private final StressedPage page = DIRTY_IS_SKIPPED.dirty();

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
}
