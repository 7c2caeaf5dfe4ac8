package org.shadowheap.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;
import org.shadowheap.benchmarks.stress.RacedSlot.Mistake;

/** Where two race for a slot, the merged stream ends with what memory holds. The result says whether it does. */
public final class MergeStress {

    private MergeStress() {}

    /** Two plain stores. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not.")
    @State
    public static class PlainAgainstPlain {

        private final RacedSlot slot = new RacedSlot(Mistake.NONE);

        @Actor
        public void one() {
            slot.store(0, 1);
        }

        @Actor
        public void other() {
            slot.store(1, 2);
        }

        @Arbiter
        public void after(Z_Result result) {
            result.r1 = slot.isRight();
        }
    }

    /** A plain store knows nothing of a compare-and-set. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not.")
    @State
    public static class PlainAgainstCompareAndSet {

        private final RacedSlot slot = new RacedSlot(Mistake.NONE);

        @Actor
        public void one() {
            slot.store(0, 1);
        }

        @Actor
        public void other() {
            slot.compareAndSet(1, 2);
        }

        @Arbiter
        public void after(Z_Result result) {
            result.r1 = slot.isRight();
        }
    }

    /** One of them may fail. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not.")
    @State
    public static class CompareAndSetAgainstCompareAndSet {

        private final RacedSlot slot = new RacedSlot(Mistake.NONE);

        @Actor
        public void one() {
            slot.compareAndSet(0, 1);
        }

        @Actor
        public void other() {
            slot.compareAndSet(1, 2);
        }

        @Arbiter
        public void after(Z_Result result) {
            result.r1 = slot.isRight();
        }
    }

    /** A round takes the other's record as soon as it is told, and may miss the first one's. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not.")
    @State
    public static class PlainAgainstPlainAndRound {

        private final RacedSlot slot = new RacedSlot(Mistake.NONE);

        @Actor
        public void one() {
            slot.store(0, 1);
        }

        @Actor
        public void other() {
            slot.store(1, 2);
            slot.round();
        }

        @Arbiter
        public void after(Z_Result result) {
            result.r1 = slot.isRight();
        }
    }
}
