package org.shadowheap.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shadowheap.agent.logging.StandardErrorProvider;
import org.shadowheap.analysis.Analysis;
import org.shadowheap.analysis.RecordedConfiguration;
import org.shadowheap.barrier.AgentBytes;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.AllocationMeter;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.CallerWalk;
import org.shadowheap.barrier.CollectionPlaces;
import org.shadowheap.barrier.ExistingHeap;
import org.shadowheap.barrier.Identity;
import org.shadowheap.barrier.Leaving;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.StackWalk;
import org.shadowheap.config.HeapOptions;
import org.shadowheap.config.HostMemory;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.drain.Definitions;
import org.shadowheap.drain.Drain;
import org.shadowheap.drain.Logs;
import org.shadowheap.drain.RoundEnds;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Tee;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.instrument.Application;
import org.shadowheap.instrument.BarrierTransformer;
import org.shadowheap.instrument.Callers;
import org.shadowheap.instrument.ClassSelection;
import org.shadowheap.instrument.ClassTable;
import org.shadowheap.instrument.RewrittenClasses;
import org.shadowheap.instrument.TransformerRehearsal;
import org.shadowheap.instrument.TypeDescriber;
import org.shadowheap.instrument.Uninstrumented;
import org.shadowheap.journal.Checkpoints;
import org.shadowheap.journal.TraceFailure;
import org.shadowheap.trace.TraceWriter;
import org.slf4j.Logger;

/**
 * The start of a recording in this JVM: puts the parts together, instrumentation, barrier, drain, and the sinks behind it.
 * What runs then is a {@link Session}.
 */
final class SessionStart {

    /** The classes of an earlier session in this JVM. One thread at a time begins a session. */
    private static @Nullable ClassTable earlier;

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final @Nullable Attachment attachment;
    private final ObjectModel model;
    private final HeapConfiguration heap;
    private final org.shadowheap.event.Recording recording;
    private final SessionLogs logs;
    private final Definitions definitions = new Definitions();
    private final Uninstrumented uninstrumented = new Uninstrumented();
    private final @Nullable AllocationMeter meter;
    private long startNanos;
    private @Nullable ProgramAllocation allocation;

    private SessionStart(
            AgentOptions options, Instrumentation instrumentation, @Nullable Attachment attachment, SessionLogs logs) {
        this.attachment = attachment;
        this.options = options;
        this.logs = logs;
        this.instrumentation = instrumentation;
        this.model = ObjectModelProbe.probe(instrumentation);
        long bound = options.heapBytes() > 0
                ? options.heapBytes()
                : HostMemory.leftBytes() / 4 + HeapOptions.bytesForFurtherAppliers(options.appliers());
        this.heap = new HeapConfiguration(options.nurseryBytes(), options.pageBytes(), options.tenure(), bound, model)
                .withRemset(options.remset(), options.cardBytes())
                .withThreads(options.appliers(), options.collectors())
                .withVerification(options.check());
        this.recording = describe();
        this.meter = ThreadAllocation.meter(instrumentation);
        if (meter != null) {
            AgentBytes.countWith(meter);
        }
    }

    /**
     * Instruments this JVM and begins to record. Called once.
     *
     * @param bootClasses the boot-resident classes, none of them initialized
     * @param attachment if the program runs already
     */
    static void start(
            AgentOptions options,
            Instrumentation instrumentation,
            List<Class<?>> bootClasses,
            @Nullable Attachment attachment)
            throws Exception {
        if (!options.live()) {
            for (AgentOptions.ReportTarget report : options.reports()) {
                StandardError.line(
                        "without a mirror (live=false) there is no report, the trace has all it needs: report="
                                + report.file());
            }
        }
        SessionLogs logs = BarrierStart.begin(options, bootClasses, attachment);
        try {
            CurrentSession.is(new SessionStart(options, instrumentation, attachment, logs).begin());
        } catch (Throwable failure) {
            logs.traceIsComplete(); // there is none
            logs.end();
            throw failure;
        }
    }

    private org.shadowheap.event.Recording describe() {
        Map<String, String> recorded = new TreeMap<>(RecordedConfiguration.options(heap));
        recorded.put("identity", BarrierSetup.headerIdentity ? "header" : "hash");
        recorded.put("live", Boolean.toString(options.live()));
        recorded.put("stacks", Boolean.toString(options.stacks()));
        recorded.put("jdk", Boolean.toString(options.jdk()));
        if (Identity.idsOfEarlierSessions() > 0) {
            recorded.put(RecordedConfiguration.IDS_BEFORE, Integer.toString(Identity.idsOfEarlierSessions()));
        }
        if (!options.include().isEmpty()) {
            recorded.put("include", String.join(";", options.include()));
        }
        if (!options.exclude().isEmpty()) {
            recorded.put("exclude", String.join(";", options.exclude()));
        }
        if (!options.app().isEmpty()) {
            recorded.put("app", String.join(";", options.app()));
        }
        return new org.shadowheap.event.Recording(
                System.getProperty("sun.java.command", "unknown"),
                System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"),
                System.currentTimeMillis(),
                model,
                recorded);
    }

    private Session begin() throws Exception {
        String trace = options.trace();
        TraceWriter writer = trace == null ? null : create(trace);
        Analysis analysis = options.live() ? new Analysis(recording, heap, AgentThreads.SILENT) : null;
        try {
            return begin(writer, analysis);
        } catch (Throwable failure) {
            if (analysis != null) {
                analysis.close();
            }
            if (writer != null) {
                writer.close();
            }
            throw failure;
        }
    }

