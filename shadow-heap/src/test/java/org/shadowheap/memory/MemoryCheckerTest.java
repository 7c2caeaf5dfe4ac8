package org.shadowheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules, on addresses that nobody has. */
class MemoryCheckerTest {

    private static final long BASE = 0x7000_0000_fff0L;
    private static final long BYTES = 1 << 20;

    private final MemoryChecker checker = new MemoryChecker();

    private void reserve() {
        checker.reserved(BASE, BYTES, "test chunk", this);
    }

    private void fails(String message, Runnable access) {
        assertEquals(message, assertThrows(MemoryAccessError.class, access::run).getMessage());
    }

    @Test
    void allocationIsAccessibleToItsLastByteAndNoFurther() {
        checker.taken(BASE, 100, "allocation", this);
        checker.check("get", BASE, 8);
        checker.check("get", BASE + 99, 1);
        checker.checkRange("zero", BASE, 100);
        fails(
                "put outside live memory: address=0x700000010050 bytes=8 firstBad=0x700000010054"
                        + " area=none bytesBehindArea=0 areaBefore=allocation areaAddress=0x70000000fff0 areaBytes=100",
                () -> checker.check("put", BASE + 96, 8));
        assertThrows(MemoryAccessError.class, () -> checker.check("get", BASE - 1, 1));
        assertThrows(MemoryAccessError.class, () -> checker.check("get", BASE - 4, 8));
        assertThrows(MemoryAccessError.class, () -> checker.checkRange("zero", BASE, 101));
    }

    @Test
    void nullAndNonsenseAreNoAddresses() {
        reserve();
        for (long address : new long[] {0, 4, -8, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 48, (1L << 48) - 4}) {
            assertThrows(MemoryAccessError.class, () -> checker.check("get", address, 8), "address=" + address);
            assertThrows(MemoryAccessError.class, () -> checker.checkRange("zero", address, BYTES));
            assertThrows(MemoryAccessError.class, () -> checker.place(address, 8));
        }
        assertThrows(MemoryAccessError.class, () -> checker.checkRange("zero", BASE, -8));
    }

    @Test
    void reservationIsAccessibleWhereAnObjectIs() {
        reserve();
        checker.place(BASE + 64, 24);
        checker.check("get", BASE + 64, 4);
        checker.check("get", BASE + 84, 4);
        fails(
                "put outside live memory: address=0x700000010048 bytes=4 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=88 object=0x700000010030 objectBytes=24 bytesBehindObject=0"
                        + " because=nothing was put there yet",
                () -> checker.check("put", BASE + 88, 4));
        fails(
                "put outside live memory: address=0x70000001002c bytes=4 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=60 because=nothing was put there yet",
                () -> checker.check("put", BASE + 60, 4));
    }

    @Test
    void accessThatStraddlesTwoLivingObjectsFails() {
        reserve();
        checker.place(BASE, 24);
        checker.place(BASE + 24, 24);
        checker.check("get", BASE + 20, 4);
        checker.check("get", BASE + 24, 4);
        fails(
                "put straddles two objects: address=0x700000010004 bytes=8 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=20 object=0x70000000fff0 objectBytes=24 next=0x700000010008",
                () -> checker.check("put", BASE + 20, 8));
        checker.checkRange("copy", BASE + 24, 24);
        assertThrows(MemoryAccessError.class, () -> checker.checkRange("copy", BASE, 32));
    }

    @Test
    void objectIsPutNeitherOverALiveOneNorOutsideWhatWasTaken() {
        reserve();
        checker.place(BASE, 24);
        assertThrows(MemoryAccessError.class, () -> checker.place(BASE + 16, 24));
        assertThrows(MemoryAccessError.class, () -> checker.place(BASE + BYTES - 16, 24));
        assertThrows(MemoryAccessError.class, () -> checker.place(BASE - 8, 24));
        checker.place(BASE + BYTES - 24, 24);
        checker.returned(BASE, BYTES, this);
        assertThrows(MemoryAccessError.class, () -> checker.place(BASE, 24));
    }

    @Test
    void objectThatDiesTakesItsOwnBytesAlong() {
        reserve();
        checker.place(BASE, 24);
        checker.place(BASE + 24, 200_000);
        checker.place(BASE + 200_024, 16);
        checker.die(BASE + 24);
        checker.check("get", BASE + 16, 8);
        checker.check("get", BASE + 200_024, 8);
        fails(
                "get outside live memory: address=0x70000002ffe8 bytes=8 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=131064 object=0x70000000fff0 objectBytes=24"
                        + " bytesBehindObject=131040 because=object died",
                () -> checker.check("get", BASE + 131_064, 8));
        checker.die(BASE + 200_024);
        assertThrows(MemoryAccessError.class, () -> checker.check("get", BASE + 200_024, 8));
        checker.place(BASE + 24, 200_016);
        checker.check("get", BASE + 200_032, 8);
    }

