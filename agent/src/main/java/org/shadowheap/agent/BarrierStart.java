package org.shadowheap.agent;

import java.util.List;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.instrument.ArrayBase;

/**
 * Prepares the barrier, whose classes are initialized once: how objects are identified and where logs lie is decided by the first session of a
 * JVM for all that follow. One thread at a time begins a session.
 */
final class BarrierStart {

    private static final int CARRIERS_SINCE = 21;

    /** Of the first session; null before its barrier is ready. */
    private static @Nullable SessionLogs logsOfFirst;

    private BarrierStart() {}

    /**
     * Makes the barrier ready for a session.
     *
     * @param bootClasses the boot-resident classes, which the first session finds not initialized
     * @return where the session's logs lie
     * @throws IllegalArgumentException if an option cannot be had in this JVM
     */
    static SessionLogs begin(AgentOptions options, List<Class<?>> bootClasses, @Nullable Attachment attachment)
            throws ReflectiveOperationException {
        SessionLogs first = logsOfFirst;
        SessionLogs logs;
        if (first == null) {
            prepare(options);
            logs = SessionLogs.first(options.trace(), options.logBytes());
            try {
                BootClasses.initialize(bootClasses);
            } catch (ReflectiveOperationException | RuntimeException | Error failure) {
                logs.traceIsComplete(); // there is none
                throw failure;
            }
            logsOfFirst = logs;
        } else {
            if (!options.headerIdentity() && BarrierSetup.headerIdentity) {
                throw new IllegalArgumentException(
                        "identity must be that of the first session in this JVM, header: identity=hash");
            }
            logs = first.further();
            if (attachment != null && options.trace() != null) {
                attachment.tellNoLogs();
            }
        }
        BarrierSetup.maxWaitNanos = options.maxWaitNanos();
        logs.begin();
        return logs;
    }

    private static void prepare(AgentOptions options) throws ReflectiveOperationException {
        int shift = options.headerIdentity() ? HeaderProbe.hashShift() : HeaderProbe.UNEXPECTED;
        if (options.headerIdentity() && shift == HeaderProbe.UNEXPECTED) {
            StandardError.line("object headers are not as expected here, continuing with identity=hash");
        }
        BarrierSetup.hashShift = Math.max(shift, 0);
        BarrierSetup.headerIdentity = shift != HeaderProbe.UNEXPECTED;
        if (BarrierSetup.headerIdentity) {
            BarrierSetup.fastLocked = HeaderProbe.locked(shift, false);
            BarrierSetup.inflated = HeaderProbe.locked(shift, true);
        }
        BarrierSetup.threadIdOffset = Unsafe.getUnsafe().objectFieldOffset(Thread.class, "tid");
        BarrierSetup.systemLoader = ClassLoader.getSystemClassLoader();
        BarrierSetup.arrayBaseOffset = ArrayBase.of(Object.class);
        BarrierSetup.sampledOf = LivenessCheck.sampledOf();
        BarrierSetup.logBytes = options.logBytes();
        CollectionCounters.prepare();
        if (Runtime.version().feature() >= CARRIERS_SINCE) {
            BarrierSetup.carrierThreadClass = Class.forName("jdk.internal.misc.CarrierThread");
        }
    }
}