    private Session begin(@Nullable TraceWriter writer, @Nullable Analysis analysis) throws Exception {
        Application application = new Application(options.app());
        ClassTable before = earlier;
        ClassTable classes = classes(application);
        ClassSelection selection = new ClassSelection(options.include(), options.exclude(), options.jdk());
        Logger log = StandardErrorProvider.found();
        BarrierTransformer transformer = new BarrierTransformer(selection, classes, uninstrumented, log);
        InstrumentedJvm jvm = new InstrumentedJvm(instrumentation, transformer, classes, uninstrumented);
        TypeDescriber types = new TypeDescriber(classes, definitions, model, ObjectModelProbe.headerBytes());
        ExitCheck check = options.verify() ? ExitCheck.prepare(instrumentation, classes, attachment) : null;
        EventSink mirror = check == null ? analysis : Tee.of(analysis, check.witness());
        SessionSinks sinks = new SessionSinks(Tee.of(mirror, writer), analysis, writer);
        SelfTestRun test = new SelfTestRun(sinks.all(), !selection.isPartial());
        Checkpoints checkpoints = logs.checkpoints(writer, options.trace());
        Drain drain = drain(test.watch(), sinks, checkpoints);

        LivenessCheck liveness = LivenessCheck.prepare(analysis, drain);
        if (before == null) {
            TransformerRehearsal.play(instrumentation, log); // its classes stay loaded
        }
        String cache = options.cache();
        RewrittenFile file = attachment == null && before == null && cache != null
                ? RewrittenFile.in(cache, BootClasses.agentChecksum())
                : null;
        RewrittenClasses kept = file == null ? null : file.read();
        if (analysis != null) {
            Rehearsal.play(recording, heap);
        }
        jvm.rewriteFromNowOn();
        try {
            if (attachment == null) {
                jvm.rewriteLoaded(kept);
            } else {
                jvm.rewriteLoaded(attachment);
            }
            // Not earlier: reflection forgets what it has made for a class that is transformed again.
            StackWalk walk = options.stacks() ? StackWalks.create() : null;
            if (options.stacks() && walk == null) {
                StandardError.line(
                        "this JVM does not let threads walk their stacks: what only they hold may be judged dead");
            }
            CallerWalk callers = application.isEverything()
                    ? null
                    : CallerWalks.create(application, new Callers(definitions), new Callers(new Definitions()));
            if (attachment == null) {
                NeededSoon.load();
                jvm.keepNoMore(file);
            }
            record(types, walk, callers, drain, test);
            drain.callFromNowOn(sinks.all());
            if (checkpoints != null) {
                // Behind the self-test, too, which is not in the trace and shall not be recovered from the logs.
                long token = AgentCode.enter();
                try {
                    checkpoints.programBegins(drain, definitions);
                } finally {
                    AgentCode.exit(token);
                }
            }
            ManagementThread.start(startNanos);
            if (liveness != null) {
                liveness.start();
            }
            if (options.debugDrain()) {
                DrainMeter.start(drain);
            }
            return new Session(options, jvm, startNanos, allocation, drain, sinks, logs, check, liveness, attachment);
        } catch (Throwable failure) {
            Recording.end();
            jvm.rewriteNoMore();
            drain.finish();
            if (attachment != null) {
                jvm.restore();
            }
            CurrentSession.ended(Leaving.clear());
            throw failure;
        }
    }

    private ClassTable classes(Application application) {
        DefinitionSink told =
                attachment == null ? definitions : attachment.frames().listening(definitions);
        ClassTable before = earlier;
        ClassTable table =
                before == null ? new ClassTable(told, application) : new ClassTable(before, told, application);
        earlier = table;
        return table;
    }

    private void record(
            TypeDescriber types, @Nullable StackWalk walk, @Nullable CallerWalk callers, Drain drain, SelfTestRun test)
            throws InterruptedException {
        if (attachment != null) {
            types.askForUnseen(instrumentation.getAllLoadedClasses());
        }
        CollectionPlaces.begin();
        CollectionCounters.clockStarts(); // and anew when the program begins
        Recording.begin(types);
        if (walk != null) {
            Recording.stacksWillBeWalked();
        }
        long token = AgentCode.enterFirst();
        try {
            drain.start();
            if (attachment == null) {
                ExistingHeap.mirror(instrumentation.getAllLoadedClasses());
            } else {
                attachment.mirroring();
                ExistingHeap.mirrorBesides(instrumentation.getAllLoadedClasses(), attachment.liveThreads());
                attachment.mirrored();
            }
            ExistingHeap.meet(instrumentation.getAllLoadedClasses()); // what was loaded meanwhile
            MirrorThread.start();
            if (walk != null) {
                Recording.walkStacks(walk);
            }
            test.run(drain);
            if (callers != null) {
                Recording.sampleCallers(callers);
            }
            startNanos = System.nanoTime();
            CollectionCounters.clockStarts();
            allocation = ProgramAllocation.begin(meter);
        } finally {
            AgentCode.exit(token);
        }
    }

    private TraceWriter create(String trace) {
        try {
            return TraceWriter.create(Path.of(trace), recording, AgentThreads.SILENT);
        } catch (IOException | InvalidPathException unwritable) {
            throw new IllegalArgumentException(
                    "trace must be a file that can be written, in a directory that exists: trace=" + trace, unwritable);
        }
    }

    private Drain drain(EventSink sink, SessionSinks later, @Nullable Checkpoints checkpoints) {
        Analysis analysis = later.analysis();
        TraceWriter writer = later.writer();
        RoundEnds ends = writer == null ? RoundEnds.UNHEARD : new TraceFailure(writer);
        return new Drain(
                sink,
                definitions,
                analysis == null ? NurseryClock.STOPPED : analysis.clock(),
                options.nurseryBytes(),
                checkpoints == null ? Logs.LIVE : checkpoints.logs(),
                checkpoints == null ? ends : checkpoints);
    }
}
