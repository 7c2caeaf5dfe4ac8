package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.shadowheap.journal.Recovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a finished trace of what a killed process left. */
@Command(
        name = "recover",
        description = {
            "Makes a finished trace, in place, of what a killed process left: its trace, and beside it the logs, TRACE.shlogs.",
            "The logs are deleted when the trace is complete."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ShadowHeapCommand.Version.class)
final class RecoverCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TRACE", description = "The trace file.")
    @SuppressWarnings("NullAway.Init")
    private Path trace;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(trace + ": " + line(Recovery.recover(trace)));
        Output.flush(out);
        return 0;
    }

    private static String line(Recovery.Outcome outcome) {
        if (outcome.wasFinished()) {
            return String.format(Locale.ROOT, "complete already, %,d events", outcome.events());
        }
        String recovered = String.format(
                Locale.ROOT, "recovered %,d events, %,d of them from the logs", outcome.events(), outcome.ofLogs());
        return outcome.lacksDefinitions() ? recovered + ", which lack definitions and could not be used" : recovered;
    }
}
