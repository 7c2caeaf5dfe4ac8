package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.instrument.Uninstrumented;
import org.shadowheap.trace.TraceWriter;

/** A recording that runs in this JVM, until it ends and reports. {@link SessionStart} begins it. */
final class Session {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final Uninstrumented uninstrumented;
    private final long startNanos;
    private final Drain drain;
    private final @Nullable Analysis analysis;
    private final @Nullable TraceWriter writer;
    private final @Nullable ExitCheck check;

    Session(
            AgentOptions options,
            Instrumentation instrumentation,
            Uninstrumented uninstrumented,
            long startNanos,
            Drain drain,
            @Nullable Analysis analysis,
            @Nullable TraceWriter writer,
            @Nullable ExitCheck check) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.uninstrumented = uninstrumented;
        this.startNanos = startNanos;
        this.drain = drain;
        this.analysis = analysis;
        this.writer = writer;
        this.check = check;
    }

    /** The JVM ends: drains what is left and reports. Never throws. */
    void end() {
        AgentCode.enter();
        try {
            if (check != null) {
                check.dump(drain);
            }
            Recording.end();
            drain.finish();
            RecordingEnd end =
                    new RecordingEnd(System.nanoTime() - startNanos, null, Recording.failure(), uninstrumented.list());
            if (writer != null) {
                finish(writer, end);
            }
            if (options.debugClasses()) {
                uninstrumented.describe().forEach(StandardError::line);
            }
            if (analysis != null && !(options.reports().isEmpty() && check == null)) {
                AnalysisResult result = analysis.result(end);
                if (!options.reports().isEmpty()) {
                    result = result.withNotes(StackOverflows.notes(instrumentation));
                }
                Reports.write(check == null ? result : check.compare(analysis, result), options.reports());
            }
        } catch (Throwable failure) {
            StandardError.line("the report could not be written: " + failure);
        }
    }

    private static void finish(TraceWriter writer, RecordingEnd end) {
        try {
            writer.finish(end);
        } catch (IOException failure) {
            StandardError.line("the trace could not be completed: " + failure.getMessage());
        }
    }
}
