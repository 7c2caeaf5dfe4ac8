package org.shadowheap.targets;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** Lesson: flags say what the young generation should be like, and only a JVM that runs with them says what it is. */
public final class PrintsEden {

    private PrintsEden() {}

    public static void main(String[] args) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().contains("Eden")) {
                System.out.println("edenKiB=" + pool.getUsage().getCommitted() / 1024);
            }
        }
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        System.out.println("MaxTenuringThreshold="
                + flags.getVMOption("MaxTenuringThreshold").getValue());
        if (args.length > 0) {
            System.out.println(args[0] + "=" + flags.getVMOption(args[0]).getValue());
        }
    }
}
