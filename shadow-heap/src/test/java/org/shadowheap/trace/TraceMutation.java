package org.shadowheap.trace;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Ways to damage a trace: with checksums that tell, and with such that fit again, so that the damage reaches what is behind them. */
enum TraceMutation {
    /** Bits and bytes of the file changed or copied about: a disk or a transfer. */
    BYTES {
        @Override
        byte[] of(byte[] trace, Random random) {
            byte[] mutant = trace.clone();
            int at = random.nextInt(mutant.length);
            int length = Math.min(mutant.length - at, 1 + random.nextInt(100));
            switch (random.nextInt(3)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> Arrays.fill(mutant, at, at + length, (byte) random.nextInt());
                default -> System.arraycopy(trace, random.nextInt(trace.length - length + 1), mutant, at, length);
            }
            return mutant;
        }
    },

    /** The end is missing: a process that was killed. */
    CUT {
        @Override
        byte[] of(byte[] trace, Random random) {
            return Arrays.copyOf(trace, random.nextInt(trace.length));
        }
    },

    /** Some bytes of payloads differ: what a broken writer might write. */
    PAYLOAD {
        @Override
        byte[] of(byte[] trace, Random random) {
            TraceBlocks blocks = TraceBlocks.of(trace);
            changeBytes(blocks, random);
            return blocks.bytes();
        }
    },

    /** A number of a payload is one that code seldom expects: none, all bits, the largest, the smallest. */
    NUMBER {
        @Override
        byte[] of(byte[] trace, Random random) {
            TraceBlocks blocks = TraceBlocks.of(trace);
            byte[] payload = payload(blocks, random);
            int number = NUMBERS[random.nextInt(NUMBERS.length)];
            int at = random.nextInt(payload.length);
            for (int i = 0; i < Math.min(Integer.BYTES, payload.length - at); i++) {
                payload[at + i] = (byte) (number >>> Byte.SIZE * i);
            }
            return blocks.bytes();
        }
    },

    /** Streams of records differ and are stored uncompressed, so that what differs is seen where it is. */
    STREAMS {
        @Override
        byte[] of(byte[] trace, Random random) {
            TraceBlocks blocks = TraceBlocks.of(trace);
            blocks.uncompress();
            changeBytes(blocks, random);
            return blocks.bytes();
        }
    },

    /** A block has another kind or length than it is. */
    HEADER {
        @Override
        byte[] of(byte[] trace, Random random) {
            TraceBlocks blocks = TraceBlocks.of(trace);
            int place = random.nextInt(blocks.blocks.size());
            TraceBlocks.Block old = blocks.blocks.get(place);
            int number = random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(300);
            blocks.blocks.set(
                    place,
                    random.nextBoolean()
                            ? new TraceBlocks.Block(random.nextInt(5), old.length(), old.payload())
                            : new TraceBlocks.Block(old.kind(), number, old.payload()));
            return blocks.bytes();
        }
    },

    /** A block is missing, comes twice, or elsewhere. */
    ORDER {
        @Override
        byte[] of(byte[] trace, Random random) {
            TraceBlocks blocks = TraceBlocks.of(trace);
            List<TraceBlocks.Block> all = blocks.blocks;
            int place = random.nextInt(all.size());
            switch (random.nextInt(3)) {
                case 0 -> all.remove(place);
                case 1 -> all.add(random.nextInt(all.size() + 1), all.get(place));
                default -> Collections.swap(all, place, random.nextInt(all.size()));
            }
            return blocks.bytes();
        }
    };

    private static final int[] NUMBERS = {
        -1, 0, 1, 0x7f, 0xff, 0xffff, 1 << 16, 1 << 24, (1 << 24) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff_fff8
    };

    /** A damaged copy, or an equal one if chance has it. */
    abstract byte[] of(byte[] trace, Random random);

    private static void changeBytes(TraceBlocks blocks, Random random) {
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            byte[] payload = payload(blocks, random);
            int at = random.nextInt(payload.length);
            payload[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) 0xff;
                default -> (byte) (payload[at] ^ 1 << random.nextInt(8));
            };
        }
    }

    /** Of any block. */
    private static byte[] payload(TraceBlocks blocks, Random random) {
        return blocks.blocks.get(random.nextInt(blocks.blocks.size())).payload();
    }
}
