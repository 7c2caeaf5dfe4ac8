package org.shadowheap.drain;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.shadowheap.event.NurseryClock;

/** Merges what threads record, in rounds, while they record it. One for the JVM: it remembers how far each log was read. */
final class LiveMerge {

    /** Whether the sink will run a major collection when the round ends. */
    static boolean majorIsNext;

    /** How much was born in the sink since its last collection. */
    static long bornBytes;

    private static final Merge MERGE = new Merge(new RootRequests(new Clock(), 1 << 20), Logs.LIVE, RoundEnds.UNHEARD);

    private static final class Clock implements NurseryClock {
        @Override
        public long bornSinceCollectionBytes() {
            return bornBytes;
        }

        @Override
        public long bornBytes() {
            return 0;
        }

        @Override
        public boolean isMajorNext() {
            return majorIsNext;
        }
    }

    private static final Definitions DEFINITIONS = new Definitions();

    private LiveMerge() {}

    /** Starts the workers, merges while they run, and until nothing is left after they ended. */
    static void whileRunning(List<Thread> workers, EventSinkStub sink) throws InterruptedException {
        workers.forEach(Thread::start);
        while (workers.stream().anyMatch(Thread::isAlive)) {
            round(sink);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        round(sink);
    }

    /** One round, on the thread that calls; never two at a time. */
    static void round(EventSinkStub sink) {
        MERGE.run(sink, DEFINITIONS);
    }

    /** Forgets the logs of threads that have ended. */
    static void recycle(EventSinkStub sink) {
        MERGE.recycleEnded(sink);
    }

    static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
