package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.CollectionPlaces;
import org.shadowheap.barrier.Leaving;
import org.shadowheap.barrier.RealCollection;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.RecordingEnd;
import org.shadowheap.trace.TraceWriter;

/** A recording that runs in this JVM, until it ends and reports. {@link SessionStart} begins it. */
final class Session {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AgentOptions options;
    private final InstrumentedJvm jvm;
    private final long startNanos;
    private final @Nullable ProgramAllocation allocation;
    private final Drain drain;
    private final SessionSinks sinks;
    private final SessionLogs logs;
    private final @Nullable ExitCheck check;
    private final @Nullable LivenessCheck liveness;
    private final @Nullable Attachment attachment;

    /** Guarded by this. */
    private boolean ended;

    Session(
            AgentOptions options,
            InstrumentedJvm jvm,
            long startNanos,
            @Nullable ProgramAllocation allocation,
            Drain drain,
            SessionSinks sinks,
            SessionLogs logs,
            @Nullable ExitCheck check,
            @Nullable LivenessCheck liveness,
            @Nullable Attachment attachment) {
        this.options = options;
        this.jvm = jvm;
        this.startNanos = startNanos;
        this.allocation = allocation;
        this.drain = drain;
        this.sinks = sinks;
        this.logs = logs;
        this.check = check;
        this.liveness = liveness;
        this.attachment = attachment;
    }

    /**
     * The figures so far, of all that was recorded before the call. The session goes on as if nobody had asked: the drain itself
     * adds them up, between two rounds. The calling thread is quiet.
     *
     * @throws IllegalStateException with a line for the user if there are none
     */
    synchronized AnalysisResult soFar() throws InterruptedException {
        Analysis asked = requireFigures();
        RecordingEnd now = endsNow(allocatedBytes());
        Rehearsal.playResult(asked.recording(), asked.configuration(), now);
        CollectionPlaces.notice(); // what no thread has come by
        drain.catchUp();
        Answer answer = new Answer(asked, now);
        if (!drain.betweenRounds(answer)) {
            answer.run(); // nobody feeds any more
        }
        return withNotes(answer.get(), gaps());
    }

    /** Nanoseconds since the session began. Any thread. */
    long nanos() {
        return System.nanoTime() - startNanos;
    }

    /**
     * Collects the shadow heap's nursery behind all that was recorded before the call. The calling thread is quiet.
     *
     * @throws IllegalStateException with a line for the user if there is nothing to collect
     */
    synchronized void collect() {
        requireFigures();
        RealCollection.mark(CollectionKind.ASKED.number(), (int) (nanos() / NANOS_PER_MILLI), 0, 0);
        drain.catchUp();
    }

    /**
     * Writes the heap and its shadow to a folder, for another JVM to compare. The session goes on meanwhile. The calling thread is
     * quiet.
     *
     * @param progress is told what is being done, in a line
     * @return what a reader of the comparison must know first
     * @throws IOException if files cannot be written there
     * @throws IllegalStateException with a line for the user if there is nothing to compare
     */
    synchronized List<String> writeHeaps(Path folder, Consumer<String> progress)
            throws IOException, InterruptedException {
        AnalysisResult far = soFar();
        if (Recording.failure() != null) {
            throw new IllegalStateException("recording ended early: " + Recording.failure());
        }
        Analysis analysis = requireFigures();
        LiveCheck live = new LiveCheck(drain, sinks.all(), analysis, progress);
        live.rehearse(analysis.recording(), analysis.configuration());
        live.write(folder, jvm.instrumentation(), jvm.classes(), attachment);
        if (Recording.failure() != null) {
            throw new IllegalStateException("recording ended meanwhile: " + Recording.failure());
        }
        List<String> notes = new ArrayList<>(far.notes());
        if (far.fidelity().lost() > 0) {
            notes.add("lost: " + far.fidelity().lost() + " events were lost, and with them what they stored");
        }
        return notes;
    }

