package org.shadowheap.verify;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.heap.CopiedHeap;

/**
 * The shadow heap of another JVM, as an {@link ImageWriter} wrote it.
 *
 * @param heap its objects
 * @param stored slots that were stored to between the dump and the copy
 * @param explanations of what differs
 */
record HeapImage(CopiedHeap heap, SlotSet stored, Explanations explanations) implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Reads an image.
     *
     * @throws IOException if the file cannot be read, or is no image, or not a whole one
     */
    static HeapImage read(Path file) throws IOException {
        CopiedHeap heap = new CopiedHeap();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            if (in.readInt() != ImageWriter.MAGIC || in.readInt() != ImageWriter.VERSION) {
                throw new IOException("no image of a shadow heap, or one of another version: " + file);
            }
            List<TypeDefinition> types = types(in);
            objects(in, heap);
            heap.index(types);
            return new HeapImage(heap, stored(in), new Explanations(names(in), names(in), names(in), names(in)));
        } catch (IOException | IllegalArgumentException broken) {
            heap.close();
            if (broken instanceof EOFException || broken instanceof IllegalArgumentException) {
                throw new IOException("no whole image of a shadow heap: " + file, broken);
            }
            throw broken;
        }
    }

    private static List<TypeDefinition> types(DataInputStream in) throws IOException {
        List<TypeDefinition> types = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            types.add(new TypeDefinition(
                    in.readInt(),
                    in.readUTF(),
                    in.readInt(),
                    in.readInt(),
                    Shape.valueOf(in.readUTF()),
                    in.readInt(),
                    in.readInt(),
                    fields(in),
                    fields(in)));
        }
        return types;
    }

    private static List<FieldDefinition> fields(DataInputStream in) throws IOException {
        List<FieldDefinition> fields = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            fields.add(new FieldDefinition(in.readUTF(), in.readInt(), in.readBoolean(), in.readBoolean()));
        }
        return fields;
    }

    private static void objects(DataInputStream in, CopiedHeap heap) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (int left = in.readInt(); left > 0; left = in.readInt()) {
            while (left > 0) {
                int ints = Math.min(left, BUFFER_BYTES / Integer.BYTES);
                in.readFully(buffer.array(), 0, ints * Integer.BYTES);
                for (int i = 0; i < ints; i++) {
                    heap.content().add(buffer.getInt(i * Integer.BYTES));
                }
                left -= ints;
            }
        }
    }

    private static SlotSet stored(DataInputStream in) throws IOException {
        SlotSet stored = new SlotSet();
        if (in.readBoolean()) {
            stored.overflow();
        }
        for (int left = in.readInt(); left > 0; left--) {
            stored.add(in.readLong());
        }
        return stored;
    }

    private static Set<String> names(DataInputStream in) throws IOException {
        Set<String> names = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }

    @Override
    public void close() {
        heap.close();
    }
}
