package org.shadowheap.config;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How much memory there is outside the Java heap, for default bounds of shadow heaps. */
public final class HostMemory {

    /** Where the JVM does not tell how much the machine has. */
    private static final long UNKNOWN_BYTES = 4L << 30;

    /** So that a share of it still runs a small program. */
    private static final long LEAST_BYTES = 256L << 20;

    private HostMemory() {}

    /**
     * Bytes that the machine, or the container if this JVM runs in one, leaves beside {@code -Xmx}, as far as the JVM
     * tells. Other processes are not considered. Never less than 256 MiB, even if less is left.
     */
    public static long leftBytes() {
        long total = new LinuxMemory(new File("/")).totalBytes();
        return total == LinuxMemory.UNKNOWN
                ? leftBesideTheBean()
                : leftBytes(total, Runtime.getRuntime().maxMemory());
    }

    private static long leftBesideTheBean() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean machine
                ? leftBytes(machine.getTotalMemorySize(), Runtime.getRuntime().maxMemory())
                : UNKNOWN_BYTES;
    }

    static long leftBytes(long totalBytes, long maxHeapBytes) {
        return Math.max(LEAST_BYTES, totalBytes - maxHeapBytes);
    }
}