    private Analysis requireFigures() {
        Analysis analysis = sinks.analysis();
        if (analysis == null) {
            throw new IllegalStateException(
                    "the session records only (live=false), its trace has all that there is to report");
        }
        if (ended) {
            throw new IllegalStateException("the session has ended");
        }
        return analysis;
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

    /** Adds what the events do not tell. */
    private AnalysisResult withNotes(AnalysisResult result, Attachment.@Nullable Gaps gaps) {
        AnalysisResult told = result.withNotes(StackOverflows.notes(jvm.instrumentation()));
        return gaps == null
                ? told
                : told.withNotes(gaps.notes())
                        .withUninstrumentedFrames(gaps.frames().size());
    }

    private Attachment.@Nullable Gaps gaps() {
        return attachment == null ? null : attachment.gaps();
    }

    /** The JVM ends: drains what is left and reports. Never throws. */
    synchronized void end() {
        if (ended) {
            return;
        }
        AgentCode.enter();
        try {
            AnalysisResult result = finish(!(options.reports().isEmpty() && check == null));
            if (result != null) {
                Reports.write(result, options.reports());
            }
        } catch (Throwable failure) {
            StandardError.line("the report could not be written: " + failure);
        }
    }

    /**
     * Ends before the JVM does: reports, gives all classes their code back, and frees the shadow heap. The calling thread is quiet.
     *
     * @return the report for who asks, null if it went to files or there is none
     * @throws IllegalStateException with a line for the user if the session has ended
     */
    synchronized @Nullable AnalysisResult detach() {
        if (ended) {
            throw new IllegalStateException("the session has ended");
        }
        try {
            boolean isForCaller = options.reports().stream().allMatch(target -> target.file() == null);
            AnalysisResult result = finish(true);
            if (result != null && !isForCaller) {
                Reports.write(result, options.reports());
            }
            return isForCaller ? result : null;
        } catch (IOException failure) {
            throw new IllegalStateException("the report could not be written: " + failure, failure);
        } finally {
            CurrentSession.ended(leave());
        }
    }

    /** Nothing of ours runs in the program any more; returns whether another session may begin. */
    private boolean leave() {
        ManagementThread.stop();
        try {
            logs.end();
            jvm.rewriteNoMore();
            jvm.restore();
        } catch (UnmodifiableClassException | RuntimeException | Error failure) {
            StandardError.line("not all classes have their code back, it records nothing: " + failure);
        }
        try {
            jvm.classes().sessionEnds();
            if (sinks.analysis() != null) {
                sinks.analysis().close();
            }
            return Leaving.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException | Error failure) {
            StandardError.line("the session has not left all behind, there can be no other: " + failure);
            return false;
        }
    }

    /**
     * Drains what is left, and ends.
     *
     * @param isAsked whether anybody wants the result
     */
    private @Nullable AnalysisResult finish(boolean isAsked) {
        ended = true;
        if (liveness != null) {
            liveness.end();
        }
        if (check != null) {
            check.dump(drain);
        }
        Attachment.Gaps gaps;
        try {
            gaps = gaps(); // while threads are as they were
            CollectionPlaces.notice(); // what no thread has come by
        } finally {
            Recording.end();
        }
        Long allocated = allocatedBytes();
        drain.finish();
        RecordingEnd end = endsNow(allocated);
        if (sinks.writer() != null) {
            finish(sinks.writer(), end);
            logs.traceIsComplete();
        }
        if (options.debugClasses()) {
            jvm.uninstrumented().describe().forEach(StandardError::line);
        }
        Analysis analysis = sinks.analysis();
        if (analysis == null || !isAsked) {
            return null;
        }
        AnalysisResult result = analysis.result(end);
        if (!options.reports().isEmpty() || attachment != null) {
            result = withNotes(result, gaps);
        }
        return check == null ? result : check.compare(analysis, result);
    }

    /** Bytes that the program has allocated, null if the JVM does not say, or if not all of that time was recorded. */
    private @Nullable Long allocatedBytes() {
        return allocation == null || Recording.failure() != null ? null : allocation.bytes();
    }

    private RecordingEnd endsNow(@Nullable Long allocatedBytes) {
        return new RecordingEnd(
                nanos(),
                allocatedBytes,
                Recording.failure(),
                jvm.uninstrumented().list());
    }

    private static void finish(TraceWriter writer, RecordingEnd end) {
        try {
            writer.finish(end);
        } catch (IOException failure) {
            StandardError.line("the trace could not be completed: " + failure.getMessage());
        }
    }
}
