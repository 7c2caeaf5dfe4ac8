package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes values out of a payload or a definition, never past its end, and knows where in the file it stands. */
final class PayloadReader {

    private final ByteBuffer bytes;

    /** Offset in the file of the buffer's position 0. */
    private final long base;

    /** Whether the bytes were compressed: an error is then told at the place where their block begins. */
    private final boolean compressed;

    PayloadReader(ByteBuffer bytes, long base) {
        this(bytes, base, false);
    }

    /**
     * @param compressed whether the bytes stand in the file otherwise, behind the base
     */
    PayloadReader(ByteBuffer bytes, long base, boolean compressed) {
        this.bytes = bytes;
        this.base = base;
        this.compressed = compressed;
    }

    int int8() throws TraceFormatException {
        need(Byte.BYTES);
        return bytes.get() & 0xff;
    }

    int int32() throws TraceFormatException {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    long int64() throws TraceFormatException {
        need(Long.BYTES);
        return bytes.getLong();
    }

    /** A number that is not negative, or null for -1. */
    @Nullable
    Long int64OrNull() throws TraceFormatException {
        long value = int64();
        if (value < -1) {
            throw unexpected("a number or -1", value, Long.BYTES);
        }
        return value < 0 ? null : value;
    }

    String text() throws TraceFormatException {
        String text = textOrNull();
        if (text == null) {
            throw unexpected("a text", -1, Integer.BYTES);
        }
        return text;
    }

    @Nullable
    String textOrNull() throws TraceFormatException {
        int length = int32();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > bytes.remaining()) {
            throw unexpected("a text of at most " + bytes.remaining() + " bytes", length, Integer.BYTES);
        }
        byte[] utf8 = new byte[length];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** A count of things that take at least so many bytes each. */
    int count(int bytesEach) throws TraceFormatException {
        return between("a count", 0, bytes.remaining() / bytesEach);
    }

    int between(String what, int least, int most) throws TraceFormatException {
        int value = int32();
        if (value < least || value > most) {
            throw unexpected(what + " from " + least + " to " + most, value, Integer.BYTES);
        }
        return value;
    }

    int int32Among(String what, int... allowed) throws TraceFormatException {
        int value = int32();
        if (!contains(allowed, value)) {
            throw unexpected(what, value, Integer.BYTES);
        }
        return value;
    }

    int int8Among(String what, int... allowed) throws TraceFormatException {
        int value = int8();
        if (!contains(allowed, value)) {
            throw unexpected(what, value, Byte.BYTES);
        }
        return value;
    }

    private static boolean contains(int[] values, int value) {
        for (int each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }

    /** The next number must be the one that the reader counted. */
    void expect(String what, long counted) throws TraceFormatException {
        long total = int64();
        if (total != counted) {
            throw unexpected("the " + counted + " " + what + " before the end", total, Long.BYTES);
        }
    }

    void expectEnd() throws TraceFormatException {
        if (bytes.hasRemaining()) {
            throw new TraceFormatException(offset(), "its end", bytes.remaining() + " bytes more");
        }
    }

    private void need(int size) throws TraceFormatException {
        if (bytes.remaining() < size) {
            throw new TraceFormatException(offset(), size + " bytes", bytes.remaining() + " left");
        }
    }

    /** An error at the number that was read last. */
    TraceFormatException unexpected(String expected, long found, int sizeBytes) {
        return new TraceFormatException(compressed ? base : offset() - sizeBytes, expected, Long.toString(found));
    }

    /** Bytes that are left. */
    int remaining() {
        return bytes.remaining();
    }

    /** Offset in the file of what is read next. */
    long offset() {
        return compressed ? base : base + bytes.position();
    }
}
