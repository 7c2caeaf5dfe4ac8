package org.shadowheap.barrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ids of objects whose hash the JVM gave. */
class ForeignHashesTest {

    @BeforeAll
    static void setUp() {
        BarrierSetup.arrayBaseOffset = Unsafe.getUnsafe().arrayBaseOffset(Object[].class);
    }

    @Test
    void aHashIsTheIdOfOneObjectOnly() {
        int hash = 157_456_214;
        assertEquals(hash, ForeignHashes.chooseId(hash));
        // A class and its superclass may have one hash: neither is entered yet when the other one chooses.
        assertNotEquals(hash, ForeignHashes.chooseId(hash));
    }

    @Test
    void soItIsHoweverManyThreadsMeetObjectsOfOneHash() throws Exception {
        int threads = 4;
        int rounds = 2_000;
        int firstHash = 1 << 30;
        Set<Integer> chosen = ConcurrentHashMap.newKeySet();
        CyclicBarrier together = new CyclicBarrier(threads);
        Thread[] all = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> IntStream.range(0, rounds).forEach(round -> {
                    try {
                        together.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    chosen.add(ForeignHashes.chooseId(firstHash + round * IdBlocks.SIZE));
                })))
                .toArray(Thread[]::new);
        for (Thread each : all) {
            each.start();
        }
        for (Thread each : all) {
            each.join();
        }
        assertEquals(threads * rounds, chosen.size());
    }

    @Test
    void objectsOfOneHashAreToldApart() {
        Object one = new Object();
        Object other = new Object();
        int hash = 1_700_000_123;
        ForeignHashes.Entry first = new ForeignHashes.Entry(one, hash, hash, IdBlocks.NOBODY, false);
        ForeignHashes.Entry second = new ForeignHashes.Entry(other, hash, 77, IdBlocks.NOBODY, false);
        assertSame(first, ForeignHashes.enter(one, first));
        assertSame(second, ForeignHashes.enter(other, second));
        assertSame(first, ForeignHashes.enter(one, new ForeignHashes.Entry(one, hash, 78, IdBlocks.NOBODY, false)));
        assertSame(first, ForeignHashes.find(one, hash));
        assertSame(second, ForeignHashes.find(other, hash));
        ForeignHashes.expunge();
        assertSame(first, ForeignHashes.find(one, hash));
    }
}
