package org.shadowheap.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.shadowheap.journal.Checkpoints;
import org.shadowheap.journal.LogFile;
import org.shadowheap.trace.TraceStart;
import org.shadowheap.trace.TraceWriter;

/**
 * Where the event logs of a session lie: in the file beside its trace, if it is the first session of the JVM and has one; where the
 * first had them, else.
 *
 * <p>One thread at a time, that which begins a session or ends it.
 */
final class SessionLogs {

    private final @Nullable LogFile file;
    private final boolean isOfThisTrace;

    /** Why there is no file although there should be. */
    private final @Nullable IOException failure;

    private SessionLogs(@Nullable LogFile file, boolean isOfThisTrace, @Nullable IOException failure) {
        this.file = file;
        this.isOfThisTrace = isOfThisTrace;
        this.failure = failure;
    }

    /**
     * For the first session of a JVM, before the barrier's classes are initialized.
     *
     * @throws IllegalArgumentException if another JVM records to the trace
     */
    static SessionLogs first(@Nullable String trace, long logBytes) {
        if (trace == null) {
            return new SessionLogs(null, false, null);
        }
        try {
            Path path = Path.of(trace);
            boolean isDevice = Files.exists(path) && !Files.isRegularFile(path);
            LogFile made = isDevice ? null : LogFile.create(path, logBytes);
            return new SessionLogs(made, made != null, null);
        } catch (IOException failure) {
            return new SessionLogs(null, false, failure); // the trace may be what cannot be made, which is told first
        } catch (InvalidPathException noPath) {
            return new SessionLogs(null, false, new IOException(noPath));
        }
    }

    /** For a session behind the first one, whose logs these were. */
    SessionLogs further() {
        return new SessionLogs(file, false, null);
    }

    /** The barrier's classes are initialized: room is made for what threads append. */
    void begin() {
        if (file != null) {
            file.begin();
        }
    }

    /** What lets a kill lose nothing of a trace that was just begun; null if nothing does. */
    @Nullable
    Checkpoints checkpoints(@Nullable TraceWriter writer, @Nullable String trace) throws IOException {
        if (failure != null) {
            StandardError.line(
                    "the logs could not be put into a file, a kill of this JVM would cost what they hold: " + failure);
        }
        if (writer == null || file == null || !isOfThisTrace) {
            return null;
        }
        if (file.tookThePlaceOfOthers()) {
            StandardError.line(
                    "what a killed process had left of an earlier trace is gone, see recover: trace=" + trace);
        }
        file.belongsTo(TraceStart.identity(Path.of(String.valueOf(trace))));
        return new Checkpoints(file, writer);
    }

    /** The trace has all it will ever have. */
    void traceIsComplete() {
        if (file != null && isOfThisTrace) {
            file.delete();
        }
    }

    /** The session has ended, or could not begin: no room is made any more. */
    void end() {
        if (file != null) {
            file.rest();
        }
    }
}
