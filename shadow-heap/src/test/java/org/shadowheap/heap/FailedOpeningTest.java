package org.shadowheap.heap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.ObjectModel;

/** What a heap has reserved when it cannot be opened. */
class FailedOpeningTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int TIMES = 200;

    @Test
    void heapWhoseObserversCannotBeMadeHoldsNoMemory() throws IOException {
        HeapConfiguration shape = new HeapConfiguration(1 << 16, 4096, 1, 1L << 30, ObjectModel.DEFAULT);
        assertHoldsNothing(IllegalStateException.class, shape);
    }

    @Test
    void heapThatIsTooSmallHoldsNoMemory() throws IOException {
        HeapConfiguration shape =
                new HeapConfiguration(1L << 40, 4096, 2, 5L << 20, ObjectModel.DEFAULT).withThreads(256, 256);
        assertHoldsNothing(IllegalArgumentException.class, shape);
    }

    private static void assertHoldsNothing(Class<? extends Exception> expected, HeapConfiguration shape)
            throws IOException {
        assumeTrue(Files.exists(STATUS), "needs Linux");
        long before = virtualBytes();
        for (int i = 0; i < TIMES; i++) {
            assertThrows(
                    expected,
                    () -> new ShadowHeap(
                                    shape,
                                    mutator -> {
                                        throw new IllegalStateException("no observer");
                                    },
                                    evacuation -> {})
                            .close());
        }
        long grown = virtualBytes() - before;
        assertTrue(grown < TIMES * shape.boundBytes() / 5, "virtual memory has grown by GiB=" + (grown >> 30));
    }

    private static long virtualBytes() throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmSize:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmSize in " + STATUS);
    }
}
