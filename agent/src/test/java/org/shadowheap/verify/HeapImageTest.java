package org.shadowheap.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.heap.Generation;
import org.shadowheap.heap.HeapCopy;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeMemory;

/** A shadow heap goes to a file and comes back. */
class HeapImageTest {

    private static final Explanations EXPLANATIONS = new Explanations(
            Set.of("app.Unseen"), Set.of("app.Native"), Set.of("app.Constants.TEXT"), Set.of("app.Node.left"));

    private final TwoHeaps heaps = new TwoHeaps();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        heaps.close();
    }

    private Path write() throws IOException {
        Path file = folder.resolve("shadow.image");
        HeapCopy copy = heaps.shadow.copy();
        try (ImageWriter writer = new ImageWriter(file, heaps.shadow.types());
                NativeIntList ints = new NativeIntList(new NativeMemory())) {
            boolean hasMore = true;
            while (hasMore) {
                ints.clear();
                hasMore = copy.next(ints, 1);
                writer.objects(ints);
            }
            writer.finish(heaps.witness, EXPLANATIONS);
        }
        return file;
    }

    @Test
    void everyObjectAndWhatIsKnownOfSlotsComesBack() throws IOException {
        heaps.shadowNode(100, 110, 0);
        heaps.shadowArray(110, 0, 100, 0);
        heaps.shadowRoots(100, 0);
        heaps.witness.watch();
        heaps.events.fieldStore(100, TwoHeaps.RIGHT, 100, 1);
        heaps.events.round();
        try (HeapImage image = HeapImage.read(write())) {
            assertEquals(heaps.shadow.types(), image.heap().types());
            assertEquals(Generation.OLD, image.heap().generationOf(100));
            assertEquals(Generation.DEAD, image.heap().generationOf(101));
            assertEquals(TwoHeaps.NODE, image.heap().typeOf(100));
            assertEquals(-1, image.heap().lengthOf(100));
            assertEquals(110, image.heap().reference(100, TwoHeaps.LEFT));
            assertEquals(100, image.heap().reference(100, TwoHeaps.RIGHT));
            assertEquals(3, image.heap().lengthOf(110));
            assertEquals(100, image.heap().reference(110, 1));
            assertEquals(0, image.heap().reference(110, 2));
            assertEquals(100, image.heap().reference(TwoHeaps.APP, TwoHeaps.ROOT));
            assertTrue(image.stored().contains(100, TwoHeaps.RIGHT));
            assertFalse(image.stored().contains(100, TwoHeaps.LEFT));
            assertFalse(image.stored().hasOverflowed());
            assertEquals(EXPLANATIONS, image.explanations());
        }
    }

    /** More ints than a buffer holds. */
    @Test
    void largeArraysComeBack() throws IOException {
        int[] elements = new int[50_000];
        Arrays.fill(elements, 100);
        elements[49_999] = 110;
        heaps.shadowNode(100, 0, 0);
        heaps.shadowArray(110, elements);
        heaps.shadowRoots(110, 0);
        heaps.events.round();
        try (HeapImage image = HeapImage.read(write())) {
            int[] found = new int[elements.length];
            Arrays.setAll(found, i -> image.heap().reference(110, i));
            assertArrayEquals(elements, found);
        }
    }

    @Test
    void whatIsNoImageOrNoWholeOneIsRefusedWithItsName() throws IOException {
        heaps.shadowNode(100, 0, 0);
        Path file = write();
        byte[] whole = Files.readAllBytes(file);
        for (int length : List.of(0, 3, 8, 20, whole.length / 2, whole.length - 1)) {
            Files.write(file, Arrays.copyOf(whole, length));
            IOException refused = assertThrows(IOException.class, () -> HeapImage.read(file), "" + length);
            assertEquals("no whole image of a shadow heap: " + file, refused.getMessage());
        }
        whole[7]++;
        Files.write(file, whole);
        IOException other = assertThrows(IOException.class, () -> HeapImage.read(file));
        assertEquals("no image of a shadow heap, or one of another version: " + file, other.getMessage());
    }
}
