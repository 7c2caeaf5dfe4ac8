package org.shadowheap.verify;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.memory.NativeIntList;

/**
 * Writes the shadow heap of a JVM to a file, for another one that compares it with a dump: {@link HeapImage} reads it.
 *
 * <pre>
 *   image     MAGIC, VERSION, types, parts, 0, stored, names (not instrumented), names (native),
 *             names (constants), names (of earlier frames)
 *   types     count, then of each: id, name, loader, super, shape, bytes, element bytes, fields, statics
 *   fields    count, then of each: name, offset, weak, array
 *   part      count, then so many ints of a {@link org.shadowheap.heap.HeapCopy}
 *   stored    whether there were more, count, then a long for each slot
 *   names     count, then each
 * </pre>
 *
 * Numbers are big-endian, counts are ints, text is {@link java.io.DataOutput}'s UTF. One thread, which is not the drain.
 */
public final class ImageWriter implements Closeable {

    static final int MAGIC = 0x53_48_49_4d; // SHIM
    static final int VERSION = 3;

    private static final int BUFFER_BYTES = 1 << 16;

    private final DataOutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    /** Creates the file, and writes the types. */
    public ImageWriter(Path file, List<TypeDefinition> types) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(types.size());
        for (TypeDefinition type : types) {
            write(type);
        }
    }

    private void write(TypeDefinition type) throws IOException {
        out.writeInt(type.id());
        out.writeUTF(type.name());
        out.writeInt(type.loader());
        out.writeInt(type.superType());
        out.writeUTF(type.shape().name());
        out.writeInt(type.bytes());
        out.writeInt(type.elementBytes());
        write(type.fields());
        write(type.statics());
    }

    private void write(List<FieldDefinition> fields) throws IOException {
        out.writeInt(fields.size());
        for (FieldDefinition field : fields) {
            out.writeUTF(field.name());
            out.writeInt(field.offset());
            out.writeBoolean(field.weak());
            out.writeBoolean(field.array());
        }
    }

    /** Writes some objects. */
    public void objects(NativeIntList ints) throws IOException {
        if (ints.size() == 0) {
            return; // it would end them
        }
        out.writeInt(ints.size());
        for (int i = 0; i < ints.size(); i++) {
            if (!buffer.hasRemaining()) {
                flushBuffer();
            }
            buffer.putInt(ints.get(i));
        }
        flushBuffer();
    }

    private void flushBuffer() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /**
     * Writes what comes behind the objects.
     *
     * @param witness of the slots that were stored to since before the dump
     * @param explanations of what differs
     */
    public void finish(Witness witness, Explanations explanations) throws IOException {
        out.writeInt(0);
        SlotSet stored = witness.stored();
        out.writeBoolean(stored.hasOverflowed());
        out.writeInt(stored.size());
        long[] slots = new long[stored.size()];
        int[] count = {0};
        stored.forEach(slot -> slots[count[0]++] = slot);
        for (long slot : slots) {
            out.writeLong(slot);
        }
        write(explanations.uninstrumented());
        write(explanations.natives());
        write(explanations.constants());
        write(explanations.ofEarlierFrames());
    }

    private void write(Collection<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
