package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * One definition as bytes: its kind, then what a trace holds of it. For who keeps definitions elsewhere until the trace has
 * them.
 */
public final class DefinitionBytes {

    private DefinitionBytes() {}

    public static byte[] of(TypeDefinition type) {
        Output bytes = new Output(TraceFormat.TYPE);
        Payloads.put(bytes, type);
        return bytes.whole();
    }

    public static byte[] of(SiteDefinition site) {
        Output bytes = new Output(TraceFormat.SITE);
        Payloads.put(bytes, site);
        return bytes.whole();
    }

    public static byte[] of(CallerDefinition caller) {
        Output bytes = new Output(TraceFormat.CALLER);
        Payloads.put(bytes, caller);
        return bytes.whole();
    }

    /**
     * Hands a definition on, unless the trace has it.
     *
     * @throws TraceFormatException if the bytes are no definition
     */
    public static void read(byte[] bytes, TraceStart trace, DefinitionSink sink) throws TraceFormatException {
        if (bytes.length < Byte.BYTES + Integer.BYTES) {
            throw new TraceFormatException(0, "a definition", bytes.length + " bytes");
        }
        int kind = bytes[0] & 0xff;
        ByteBuffer payload = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().order(ByteOrder.LITTLE_ENDIAN);
        if (kind < TraceFormat.CALLER) {
            throw new TraceFormatException(0, "a definition", "kind " + kind);
        }
        if (trace.defines(kind, payload.getInt(0))) {
            return;
        }
        Payloads.define(kind, new PayloadReader(payload, 1, true), sink);
    }

    /** On the Java heap, so that any thread may fill one. */
    private static final class Output implements PayloadOutput {

        private ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

        Output(int kind) {
            putByte(kind);
        }

        @Override
        public void putByte(int value) {
            room(Byte.BYTES).put((byte) value);
        }

        @Override
        public void putInt(int value) {
            room(Integer.BYTES).putInt(value);
        }

        @Override
        public void putLong(long value) {
            room(Long.BYTES).putLong(value);
        }

        @Override
        public void putBytes(byte[] values) {
            room(values.length).put(values);
        }

        private ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
                bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(bytes.position());
            }
            return bytes;
        }

        byte[] whole() {
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }
}
