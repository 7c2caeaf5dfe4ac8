package org.shadowheap.agent;

import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.AgentBytes;
import org.shadowheap.barrier.AllocationMeter;

/** What the program has allocated since a recording began, as the JVM counts it: all threads, without the agent's own code. */
final class ProgramAllocation {

    private final AllocationMeter meter;
    private final long before;

    private ProgramAllocation(AllocationMeter meter) {
        this.meter = meter;
        this.before = now(meter);
    }

    /** Begins to count; null where the JVM does not tell. */
    static @Nullable ProgramAllocation begin(@Nullable AllocationMeter meter) {
        return meter == null ? null : new ProgramAllocation(meter);
    }

    /** Bytes so far. Any thread. */
    long bytes() {
        return now(meter) - before;
    }

    private static long now(AllocationMeter meter) {
        long agent = AgentBytes.soFar();
        return meter.ofAllThreads() - agent;
    }
}
