package org.shadowheap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.shadowheap.journal.LogFile;
import org.shadowheap.journal.Recovery;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A trace with all that there is of it: the file itself, or where a killed process left the rest beside it, a temporary one that
 * {@code recover} would make.
 */
record WholeTrace(Path file, boolean isTemporary) implements AutoCloseable {

    /** Says so on standard error where it reads what was left. */
    static WholeTrace of(Path trace, CommandSpec spec) throws IOException {
        try {
            if (!Recovery.isNeeded(trace)) {
                return new WholeTrace(trace, false);
            }
        } catch (AccessDeniedException denied) {
            tell(spec, "no permission to read what a killed process may have left: " + denied.getFile());
            return new WholeTrace(trace, false);
        }
        WholeTrace whole;
        try {
            whole = new WholeTrace(temporary(trace), true);
        } catch (IOException noRoom) {
            tell(spec, "what is left beside the trace is not read: " + Failures.line(noRoom));
            return new WholeTrace(trace, false);
        }
        try {
            Recovery.Outcome outcome = Recovery.recoverTo(trace, whole.file);
            tell(
                    spec,
                    "the trace was cut off, " + outcome.ofLogs() + " events were read from " + LogFile.beside(trace)
                            + "; recover makes it whole");
            return whole;
        } catch (IOException | RuntimeException failure) {
            whole.close();
            tell(spec, "what is left beside the trace is not read: " + Failures.line(failure));
            return new WholeTrace(trace, false);
        }
    }

    private static void tell(CommandSpec spec, String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("shadowheap: " + line);
        err.flush();
    }

    /** Beside the trace, where there is room for it, if one may write there. */
    private static Path temporary(Path trace) throws IOException {
        Path folder = trace.toAbsolutePath().getParent();
        try {
            return Files.createTempFile(folder, "shadowheap", ".shtrace");
        } catch (AccessDeniedException readOnly) {
            return Files.createTempFile("shadowheap", ".shtrace");
        }
    }

    @Override
    public void close() throws IOException {
        if (isTemporary) {
            Files.deleteIfExists(file);
        }
    }
}
