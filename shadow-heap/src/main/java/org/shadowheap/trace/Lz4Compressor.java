package org.shadowheap.trace;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Compresses to the LZ4 block format, greedily: the first match that is found is taken, and where none was found for long only every
 * second place is looked at, then every third.
 *
 * <p>Our own, because the library's pure Java compressor makes a table at each call, on the heap of the program that is recorded, and
 * because its native one prints warnings; see docs/decisions/0070. Allocates nothing. One thread.
 */
final class Lz4Compressor {

    /** A match has so many bytes at least. */
    static final int LEAST_MATCH = 4;

    /** How far back a match may lie. */
    static final int MOST_DISTANCE = (1 << 16) - 1;

    /** A length in a token that says that more of it follows. */
    static final int LONG_LENGTH = 15;

    /** The format's own rules: so many bytes at the end are literals, and the last match begins so many before it. */
    private static final int LAST_LITERALS = 5;

    private static final int LAST_MATCH = 12;

    private static final int TABLE_BITS = 12;

    /** After so many failures to find a match two places are skipped instead of one, and so on. */
    private static final int PATIENCE_SHIFT = 6;

    /** By hash of four bytes, where they were last; -1 if nowhere. */
    private final int[] places = new int[1 << TABLE_BITS];

    /** Most bytes that so many may become. */
    static int bound(int bytes) {
        return bytes + bytes / 255 + 16;
    }

    /**
     * Compresses a whole buffer, from 0 to its limit, and appends the result to another one. Both are little-endian.
     *
     * @param out with room for the {@link #bound}
     */
    void compress(ByteBuffer in, ByteBuffer out) {
        int size = in.limit();
        int literals = 0;
        int to = out.position();
        if (size > LAST_MATCH) {
            Arrays.fill(places, -1);
            int last = size - LAST_MATCH;
            int patience = 1 << PATIENCE_SHIFT;
            int at = 0;
            while (at <= last) {
                int four = in.getInt(at);
                int hash = hash(four);
                int earlier = places[hash];
                places[hash] = at;
                if (earlier < 0 || at - earlier > MOST_DISTANCE || in.getInt(earlier) != four) {
                    at += patience++ >>> PATIENCE_SHIFT;
                    continue;
                }
                int begin = at;
                while (begin > literals && earlier > 0 && in.get(begin - 1) == in.get(earlier - 1)) {
                    begin--;
                    earlier--;
                }
                int end = endOfMatch(in, at + LEAST_MATCH, begin - earlier, size - LAST_LITERALS);
                to = putSequence(in, literals, begin, begin - earlier, end - begin, out, to);
                literals = end;
                at = end;
                patience = 1 << PATIENCE_SHIFT;
                if (at <= last) {
                    places[hash(in.getInt(at - 2))] = at - 2;
                }
            }
        }
        out.position(putLiterals(in, literals, size - literals, 0, out, to));
    }

    private static int hash(int four) {
        return four * 0x9e37_79b1 >>> Integer.SIZE - TABLE_BITS;
    }

    /** Where bytes end to be those that lie so far back. */
    private static int endOfMatch(ByteBuffer in, int from, int distance, int limit) {
        int at = from;
        while (at <= limit - Long.BYTES) {
            long difference = in.getLong(at) ^ in.getLong(at - distance);
            if (difference != 0) {
                return at + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < limit && in.get(at) == in.get(at - distance)) {
            at++;
        }
        return at;
    }

    private static int putSequence(
            ByteBuffer in, int literals, int begin, int distance, int length, ByteBuffer out, int at) {
        int more = length - LEAST_MATCH;
        int to = putLiterals(in, literals, begin - literals, Math.min(more, LONG_LENGTH), out, at);
        out.putShort(to, (short) distance);
        to += Short.BYTES;
        return more < LONG_LENGTH ? to : putLength(more - LONG_LENGTH, out, to);
    }

    /** Writes a token, with the match's part of it, and the literals behind it. */
    private static int putLiterals(ByteBuffer in, int from, int length, int matchPart, ByteBuffer out, int at) {
        out.put(at, (byte) (Math.min(length, LONG_LENGTH) << 4 | matchPart));
        int to = at + 1;
        if (length >= LONG_LENGTH) {
            to = putLength(length - LONG_LENGTH, out, to);
        }
        out.put(to, in, from, length);
        return to + length;
    }

    private static int putLength(int length, ByteBuffer out, int at) {
        int to = at;
        int left = length;
        for (; left >= 255; left -= 255) {
            out.put(to++, (byte) 255);
        }
        out.put(to++, (byte) left);
        return to;
    }
}
