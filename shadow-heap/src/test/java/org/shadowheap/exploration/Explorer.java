package org.shadowheap.exploration;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shadowheap.exploration.Exploration.Counterexample;

/** Runs a scenario in every way that it can run, depth first and without any bound, until an execution is wrong. */
public final class Explorer {

    private final boolean isReduced;

    /**
     * Explores.
     *
     * @param isReduced whether executions that differ in the order of independent operations alone are explored once
     */
    public Explorer(boolean isReduced) {
        this.isReduced = isReduced;
    }

    /** Explores a scenario, which {@link ExploringLoader} made. One exploration at a time. */
    public Exploration explore(Supplier<? extends Scenario> scenarios) {
        long start = System.nanoTime();
        Path path = new Path();
        SortedMap<String, Long> outcomes = new TreeMap<>();
        Counterexample counterexample = null;
        long executions = 0;
        long cut = 0;
        long steps = 0;
        do {
            World world = new World(path, isReduced, null);
            try {
                String outcome = world.run(scenarios);
                if (outcome == null) {
                    cut++;
                } else {
                    executions++;
                    outcomes.merge(outcome, 1L, Long::sum);
                }
            } catch (Violation e) {
                executions++;
                counterexample = replay(path, scenarios);
            }
            steps += world.steps();
        } while (counterexample == null && path.advance());
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new Exploration(executions, cut, steps, millis, outcomes, counterexample);
    }

    /** Runs the execution that was wrong once more and writes it down. */
    private @Nullable Counterexample replay(Path path, Supplier<? extends Scenario> scenarios) {
        path.rewind();
        Schedule schedule = new Schedule();
        try {
            new World(path, isReduced, schedule).run(scenarios);
            throw new IllegalStateException("the scenario is not deterministic");
        } catch (Violation e) {
            return new Counterexample(e.kind().name(), String.valueOf(e.getMessage()), schedule.toString());
        }
    }
}