    @Test
    void whatWasGivenBackSaysSo() {
        reserve();
        checker.place(BASE, 24);
        checker.forbid(BASE, BYTES, "chunk given back");
        String known = "get outside live memory: address=0x70000000fff8 bytes=4 area=test chunk";
        fails(
                known + " areaAddress=0x70000000fff0 areaBytes=1048576 offset=8 because=chunk given back",
                () -> checker.check("get", BASE + 8, 4));
        checker.returned(BASE, BYTES, this);
        fails(
                known + " (freed) areaAddress=0x70000000fff0 areaBytes=1048576 offset=8",
                () -> checker.check("get", BASE + 8, 4));
    }

    @Test
    void placesArePages() {
        reserve();
        checker.pages(BASE, BASE + 16, 4096);
        fails(
                "get outside live memory: address=0x700000012008 bytes=4 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=8216 page=2 pageOffset=8 because=nothing was put there yet",
                () -> checker.check("get", BASE + 16 + 2 * 4096 + 8, 4));
    }

    @Test
    void memoryIsGivenBackOnceWithItsSizeByWhoTookIt() {
        checker.taken(BASE, 100, "allocation", this);
        String area = " area=allocation areaAddress=0x70000000fff0 areaBytes=100 offset=";
        fails(
                "memory is given back with a wrong size: address=0x70000000fff0 bytes=96" + area + 0,
                () -> checker.returned(BASE, 96, this));
        fails(
                "memory is given back that was never taken: address=0x70000000fff8 bytes=100" + area + 8,
                () -> checker.returned(BASE + 8, 100, this));
        fails(
                "memory is given back to another owner: address=0x70000000fff0 bytes=100" + area + 0,
                () -> checker.returned(BASE, 100, "other"));
        checker.check("get", BASE, 8);
        checker.returned(BASE, 100, this);
        fails(
                "memory is given back twice: address=0x70000000fff0 bytes=100 area=allocation (freed)",
                () -> checker.returned(BASE, 100, this));
    }

    @Test
    void slotOfANeighbourIsNoSlotOfTheObject() {
        reserve();
        checker.place(BASE, 24);
        checker.place(BASE + 24, 24);
        checker.checkInside(BASE, BASE + 20, 4);
        checker.checkInside(BASE + 24, BASE + 24, 4);
        fails(
                "slot outside its object: address=0x700000010008 bytes=4 area=test chunk areaAddress=0x70000000fff0"
                        + " areaBytes=1048576 offset=24 object=0x700000010008 objectBytes=24"
                        + " slotObject=0x70000000fff0 slotOffset=24",
                () -> checker.checkInside(BASE, BASE + 24, 4));
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE + 24, BASE + 20, 4));
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE + 8, BASE + 12, 4));
    }

    @Test
    void elementOfALargeArrayLiesInItAndNoFurther() {
        reserve();
        long large = 100_000;
        checker.place(BASE, large);
        checker.place(BASE + large, large);
        checker.checkInside(BASE, BASE + large - 4, 4);
        checker.checkInside(BASE + large, BASE + large + 50_000, 4);
        checker.checkInside(BASE, BASE + 8, large - 8);
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE, BASE + large, 4));
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE, BASE + large - 4, 8));
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE + large, BASE + 50_000, 4));
        checker.die(BASE);
        checker.place(BASE, 24);
        checker.place(BASE + 50_000, 24);
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE, BASE + 50_000, 4));
        checker.forbid(BASE + large + 60_000, 8, "test");
        checker.place(BASE + large + 60_000, 8);
        assertThrows(MemoryAccessError.class, () -> checker.checkInside(BASE + large, BASE + large + 60_000, 4));
    }

    /** Otherwise programs with large arrays could not be run with checks: a million looks at what is before take minutes. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void checkOfAnElementDoesNotDependOnHowFarItIs() {
        long large = 1 << 24;
        checker.reserved(BASE, large, "test chunk", this);
        checker.place(BASE, large);
        for (int i = 0; i < 1_000_000; i++) {
            checker.checkInside(BASE, BASE + large - 4, 4);
        }
    }

    /** Neighbours' bits share words; a lost one would be a false alarm, or a bug that goes unseen. */
    @Test
    void threadsThatPlaceNeighboursDoNotDisturbEachOther() throws InterruptedException {
        reserve();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        int count = 4;
        for (int t = 0; t < count; t++) {
            int own = t * 8;
            threads.add(new Thread(() -> {
                Random random = new Random(own);
                for (int i = 0; i < 20_000; i++) {
                    long object = BASE + own + 8L * count * random.nextInt(64);
                    checker.place(object, 8);
                    checker.check("get", object, 8);
                    checker.die(object);
                    assertThrows(MemoryAccessError.class, () -> checker.check("get", object, 8));
                }
            }));
        }
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, e) -> failure.set(e)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
    }
}
