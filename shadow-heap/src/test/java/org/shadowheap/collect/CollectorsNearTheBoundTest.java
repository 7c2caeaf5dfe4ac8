package org.shadowheap.collect;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.collect.ScriptedMutator.NODE;
import static org.shadowheap.collect.ScriptedMutator.REFERENCES;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.heap.Liveness;

/** How much memory a program needs does not depend on how many collectors there are. */
class CollectorsNearTheBoundTest {

    private static final int EVENTS_OF_A_ROUND = 50;

    /** Whether a program fits that keeps much, ages much and makes old garbage. */
    private static boolean fits(int tenure, int pageBytes, long boundBytes, int collectors) {
        HeapConfiguration shape = new HeapConfiguration(1 << 18, pageBytes, tenure, boundBytes, ObjectModel.DEFAULT)
                .withLiveness(Liveness.ROOTS)
                .withThreads(1, collectors);
        try (ScriptedMutator mutator = new ScriptedMutator(shape)) {
            int held = mutator.met(REFERENCES, 20_000);
            Random random = new Random(3);
            for (int i = 0; i < 100_000; i++) {
                int young = mutator.born(random.nextInt(5) == 0 ? REFERENCES : NODE, random.nextInt(40));
                mutator.heap.arrayStore(held, random.nextInt(20_000), young, 1);
                if (i % EVENTS_OF_A_ROUND == 0) {
                    mutator.heap.round();
                    assertTrue(mutator.heap.usedBytes() <= boundBytes, "usedBytes=" + mutator.heap.usedBytes());
                }
            }
            return true;
        } catch (HeapFullException e) {
            return false;
        }
    }

    @ParameterizedTest(name = "tenure={0} pageBytes={1}")
    @CsvSource({"1, 4096", "2, 4096", "3, 65536"})
    void whatFitsWithOneCollectorFitsWithSixteen(int tenure, int pageBytes) {
        long tooLittle = 2 << 20;
        long enough = 32 << 20;
        while (enough - tooLittle > 1 << 16) {
            long between = (tooLittle + enough) / 2;
            if (fits(tenure, pageBytes, between, 1)) {
                enough = between;
            } else {
                tooLittle = between;
            }
        }
        assertTrue(enough < 24 << 20, "enough=" + enough);
        assertTrue(fits(tenure, pageBytes, enough, 16), "boundBytes=" + enough);
    }
}
