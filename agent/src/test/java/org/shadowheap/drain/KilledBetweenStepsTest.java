package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shadowheap.barrier.WriteBarrier;
import org.shadowheap.event.EventSinkAdapter;
import org.shadowheap.event.NurseryClock;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.Recording;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.journal.Checkpoints;
import org.shadowheap.journal.LogFile;
import org.shadowheap.journal.Recovery;
import org.shadowheap.trace.TraceReader;
import org.shadowheap.trace.TraceStart;
import org.shadowheap.trace.TraceWriter;

/**
 * What a process leaves that is killed between two steps of barrier, drain and writer: images of trace and logs are taken there,
 * and each must recover to all stores that were done, in order and once. Logs are copied first and the trace later, as a kill
 * between the two would leave them.
 */
class KilledBetweenStepsTest {

    private static final long LOG_BYTES = 4L << 20;
    private static final int ROUNDS = Integer.getInteger("shadowheap.rounds", 12);
    private static final int MOST_STORES = 40_000;
    private static final int LENGTH = 1 << 10;
    private static final int MILLIS = 20;
    private static final int PART = 1 << 20;

    /** Where the file has its two checkpoints, and how far they lie apart: as docs/log-format.md says. */
    private static final long CHECKPOINTS = 1 << 16;

    private static final long APART = 3_211_264;

    private static final Recording RECORDING =
            new Recording("program", "jvm", System.currentTimeMillis(), new ObjectModel(4, 8, 12), Map.of());

    @TempDir
    private static Path folder;

    private static Path trace;
    private static LogFile logs;
    private static TraceWriter writer;
    private static Merge merge;
    private static Definitions definitions;

    /** How often was stored to each array, by number; and the arrays' ids. */
    private final List<Integer> stored = new ArrayList<>();

    private final List<Integer> ids = new ArrayList<>();
    private final Object value = new Object();
    private int sites;
    private int torn;

    @BeforeAll
    static void begin() throws Exception {
        trace = folder.resolve("run.shtrace");
        logs = LogFile.create(trace, LOG_BYTES);
        BarrierInProcess.prepare();
        logs.begin();
        writer = TraceWriter.create(trace, RECORDING, AgentThreads.SILENT);
        logs.belongsTo(TraceStart.identity(trace));
        Checkpoints checkpoints = new Checkpoints(logs, writer);
        definitions = new Definitions();
        definitions.tellFirst(logs.definitions());
        merge = new Merge(new RootRequests(NurseryClock.STOPPED, 1 << 20), checkpoints.logs(), checkpoints);
        BarrierInProcess.record(Object.class, Object[].class);
        checkpoints.startEnds();
        drain();
    }

    @Test
    void everyImageRecoversToAllThatWasDone() throws Exception {
        SplittableRandom random = new SplittableRandom(Long.getLong("shadowheap.seed", 1));
        Object[] own = array();
        Path copiedLogs = folder.resolve("image.shtrace.shlogs");
        for (int round = 0; round < ROUNDS; round++) {
            define(random.nextInt(100));
            store(own, 0, random.nextInt(MOST_STORES));
            shortLived(random.nextInt(3), random.nextInt(MOST_STORES));
            copyLogs(copiedLogs);
            assertRecovers(copiedLogs, "before a round");
            drain();
            long before = newest(LogFile.beside(trace));
            copyLogs(copiedLogs);
            assertRecovers(copiedLogs, "after a round, while the writer may be at any step");
            settle();
            assertRecovers(copiedLogs, "when blocks are written, and their checkpoints may not be");
            copyLogs(copiedLogs);
            assertRecovers(copiedLogs, "when all is written");
            if (newest(copiedLogs) > before) {
                // No round has ended since it was written: nothing is free that lies behind the one before.
                tear(copiedLogs);
                assertRecovers(copiedLogs, "when a checkpoint was written in part");
                torn++;
            }
            store(own, 0, random.nextInt(MOST_STORES));
        }
        assertTrue(torn > 0, "no checkpoint was written late");
    }

    private Object[] array() {
        Object[] array = new Object[LENGTH];
        WriteBarrier.arrayBirth(array);
        stored.add(0);
        ids.add(System.identityHashCode(array));
        return array;
    }

