package org.shadowheap.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches the thread of another JVM that does what stops the program: how much CPU it took at most before it waited again. That is a pause without what
 * neighbours of the machine add. Looks each millisecond or two, so two operations with next to nothing between may be taken for one. Linux only.
 */
final class VmThread implements Runnable, AutoCloseable {

    private static final Pattern VOLUNTARY = Pattern.compile("\nvoluntary_ctxt_switches:\\s+(\\d+)");
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path task;
    private final Thread thread = new Thread(this, "vm-thread");
    private volatile boolean ended;
    private long longestNanos;

    private VmThread(Path task) {
        this.task = task;
    }

    static VmThread of(long pid) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path each : tasks) {
                if (Files.readString(each.resolve("comm")).strip().equals("VM Thread")) {
                    VmThread watch = new VmThread(each);
                    watch.thread.start();
                    return watch;
                }
            }
        }
        throw new IOException("no JVM: pid=" + pid);
    }

    @Override
    public void run() {
        try {
            long waits = waits();
            long began = cpuNanos();
            while (!ended) {
                Thread.sleep(1);
                long now = cpuNanos();
                longestNanos = Math.max(longestNanos, now - began);
                long waitsNow = waits();
                if (waitsNow != waits) {
                    waits = waitsNow;
                    began = now;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // So has the JVM.
        }
    }

    /** Of one operation, in milliseconds. */
    double longestMillis() {
        return longestNanos / NANOS_PER_MILLI;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private long cpuNanos() throws IOException {
        String all = Files.readString(task.resolve("schedstat"));
        return Long.parseLong(all.substring(0, all.indexOf(' ')));
    }

    private long waits() throws IOException {
        Matcher found = VOLUNTARY.matcher(Files.readString(task.resolve("status")));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
