package org.shadowheap.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.WriteBarrier;
import org.shadowheap.event.layout.EventRecord;

/**
 * Two threads write one element at the same time, element after element, each in its own way. What was merged last must be
 * what memory holds.
 */
final class Races {

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int SITE = 2;

    /** How a racer writes; each tells the barrier as instrumented code does. */
    enum Way {
        PLAIN {
            @Override
            void write(Object[] array, int index, long offset, Object value) {
                array[index] = value;
                WriteBarrier.sharedArrayStore(array, index, value, SITE);
            }
        },
        COMPARE_AND_SET {
            @Override
            void write(Object[] array, int index, long offset, Object value) {
                Object expected = U.getReferenceVolatile(array, offset);
                boolean done = U.compareAndSetReference(array, offset, expected, value);
                WriteBarrier.unsafeCompareAndSet(done, array, offset, value, SITE);
            }
        },
        GET_AND_SET {
            @Override
            void write(Object[] array, int index, long offset, Object value) {
                U.getAndSetReference(array, offset, value);
                WriteBarrier.unsafeStore(array, offset, value, SITE);
            }
        },
        COPY {
            @Override
            void write(Object[] array, int index, long offset, Object value) {
                System.arraycopy(new Object[] {value}, 0, array, index, 1);
                WriteBarrier.arrayCopy(array, index, 1, SITE);
            }
        };

        /** Ways that draw a ticket whosever the array is. */
        static final List<Way> TICKETED = List.of(PLAIN, COMPARE_AND_SET, GET_AND_SET);

        abstract void write(Object[] array, int index, long offset, Object value);
    }

    /** Whose the array is, which decides who may do without tickets. */
    enum Owner {
        FIRST,
        SECOND,
        A_THIRD,
        NOBODY
    }

    private final Object[] array;
    private final int[] last;
    private final AtomicInteger arrived = new AtomicInteger();
    private final CyclicBarrier born = new CyclicBarrier(2);

    /** What ended a racer before its time: then nobody waits for it. */
    private volatile @Nullable Throwable broken;

    private Races(int races) {
        array = new Object[races];
        last = new int[races];
    }

    /** Every pair of ways against every owner: so many races in all. Returns how many there were, and how many ended wrong. */
    static long[] run(long races) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        List<Way> ways = Way.TICKETED;
        int pairs = ways.size() * (ways.size() + 1) / 2 * Owner.values().length;
        int each = Math.toIntExact(races / pairs);
        long[] result = new long[2];
        for (Way first : ways) {
            for (Way second : ways.subList(ways.indexOf(first), ways.size())) {
                for (Owner owner : Owner.values()) {
                    result[0] += each;
                    result[1] += new Races(each).wrong(first, second, owner);
                }
            }
        }
        return result;
    }

    /** As {@link #run}, of plain stores; the second racer merges by itself after each of its stores. */
    static long[] besideRounds(long races) throws InterruptedException {
        return besideRounds(Way.PLAIN, races);
    }

    /** As {@link #besideRounds(long)}, where the first racer copies. */
    static long[] copiesBesideRounds(long races) throws InterruptedException {
        return besideRounds(Way.COPY, races);
    }

    private static long[] besideRounds(Way first, long races) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        int size = Math.toIntExact(races);
        return new long[] {size, new Races(size).wrongBesideRounds(first)};
    }

    private int wrong(Way first, Way second, Owner owner) throws InterruptedException {
        if (owner == Owner.A_THIRD) {
            WriteBarrier.arrayBirth(array);
        }
        Thread one = racer(first, owner == Owner.FIRST, () -> {});
        Thread other = racer(second, owner == Owner.SECOND, () -> {});
        LiveMerge.whileRunning(List.of(one, other), new Last());
        return wrong();
    }

    private int wrongBesideRounds(Way first) throws InterruptedException {
        WriteBarrier.arrayBirth(array);
        Last sink = new Last();
        List<Thread> racers = new ArrayList<>(
                List.of(racer(first, false, () -> {}), racer(Way.PLAIN, false, () -> LiveMerge.round(sink))));
        racers.forEach(Thread::start);
        for (Thread racer : racers) {
            racer.join();
        }
        LiveMerge.round(sink);
        return wrong();
    }

    private Thread racer(Way way, boolean owns, Runnable afterEach) {
        Object mine = new Object();
        WriteBarrier.birth(mine);
        Thread racer = new Thread(() -> {
            if (owns) {
                WriteBarrier.arrayBirth(array);
            }
            LiveMerge.await(born);
            for (int i = 0; i < array.length; i++) {
                meet(i);
                EarlyTicket.drawIfArmed();
                way.write(
                        array,
                        i,
                        (long) Unsafe.ARRAY_OBJECT_BASE_OFFSET + (long) i * Unsafe.ARRAY_OBJECT_INDEX_SCALE,
                        mine);
                afterEach.run();
            }
        });
        racer.setUncaughtExceptionHandler((thread, failure) -> broken = failure);
        return racer;
    }

    /** Waits for the other racer; not for long on the processor, of which there may be two for three threads. */
    private void meet(int race) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < (race + 1) * 2 && broken == null; spins++) {
            if (spins > 2_000) {
                LockSupport.parkNanos(1);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private int wrong() {
        if (broken != null) {
            throw new IllegalStateException("a racer ended", broken);
        }
        int wrong = 0;
        for (int i = 0; i < array.length; i++) {
            if (last[i] != System.identityHashCode(array[i])) {
                wrong++;
            }
        }
        return wrong;
    }

    /** Hears the merged stream. */
    private final class Last extends EventSinkStub {

        @Override
        public void arrayStore(int id, int index, int value, int site) {
            if (site == SITE || site == EventRecord.AGAIN) {
                last[index] = value;
            }
        }

        @Override
        public void copiedElement(int id, int index, int value, int site) {
            last[index] = value;
        }
    }
}
