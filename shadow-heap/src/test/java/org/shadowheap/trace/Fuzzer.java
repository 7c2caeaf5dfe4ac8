package org.shadowheap.trace;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.EventEncoder;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** Makes mutants of random traces and reads them, on a thread of its own, while another one watches that it goes on. */
final class Fuzzer {

    /** Mutants of a trace. */
    static final int BATCH = 200;

    /** Bytes of the Java heap that reading may need whatever the trace, most of them for a model of records. */
    private static final long FIXED_BYTES = 1 << 20;

    /** And for each byte of the trace: a stream that DEFLATE made smallest, doubled because arrays grow, and what text takes. */
    private static final long BYTES_OF_A_BYTE = 2 * 1032 + 64;

    private static final List<TraceMutation> MUTATIONS = List.of(TraceMutation.values());

    private static final Pattern REFUSAL =
            Pattern.compile("unreadable trace at byte (\\d+): expected \\S.*, found \\S.*");

    private final long seed;
    private final Path file;
    private final MutantCounts counts = new MutantCounts();
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private @Nullable Thread thread;

    /** The mutant that is being read. Written by the fuzzing thread, read by the watching one. */
    private volatile String current = "none yet";

    /** Mutants that were read; written and read as {@link #current}. */
    private final AtomicLong done = new AtomicLong();

    private long lastDone = -1;
    private long lastNanos;

    /**
     * @param file for the traces that mutants are made of
     */
    Fuzzer(long seed, Path file) {
        this.seed = seed;
        this.file = file;
    }

    MutantCounts counts() {
        return counts;
    }

    void isRunBy(Thread fuzzing) {
        thread = fuzzing;
        lastNanos = System.nanoTime();
    }

    boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    void join(long millis) throws InterruptedException {
        if (thread != null) {
            thread.join(millis);
        }
    }

    /** By the watching thread: fails with the stack of the other one if it reads the same mutant still after so long. */
    void requireProgress(long mostMillis) {
        long now = System.nanoTime();
        if (done.get() != lastDone) {
            lastDone = done.get();
            lastNanos = now;
        } else if (now - lastNanos > mostMillis * 1_000_000 && thread != null) {
            AssertionError hangs = new AssertionError("does not end: " + current);
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
    }

    /** Reads a batch of mutants; the same for the same seed, whatever the thread. */
    void run(int batch) throws IOException {
        Random random = new Random(seed + batch * 0x9e37_79b9_7f4a_7c15L);
        TraceFixture.write(file, random.nextLong(), 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 40));
        byte[] written = Files.readAllBytes(file);
        byte[] trace = random.nextInt(4) == 0 ? TraceBlocks.of(written).ofVersion(4) : written;
        for (int i = 0; i < BATCH; i++) {
            TraceMutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
            byte[] mutant = mutation.of(trace, random);
            current = "seed=" + seed + " batch=" + batch + " mutant=" + i + " " + mutation + " of " + trace.length
                    + " bytes";
            counts.made(mutation);
            long before = threads.getCurrentThreadAllocatedBytes();
            read(mutation, mutant);
            skim(mutant);
            requireLittleMemory(threads.getCurrentThreadAllocatedBytes() - before, mutant.length);
            done.incrementAndGet();
        }
    }

    private void read(TraceMutation mutation, byte[] mutant) throws IOException {
        boolean hasDescription = false;
        try (TraceReader reader = TraceReader.open(new BytesChannel(mutant))) {
            hasDescription = true;
            reader.read(new Nothing());
            counts.read(mutation);
        } catch (TraceFormatException e) {
            requireOneLine(e, mutant.length);
            if (mutation == TraceMutation.CUT && !hasDescription) {
                counts.cutBeforeTheFirstBlock();
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(current, e);
        }
    }

    private void skim(byte[] mutant) throws IOException {
        try {
            TraceSkimmer.skim(new BytesChannel(mutant));
            counts.skimmed();
        } catch (TraceFormatException e) {
            requireOneLine(e, mutant.length);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(current, e);
        }
    }

    private void requireOneLine(TraceFormatException e, int length) {
        boolean isRefusal = REFUSAL.matcher(e.getMessage()).matches();
        if (!isRefusal
                || e.offset() < 0
                || e.offset() > length
                || !e.getMessage().contains(" " + e.offset() + ":")) {
            throw new AssertionError(
                    current + " offset=" + e.offset() + " length=" + length + ": " + e.getMessage(), e);
        }
    }

    private void requireLittleMemory(long bytes, int length) {
        counts.needed(bytes);
        if (bytes > FIXED_BYTES + BYTES_OF_A_BYTE * length) {
            throw new AssertionError(current + " allocated=" + bytes + " length=" + length);
        }
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
