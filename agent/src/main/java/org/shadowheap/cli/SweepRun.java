package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.config.Sizes;
import org.shadowheap.event.Recording;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.replay.HeapOverrides;
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
    private JobOptions jobOptions;

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

    /**
     * Replays all heaps, and tells on standard error which of them failed and why.
     *
     * @throws IOException if the trace cannot be read, or if the only heap fails
     * @throws ParameterException if options make no sense
     */
    Finished run() throws IOException {
        try (WholeTrace whole = WholeTrace.of(trace, spec)) {
            return run(whole.file());
        }
    }

    private Finished run(Path file) throws IOException {
        List<HeapOverrides> heaps;
        JobOptions.Plan plan;
        boolean isWhole;
        Recording recording = recording(file);
        HeapConfiguration recorded = RecordedConfiguration.read(recording, Long.MAX_VALUE);
        try {
            heaps = heapOptions.combinations(recorded);
            isWhole = liveness.isWhole(recording, recorded, heaps);
            plan = jobOptions.plan(heaps);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (plan.lowered() != null) {
            tell(plan.lowered());
        }
        Sweep sweep = new Sweep(file, heaps, isWhole, plan.jobs(), plan.boundBytes(), plan.totalBytes());
        SweepMeter meter = new SweepMeter();
        ProgressBar bar = ProgressBar.of(meter);
        List<SweepOutcome> outcomes;
        try {
            outcomes = sweep.run(meter);
        } finally {
            bar.close();
        }
        return finished(outcomes, plan, sweep.sharedBytes());
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
        List<AnalysisResult> results = new ArrayList<>();
        for (SweepOutcome each : outcomes) {
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

    private static String reason(SweepOutcome outcome) {
        Throwable failure = Objects.requireNonNull(outcome.failure());
        return failure instanceof OutOfMemoryError
                ? "the replay needs more memory than there is: " + failure.getMessage()
                : Failures.line((Exception) failure);
    }

    /** What to type for this heap alone. */
    private static String options(HeapOverrides heap) {
        StringBuilder options = new StringBuilder();
        append(options, "--nursery", heap.nurseryBytes() == null ? null : Sizes.format(heap.nurseryBytes()));
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
