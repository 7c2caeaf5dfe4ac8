package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.config.HeapOptions;
import org.shadowheap.config.HostMemory;
import org.shadowheap.replay.HeapOverrides;
import org.shadowheap.replay.Replay;
import org.shadowheap.report.JsonReport;
import org.shadowheap.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a recorded trace through a shadow heap and prints the result. */
@Command(
        name = "replay",
        description = "Runs a trace through a shadow heap, the recorded one unless an option says otherwise.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class ReplayCommand implements Callable<Integer> {

    /** Forms of a result that can be printed. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "The trace file.")
    @SuppressWarnings("NullAway.Init")
    private Path trace;

    @Option(
            names = "--nursery",
            paramLabel = "SIZE",
            description = "Bytes allocated between minor collections, such as 4m.")
    private @Nullable String nursery;

    @Option(names = "--page", paramLabel = "SIZE", description = "Old-space page, a power of two from 512 to 64k.")
    private @Nullable String page;

    @Option(
            names = "--tenure",
            paramLabel = "N",
            description = "Minor collections an object must survive to be promoted, 1 to 15.")
    private @Nullable String tenure;

    @Option(
            names = "--remset",
            paramLabel = "POLICY",
            description = "Remembered set: dirty-pages, all-pages, cards, youngest or objects.")
    private @Nullable String remset;

    @Option(names = "--card", paramLabel = "SIZE", description = "Card of cards and youngest, 128 to 4096 bytes.")
    private @Nullable String card;

    @Option(names = "--check", description = "Verifies the heap after every collection.")
    private boolean check;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; default: text.")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the result to a file.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        AnalysisResult result = replay();
        StringWriter text = new StringWriter();
        if (format == Format.json) {
            JsonReport.write(result, text);
        } else {
            TextReport.write(result, text);
        }
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(text);
            out.flush();
        } else {
            Files.writeString(output, text.toString());
        }
        return 0;
    }

    private AnalysisResult replay() throws IOException {
        Replay replay = new Replay(trace, overrides(), HostMemory.leftBytes() / 2);
        try {
            return replay.run(ReplayProgress.onTerminal());
        } catch (OutOfMemoryError e) {
            throw new IOException("the replay needs more memory than there is: " + e.getMessage(), e);
        }
    }

    private HeapOverrides overrides() {
        try {
            return new HeapOverrides(
                    nursery == null ? null : HeapOptions.nursery(nursery),
                    page == null ? null : HeapOptions.page(page),
                    tenure == null ? null : HeapOptions.tenure(tenure),
                    remset == null ? null : HeapOptions.remset(remset),
                    card == null ? null : HeapOptions.card(card),
                    check);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
