package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.config.Sizes;
import org.shadowheap.event.Recording;
import org.shadowheap.heap.CollectAt;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.replay.EtExport;
import org.shadowheap.replay.HeapOverrides;
import org.shadowheap.replay.NoRealCollectionsException;
import org.shadowheap.replay.Sweep;
import org.shadowheap.replay.SweepMeter;
import org.shadowheap.replay.SweepOutcome;
import org.shadowheap.trace.TraceReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What commands that replay have in common: the trace, the heaps, and telling the user what became of them. */
final class SweepRun {

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "The trace file.")
    @SuppressWarnings("NullAway.Init")
    private Path trace;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private HeapSweepOptions heapOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LivenessOption liveness;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private CollectAtOption collectAt;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private JobOptions jobOptions;

    private final SweepMeter meter = new SweepMeter();

    /**
     * What became of the heaps.
     *
     * @param results of those that were replayed to the end, in the order of the cross product
     * @param failed how many were not; each has been told of
     */
    record Finished(List<AnalysisResult> results, int failed) {

        boolean isSweep() {
            return results.size() + failed > 1;
        }
    }

    Path trace() {
        return trace;
    }

    /** Ends what runs, soon; those heaps count as failed. Any thread. */
    void stop() {
        meter.stop();
    }

    /**
     * Replays all heaps, and tells on standard error which of them failed and why.
     *
     * @param tellsLiveMethod whether the heap that is as recorded, if there is one, is told apart from what the live session
     *     said: that is replayed beside it
     * @throws IOException if the trace cannot be read, or if the only heap fails
     * @throws ParameterException if options make no sense
     */
    Finished run(boolean tellsLiveMethod) throws IOException {
        try (WholeTrace whole = WholeTrace.of(trace, spec)) {
            return run(whole.file(), tellsLiveMethod);
        }
    }

    private Finished run(Path file, boolean tellsLiveMethod) throws IOException {
        List<HeapOverrides> heaps;
        LiveComparison comparison;
        JobOptions.Plan plan;
        Recording recording = recording(file);
        HeapConfiguration recorded = RecordedConfiguration.read(recording, Long.MAX_VALUE);
        try {
            heaps = heapOptions.combinations(recorded);
            heaps = liveness.of(heaps, recording, recorded);
            heaps = collectAt.of(heaps, liveness, heapOptions.hasNurseries());
            comparison = LiveComparison.of(heaps, tellsLiveMethod && LivenessOption.hasVerdicts(recording), recorded);
            plan = jobOptions.plan(comparison.heaps());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (plan.lowered() != null) {
            tell(plan.lowered());
        }
        Sweep sweep = new Sweep(file, comparison.heaps(), plan.jobs(), plan.boundBytes(), plan.totalBytes());
        ProgressBar bar = ProgressBar.of(meter);
        List<SweepOutcome> outcomes;
        try {
            outcomes = sweep.run(meter);
        } catch (NoRealCollectionsException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } finally {
            bar.close();
        }
        String unknown = comparison.failure(outcomes);
        if (unknown != null) {
            tell(unknown);
        }
        return finished(comparison.merged(outcomes), plan, sweep.sharedBytes());
    }

    /**
     * Writes the trace in the form of Elephant Tracks; a heap of these options finds what dies.
     *
     * @return lines
     * @throws IOException if the trace cannot be read, or the heap is full, or the writer fails
     * @throws ParameterException if options make no sense, or several heaps
     */
    long writeEt(Path output) throws IOException {
        try (WholeTrace whole = WholeTrace.of(trace, spec)) {
            return writeEt(whole.file(), output);
        }
    }

    private long writeEt(Path file, Path output) throws IOException {
        HeapConfiguration recorded = RecordedConfiguration.read(recording(file), Long.MAX_VALUE);
        List<HeapOverrides> heaps;
        JobOptions.Plan plan;
        try {
            heaps = collectAt.of(heapOptions.combinations(recorded), liveness, heapOptions.hasNurseries());
            plan = jobOptions.plan(heaps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (heaps.size() != 1) {
            throw Output.refused(spec, "format et takes one heap, one value for each option: heaps=" + heaps.size());
        }
        if (!liveness.isWhole()) {
            throw Output.refused(spec, "format et needs to know when objects die: liveness=live");
        }
        ProgressBar bar = ProgressBar.of(meter);
        try (Writer out = Files.newBufferedWriter(output)) {
            return new EtExport(file, heaps.get(0), plan.boundBytes()).write(out, meter);
        } catch (NoRealCollectionsException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (CancellationException e) {
            throw new IOException("interrupted: what was written ends in the middle", e);
        } finally {
            bar.close();
        }
    }

    private static Recording recording(Path file) throws IOException {
        try (TraceReader reader = TraceReader.open(file)) {
            return reader.recording();
        }
    }

    private Finished finished(List<SweepOutcome> outcomes, JobOptions.Plan plan, long sharedBytes) throws IOException {
        if (outcomes.size() == 1 && outcomes.get(0).failure() != null) {
            throw new IOException(reason(outcomes.get(0)), outcomes.get(0).failure());
        }
        long repeated = outcomes.stream().filter(SweepOutcome::isRepeated).count();
        if (repeated > 0) {
            tell(repeated + " of " + outcomes.size() + " heaps needed more than the "
                    + JobOptions.mebibytes(sharedBytes) + " that each has beside others, and ran again alone");
        }
        long stopped = outcomes.stream().filter(SweepOutcome::isStopped).count();
        if (stopped > 0) {
            tell("interrupted: " + stopped + " of " + outcomes.size() + " heaps were not replayed to the end");
        }
        List<AnalysisResult> results = new ArrayList<>();
        for (SweepOutcome each : outcomes) {
            if (each.isStopped()) {
                continue;
            }
            if (each.result() == null) {
                tell(options(each.heap()) + ": " + reason(each));
            } else {
                results.add(each.result());
            }
            if (each.isBoundFelt()) {
                tell(options(each.heap()) + ": a heap of " + JobOptions.mebibytes(plan.boundBytes())
                        + " is too small for this, so collections came earlier than they would; see --heap");
            }
        }
        return new Finished(results, outcomes.size() - results.size());
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("shadowheap: " + line);
        err.flush();
    }

    static String reason(SweepOutcome outcome) {
        Throwable failure = Objects.requireNonNull(outcome.failure());
        return failure instanceof OutOfMemoryError
                ? "the replay needs more memory than there is: " + failure.getMessage()
                : Failures.line((Exception) failure);
    }

    /** What to type for this heap alone. */
    private static String options(HeapOverrides heap) {
        StringBuilder options = new StringBuilder();
        boolean isAtReal = heap.collectAt() == CollectAt.REAL;
        append(options, "--collect-at", isAtReal ? heap.collectAt().label() : null);
        append(
                options,
                "--nursery",
                isAtReal || heap.nurseryBytes() == null ? null : Sizes.format(heap.nurseryBytes()));
        append(options, "--page", heap.pageBytes() == null ? null : Sizes.format(heap.pageBytes()));
        append(options, "--tenure", heap.tenure());
        append(options, "--remset", heap.remset() == null ? null : heap.remset().optionName());
        append(options, "--card", heap.cardBytes() == null ? null : Sizes.format(heap.cardBytes()));
        return options.toString().strip();
    }

    private static void append(StringBuilder options, String name, @Nullable Object value) {
        if (value != null) {
            options.append(name).append(' ').append(value).append(' ');
        }
    }
}
