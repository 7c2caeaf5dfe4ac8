package org.shadowheap.trace;

import static org.shadowheap.trace.Lz4Compressor.LEAST_MATCH;
import static org.shadowheap.trace.Lz4Compressor.LONG_LENGTH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decompresses the LZ4 block format, and believes nothing: whatever the bytes are, nothing is written outside of the result and its slack. What
 * lies before the arrays, where a length that wraps around would lead, the JVM's own checks refuse.
 */
final class Lz4Decompressor {

    /** Bytes that the arrays should have behind what is used of them: short pieces are copied as words. */
    static final int SLACK = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Lz4Decompressor() {}

    /**
     * Decompresses {@code in} from 0 to its end to {@code size} bytes.
     *
     * @throws IndexOutOfBoundsException if these bytes are not what so many were compressed to; with where in them it was found
     */
    static void decompress(byte[] in, int inEnd, byte[] out, int size) {
        int at = 0;
        int to = 0;
        while (true) {
            int token = in[at++] & 0xff;
            int literals = token >>> 4;
            if (literals == LONG_LENGTH) {
                int more;
                do {
                    more = in[at++] & 0xff;
                    literals += more;
                } while (more == 255 && at < inEnd);
            }
            if (literals > inEnd - at || literals > size - to) {
                throw new IndexOutOfBoundsException(at);
            }
            copyLiterals(in, at, out, to, literals);
            at += literals;
            to += literals;
            if (at == inEnd) {
                break;
            }
            int distance = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
            at += Short.BYTES;
            int length = token & LONG_LENGTH;
            if (length == LONG_LENGTH) {
                int more;
                do {
                    more = in[at++] & 0xff;
                    length += more;
                } while (more == 255 && at < inEnd);
            }
            length += LEAST_MATCH;
            if (distance == 0 || length > size - to) {
                throw new IndexOutOfBoundsException(at);
            }
            copyMatch(out, to, distance, length);
            to += length;
        }
        if (to != size) {
            throw new IndexOutOfBoundsException(at);
        }
    }

    private static void copyLiterals(byte[] in, int from, byte[] out, int to, int length) {
        if (length <= SLACK && from + SLACK <= in.length && to + SLACK <= out.length) {
            LONGS.set(out, to, (long) LONGS.get(in, from));
            LONGS.set(out, to + Long.BYTES, (long) LONGS.get(in, from + Long.BYTES));
        } else {
            System.arraycopy(in, from, out, to, length);
        }
    }

    /** A match may overlap what it makes: then it repeats itself. */
    private static void copyMatch(byte[] out, int at, int distance, int length) {
        int end = at + length;
        int to = at;
        if (distance >= Long.BYTES && end + Long.BYTES <= out.length) {
            for (; to < end; to += Long.BYTES) {
                LONGS.set(out, to, (long) LONGS.get(out, to - distance));
            }
        } else if (distance >= length) {
            System.arraycopy(out, at - distance, out, at, length);
        } else {
            for (; to < end; to++) {
                out[to] = out[to - distance];
            }
        }
    }
}
