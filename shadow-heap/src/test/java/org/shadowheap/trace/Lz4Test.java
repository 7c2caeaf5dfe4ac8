package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** Ours against the library: each reads what the other has written. And what nobody has written harms nobody. */
final class Lz4Test {

    private static final LZ4Factory LIBRARY = LZ4Factory.safeInstance();
    private static final int ROUNDS = 3_000;
    private static final byte UNTOUCHED = 0x5a;

    private final Lz4Compressor compressor = new Lz4Compressor();

    @Test
    void theLibraryReadsWhatWeWrite() {
        Random random = new Random(TraceFixture.seed());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] plain = plain(random);
            assertArrayEquals(plain, LIBRARY.safeDecompressor().decompress(compressed(plain), plain.length));
        }
    }

    @Test
    void weReadWhatWeAndTheLibraryWrite() {
        Random random = new Random(TraceFixture.seed());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] plain = plain(random);
            assertArrayEquals(plain, decompressed(compressed(plain), plain.length, random.nextInt(40)));
            byte[] theirs = LIBRARY.fastCompressor().compress(plain);
            assertArrayEquals(plain, decompressed(theirs, plain.length, random.nextInt(40)));
            byte[] thorough = LIBRARY.highCompressor().compress(plain);
            assertArrayEquals(plain, decompressed(thorough, plain.length, 0));
        }
    }

    @Test
    void whatRepeatsBecomesSmall() {
        byte[] plain = new byte[1 << 20];
        assertTrue(compressed(plain).length <= plain.length / 255 + 20);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) "and so on, ".charAt(i % 11);
        }
        assertTrue(compressed(plain).length <= plain.length / 255 + 30);
    }

    @Test
    void whatLiesTooFarBackIsNoMatch() {
        Random random = new Random(TraceFixture.seed());
        for (int distance : new int[] {65_535, 65_536, 65_537}) {
            byte[] plain = new byte[distance + 1_000];
            random.nextBytes(plain);
            System.arraycopy(plain, 0, plain, distance, 1_000);
            byte[] ours = compressed(plain);
            assertArrayEquals(plain, LIBRARY.safeDecompressor().decompress(ours, plain.length));
            assertEquals(distance == 65_535, ours.length < plain.length, "distance=" + distance);
        }
    }

    @Test
    void damagedBytesAreRefusedOrBecomeOthersOfTheSameNumber() {
        Random random = new Random(TraceFixture.seed());
        int refused = 0;
        for (int i = 0; i < 10 * ROUNDS; i++) {
            byte[] plain = plain(random);
            byte[] damaged = compressed(plain);
            for (int left = 1 + random.nextInt(3); left > 0; left--) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            }
            try {
                decompressed(damaged, plain.length, random.nextInt(40));
            } catch (IndexOutOfBoundsException e) {
                refused++;
            }
        }
        assertTrue(refused > ROUNDS, "refused=" + refused);
    }

    @Test
    void refusesAnotherSizeThanItHas() {
        byte[] plain = new byte[1_000];
        byte[] ours = compressed(plain);
        assertThrows(IndexOutOfBoundsException.class, () -> decompressed(ours, 999, 20));
        assertThrows(IndexOutOfBoundsException.class, () -> decompressed(ours, 1_001, 20));
        assertThrows(IndexOutOfBoundsException.class, () -> decompressed(new byte[0], 1_000, 20));
        assertThrows(IndexOutOfBoundsException.class, () -> decompressed(new byte[] {0x10, 1, 0, 0, 0}, 5, 20));
        assertThrows(IndexOutOfBoundsException.class, () -> decompressed(new byte[] {0x10, 1, 2, 0, 0}, 5, 20));
    }

    /** A length so large that reading would go on where it began, if it wrapped around. */
    @Test
    void refusesLengthsThatNoIntHolds() {
        byte[] endless = new byte[(16 << 20) + 1];
        Arrays.fill(endless, (byte) -1);
        endless[0] = (byte) 0xf0;
        endless[endless.length - 1] = (byte) 239;
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(IndexOutOfBoundsException.class, () -> decompressed(endless, 1_000, 20)));
    }

    /** Of some size, with runs, matches near and far, and bytes of chance. */
    private static byte[] plain(Random random) {
        byte[] plain = new byte[random.nextInt(random.nextInt(10) == 0 ? 100_000 : 300)];
        int at = 0;
        while (at < plain.length) {
            int length = Math.min(plain.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 30));
            switch (random.nextInt(3)) {
                case 0 -> Arrays.fill(plain, at, at + length, (byte) random.nextInt());
                case 1 -> {
                    int distance = at == 0 ? 0 : 1 + random.nextInt(at);
                    for (int i = at; i < at + length; i++) {
                        plain[i] = distance == 0 ? 7 : plain[i - distance];
                    }
                }
                default -> {
                    for (int i = at; i < at + length; i++) {
                        plain[i] = (byte) random.nextInt();
                    }
                }
            }
            at += length;
        }
        return plain;
    }

    private byte[] compressed(byte[] plain) {
        ByteBuffer in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        int before = 3;
        ByteBuffer out = ByteBuffer.allocate(before + Lz4Compressor.bound(plain.length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(before);
        compressor.compress(in, out);
        return Arrays.copyOfRange(out.array(), before, out.position());
    }

    /** @param slack bytes behind what is used of both arrays, of which those of the result may change in 16 places only */
    private static byte[] decompressed(byte[] in, int size, int slack) {
        byte[] out = new byte[size + slack];
        Arrays.fill(out, UNTOUCHED);
        try {
            Lz4Decompressor.decompress(Arrays.copyOf(in, in.length + slack), in.length, out, size);
        } finally {
            for (int i = size + Lz4Decompressor.SLACK; i < out.length; i++) {
                assertEquals(UNTOUCHED, out[i]);
            }
        }
        return Arrays.copyOf(out, size);
    }
}
