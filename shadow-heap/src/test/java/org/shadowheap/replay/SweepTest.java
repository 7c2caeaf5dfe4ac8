package org.shadowheap.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shadowheap.replay.GrowingList.BOUND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.heap.HeapFullException;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.trace.TraceFormatException;
import org.shadowheap.trace.TraceReader;

final class SweepTest {

    /** In this the list of nodes fits, but a major collection comes that would not with more. */
    private static final long SCARCE = 640 << 10;

    @TempDir
    private Path directory;

    private Path trace;

    @BeforeEach
    void record() throws IOException {
        trace = directory.resolve("trace");
        GrowingList.record(trace);
    }

    private static HeapOverrides heap(long nurseryBytes, int tenure) {
        return new HeapOverrides(nurseryBytes, 512, tenure, RememberedSetPolicy.CARDS, 256, false);
    }

    private static List<HeapOverrides> heaps() {
        List<HeapOverrides> heaps = new ArrayList<>();
        for (long nursery : new long[] {65_536, 4096, 16_384}) {
            for (int tenure : new int[] {1, 3}) {
                heaps.add(heap(nursery, tenure));
            }
        }
        return heaps;
    }

    private AnalysisResult alone(HeapOverrides heap, long boundBytes) throws IOException {
        return new Replay(trace, heap, boundBytes)
                .run(TraceReader.Progress.NONE)
                .withoutTimes();
    }

    private static AnalysisResult result(SweepOutcome outcome) {
        assertNotNull(outcome.result(), () -> String.valueOf(outcome.failure()));
        return outcome.result().withoutTimes();
    }

    @Test
    void eachResultIsThatOfAReplayOfItsOwnInTheOrderOfTheHeaps() throws IOException {
        List<HeapOverrides> heaps = heaps();
        for (int jobs : new int[] {1, 2, 6, 100}) {
            List<SweepOutcome> outcomes = new Sweep(trace, heaps, jobs, BOUND, BOUND).run(new SweepMeter());
            assertEquals(heaps.size(), outcomes.size());
            for (int i = 0; i < heaps.size(); i++) {
                assertEquals(heaps.get(i), outcomes.get(i).heap());
                assertEquals(alone(heaps.get(i), BOUND), result(outcomes.get(i)), "jobs=" + jobs + " heap=" + i);
                assertFalse(outcomes.get(i).isBoundFelt());
                assertFalse(outcomes.get(i).isRepeated());
            }
        }
        assertEquals(
                heaps.size(),
                new HashSet<>(heaps.stream().map(HeapOverrides::toString).toList()).size());
    }

    @Test
    void heapThatFeelsTheSharedBoundRunsAgainAloneAndGivesTheSameFigures() throws IOException {
        HeapOverrides heap = heap(8192, 1);
        assertNotEquals(alone(heap, BOUND), alone(heap, SCARCE), "the bound shapes what happens");
        Sweep sweep = new Sweep(trace, List.of(heap, heap), 2, BOUND, 2 * SCARCE);
        assertEquals(SCARCE, sweep.sharedBytes());
        for (SweepOutcome outcome : sweep.run(new SweepMeter())) {
            assertTrue(outcome.isRepeated());
            assertFalse(outcome.isBoundFelt());
            assertEquals(alone(heap, BOUND), result(outcome));
        }
    }

    @Test
    void heapThatDoesNotFitBesideOthersRunsAgainAlone() throws IOException {
        HeapOverrides heap = heap(8192, 1);
        assertThrows(RuntimeException.class, () -> alone(heap, SCARCE / 2));
        for (SweepOutcome outcome : new Sweep(trace, List.of(heap, heap), 2, BOUND, SCARCE).run(new SweepMeter())) {
            assertTrue(outcome.isRepeated());
            assertEquals(alone(heap, BOUND), result(outcome));
        }
    }

