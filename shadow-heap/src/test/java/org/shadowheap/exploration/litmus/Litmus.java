package org.shadowheap.exploration.litmus;

import org.shadowheap.exploration.Scenario;
import org.shadowheap.exploration.SimulatedOffHeap;
import org.shadowheap.exploration.SimulatedThread;
import org.shadowheap.exploration.Simulation;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;

/** Two bytes, {@code x} and {@code y}, 0 at first, that threads may race for in an order of memory by choice. */
abstract class Litmus implements Scenario {

    final NativeMemory memory = new NativeMemory();
    final long x = newByte("x");
    final long y = newByte("y");
    private final String order;

    Litmus(String order) {
        this.order = order;
    }

    private long newByte(String name) {
        long address = memory.allocate(1);
        Simulation.declareRacing(address, name);
        OffHeap.putBytePlain(address, (byte) 0);
        return address;
    }

    int load(long address) {
        return switch (order) {
            case "plain" -> OffHeap.getBytePlain(address);
            case "acquire" -> SimulatedOffHeap.getByteAcquire(address);
            default -> OffHeap.getByteVolatile(address);
        };
    }

    void store(long address, int value) {
        switch (order) {
            case "plain" -> OffHeap.putBytePlain(address, (byte) value);
            case "acquire" -> SimulatedOffHeap.putByteRelease(address, (byte) value);
            default -> OffHeap.putByteVolatile(address, (byte) value);
        }
    }

    static SimulatedThread<String> thread(String name, Runnable body) {
        return Simulation.thread(name, () -> {
            body.run();
            return "";
        });
    }

    /** Each stores to one and loads the other. */
    static final class StoreBuffering extends Litmus {

        private final SimulatedThread<Integer> first = Simulation.thread("first", () -> storeThenLoad(x, y));
        private final SimulatedThread<Integer> second = Simulation.thread("second", () -> storeThenLoad(y, x));

        StoreBuffering(String order) {
            super(order);
        }

        private int storeThenLoad(long stored, long loaded) {
            store(stored, 1);
            return load(loaded);
        }

        @Override
        public String outcome() {
            return "" + first.result() + second.result();
        }
    }

    /** One stores plainly and then in the order; the other loads in the opposite direction. */
    static final class MessagePassing extends Litmus {

        private final SimulatedThread<String> reader = Simulation.thread("reader", () -> {
            int flag = load(y);
            return "" + flag + OffHeap.getBytePlain(x);
        });

        MessagePassing(String order) {
            super(order);
            thread("writer", () -> {
                OffHeap.putBytePlain(x, (byte) 1);
                store(y, 1);
            });
        }

        @Override
        public String outcome() {
            return reader.result();
        }
    }

    /** Each loads one and then stores to the other. */
    static final class LoadBuffering extends Litmus {

        private final SimulatedThread<Integer> first = Simulation.thread("first", () -> loadThenStore(x, y));
        private final SimulatedThread<Integer> second = Simulation.thread("second", () -> loadThenStore(y, x));

        LoadBuffering(String order) {
            super(order);
        }

        private int loadThenStore(long loaded, long stored) {
            int seen = load(loaded);
            store(stored, 1);
            return seen;
        }

        @Override
        public String outcome() {
            return "" + first.result() + second.result();
        }
    }

    /** Two threads look at the independent stores of two others. */
    static final class IndependentReads extends Litmus {

        private final SimulatedThread<String> first = Simulation.thread("first", () -> "" + load(x) + load(y));
        private final SimulatedThread<String> second = Simulation.thread("second", () -> "" + load(y) + load(x));

        IndependentReads(String order) {
            super(order);
            thread("writer of x", () -> store(x, 1));
            thread("writer of y", () -> store(y, 1));
        }

        @Override
        public String outcome() {
            return first.result() + " " + second.result();
        }
    }

    /** Both store to both, in opposite directions: which values stay? */
    static final class OppositeStores extends Litmus {

        OppositeStores(String order) {
            super(order);
            thread("first", () -> {
                store(x, 1);
                store(y, 2);
            });
            thread("second", () -> {
                store(y, 1);
                store(x, 2);
            });
        }

        @Override
        public String outcome() {
            return "" + load(x) + load(y);
        }
    }

    /** A plain store before a volatile load, against a volatile store before a plain load. */
    static final class PlainStoreVolatileLoad extends Litmus {

        private final SimulatedThread<Integer> first = Simulation.thread("first", () -> {
            OffHeap.putBytePlain(x, (byte) 1);
            return load(y);
        });
        private final SimulatedThread<Integer> second = Simulation.thread("second", () -> {
            store(y, 1);
            return (int) OffHeap.getBytePlain(x);
        });

        PlainStoreVolatileLoad(String order) {
            super(order);
        }

        @Override
        public String outcome() {
            return "" + first.result() + second.result();
        }
    }
}
