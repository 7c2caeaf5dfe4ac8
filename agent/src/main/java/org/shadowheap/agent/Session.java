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
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.instrument.Uninstrumented;
import org.shadowheap.journal.LogFile;
import org.shadowheap.trace.TraceWriter;

/** A recording that runs in this JVM, until it ends and reports. {@link SessionStart} begins it. */
final class Session {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final org.shadowheap.event.Recording recording;
    private final HeapConfiguration heap;
    private final Uninstrumented uninstrumented;
    private final long startNanos;
    private final Drain drain;
    private final @Nullable Analysis analysis;
    private final @Nullable TraceWriter writer;
    private final @Nullable LogFile logs;
    private final @Nullable ExitCheck check;

    /** Guarded by this. */
    private boolean ended;

    Session(
            AgentOptions options,
            Instrumentation instrumentation,
            org.shadowheap.event.Recording recording,
            HeapConfiguration heap,
            Uninstrumented uninstrumented,
            long startNanos,
            Drain drain,
            @Nullable Analysis analysis,
            @Nullable TraceWriter writer,
            @Nullable LogFile logs,
            @Nullable ExitCheck check) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.recording = recording;
        this.heap = heap;
        this.uninstrumented = uninstrumented;
        this.startNanos = startNanos;
        this.drain = drain;
        this.analysis = analysis;
        this.writer = writer;
        this.logs = logs;
        this.check = check;
    }

    /**
     * The figures so far, of all that was recorded before the call. The session goes on as if nobody had asked: the drain itself
     * adds them up, between two rounds. The calling thread is quiet.
     *
     * @throws IllegalStateException with a line for the user if there are none
     */
    synchronized AnalysisResult soFar() throws InterruptedException {
        if (analysis == null) {
            throw new IllegalStateException(
                    "the session records only (live=false), its trace has all that there is to report");
        }
        if (ended) {
            throw new IllegalStateException("the session has ended");
        }
        Analysis asked = analysis;
        RecordingEnd now =
                new RecordingEnd(System.nanoTime() - startNanos, null, Recording.failure(), uninstrumented.list());
        Rehearsal.playResult(recording, heap, now);
        drain.catchUp();
        Answer answer = new Answer(asked, now);
        if (!drain.betweenRounds(answer)) {
            answer.run(); // nobody feeds any more
        }
        return answer.get().withNotes(StackOverflows.notes(instrumentation));
    }

    /** Adds up on one thread what is read on another. */
    private static final class Answer implements Runnable {
        private final Analysis analysis;
        private final RecordingEnd now;
        private volatile @Nullable AnalysisResult result;
        private volatile @Nullable Throwable failure;

        Answer(Analysis analysis, RecordingEnd now) {
            this.analysis = analysis;
            this.now = now;
        }

        @Override
        public void run() {
            try {
                result = analysis.result(now);
            } catch (Throwable thrown) {
                failure = thrown; // the drain has nothing to do with it
            }
        }

        AnalysisResult get() {
            AnalysisResult found = result;
            if (found == null) {
                throw new IllegalStateException("the figures could not be added up: " + failure);
            }
            return found;
        }
    }

    /** The JVM ends: drains what is left and reports. Never throws. */
    synchronized void end() {
        ended = true;
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
                if (logs != null) {
                    logs.delete();
                }
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
