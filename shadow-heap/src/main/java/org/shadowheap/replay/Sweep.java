package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Replays one trace under several heaps, some at a time. Each replay reads the trace for itself, from the page cache if
 * memory allows. Where heaps need to know the whole trace it is read once more, for all of them, while those that do not need
 * it run already.
 *
 * <p>A heap gives the same figures here as in a replay of its own with the same bound. Those that run at the same time share
 * the memory that all may use, so each may have a lower bound than it asked for; one that felt that, because a collection
 * came earlier or because it did not fit, is run again alone with the whole bound, and only that result counts.
 */
public final class Sweep {

    private final Path trace;
    private final List<HeapOverrides> heaps;
    private final int jobs;
    private final long boundBytes;
    private final long sharedBytes;
    private final long totalBytes;

    /**
     * @param heaps what each replay does differently from the recording
     * @param jobs how many replays run at the same time, at least 1
     * @param boundBytes bound of the resident bytes of a shadow heap that runs alone
     * @param totalBytes what all that run at the same time may have together
     */
    public Sweep(Path trace, List<HeapOverrides> heaps, int jobs, long boundBytes, long totalBytes) {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1: jobs=" + jobs);
        }
        this.trace = trace;
        this.heaps = List.copyOf(heaps);
        this.jobs = Math.min(jobs, Math.max(1, heaps.size()));
        this.boundBytes = boundBytes;
        this.totalBytes = totalBytes;
        sharedBytes = this.jobs == 1 ? boundBytes : Math.min(boundBytes, totalBytes / this.jobs);
    }

    /** Bound of each heap, in bytes, while others run beside it. */
    public long sharedBytes() {
        return sharedBytes;
    }

    /**
     * Runs all, and returns when all have ended. A heap that fails does not keep others from running. If the meter is told to
     * stop, those that have not ended yet fail with a {@link CancellationException}.
     *
     * @param meter is told how far they are
     * @return an outcome for each heap, in the order of the heaps
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read; as no heap could be replayed then, the others are ended
     * @throws NoRealCollectionsException if a heap is to be collected where the JVM was, and that is not told
     */
    public List<SweepOutcome> run(SweepMeter meter) throws IOException {
        long traceBytes = Files.size(trace);
        boolean isRead = heaps.stream().anyMatch(HeapOverrides::needsWholeTrace);
        meter.expect(traceBytes * (heaps.size() + (isRead ? 1 : 0)));
        try (FirstReading reading = new FirstReading(trace, Replay.keptBytes(Math.min(boundBytes, totalBytes)))) {
            return run(meter, traceBytes, reading, isRead);
        }
    }

    private List<SweepOutcome> run(SweepMeter meter, long traceBytes, FirstReading reading, boolean isRead)
            throws IOException {
        SweepOutcome[] outcomes = new SweepOutcome[heaps.size()];
        runBesideEachOther(meter, traceBytes, isRead ? reading : null, outcomes);
        List<SweepOutcome> ordered = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            SweepOutcome outcome = outcomes[i];
            if (outcome == null) {
                meter.expect(traceBytes);
                HeapOverrides heap = heaps.get(i);
                WholeTrace known = heap.needsWholeTrace() ? reading.result() : null;
                outcome =
                        attempt(heap, known, boundBytes, meter.part(traceBytes)).repeated();
            }
            ordered.add(outcome);
        }
        return ordered;
    }

    /**
     * Leaves null where the shared bound was felt.
     *
     * @param reading of the whole trace, if any heap needs it
     */
    private void runBesideEachOther(
            SweepMeter meter, long traceBytes, @Nullable FirstReading reading, @Nullable SweepOutcome[] outcomes)
            throws IOException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(jobs, task -> {
            Thread thread = new Thread(task, "shadowheap-replay-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Integer> running = new ExecutorCompletionService<>(threads);
            int tasks = outcomes.length;
            if (reading != null) {
                tasks++;
                running.submit(() -> {
                    reading.run(meter.part(traceBytes));
                    requireMarks(reading);
                    return -1;
                });
            }
            for (int place : placesWaitingLast()) {
                HeapOverrides heap = heaps.get(place);
                running.submit(() -> {
                    SweepMeter.Part part = meter.part(traceBytes);
                    outcomes[place] = reading == null || !heap.needsWholeTrace()
                            ? attemptBesideOthers(heap, null, part)
                            : attemptWhenRead(heap, reading, part);
                    return place;
                });
            }
            for (int i = 0; i < tasks; i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw causeOf(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the sweep was interrupted", e);
        } finally {
            end(threads);
        }
    }

    /** Heaps by their places, those first that can begin before the trace was read to its end. */
    private List<Integer> placesWaitingLast() {
        List<Integer> places = new ArrayList<>();
        for (boolean waits : new boolean[] {false, true}) {
            for (int i = 0; i < heaps.size(); i++) {
                if (heaps.get(i).needsWholeTrace() == waits) {
                    places.add(i);
                }
            }
        }
        return places;
    }

    private void requireMarks(FirstReading reading) throws IOException {
        if (heaps.stream().anyMatch(HeapOverrides::isAtReal) && !reading.wasStopped()) {
            reading.result().marks().requireSome();
        }
    }

    private @Nullable SweepOutcome attemptWhenRead(HeapOverrides heap, FirstReading reading, SweepMeter.Part part)
            throws IOException, InterruptedException {
        reading.await();
        if (reading.wasStopped()) {
            return new SweepOutcome(heap, null, SweepMeter.stopped(), false, false);
        }
        return attemptBesideOthers(heap, reading.result(), part);
    }

    /** Null if it must run again alone. */
    private @Nullable SweepOutcome attemptBesideOthers(
            HeapOverrides heap, @Nullable WholeTrace known, SweepMeter.Part part) throws IOException {
        SweepOutcome outcome = attempt(heap, known, sharedBytes, part);
        boolean isLessThanAlone = sharedBytes < boundBytes || jobs > 1 && outcome.failure() instanceof OutOfMemoryError;
        boolean isShort = outcome.failure() != null || outcome.isBoundFelt();
        return isLessThanAlone && isShort && !outcome.isStopped() ? null : outcome;
    }

    private SweepOutcome attempt(HeapOverrides heap, @Nullable WholeTrace known, long bytes, SweepMeter.Part part)
            throws IOException {
        try {
            part.begins();
            Replay.Run run = new Replay(trace, heap, bytes, known).runOnce(part);
            return new SweepOutcome(heap, run.result(), null, run.isBoundFelt(), false);
        } catch (RuntimeException | OutOfMemoryError e) {
            return new SweepOutcome(heap, null, e, false, false);
        } finally {
            part.ends();
        }
    }

    /** What a replay threw that ends them all. */
    private static IOException causeOf(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof NoRealCollectionsException none) {
            throw none;
        }
        throw new IllegalStateException(cause);
    }

    /** Ends replays that still run, by interrupting their reads, and waits until their heaps are closed. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = false;
        for (; ; ) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
