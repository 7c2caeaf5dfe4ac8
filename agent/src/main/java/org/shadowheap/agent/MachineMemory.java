package org.shadowheap.agent;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How much memory the shadow heap may take beside the program. */
final class MachineMemory {

    private static final long LEAST_BYTES = 64L << 20;

    private MachineMemory() {}

    /** A quarter of what the machine or container leaves beside {@code -Xmx}, in bytes. */
    static long heapBound() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (!(system instanceof com.sun.management.OperatingSystemMXBean machine)) {
            return 1L << 30;
        }
        long left = machine.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
        return Math.max(LEAST_BYTES, left / 4);
    }
}
