package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;

/**
 * Random programs, {@link SideBySide} on a heap and on its model.
 *
 * <p>{@code -Dshadowheap.operations=100000000} runs more of them, {@code -Dshadowheap.seed=N} the programs from seed N on.
 * What fails is shrunk and printed as a script.
 */
class RandomProgramTest {

    private static final long OPERATIONS = Long.getLong("shadowheap.operations", 1_200_000);
    private static final int OPERATIONS_OF_A_PROGRAM = 20_000;
    private static final long SHRINKING_SECONDS = 60;

    @ParameterizedTest
    @EnumSource
    void everyEdgeIsRememberedAndWhatDiesIsWhatDiesInTheModel(Liveness liveness) {
        long first = Long.getLong("shadowheap.seed", new Random().nextLong());
        System.out.println("RandomProgramTest: -Dshadowheap.seed=" + first);
        Tally sum = new Tally();
        for (long seed = first; sum.operations < OPERATIONS / 2; seed++) {
            sum.add(run(seed, liveness));
        }
        System.out.println("RandomProgramTest: " + liveness + " " + sum);
        assertTrue(sum.edges > 10 * sum.operations, sum::toString);
        assertTrue(sum.minorCollections > 500 && sum.majorCollections > 100, sum::toString);
        assertTrue(sum.deaths > 50_000 && sum.freedBytes > 1 << 20 && sum.nepotismBytes > 1 << 16, sum::toString);
    }

    private static HeapConfiguration configuration(Random random, Liveness liveness) {
        long nurseryBytes = 4096L << random.nextInt(3);
        int pageBytes = 512 << random.nextInt(8);
        int tenure = random.nextBoolean() ? 1 + random.nextInt(3) : 1 + random.nextInt(15);
        long majorBytes = random.nextInt(4) == 0 ? HeapConfiguration.NEVER : 4096L << random.nextInt(5);
        return new HeapConfiguration(nurseryBytes, pageBytes, tenure, 256 << 20, ObjectModel.DEFAULT)
                .withLiveness(liveness)
                .withMajorBytes(majorBytes)
                .withThreads(random.nextInt(3) == 0 ? 3 : 1, 1);
    }

    private static Tally run(long seed, Liveness liveness) {
        Random random = new Random(seed);
        HeapConfiguration configuration = configuration(random, liveness);
        List<Operation> program = new ArrayList<>();
        try (SideBySide both = new SideBySide(configuration)) {
            RandomProgram rounds = new RandomProgram(random, both.model);
            while (both.tally().operations < OPERATIONS_OF_A_PROGRAM) {
                List<Operation> round = rounds.nextRound();
                program.addAll(round);
                both.takeRound(round);
            }
            return both.tally();
        } catch (AssertionError | RuntimeException e) {
            return fail(report(seed, configuration, program, e), e);
        }
    }

    private static String report(long seed, HeapConfiguration configuration, List<Operation> program, Throwable first) {
        String kind = kindOf(first);
        List<Operation> shortest = new Shrinker<Operation>(
                        shorter -> kind.equals(kindOf(failureOf(configuration, shorter))),
                        Operation::simpler,
                        SHRINKING_SECONDS)
                .shrink(program);
        StringBuilder text = new StringBuilder();
        text.append(first.getMessage())
                .append("\n-Dshadowheap.seed=")
                .append(seed)
                .append('\n')
                .append(configuration)
                .append("\nshrunk from ")
                .append(program.size())
                .append(" steps to ")
                .append(shortest.size())
                .append(", where it says: ")
                .append(failureOf(configuration, shortest).getMessage());
        shortest.forEach(step -> text.append('\n').append(step));
        return text.append('\n').toString();
    }

    /** The failure, null if there is none. */
    private static Throwable failureOf(HeapConfiguration configuration, List<Operation> program) {
        try {
            SideBySide.run(configuration, program);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    /** What failures of one cause have in common: what they say, without the numbers. */
    private static String kindOf(Throwable failure) {
        return failure == null ? "" : failure.getClass() + failure.getMessage().replaceAll("\\d+", "0");
    }

    @Test
    void sameProgramTakenTwiceGivesTheSameFigures() {
        HeapConfiguration configuration = configuration(new Random(42), Liveness.EVIDENCE);
        List<Operation> program = new ArrayList<>();
        List<Object> first;
        try (SideBySide both = new SideBySide(configuration)) {
            RandomProgram rounds = new RandomProgram(new Random(42), both.model);
            while (program.size() < OPERATIONS_OF_A_PROGRAM) {
                List<Operation> round = rounds.nextRound();
                program.addAll(round);
                both.takeRound(round);
            }
            first = both.told();
        }
        try (SideBySide both = new SideBySide(configuration)) {
            both.takeRounds(program);
            assertEquals(first, both.told());
        }
    }
}
