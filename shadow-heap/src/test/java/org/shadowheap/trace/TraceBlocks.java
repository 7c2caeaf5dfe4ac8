package org.shadowheap.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** A trace taken apart into its blocks, to be put together again with checksums that fit whatever was done to them. */
final class TraceBlocks {

    private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

    /** One block. */
    static final class Block {

        private final int kind;
        private final int length;
        private final byte[] payload;

        /**
         * @param length as the header has it, whatever the payload is
         */
        Block(int kind, int length, byte[] payload) {
            this.kind = kind;
            this.length = length;
            this.payload = payload;
        }

        static Block of(int kind, byte[] payload) {
            return new Block(kind, payload.length, payload);
        }

        int kind() {
            return kind;
        }

        int length() {
            return length;
        }

        /** May be changed. */
        byte[] payload() {
            return payload;
        }
    }

    /** All of them, in the order of the file; may be changed. */
    final List<Block> blocks = new ArrayList<>();

    private final byte[] header;

    private TraceBlocks(byte[] header) {
        this.header = header;
    }

    /** Of a sound trace. */
    static TraceBlocks of(byte[] trace) {
        TraceBlocks taken = new TraceBlocks(Arrays.copyOf(trace, TraceFormat.FILE_HEADER_BYTES));
        ByteBuffer bytes = ByteBuffer.wrap(trace).order(ByteOrder.LITTLE_ENDIAN);
        int at = TraceFormat.FILE_HEADER_BYTES;
        while (at < trace.length) {
            int from = at + TraceFormat.BLOCK_HEADER_BYTES;
            int end = from + bytes.getInt(at + 4);
            taken.blocks.add(Block.of(bytes.getInt(at), Arrays.copyOfRange(trace, from, end)));
            at = end;
        }
        return taken;
    }

    /** The file. */
    byte[] bytes() {
        int size = header.length;
        for (Block each : blocks) {
            size += TraceFormat.BLOCK_HEADER_BYTES + each.payload.length;
        }
        ByteBuffer file =
                ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(header);
        for (Block each : blocks) {
            int at = file.position();
            CRC32C crc = new CRC32C();
            crc.update(each.payload);
            file.putInt(each.kind).putInt(each.length).putInt((int) crc.getValue());
            crc.reset();
            crc.update(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, at));
            crc.update(file.array(), at, 12);
            file.putInt((int) crc.getValue()).put(each.payload);
        }
        return file.array();
    }

    /** The same trace with its streams deflated, as up to version 4, and said to be of such a version. */
    byte[] ofVersion(int version) {
        storeStreams((stored, length) -> deflated(plain(stored, length)));
        header[Long.BYTES] = (byte) version;
        return bytes();
    }

    /** Stores the streams of all blocks of events as they are, none compressed. */
    void uncompress() {
        storeStreams(this::plain);
    }

    private byte[] plain(byte[] stored, int length) {
        if (stored.length == length) {
            return stored;
        }
        return header[Long.BYTES] <= TraceFormat.LAST_DEFLATED_VERSION
                ? inflated(stored, length)
                : LZ4.decompress(stored, length);
    }

    /** Makes of a stream as it is stored, and how many bytes it has, what is stored instead. */
    private interface Storing {
        byte[] store(byte[] stored, int length);
    }

    private void storeStreams(Storing storing) {
        blocks.replaceAll(block -> block.kind() == TraceFormat.EVENTS
                ? Block.of(block.kind(), withStreams(block.payload(), storing))
                : block);
    }

    /** The payload with its streams stored in another way. */
    private static byte[] withStreams(byte[] payload, Storing storing) {
        ByteBuffer old = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        int table = tableOffset(old);
        int from = table + 2 * Integer.BYTES * BlockStreams.COUNT;
        ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(payload, from)).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream streams = new ByteArrayOutputStream();
        for (int which = 0; which < BlockStreams.COUNT; which++) {
            int sizes = table + 2 * Integer.BYTES * which;
            int length = old.getInt(sizes);
            int stored = old.getInt(sizes + Integer.BYTES);
            byte[] other = storing.store(Arrays.copyOfRange(payload, from, from + stored), length);
            head.putInt(sizes + Integer.BYTES, other.length);
            streams.writeBytes(other);
            from += stored;
        }
        byte[] rest = streams.toByteArray();
        return ByteBuffer.allocate(head.capacity() + rest.length)
                .put(head.array())
                .put(rest)
                .array();
    }

    private static byte[] deflated(byte[] stream) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(stream);
            deflater.finish();
            byte[] bytes = new byte[stream.length];
            int size = deflater.deflate(bytes);
            return deflater.finished() && size < stream.length ? Arrays.copyOf(bytes, size) : stream;
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflated(byte[] stored, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            byte[] bytes = new byte[length];
            inflater.inflate(bytes);
            return bytes;
        } catch (DataFormatException e) {
            throw new AssertionError("a sound trace", e);
        } finally {
            inflater.end();
        }
    }

    /** Where the sizes of the streams stand: behind the numbers of records. */
    static int tableOffset(ByteBuffer payload) {
        return Integer.BYTES + 1 + payload.get(Integer.BYTES) * (1 + Integer.BYTES);
    }
}
