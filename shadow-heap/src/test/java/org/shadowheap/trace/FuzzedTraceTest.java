package org.shadowheap.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/**
 * Reads traces that were mutated, in two ways: as they are, and with checksums that fit again, so that mutations reach the
 * decoder. {@code -Dshadowheap.fuzz=N} reads so many, {@code -Dseed=N} the same ones again.
 */
final class FuzzedTraceTest {

    private static final int MUTANTS = Integer.getInteger("shadowheap.fuzz", 20_000);
    private static final int MUTANTS_OF_A_TRACE = 500;

    @TempDir
    private Path directory;

    private int refused;
    private int readToTheEnd;
    private int skimmed;

    @Test
    void readsEveryMutantOrRefusesItInOneLine() throws IOException {
        long seed = TraceFixture.seed();
        Random random = new Random(seed);
        Path file = directory.resolve("trace");
        Path mutantFile = directory.resolve("mutant");
        byte[] trace = new byte[0];
        for (int i = 0; i < MUTANTS; i++) {
            if (i % MUTANTS_OF_A_TRACE == 0) {
                TraceFixture.write(file, random.nextLong(), 1 + random.nextInt(100));
                trace = Files.readAllBytes(file);
            }
            byte[] mutant = random.nextInt(4) == 0 ? mutate(trace, random) : sealed(trace, random);
            Files.write(mutantFile, mutant);
            String what = "seed=" + seed + " mutant=" + i;
            read(mutantFile, what);
            skim(mutantFile, what);
        }
        System.out.println(
                "mutants=" + MUTANTS + " refused=" + refused + " read=" + readToTheEnd + " skimmed=" + skimmed);
        assertTrue(refused > MUTANTS / 10 && readToTheEnd > MUTANTS / 10 && skimmed > readToTheEnd);
    }

    private void read(Path mutant, String what) throws IOException {
        try (TraceReader reader = TraceReader.open(mutant)) {
            reader.read(new Nothing());
            readToTheEnd++;
        } catch (TraceFormatException e) {
            refused++;
            assertEquals(1, e.getMessage().lines().count(), what);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    private void skim(Path mutant, String what) throws IOException {
        try {
            TraceSkimmer.skim(mutant);
            skimmed++;
        } catch (TraceFormatException e) {
            assertEquals(1, e.getMessage().lines().count(), what);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    /** A few bytes of one block's payload changed, everything around them sound. */
    private static byte[] sealed(byte[] trace, Random random) {
        byte[] mutant = trace.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int at = TraceFormat.FILE_HEADER_BYTES + random.nextInt(trace.length - TraceFormat.FILE_HEADER_BYTES);
            mutant[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) 0xff;
                default -> (byte) (mutant[at] ^ 1 << random.nextInt(8));
            };
        }
        return TraceFixture.seal(trace, mutant);
    }

    private static byte[] mutate(byte[] trace, Random random) {
        byte[] mutant = trace.clone();
        int at = random.nextInt(mutant.length);
        int length = Math.min(mutant.length - at, 1 + random.nextInt(100));
        switch (random.nextInt(4)) {
            case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(mutant, at, at + length, (byte) random.nextInt());
            case 2 -> System.arraycopy(trace, random.nextInt(trace.length - length + 1), mutant, at, length);
            default -> {
                return Arrays.copyOf(mutant, at);
            }
        }
        return mutant;
    }

    /** Takes everything. */
    private static final class Nothing extends EventEncoder {

        @Override
        protected void record(long word0, long word1) {}

        @Override
        public void type(TypeDefinition type) {}

        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void caller(CallerDefinition caller) {}
    }
}
