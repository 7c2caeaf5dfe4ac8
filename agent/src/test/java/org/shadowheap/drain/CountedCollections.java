package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.internal.misc.Unsafe;
import org.shadowheap.barrier.BarrierSetup;
import org.shadowheap.barrier.CollectionCounter;
import org.shadowheap.barrier.CollectionPlaces;
import org.shadowheap.barrier.WriteBarrier;

/**
 * Programs that count collections as a JVM does, in memory of their own, while all threads stand still. What is marked is compared with where
 * they were then.
 */
final class CountedCollections extends EventSinkStub {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int WORD = 8;

    /** Young collections: how many, when the last one began, and when it ended, in milliseconds; then the same of full ones. */
    private static final long MEMORY = U.allocateMemory(6L * WORD);

    private static final long FULL = MEMORY + 3L * WORD;
    private static final int YOUNG_KIND = 1;
    private static final int THREADS = 3;

    /** Sites: a store before so many collections has that number. */
    private static final int FIRST_SITE = 1;

    /** Collections before the recording. */
    private static final int BEFORE = 7;

    /** Collections that were marked so far; stores that were on the wrong side of one, by how many records of their threads. */
    private int marked;

    private long wrong;
    private long disorder;
    private long openMarks;
    private boolean isMarked;
    private int behind;

    /** Marks, and what was told, as they came. */
    private final List<int[]> heard = new ArrayList<>();

    private CountedCollections() {}

    private static CountedCollections begin() {
        U.setMemory(MEMORY, 6L * WORD, (byte) 0);
        U.putLong(MEMORY, BEFORE);
        BarrierSetup.youngCollections = new CollectionCounter(MEMORY, MEMORY + WORD, MEMORY + 2L * WORD);
        BarrierSetup.oldCollections = new CollectionCounter(FULL, FULL + WORD, FULL + 2L * WORD);
        BarrierSetup.logBytes = 32L << 20;
        BarrierInProcess.prepare();
        CollectionPlaces.begin();
        CollectionPlaces.clockStarts(1_000, 1_000);
        BarrierInProcess.record(Object.class, Object[].class);
        return new CountedCollections();
    }

    private static void collect(long counter, int times) {
        U.putLong(counter + WORD, 3_000);
        U.putLong(counter + 2L * WORD, 3_005);
        U.putLong(counter, U.getLong(counter) + times);
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        heard.add(new int[] {kind, number, wallMillis, pauseMicros});
        if (kind == YOUNG_KIND) {
            disorder += number == BEFORE + marked + 1 ? 0 : 1;
            marked++;
        }
        openMarks += isMarked ? 1 : 0;
        isMarked = true;
        behind = 0;
    }

    @Override
    public void collectionTold(int kind, int number, int pauseMicros, int youngKiB) {
        heard.add(new int[] {kind, number, pauseMicros, youngKiB});
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        if (site >= FIRST_SITE) {
            wrong += site - FIRST_SITE == marked ? 0 : 1;
            // The record that was under way when its chunk was full may come before the round ends, no other.
            behind++;
            openMarks += isMarked && behind == 2 ? 1 : 0;
        }
    }

    @Override
    public void round() {
        isMarked = false;
    }

    /**
     * Several threads store, and stand still for each collection. Returns collections, marks, marks out of order, stores on the wrong side of one,
     * the most that may be, and marks behind which no round ended.
     */
    static long[] severalThreads(long collections) throws InterruptedException {
        CountedCollections program = begin();
        CyclicBarrier still = new CyclicBarrier(THREADS, () -> collect(MEMORY, 1));
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            workers.add(new Thread(() -> {
                Object[] array = new Object[1];
                WriteBarrier.arrayBirth(array);
                for (int i = 0; i < collections; i++) {
                    store(array, 1_500, i);
                    LiveMerge.await(still);
                }
                store(array, 1_500, (int) collections);
            }));
        }
        LiveMerge.whileRunning(workers, program);
        // One thread comes to the end of its chunk first; until then each may fill one.
        long most = collections * THREADS * 256;
        return new long[] {collections, program.marked, program.disorder, program.wrong, most, program.openMarks};
    }

    /** One thread collects and looks, another looks all the time. Returns collections, marks, and how many numbers were marked. */
    static long[] raced(long collections) throws InterruptedException {
        CountedCollections program = begin();
        AtomicBoolean done = new AtomicBoolean();
        Thread collecting = new Thread(() -> {
            for (long i = 0; i < collections; i++) {
                collect(MEMORY, 1);
                CollectionPlaces.notice();
            }
            done.set(true);
        });
        Thread looking = new Thread(() -> {
            while (!done.get()) {
                CollectionPlaces.notice();
            }
        });
        LiveMerge.whileRunning(List.of(collecting, looking), program);
        long numbers =
                program.heard.stream().mapToInt(each -> each[1]).distinct().count();
        return new long[] {collections, program.heard.size(), numbers};
    }

    /** Collections between two chunks of the only thread, young and full. Returns each mark: kind, number, wall, pause. */
    static long[] severalBetweenTwoChunks(long collections) throws InterruptedException {
        CountedCollections program = begin();
        Thread worker = new Thread(() -> {
            Object[] array = new Object[1];
            WriteBarrier.arrayBirth(array);
            collect(MEMORY, (int) collections);
            collect(FULL, 1);
            store(array, 300, -1);
        });
        LiveMerge.whileRunning(List.of(worker), program);
        return flat(program.heard);
    }

    /** A large array is born behind a collection, and nothing else happens. Returns marks. */
    static long[] largeArray(long length) throws InterruptedException {
        CountedCollections program = begin();
        Thread worker = new Thread(() -> {
            Object[] small = new Object[1];
            WriteBarrier.arrayBirth(small);
            collect(MEMORY, 1);
            WriteBarrier.arrayBirth(new Object[(int) length]);
        });
        LiveMerge.whileRunning(List.of(worker), program);
        return flat(program.heard);
    }

    /**
     * The JVM tells of a collection that no thread has noticed, and of one before the recording. Returns marks and what was told, as it came.
     */
    static long[] toldBeforeItIsNoticed(long youngKiB) throws InterruptedException {
        CountedCollections program = begin();
        Thread listener = new Thread(() -> {
            WriteBarrier.arrayBirth(new Object[1]); // it has a chunk
            collect(MEMORY, 1);
            CollectionPlaces.tell(YOUNG_KIND, BEFORE, 4_000, 1);
            CollectionPlaces.tell(YOUNG_KIND, BEFORE + 1, 4_000, (int) youngKiB);
            CollectionPlaces.notice();
        });
        LiveMerge.whileRunning(List.of(listener), program);
        return flat(program.heard);
    }

    private static void store(Object[] array, int times, int collections) {
        for (int i = 0; i < times; i++) {
            array[0] = null;
            WriteBarrier.arrayStore(array, 0, null, FIRST_SITE + collections);
        }
    }

    private static long[] flat(List<int[]> rows) {
        return rows.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
    }
}
