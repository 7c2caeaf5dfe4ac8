package org.shadowheap.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.shadowheap.heap.Foresight;

/**
 * Replays one trace under several heaps, some at a time. Each replay reads the trace for itself, from the page cache if
 * memory allows.
 *
 * <p>A heap gives the same figures here as in a replay of its own with the same bound. Those that run at the same time share
 * the memory that all may use, so each may have a lower bound than it asked for; one that felt that, because a collection
 * came earlier or because it did not fit, is run again alone with the whole bound, and only that result counts.
 */
public final class Sweep {

    private final Path trace;
    private final List<HeapOverrides> heaps;
    private final boolean isWhole;
    private final int jobs;
    private final long boundBytes;
    private final long sharedBytes;

    /**
     * @param heaps what each replay does differently from the recording
     * @param isWhole whether what the trace mentions later is alive: it is read once more for that, before all
     * @param jobs how many replays run at the same time, at least 1
     * @param boundBytes bound of the resident bytes of a shadow heap that runs alone
     * @param totalBytes what all that run at the same time may have together
     */
    public Sweep(Path trace, List<HeapOverrides> heaps, boolean isWhole, int jobs, long boundBytes, long totalBytes) {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1: jobs=" + jobs);
        }
        this.trace = trace;
        this.heaps = List.copyOf(heaps);
        this.isWhole = isWhole;
        this.jobs = Math.min(jobs, Math.max(1, heaps.size()));
        this.boundBytes = boundBytes;
        sharedBytes = this.jobs == 1 ? boundBytes : Math.min(boundBytes, totalBytes / this.jobs);
    }

    /** Bound of each heap, in bytes, while others run beside it. */
    public long sharedBytes() {
        return sharedBytes;
    }

    /**
     * Runs all, and returns when all have ended. A heap that fails does not keep others from running.
     *
     * @param meter is told how far they are
     * @return an outcome for each heap, in the order of the heaps
     * @throws org.shadowheap.trace.TraceFormatException if the trace is damaged
     * @throws IOException if it cannot be read; as no heap could be replayed then, the others are ended
     */
    public List<SweepOutcome> run(SweepMeter meter) throws IOException {
        long traceBytes = Files.size(trace);
        meter.expect(traceBytes * (heaps.size() + (isWhole ? 1 : 0)));
        List<HeapOverrides> known = isWhole ? foreseen(meter.part(traceBytes)) : heaps;
        SweepOutcome[] outcomes = new SweepOutcome[heaps.size()];
        runBesideEachOther(meter, traceBytes, known, outcomes);
        List<SweepOutcome> ordered = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            SweepOutcome outcome = outcomes[i];
            if (outcome == null) {
                meter.expect(traceBytes);
                outcome = attempt(known.get(i), boundBytes, meter.part(traceBytes))
                        .repeated();
            }
            ordered.add(outcome);
        }
        return ordered;
    }

    private List<HeapOverrides> foreseen(SweepMeter.Part part) throws IOException {
        try {
            Foresight foresight = LastMentions.of(trace, part);
            return heaps.stream().map(each -> each.withForesight(foresight)).toList();
        } catch (OutOfMemoryError e) {
            throw new IOException(
                    "the trace needs more memory than there is, 8 MiB and about 4 MiB for a million objects: -Xmx", e);
        } finally {
            part.ends();
        }
    }

    /** Leaves null where the shared bound was felt. */
    private void runBesideEachOther(
            SweepMeter meter, long traceBytes, List<HeapOverrides> known, @Nullable SweepOutcome[] outcomes)
            throws IOException {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(jobs, task -> {
            Thread thread = new Thread(task, "shadowheap-replay-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Integer> running = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < outcomes.length; i++) {
                int place = i;
                running.submit(() -> {
                    outcomes[place] = attemptBesideOthers(known.get(place), meter.part(traceBytes));
                    return place;
                });
            }
            for (int i = 0; i < outcomes.length; i++) {
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

    /** Null if it must run again alone. */
    private @Nullable SweepOutcome attemptBesideOthers(HeapOverrides heap, SweepMeter.Part part) throws IOException {
        SweepOutcome outcome = attempt(heap, sharedBytes, part);
        boolean isLessThanAlone = sharedBytes < boundBytes || jobs > 1 && outcome.failure() instanceof OutOfMemoryError;
        boolean isShort = outcome.failure() != null || outcome.isBoundFelt();
        return isLessThanAlone && isShort ? null : outcome;
    }

    private SweepOutcome attempt(HeapOverrides heap, long bytes, SweepMeter.Part part) throws IOException {
        try {
            Replay.Run run = new Replay(trace, heap, bytes).runOnce(part);
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
