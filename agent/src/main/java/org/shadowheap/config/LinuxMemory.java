package org.shadowheap.config;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory Linux lets this process have: what the machine has, or the least limit of its control group and those
 * around it, of version 1 or 2.
 *
 * <p>The JVM's own bean tells the same, and loads a hundred classes for that (patterns, streams, channels), each of which
 * would be rewritten and mirrored when an agent starts.
 */
final class LinuxMemory {

    /** It is not told: no Linux, or one without these files. */
    static final long UNKNOWN = -1;

    private static final int KIB = 10;

    private final File root;

    /** @param root the directory that holds {@code proc} and {@code sys} */
    LinuxMemory(File root) {
        this.root = root;
    }

    /** The bytes, or {@link #UNKNOWN}. */
    long totalBytes() {
        try {
            long bytes = machineBytes();
            return bytes == UNKNOWN ? UNKNOWN : Math.min(bytes, groupBytes());
        } catch (IOException | NumberFormatException otherSystem) {
            return UNKNOWN;
        }
    }

    private long machineBytes() throws IOException {
        String key = "MemTotal:";
        String unit = " kB";
        for (String line : lines(new File(root, "proc/meminfo"))) {
            if (line.startsWith(key) && line.endsWith(unit)) {
                String number = line.substring(key.length(), line.length() - unit.length());
                return Long.parseLong(number.strip()) << KIB;
            }
        }
        return UNKNOWN;
    }

    /** The largest long if there is no limit. */
    private long groupBytes() throws IOException {
        long least = Long.MAX_VALUE;
        for (String line : lines(new File(root, "proc/self/cgroup"))) {
            // hierarchy:controllers:path, where version 2 has hierarchy 0 and names no controller.
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && line.startsWith("0::")) {
                least = Math.min(least, limit("sys/fs/cgroup", parts[2], "memory.max"));
            } else if (parts.length == 3 && ("," + parts[1] + ",").contains(",memory,")) {
                least = Math.min(least, limit("sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"));
            }
        }
        return least;
    }

    /** The least limit of a group and all around it, as far as they can be seen from here. */
    private long limit(String mount, String group, String file) throws IOException {
        long least = Long.MAX_VALUE;
        String path = group;
        for (; ; ) {
            for (String line : lines(new File(root, mount + path + '/' + file))) {
                if (!line.equals("max")) {
                    least = Math.min(least, Long.parseLong(line));
                }
            }
            if (path.isEmpty()) {
                return least;
            }
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }

    /** The lines of a file, none if it is not there. */
    private static List<String> lines(File file) throws IOException {
        List<String> lines = new ArrayList<>();
        if (!file.isFile()) {
            return lines;
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
