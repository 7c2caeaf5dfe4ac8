package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads traces that were damaged in all ways of {@link TraceMutation}: each is read to its end or refused in one line that
 * says where, what was expected and what was found; in little time, and in memory that is in proportion to the file.
 * {@code -Dshadowheap.fuzz=N} reads so many, {@code -Dseed=N} the same ones again.
 */
final class FuzzedTraceTest {

    private static final int MUTANTS = Integer.getInteger("shadowheap.fuzz", 100_000);
    private static final int THREADS = 2;

    /** A mutant takes a fraction of a millisecond; a machine may be busy with other things for long. */
    private static final long MOST_MILLIS = 20_000;

    private static final long WATCH_MILLIS = 50;

    @TempDir
    private Path directory;

    @Test
    void readsEveryMutantOrRefusesItInOneLine() throws InterruptedException {
        long seed = TraceFixture.seed();
        AtomicInteger batches = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Fuzzer> fuzzers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Fuzzer fuzzer = new Fuzzer(seed, directory.resolve("trace" + i));
            Thread thread = new Thread(() -> {
                try {
                    int batch = batches.getAndIncrement();
                    while (batch * Fuzzer.BATCH < MUTANTS && failures.isEmpty()) {
                        fuzzer.run(batch);
                        batch = batches.getAndIncrement();
                    }
                } catch (IOException | RuntimeException | Error e) {
                    failures.add(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            fuzzers.add(fuzzer);
            fuzzer.isRunBy(thread);
        }
        for (Fuzzer each : fuzzers) {
            while (each.isRunning()) {
                each.requireProgress(MOST_MILLIS);
                each.join(WATCH_MILLIS);
            }
        }
        failures.forEach(each -> {
            throw new AssertionError(each.getMessage(), each);
        });
        check(fuzzers);
    }

    private static void check(List<Fuzzer> fuzzers) {
        MutantCounts sum = new MutantCounts();
        fuzzers.forEach(each -> sum.add(each.counts()));
        System.out.println(sum);
        assertTrue(sum.all() >= MUTANTS, "all were read");
        assertEquals(sum.allCutBeforeTheFirstBlock(), sum.refused(TraceMutation.CUT), "what is only cut is read");
        for (TraceMutation each : TraceMutation.values()) {
            long refused = sum.refused(each);
            boolean someAreRead = each == TraceMutation.BYTES || refused < sum.all(each);
            assertTrue(refused > 0 && someAreRead, each + ": some are refused and some are not");
        }
        assertTrue(sum.allSkimmed() > sum.all() - sum.refused(), "heads alone tell less");
    }
}