    @Test
    void resultThatTheWholeBoundShapedSaysSo() throws IOException {
        SweepOutcome outcome = new Sweep(trace, List.of(heap(8192, 1)), 1, SCARCE, SCARCE)
                .run(new SweepMeter())
                .get(0);
        assertTrue(outcome.isBoundFelt());
        assertEquals(alone(heap(8192, 1), SCARCE), result(outcome));
        SweepOutcome huge = new Sweep(trace, List.of(heap(1L << 30, 1)), 1, BOUND, BOUND)
                .run(new SweepMeter())
                .get(0);
        assertTrue(huge.isBoundFelt(), "a nursery that cannot be as large as asked for");
    }

    @Test
    void oneFailureLeavesTheResultsOfTheOthers() throws IOException {
        HeapOverrides fails = heap(8192, 15);
        for (int jobs : new int[] {1, 3}) {
            List<SweepOutcome> outcomes = new Sweep(
                            trace, List.of(heap(8192, 1), fails, heap(4096, 1)), jobs, SCARCE, 3 * SCARCE)
                    .run(new SweepMeter());
            assertInstanceOf(HeapFullException.class, outcomes.get(1).failure());
            assertNull(outcomes.get(1).result());
            assertEquals(alone(heap(8192, 1), SCARCE), result(outcomes.get(0)));
            assertEquals(alone(heap(4096, 1), SCARCE), result(outcomes.get(2)));
        }
    }

    @Test
    void damagedTraceEndsTheSweep() throws IOException {
        byte[] bytes = Files.readAllBytes(trace);
        bytes[bytes.length / 2] ^= 1;
        Files.write(trace, bytes);
        assertThrows(
                TraceFormatException.class, () -> new Sweep(trace, heaps(), 2, BOUND, BOUND).run(new SweepMeter()));
    }

    @Test
    void meterCountsTheRecordsOfAllReplaysInAllBlocks() throws IOException {
        GrowingList.record(trace, sink -> GrowingList.append(sink, 60_000));
        long[] records = new long[1];
        new Replay(trace, heap(8192, 1), BOUND).run((done, bytes) -> records[0] = done);
        SweepMeter meter = new SweepMeter();
        assertEquals(0, meter.share());
        new Sweep(trace, heaps(), 2, BOUND, BOUND).run(meter);
        assertTrue(records[0] > 1 << 16, "more than a block");
        assertEquals(heaps().size() * records[0], meter.records());
        assertEquals(1, meter.share());
    }

    /** Stopped when a fifth is done, by another thread, as the user does. */
    @Test
    void sweepThatIsStoppedKeepsWhatIsDone() throws Exception {
        List<HeapOverrides> heaps = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            heaps.add(i % 2 == 0 ? heap(8192, 1) : heap(8192, 1).whole());
        }
        SweepMeter meter = new SweepMeter();
        Thread user = new Thread(() -> {
            while (meter.share() < 0.2) {
                Thread.onSpinWait();
            }
            meter.stop();
        });
        user.start();
        List<SweepOutcome> outcomes = new Sweep(trace, heaps, 1, BOUND, BOUND).run(meter);
        user.join();
        AnalysisResult alone = alone(heap(8192, 1), BOUND);
        int done = 0;
        for (SweepOutcome each : outcomes) {
            assertEquals(each.result() == null, each.isStopped());
            if (each.result() != null && !each.heap().isWhole()) {
                assertEquals(alone, result(each));
                done++;
            }
        }
        assertTrue(done > 0 && outcomes.stream().anyMatch(SweepOutcome::isStopped), "done=" + done);
    }

    @Test
    void heapThatWasStoppedIsNotTriedAgain() throws IOException {
        SweepMeter meter = new SweepMeter();
        meter.stop();
        HeapOverrides heap = heap(8192, 1);
        for (SweepOutcome each : new Sweep(trace, List.of(heap, heap.whole()), 2, BOUND, 2 * SCARCE).run(meter)) {
            assertTrue(each.isStopped());
            assertFalse(each.isRepeated());
        }
    }

    @Test
    void refusesToRunNothingAtATime() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Sweep(trace, heaps(), 0, BOUND, BOUND));
        assertEquals("jobs must be at least 1: jobs=0", e.getMessage());
    }
}
