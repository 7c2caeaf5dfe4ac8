package org.shadowheap.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How much memory a replay may take on this machine. */
final class HostMemory {

    /** Where the JVM does not tell. */
    private static final long UNKNOWN_BYTES = 4L << 30;

    private HostMemory() {}

    /** Half of what the machine or container leaves beside this JVM's own heap, in bytes. */
    static long heapBound() {
        long maxHeap = Runtime.getRuntime().maxMemory();
        return Math.max(UNKNOWN_BYTES / 4, (totalBytes() - maxHeap) / 2);
    }

    private static long totalBytes() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean own
                ? own.getTotalMemorySize()
                : UNKNOWN_BYTES;
    }
}
