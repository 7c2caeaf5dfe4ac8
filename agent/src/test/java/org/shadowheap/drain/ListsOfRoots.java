package org.shadowheap.drain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Recording;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.barrier.WriteBarrier;

/** Programs whose threads list roots; what their stacks hold is what they say themselves. */
final class ListsOfRoots extends EventSinkStub {

    private static final int SITE = 2;

    private final Set<Integer> born = new HashSet<>();

    /** What the thread that has births holds by its list. */
    private final Set<Integer> listed = new HashSet<>();

    /** How many objects were listed when the latest round ended. */
    private long whenRoundEnded;

    private int inList;
    private int lists;
    private int shortLists;
    private int length;
    private int author;

    private ListsOfRoots() {}

    @Override
    public void birth(int object, int type, int extent) {
        born.add(object);
    }

    @Override
    public void roots(int thread) {
        author = thread;
        lists++;
        inList = 0;
        listed.clear();
    }

    @Override
    public void root(int thread, int object) {
        inList++;
        listed.add(object);
    }

    @Override
    public void round() {
        whenRoundEnded = listedOfBorn();
        if (author > 0 && inList > 0 && inList != length) { // its first list is empty
            shortLists++;
        }
        author = 0;
    }

    /**
     * A thread makes so many objects and records nothing any more, while roots are asked for again and again. Returns how many were
     * made, how many of them are listed after one, two and four requests, and once the thread has answered.
     */
    static long[] silent(long objects) throws InterruptedException {
        ListsOfRoots sink = ofThreadsThatHoldNothing();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            make(objects);
            made.countDown();
            await(asked);
            make(1);
        });
        LiveMerge.round(sink);
        sink.born.clear();
        thread.start();
        made.await();
        long[] result = new long[5];
        LiveMerge.round(sink);
        result[0] = sink.born.size();
        result[1] = sink.listedAfterRequests(1);
        result[2] = sink.listedAfterRequests(1);
        result[3] = sink.listedAfterRequests(2);
        asked.countDown();
        thread.join();
        LiveMerge.round(sink);
        result[4] = sink.listedOfBorn();
        return result;
    }

    /**
     * As {@link #silent}, with a major collection behind the first request. Returns how many objects were made, how many are listed after that request,
     * when a round ends, and when one ends with which the collection comes.
     */
    static long[] silentBeforeMajor(long objects) throws InterruptedException {
        ListsOfRoots sink = ofThreadsThatHoldNothing();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            make(objects);
            made.countDown();
            await(ends);
        });
        LiveMerge.round(sink);
        sink.born.clear();
        LiveMerge.bornBytes = 1;
        thread.start();
        made.await();
        LiveMerge.round(sink);
        long[] result = new long[4];
        result[0] = sink.born.size();
        result[1] = sink.listedAfterRequests(1);
        LiveMerge.round(sink);
        result[2] = sink.whenRoundEnded;
        LiveMerge.majorIsNext = true;
        LiveMerge.round(sink);
        result[3] = sink.whenRoundEnded;
        ends.countDown();
        thread.join();
        return result;
    }

    /**
     * A thread that answers the first request after a collection, and then makes so many objects before a major one. Returns how many were made, and how
     * many are listed for it when the round ends with which the major one comes.
     */
    static long[] answersBeforeMajor(long objects) throws InterruptedException {
        ListsOfRoots sink = ofThreadsThatHoldNothing();
        CountDownLatch lives = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            make(1);
            lives.countDown();
            await(asked);
            make(objects);
            made.countDown();
            await(ends);
        });
        LiveMerge.bornBytes = 2;
        LiveMerge.round(sink);
        thread.start();
        lives.await();
        LiveMerge.bornBytes = 1; // a collection
        LiveMerge.round(sink);
        Stamps.raiseEpoch();
        sink.born.clear();
        asked.countDown();
        made.await();
        LiveMerge.round(sink);
        LiveMerge.majorIsNext = true;
        LiveMerge.round(sink);
        long[] result = {sink.born.size(), sink.whenRoundEnded};
        ends.countDown();
        thread.join();
        return result;
    }

    /**
     * A thread enters agent code so often, and records something each time; then roots are asked for, and it does so again. Returns how often it has listed its
     * roots before the request, and after it.
     */
    static long[] agentCode(long times) throws InterruptedException {
        ListsOfRoots sink = ofThreadsThatHoldNothing();
        LiveMerge.round(sink);
        long[] result = new long[2];
        Thread thread = new Thread(() -> {
            make(1);
            enterAndMake(times);
            LiveMerge.round(sink);
            result[0] = sink.lists;
            Stamps.raiseEpoch();
            enterAndMake(times);
        });
        sink.lists = 0;
        thread.start();
        thread.join();
        LiveMerge.round(sink);
        result[1] = sink.lists - result[0];
        return result;
    }

    private static void enterAndMake(long times) {
        for (long i = 0; i < times; i++) {
            AgentCode.exit(AgentCode.enterForLong());
            make(1);
        }
    }

    /** What threads list is empty, so what is listed is what is listed in their place. */
    private static ListsOfRoots ofThreadsThatHoldNothing() {
        BarrierInProcess.begin(Object.class, Object[].class);
        Recording.walkStacks(found -> 0);
        return new ListsOfRoots();
    }

    private long listedAfterRequests(int requests) {
        for (int i = 0; i < requests; i++) {
            Stamps.raiseEpoch();
            LiveMerge.round(this);
        }
        return listedOfBorn();
    }

    private long listedOfBorn() {
        return listed.stream().filter(born::contains).count();
    }

    private static void make(long objects) {
        for (long i = 0; i < objects; i++) {
            Object[] fresh = new Object[1];
            WriteBarrier.arrayBirth(fresh);
            WriteBarrier.arrayStore(fresh, 0, fresh, SITE);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A thread lists its roots so often, which are many, while the logs are merged. Returns how many lists were delivered, and how many
     * rounds ended within one.
     */
    static long[] whileMerged(long times) throws InterruptedException {
        BarrierInProcess.begin(Object.class, Object[].class);
        ListsOfRoots sink = new ListsOfRoots();
        Object held = new Object[1];
        WriteBarrier.arrayBirth(held);
        LiveMerge.round(sink);
        int roots = 3_000;
        Recording.walkStacks(found -> {
            for (int i = 0; i < roots; i++) {
                found.accept(held);
            }
            return 0;
        });
        Thread thread = new Thread(() -> {
            make(1);
            for (long i = 0; i < times; i++) {
                Stamps.raiseEpoch();
                make(1);
            }
        });
        thread.setDaemon(true);
        sink.length = roots;
        sink.lists = 0;
        LiveMerge.whileRunning(List.of(thread), sink);
        return new long[] {sink.lists, sink.shortLists};
    }
}
