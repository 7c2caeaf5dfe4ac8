package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.shadowheap.heap.HeapConfiguration;

/** A random program, taken {@link SideBySide} and shrunk if it fails. */
final class RandomRun {

    private static final long SHRINKING_SECONDS = 60;

    private final HeapConfiguration configuration;
    private final ScriptedMutator.Opener opener;

    RandomRun(HeapConfiguration configuration, ScriptedMutator.Opener opener) {
        this.configuration = configuration;
        this.opener = opener;
    }

    /** A program on which heap and model disagree. */
    static final class Disagreement extends AssertionError {
        private static final long serialVersionUID = 1;

        private final transient List<Operation> script;

        Disagreement(String message, List<Operation> script, Throwable cause) {
            super(message, cause);
            this.script = script;
        }

        List<Operation> script() {
            return script;
        }
    }

    /**
     * Makes a program and takes it, for so many operations.
     *
     * @throws Disagreement with the shortest script that was found
     */
    Tally run(long seed, long operations) {
        List<Operation> program = new ArrayList<>();
        try (SideBySide both = new SideBySide(configuration, opener)) {
            RandomProgram rounds = new RandomProgram(new Random(seed), both.model);
            while (both.tally().operations < operations) {
                List<Operation> round = rounds.nextRound();
                program.addAll(round);
                both.takeRound(round);
            }
            return both.tally();
        } catch (AssertionError | RuntimeException e) {
            throw disagreement(seed, program, e);
        }
    }

    /** Takes a program again; returns everything that the heap told. */
    List<Object> told(List<Operation> program) {
        try (SideBySide both = new SideBySide(configuration, opener)) {
            both.takeRounds(program);
            return both.told();
        }
    }

    private Disagreement disagreement(long seed, List<Operation> program, Throwable first) {
        String kind = kindOf(first);
        List<Operation> script = new Shrinker<>(
                        shorter -> kind.equals(kindOf(failureOf(shorter))), Operation::simpler, SHRINKING_SECONDS)
                .shrink(program);
        Throwable last = failureOf(script);
        StringBuilder text = new StringBuilder();
        text.append(first.getMessage()).append("\n-Dshadowheap.seed=").append(seed);
        text.append('\n').append(configuration);
        text.append("\nshrunk from ")
                .append(program.size())
                .append(" steps to ")
                .append(script.size());
        text.append(", where it says: ").append(last == null ? "nothing, it comes and goes" : last.getMessage());
        script.forEach(step -> text.append('\n').append(step));
        return new Disagreement(text.append('\n').toString(), script, first);
    }

    /** The failure, null if there is none. */
    private Throwable failureOf(List<Operation> program) {
        try {
            told(program);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    /** What failures of one cause have in common: what they say, without the numbers. */
    private static String kindOf(Throwable failure) {
        return failure == null
                ? ""
                : failure.getClass() + String.valueOf(failure.getMessage()).replaceAll("\\d+", "0");
    }
}
