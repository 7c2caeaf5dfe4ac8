package org.shadowheap.exploration.litmus;

import org.shadowheap.exploration.Scenario;
import org.shadowheap.exploration.SimulatedThread;
import org.shadowheap.exploration.Simulation;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/** Programs with a fault that some of their executions show. */
final class Faults {

    private Faults() {}

    /** Two threads take two monitors in opposite order. */
    static final class OppositeMonitors implements Scenario {

        private final Object a = new Object();
        private final Object b = new Object();

        OppositeMonitors() {
            Litmus.thread("first", () -> both(a, b));
            Litmus.thread("second", () -> both(b, a));
        }

        private static void both(Object outer, Object inner) {
            synchronized (outer) {
                synchronized (inner) {
                    return;
                }
            }
        }

        @Override
        public String outcome() {
            return "ended";
        }
    }

    /** Two threads count in a field. */
    static final class Counter implements Scenario {

        private final Object lock = new Object();
        private final boolean isLocked;
        private int count;

        Counter(boolean isLocked) {
            this.isLocked = isLocked;
            Litmus.thread("first", this::increment);
            Litmus.thread("second", this::increment);
        }

        private void increment() {
            if (isLocked) {
                synchronized (lock) {
                    count++;
                }
            } else {
                count++;
            }
        }

        @Override
        public String outcome() {
            return "count=" + count;
        }
    }

    /** One thread frees what the other one reads. */
    static final class FreedTooEarly implements Scenario {

        private final NativeMemory memory = new NativeMemory();
        private final Object lock = new Object();
        private final long block = memory.allocate(8);

        FreedTooEarly() {
            OffHeap.putLongPlain(block, 7);
            Litmus.thread("reader", () -> {
                synchronized (lock) {
                    OffHeap.getLongPlain(block);
                }
            });
            Litmus.thread("owner", () -> {
                synchronized (lock) {
                    memory.free(block, 8);
                }
            });
        }

        @Override
        public String outcome() {
            return "ended";
        }
    }

    /** One thread stores plainly, though not first, to what another one loads as volatile. */
    static final class MixedOrders implements Scenario {

        private final NativeMemory memory = new NativeMemory();
        private final long shared = memory.allocate(2);

        MixedOrders() {
            OffHeap.putBytePlain(shared, (byte) 0);
            Litmus.thread("reader", () -> OffHeap.getByteVolatile(shared));
            Litmus.thread("writer", () -> {
                OffHeap.putByteVolatile(shared + 1, (byte) 1);
                OffHeap.putBytePlain(shared, (byte) 1);
            });
        }

        @Override
        public String outcome() {
            return "ended";
        }
    }

    /** Two threads set a bit each, and a third one takes what it finds. */
    static final class Bits implements Scenario {

        private final NativeMemory memory = new NativeMemory();
        private final long word = memory.allocate(8);
        private final SimulatedThread<Long> taker =
                Simulation.thread("taker", () -> OffHeap.getAndSetLongVolatile(word, 0));

        Bits() {
            OffHeap.putLongPlain(word, 0);
            Litmus.thread("first", () -> OffHeap.getAndBitwiseOrLongVolatile(word, 1));
            Litmus.thread("second", () -> OffHeap.getAndBitwiseOrLongVolatile(word, 2));
        }

        @Override
        public String outcome() {
            long left = OffHeap.getLongPlain(word);
            if ((left & taker.result()) != 0) {
                throw new AssertionError("a bit was both taken and left");
            }
            return "all=" + (left | taker.result());
        }
    }

    /** Two threads write six cells each, none in common. */
    static final class Strangers implements Scenario {

        private static final int CELLS = 6;

        private final NativeMemory memory = new NativeMemory();
        private final long block = memory.allocate(2 * CELLS);

        Strangers() {
            Litmus.thread("first", () -> write(block));
            Litmus.thread("second", () -> write(block + CELLS));
        }

        private static void write(long from) {
            for (int i = 0; i < CELLS; i++) {
                OffHeap.putByteVolatile(from + i, (byte) 1);
            }
        }

        @Override
        public String outcome() {
            return "ended";
        }
    }

    /** A thread that throws. */
    static final class Thrower implements Scenario {

        Thrower() {
            Litmus.thread("thrower", () -> {
                throw new ArithmeticException("on purpose");
            });
        }

        @Override
        public String outcome() {
            return "ended";
        }
    }
}
