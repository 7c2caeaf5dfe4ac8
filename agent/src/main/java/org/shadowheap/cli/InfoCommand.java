package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.shadowheap.trace.TraceSkimmer;
import org.shadowheap.trace.TraceSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a trace, at once. */
@Command(
        name = "info",
        description = "Says what is in a trace, from the heads of its blocks: the events are not checked.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class InfoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "The trace file.")
    @SuppressWarnings("NullAway.Init")
    private Path trace;

    @Override
    public Integer call() throws IOException {
        TraceSummary summary;
        try (WholeTrace whole = WholeTrace.of(trace, spec)) {
            summary = TraceSkimmer.skim(whole.file());
        }
        PrintWriter out = spec.commandLine().getOut();
        line(out, "program", summary.recording().program());
        line(out, "JVM", summary.recording().jvm());
        line(out, "recorded", Instant.ofEpochMilli(summary.recording().startMillis()) + duration(summary));
        line(out, "trace", state(summary));
        line(out, "file", number(summary.fileBytes()) + " bytes, " + number(summary.blocks()) + " blocks of events");
        line(out, "events", number(summary.events()) + bytesEach(summary));
        summary.records().forEach((kind, count) -> line(out, "  " + kind, number(count)));
        line(out, "lost", number(summary.lost()));
        line(out, "types", number(summary.types()));
        line(out, "sites", number(summary.sites()));
        summary.recording().options().forEach((key, value) -> line(out, key, value));
        Output.flush(out);
        return 0;
    }

    private static void line(PrintWriter out, String key, String value) {
        out.printf(Locale.ROOT, "%-24s  %s%n", key, value);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String duration(TraceSummary summary) {
        Long nanos = summary.end().nanos();
        return nanos == null ? "" : String.format(Locale.ROOT, ", %.1f s", nanos / 1e9);
    }

    private static String state(TraceSummary summary) {
        if (summary.cut()) {
            return "cut: what it holds is valid";
        }
        String stopped = summary.end().stopped();
        return stopped == null ? "complete" : "complete; recording ended early: " + stopped;
    }

    private static String bytesEach(TraceSummary summary) {
        return summary.events() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.2f bytes each", summary.fileBytes() / (double) summary.events());
    }
}
