package org.shadowheap.agent;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** The part of the JVM's young generation that new objects are allocated in, as its memory pools tell. */
final class Eden {

    private static final String EDEN = "Eden Space";

    private Eden() {}

    /** Whether new objects are allocated in a pool of memory; by the names that the JVMs from 17 to 25 give. */
    static boolean is(String pool) {
        return pool.endsWith(EDEN) || pool.equals("ZGC Young Generation");
    }

    /** Its size now in bytes, 0 if the JVM has none of a size of its own, as ZGC, or does not tell. */
    static long bytes() {
        try {
            long bytes = 0;
            for (MemoryPoolMXBean each : ManagementFactory.getMemoryPoolMXBeans()) {
                bytes += each.getName().endsWith(EDEN) ? committedBytes(each) : 0;
            }
            return bytes;
        } catch (LinkageError withoutManagement) {
            return 0;
        }
    }

    private static long committedBytes(MemoryPoolMXBean pool) {
        return pool.getUsage() == null ? 0 : pool.getUsage().getCommitted();
    }
}
