package org.shadowheap.benchmarks.stress.mutants;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;
import org.shadowheap.benchmarks.stress.RacedSlot;
import org.shadowheap.benchmarks.stress.RacedSlot.Mistake;

/** The tests of {@code MergeStress}, of barriers that must not pass them. */
public final class MergeMutants {

    private MergeMutants() {}

    /** The later ticket may be the earlier store's. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not, as it must be.")
    @State
    public static class NotReadAgain {

        private final RacedSlot slot = new RacedSlot(Mistake.NOT_READ_AGAIN);

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

    /** The store that came later may have the earlier ticket. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not, as it must be.")
    @State
    public static class TicketBeforeStore {

        private final RacedSlot slot = new RacedSlot(Mistake.TICKET_BEFORE_STORE);

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

    /** The slot may be read before the record is published. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "The last record is what memory holds.")
    @Outcome(expect = FORBIDDEN, desc = "It is not, as it must be.")
    @State
    public static class NotFenced {

        private final RacedSlot slot = new RacedSlot(Mistake.NOT_FENCED);

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
