package org.shadowheap.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.report.CsvTable;
import org.shadowheap.report.JsonReport;
import org.shadowheap.report.SweepReport;
import org.shadowheap.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a recorded trace through one shadow heap or several, and prints what the analysis found. */
@Command(
        name = "replay",
        description = {
            "Runs a trace through a shadow heap, the recorded one unless an option says otherwise.",
            "Several values of an option, as in --nursery 4m,16m, make a sweep: one result for each combination, in their order."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class ReplayCommand implements Callable<Integer> {

    /** Forms of a result that can be printed. */
    enum Format {
        text,
        json,
        csv
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SweepRun replays;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; default: text.")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the result to a file.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        if (output != null) {
            Output.requireOther(spec, output, replays.trace());
            Output.requireFolderOf(output);
        }
        return Interruption.mayStop(replays::stop, () -> {
            SweepRun.Finished finished = replays.run(format != Format.csv);
            if (!finished.results().isEmpty()) {
                Output.write(spec, text(finished), output);
            }
            return finished.failed() == 0 ? 0 : 1;
        });
    }

    private String text(SweepRun.Finished finished) throws IOException {
        List<AnalysisResult> results = finished.results();
        StringWriter text = new StringWriter();
        switch (format) {
            case csv -> CsvTable.RESULTS.write(results, text);
            case json -> {
                if (finished.isSweep()) {
                    JsonReport.write(results, text);
                } else {
                    JsonReport.write(results.get(0), text);
                }
            }
            case text -> {
                if (finished.isSweep()) {
                    SweepReport.write(results, finished.failed(), text);
                } else {
                    TextReport.write(results.get(0), text);
                }
            }
        }
        return text.toString();
    }
}
