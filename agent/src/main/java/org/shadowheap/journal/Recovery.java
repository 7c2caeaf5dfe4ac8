package org.shadowheap.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.trace.TraceFormatException;
import org.shadowheap.trace.TraceSkimmer;
import org.shadowheap.trace.TraceStart;
import org.shadowheap.trace.TraceWriter;

/**
 * Makes a finished trace of what a process left that was killed: the blocks up to the last checkpoint, and behind them what the logs
 * hold. The trace is finished in place. Whoever is interrupted begins again: the checkpoint stays true until the logs are deleted,
 * which comes last.
 */
public final class Recovery {

    private static final RecordingEnd KILLED = new RecordingEnd(
            null, null, "the process ended before its recording did, what it left was recovered", List.of());

    private static final RecordingEnd ENDED = new RecordingEnd(
            null, null, "the recording ended before its process did, what it left was recovered", List.of());

    private Recovery() {}

    /**
     * What became of a trace.
     *
     * @param events events in the trace now
     * @param ofLogs how many of them the logs had
     * @param wasFinished whether the trace was complete already
     * @param lacksDefinitions whether there were logs, and they could not be used
     */
    public record Outcome(long events, long ofLogs, boolean wasFinished, boolean lacksDefinitions) {}

    /**
     * Finishes a trace.
     *
     * @throws IOException if the recording still runs, the trace or the logs are damaged, or the trace cannot be written
     */
    public static Outcome recover(Path trace) throws IOException {
        LogsBeside.State logs = LogsBeside.find(trace);
        if (logs == LogsBeside.State.RUNNING) {
            throw new IOException("the recording still runs: " + trace);
        }
        Outcome outcome;
        if (isFinished(trace, logs)) {
            outcome = new Outcome(TraceSkimmer.skim(trace).events(), 0, true, false);
        } else if (logs == LogsBeside.State.LEFT) {
            try (LogImage image = LogImage.open(LogFile.beside(trace), TraceStart.identity(trace))) {
                outcome = finish(trace, start(trace, image), image);
            }
        } else {
            outcome = finish(trace, TraceStart.read(trace, Long.MAX_VALUE), null);
        }
        if (logs == LogsBeside.State.LEFT) {
            Files.deleteIfExists(LogFile.beside(trace));
        }
        return outcome;
    }

    /** Whether a trace is cut off, and beside it are logs with the rest of it. */
    public static boolean isNeeded(Path trace) throws IOException {
        return Files.isRegularFile(trace)
                && LogsBeside.find(trace) == LogsBeside.State.LEFT
                && !isFinished(trace, LogsBeside.State.LEFT);
    }

    /**
     * Writes a finished trace to another file, and leaves trace and logs as they are.
     *
     * @throws IOException as {@link #recover}
     */
    public static Outcome recoverTo(Path trace, Path target) throws IOException {
        try (LogImage image = LogImage.open(LogFile.beside(trace), TraceStart.identity(trace))) {
            TraceStart start = start(trace, image);
            copy(trace, start.bytes(), target);
            return finish(target, start, image);
        }
    }

    private static TraceStart start(Path trace, LogImage image) throws IOException {
        return TraceStart.read(trace, image.lacksDefinitions() ? Long.MAX_VALUE : image.traceBytes());
    }

    private static boolean isFinished(Path trace, LogsBeside.State logs) throws IOException {
        try {
            return !TraceSkimmer.skim(trace).cut();
        } catch (TraceFormatException damaged) {
            if (logs == LogsBeside.State.LEFT) {
                return false; // behind the checkpoint, perhaps: whoever reads up to there finds out
            }
            throw damaged;
        }
    }

    private static void copy(Path from, long bytes, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long done = 0;
            while (done < bytes) {
                done += in.transferTo(done, bytes - done, out);
            }
        }
    }

    private static Outcome finish(Path trace, TraceStart start, @Nullable LogImage image) throws IOException {
        long ofLogs = 0;
        boolean lacks = image != null && image.lacksDefinitions();
        try (TraceWriter writer = TraceWriter.resume(trace, start)) {
            if (image != null && !lacks) {
                image.tellDefinitions(start, writer);
                ofLogs = image.tellEvents(writer);
            }
            writer.finish(image != null && image.hasEnded() ? ENDED : KILLED);
        }
        return new Outcome(TraceSkimmer.skim(trace).events(), ofLogs, false, lacks);
    }
}
