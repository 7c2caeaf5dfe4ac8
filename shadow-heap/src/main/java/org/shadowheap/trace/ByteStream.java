package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes on their way into a block, in a direct buffer: some megabytes together, which are not to be taken from the program's heap. */
final class ByteStream {

    private ByteBuffer bytes;

    ByteStream(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        bytes.clear();
    }

    void putByte(int value) {
        bytes.put((byte) value);
    }

    /** Seven bits a byte, low ones first; the highest bit says that there are more. */
    void putVarint(int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            bytes.put((byte) (left | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }

    /**
     * Appends a part of a buffer. Enlarges this one if need be, which a silent thread should avoid: the JDK links direct
     * buffers in a list.
     */
    void put(ByteBuffer source, int from, int length) {
        if (bytes.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(2 * bytes.capacity(), bytes.position() + length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
        bytes.put(bytes.position(), source, from, length).position(bytes.position() + length);
    }

    int size() {
        return bytes.position();
    }

    /** What was put, to be read from its beginning; valid until the next put. */
    ByteBuffer content() {
        return bytes.flip();
    }
}
