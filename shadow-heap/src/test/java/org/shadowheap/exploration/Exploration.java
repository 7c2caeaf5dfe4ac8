package org.shadowheap.exploration;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of exploring a scenario: either all its executions, or those up to the first that is wrong.
 *
 * @param executions that ran to their end
 * @param cut executions that were given up because they only repeat others
 * @param steps scheduling points passed in all of them
 * @param outcomes how many executions ended in which way
 * @param counterexample null if there is none
 */
public record Exploration(
        long executions,
        long cut,
        long steps,
        long millis,
        SortedMap<String, Long> outcomes,
        @Nullable Counterexample counterexample) {

    /**
     * An execution that is wrong.
     *
     * @param kind name of the kind of violation
     * @param schedule its operations in order, a line each: number, thread, operation, location, value, line of code
     */
    public record Counterexample(String kind, String message, String schedule) {

        @Override
        public String toString() {
            return summary() + System.lineSeparator() + schedule;
        }

        String summary() {
            return kind + ": " + message;
        }
    }

    @Override
    public String toString() {
        return String.format(
                "%,d executions, %,d cut as repetitions, %,d steps, %,d ms: %s",
                executions, cut, steps, millis, counterexample == null ? outcomes : counterexample.summary());
    }
}
