package org.shadowheap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class LinuxMemoryTest {

    private static final long GIB = 1L << 30;

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void machineOf(long bytes) throws IOException {
        write("proc/meminfo", "MemTotal:       " + (bytes >> 10) + " kB\nMemFree:          99 kB\n");
    }

    private long total() {
        return new LinuxMemory(root.toFile()).totalBytes();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsWhatTheBeanOfThisJvmTells() {
        OperatingSystemMXBean bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assertEquals(bean.getTotalMemorySize(), new LinuxMemory(new File("/")).totalBytes());
    }

    @Test
    void withoutGroupsItIsTheMachines() throws IOException {
        machineOf(8 * GIB);
        assertEquals(8 * GIB, total());
    }

    @Test
    void theLeastLimitAroundAGroupOfVersion2Counts() throws IOException {
        machineOf(8 * GIB);
        write("proc/self/cgroup", "0::/user.slice/app\n");
        write("sys/fs/cgroup/user.slice/app/memory.max", "max\n");
        write("sys/fs/cgroup/user.slice/memory.max", 3 * GIB + "\n");
        assertEquals(3 * GIB, total());
        write("sys/fs/cgroup/user.slice/app/memory.max", 2 * GIB + "\n");
        assertEquals(2 * GIB, total());
    }

    /** A container without a namespace of its own reads a path that it cannot see. */
    @Test
    void aGroupOfVersion1ThatCannotBeSeenHasTheLimitOfItsMount() throws IOException {
        machineOf(8 * GIB);
        write("proc/self/cgroup", "5:cpu:/x\n4:hugetlb,memory:/docker/4711\n0::/\n0::strange\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", GIB + "\n");
        assertEquals(GIB, total());
    }

    @Test
    void aLimitAboveTheMachineIsNone() throws IOException {
        machineOf(8 * GIB);
        write("proc/self/cgroup", "4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertEquals(8 * GIB, total());
    }

    @Test
    void whatCannotBeReadIsUnknown() throws IOException {
        assertEquals(LinuxMemory.UNKNOWN, total());
        write("proc/meminfo", "MemTotal: many kB\n");
        assertEquals(LinuxMemory.UNKNOWN, total());
    }
}
