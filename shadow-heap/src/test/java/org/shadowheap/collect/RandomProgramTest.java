package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.Liveness;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * Random programs, {@link SideBySide} on a heap and on its model.
 *
 * <p>{@code -Dshadowheap.operations=100000000} runs more of them, {@code -Dshadowheap.seed=N} the programs from seed N on.
 * What fails is shrunk and printed as a script, which {@link ScriptTest} can keep.
 */
class RandomProgramTest {

    private static final long OPERATIONS = Long.getLong("shadowheap.operations", 1_200_000);
    private static final int OPERATIONS_OF_A_PROGRAM = 20_000;

    @ParameterizedTest
    @EnumSource
    void everyEdgeIsRememberedAndWhatDiesIsWhatDiesInTheModel(Liveness liveness) {
        Tally sum = run(liveness.toString(), OPERATIONS * 3 / 8, random -> configuration(random, liveness));
        if (OPERATIONS >= 1_000_000) { // else somebody looks at a single program
            assertTrue(sum.edges > 10 * sum.operations, sum::toString);
            assertTrue(sum.minorCollections > 500 && sum.majorCollections > 100, sum::toString);
            assertTrue(sum.deaths > 50_000 && sum.freedBytes > 1 << 20 && sum.nepotismBytes > 4096, sum::toString);
        }
    }

    /** As the default does with the other test's programs: so all policies find the same survivors. */
    @ParameterizedTest
    @EnumSource(names = "DIRTY_PAGES", mode = EnumSource.Mode.EXCLUDE)
    void soItIsWithEveryOtherRememberedSet(RememberedSetPolicy policy) {
        Tally sum = run(policy.toString(), OPERATIONS / 16, random -> {
            HeapConfiguration shape = configuration(random, random.nextBoolean() ? Liveness.ROOTS : Liveness.EVIDENCE);
            return shape.withRemset(policy, 128 << random.nextInt(3));
        });
        assertTrue(sum.edges > 0 && sum.minorCollections > 0, sum::toString);
    }

    /** The heap has little more than it needs to begin with; what it refuses the model skips. */
    @ParameterizedTest
    @EnumSource
    void soItIsNearTheBoundWhereEventsAreRefused(Liveness liveness) {
        Tally sum = run("near the bound " + liveness, OPERATIONS / 8, random -> nearTheBound(random, liveness));
        if (OPERATIONS >= 1_000_000) {
            assertTrue(sum.refused > 20 && sum.minorCollections > 100 && sum.majorCollections > 50, sum::toString);
        }
    }

    private static HeapConfiguration nearTheBound(Random random, Liveness liveness) {
        HeapConfiguration shape = configuration(random, liveness);
        int pageBytes = 512 << random.nextInt(5); // so chunks are of 64 KiB
        HeapConfiguration paged = new HeapConfiguration(
                        shape.nurseryBytes(), pageBytes, shape.tenure(), shape.boundBytes(), shape.model())
                .withLiveness(liveness)
                .withMajorBytes(shape.majorBytes())
                .withThreads(shape.mutators(), shape.collectors());
        return LeastBound.withBound(paged, LeastBound.of(paged) + ((long) random.nextInt(8) << 16));
    }

    private static Tally run(String what, long operations, Function<Random, HeapConfiguration> configuration) {
        long first = Long.getLong("shadowheap.seed", new Random().nextLong());
        System.out.println("RandomProgramTest: " + what + " -Dshadowheap.seed=" + first);
        Tally sum = new Tally();
        for (long seed = first; sum.operations < operations; seed++) {
            RandomRun run = new RandomRun(configuration.apply(new Random(seed)), ScriptedMutator.Opener.SOUND);
            sum.add(run.run(seed, OPERATIONS_OF_A_PROGRAM));
        }
        System.out.println("RandomProgramTest: " + what + " " + sum);
        return sum;
    }

    /** Small spaces, so that hundreds of collections happen. */
    private static HeapConfiguration configuration(Random random, Liveness liveness) {
        long nurseryBytes = 4096L << random.nextInt(3);
        int pageBytes = 512 << random.nextInt(8);
        int tenure = random.nextBoolean() ? 1 + random.nextInt(3) : 1 + random.nextInt(15);
        long majorBytes = random.nextInt(4) == 0 ? HeapConfiguration.NEVER : 4096L << random.nextInt(5);
        return new HeapConfiguration(nurseryBytes, pageBytes, tenure, 256 << 20, ObjectModel.DEFAULT)
                .withLiveness(liveness)
                .withMajorBytes(majorBytes)
                .withThreads(random.nextInt(3) == 0 ? 3 : 1, random.nextInt(3) == 0 ? 2 : 1);
    }

    @Test
    void sameProgramTakenTwiceGivesTheSameFigures() {
        HeapConfiguration configuration =
                configuration(new Random(42), Liveness.EVIDENCE).withThreads(1, 1);
        List<Operation> program = new ArrayList<>();
        try (SideBySide both = new SideBySide(configuration, ScriptedMutator.Opener.SOUND)) {
            RandomProgram rounds = new RandomProgram(new Random(42), both.model);
            while (program.size() < OPERATIONS_OF_A_PROGRAM) {
                List<Operation> round = rounds.nextRound();
                program.addAll(round);
                both.takeRound(round);
            }
            RandomRun again = new RandomRun(configuration, ScriptedMutator.Opener.SOUND);
            assertEquals(both.told(), again.told(program));
        }
    }

    @Test
    void oneProgramHasTheSameSurvivorsWithEveryRememberedSet() {
        HeapConfiguration shape = configuration(new Random(7), Liveness.ROOTS);
        List<Operation> program = new ArrayList<>();
        try (SideBySide both = new SideBySide(shape, ScriptedMutator.Opener.SOUND)) {
            RandomProgram rounds = new RandomProgram(new Random(7), both.model);
            while (program.size() < OPERATIONS_OF_A_PROGRAM) {
                List<Operation> round = rounds.nextRound();
                program.addAll(round);
                both.takeRound(round);
            }
            String expected = both.survivors();
            for (RememberedSetPolicy policy : RememberedSetPolicy.values()) {
                try (SideBySide other = new SideBySide(shape.withRemset(policy, 128), ScriptedMutator.Opener.SOUND)) {
                    other.takeRounds(program);
                    assertEquals(expected, other.survivors(), policy::toString);
                }
            }
        }
    }
}