    private void store(Object[] array, int number, int times) {
        int done = stored.get(number);
        for (int i = 0; i < times; i++) {
            array[done % LENGTH] = value;
            WriteBarrier.arrayStore(array, done % LENGTH, value, 1);
            done++;
        }
        stored.set(number, done);
    }

    private void shortLived(int threads, int times) throws InterruptedException {
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> store(array(), stored.size() - 1, times));
            thread.start();
            thread.join();
        }
    }

    private void define(int more) {
        for (int i = 0; i < more; i++) {
            definitions.site(new SiteDefinition(++sites, "Type", "method", sites, null));
        }
    }

    private static void drain() throws InterruptedException {
        // Such a thread records nothing, as the drain's own.
        Thread drain = AgentThreads.SILENT.newThread(() -> {
            merge.run(writer, definitions);
            merge.recycleEnded(writer);
        });
        drain.start();
        drain.join();
    }

    /** Waits for the writer's thread. */
    private static void settle() throws Exception {
        long before = -1;
        while (before != Files.size(trace)) {
            before = Files.size(trace);
            Thread.sleep(MILLIS);
        }
    }

    private void assertRecovers(Path copiedLogs, String when) throws Exception {
        Path image = folder.resolve("image.shtrace");
        Files.copy(trace, image, StandardCopyOption.REPLACE_EXISTING);
        Path recovered = folder.resolve("recovered.shtrace");
        Files.deleteIfExists(recovered);
        assertTrue(Recovery.isNeeded(image), copiedLogs + " " + when);
        Recovery.recoverTo(image, recovered);
        Stores seen = new Stores();
        try (TraceReader reader = TraceReader.open(recovered)) {
            reader.read(seen);
        }
        assertEquals(List.of(), seen.wrong, when);
        assertEquals(IntStream.rangeClosed(1, sites).boxed().toList(), List.copyOf(seen.sites), when);
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(stored.get(i), seen.next.getOrDefault(ids.get(i), 0), "array " + i + " " + when);
        }
    }

    /** As the kernel would leave it, holes as holes. The file that is mapped is never closed here: that would unlock it. */
    private static void copyLogs(Path to) throws IOException {
        byte[] part = new byte[PART];
        byte[] zeros = new byte[PART];
        try (InputStream in = Files.newInputStream(LogFile.beside(trace));
                RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
            out.setLength(0);
            long at = 0;
            for (int read = in.readNBytes(part, 0, PART); read > 0; read = in.readNBytes(part, 0, PART)) {
                if (!Arrays.equals(part, 0, read, zeros, 0, read)) {
                    out.seek(at);
                    out.write(part, 0, read);
                }
                at += read;
            }
            out.setLength(at);
        }
    }

    /** Spoils the checkpoint that was written last. */
    private static void tear(Path copiedLogs) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(copiedLogs.toFile(), "rw")) {
            long one = number(file, CHECKPOINTS);
            long other = number(file, CHECKPOINTS + APART);
            file.seek((one > other ? CHECKPOINTS : CHECKPOINTS + APART) + 2 * Long.BYTES);
            file.write(0x55);
        }
    }

    /** Number of the latest checkpoint. */
    private static long newest(Path itsLogs) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(itsLogs.toFile(), "r")) {
            return Math.max(number(file, CHECKPOINTS), number(file, CHECKPOINTS + APART));
        }
    }

    private static long number(RandomAccessFile file, long at) throws IOException {
        file.seek(at);
        return Long.reverseBytes(file.readLong());
    }

    /** Hears the stores to arrays: the n-th to each goes to element n. */
    private static final class Stores extends EventSinkAdapter {
        final Map<Integer, Integer> next = new HashMap<>();
        final List<String> wrong = new ArrayList<>();
        final TreeSet<Integer> sites = new TreeSet<>();

        @Override
        public void site(SiteDefinition site) {
            if (!sites.add(site.id())) {
                wrong.add("site " + site.id() + " twice");
            }
        }

        @Override
        public void arrayStore(int array, int index, int stored, int site) {
            int expected = next.merge(array, 1, Integer::sum) - 1;
            if (index != expected % LENGTH && wrong.size() < 5) {
                wrong.add("array " + array + " store " + expected + " at " + index);
            }
        }
    }
}
