package org.shadowheap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shadowheap.attach.OtherJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what the session in another JVM has found so far. */
@Command(
        name = "report",
        description = "Prints the report so far of a session that runs in another JVM. The session goes on.",
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class ReportCommand implements Callable<Integer> {

    /** Forms of a report. */
    enum Format {
        text,
        json
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "The JVM's process id, see ps.")
    private long pid;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; default: text.")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the report to a file.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        String report = OtherJvm.ask(pid, List.of("report", format.name()));
        Output.write(spec, report, output);
        return 0;
    }
}
