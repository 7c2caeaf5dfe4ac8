package org.shadowheap.verify;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes heap dumps of this JVM, into a folder that only its user may read and that is deleted afterwards.
 *
 * <p>Made before the existing heap is mirrored: what the JVM loads and initializes for a dump is then mirrored like
 * everything else, and taking one changes little.
 */
public final class HeapDumper {

    private final HotSpotDiagnosticMXBean diagnostics;

    /** @throws IOException if this JVM takes no dumps, or has no folder for temporary files */
    public HeapDumper() throws IOException {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (bean == null) {
            throw new IOException("this JVM takes no heap dumps");
        }
        diagnostics = bean;
        delete(folder());
    }

    /** Makes a folder that only this user may enter. */
    public static Path folder() throws IOException {
        return Files.createTempDirectory("shadowheap-verify");
    }

    /**
     * Dumps what is alive; the program stands still meanwhile, and there is a full collection first.
     *
     * @return the file, in a folder of its own, to be given to {@link #delete(Path)}
     */
    Path dump() throws IOException {
        Path folder = folder();
        try {
            Path file = folder.resolve("heap.hprof");
            dump(file);
            return file;
        } catch (IOException | RuntimeException failure) {
            delete(folder);
            throw failure;
        }
    }

    /** Dumps what is alive into a file that is not there yet and whose name ends in {@code .hprof}; as {@link #dump()} otherwise. */
    public void dump(Path file) throws IOException {
        diagnostics.dumpHeap(file.toString(), true);
    }

    /** Deletes a folder and what is in it, as far as the file system lets us. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException mapped) {
            // Where mapped files cannot be deleted they are left to whoever cleans the folder of temporary files.
        }
    }
}
