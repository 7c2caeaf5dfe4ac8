package org.shadowheap.drain;

import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Chunks;
import org.shadowheap.barrier.ForeignHashes;
import org.shadowheap.barrier.Recording;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.NurseryClock;

/**
 * The thread that turns the logs into calls of a sink, from {@link #start} until {@link #finish}.
 *
 * <p>Its loop is the only caller of the sink.
 */
public final class Drain implements Runnable {

    private static final long IDLE_MILLIS = 1;

    /**
     * A run that finds fewer events than this is followed by a pause. A drain at the heels of the mutators takes from them the
     * cache lines that they are writing, and each round makes them open a new run in their logs: with a pause of 50 us instead of
     * a millisecond a store cost five times as much.
     */
    private static final long WORTHWHILE_EVENTS = Math.min(1 << 16, Chunks.capacityEvents() / 8);

    private static final int RUNS_BETWEEN_CHORES = 256;
    private static final int RUNS_BETWEEN_RECYCLING = 8;

    private volatile EventSink sink;
    private final Definitions definitions;
    private final RootRequests requests;
    private final Merge merge;
    private final Thread thread;

    private volatile boolean finishing;

    /** Times that the logs were read; the drain writes. */
    private volatile long runs;

    /** Events that were read; the drain writes. */
    private volatile long events;

    /** What is to run between two rounds; who asks writes it, the drain clears it when it was done. */
    private volatile @Nullable Runnable asked;

    private long lostWithoutCell;

    /**
     * @param clock how much was born in the sink
     * @param nurseryBytes bytes born between two collections
     * @param logs what is read
     * @param ends hears of each end of a round
     */
    public Drain(
            EventSink sink, Definitions definitions, NurseryClock clock, long nurseryBytes, Logs logs, RoundEnds ends) {
        this.sink = sink;
        this.definitions = definitions;
        this.requests = new RootRequests(clock, nurseryBytes);
        this.merge = new Merge(requests, logs, ends);
        this.thread = AgentThreads.create("shadowheap-drain", this);
    }

    /** Calls another sink from the next round on. */
    public void callFromNowOn(EventSink other) {
        sink = other;
    }

    /** Starts to drain; events are recorded already. */
    public void start() {
        // The loop must not be the first to name a class: its loader takes locks, and writes to its tables, unrecorded.
        ForeignHashes.rehearse();
        Merge.rehearse(sink);
        requests.begin();
        AgentThreads.rest(IDLE_MILLIS);
        thread.start();
    }

    @Override
    public void run() {
        AgentCode.silence();
        try {
            long run = 0;
            long total = 0;
            while (!finishing && Recording.isOn()) {
                long found = merge.run(sink, definitions);
                runs = ++run;
                events = total += found;
                answer();
                if (found == 0 || run % RUNS_BETWEEN_RECYCLING == 1) {
                    merge.recycleEnded(sink);
                }
                if (run % RUNS_BETWEEN_CHORES == 0) {
                    chores();
                }
                if (found < WORTHWHILE_EVENTS && !finishing) {
                    AgentThreads.rest(IDLE_MILLIS);
                }
            }
            merge.run(sink, definitions);
            merge.runAtLast(sink, definitions);
            countLostWithoutCell();
        } catch (Throwable broken) {
            Recording.fail(broken.getMessage() == null ? broken.toString() : broken.getMessage());
            merge.endHere();
        }
    }

    /** Events that were read so far. Any thread. */
    public long events() {
        return events;
    }

    /** Times that the logs were read so far. Any thread. */
    public long runs() {
        return runs;
    }

    private void chores() {
        ForeignHashes.expunge();
        countLostWithoutCell();
    }

    private void countLostWithoutCell() {
        long lost = Cells.lostWithoutCell();
        if (lost > lostWithoutCell) {
            sink.lost(lost - lostWithoutCell);
            lostWithoutCell = lost;
        }
    }

    /**
     * Has the drain's thread run a task while no event is on its way to the sink. What the task needs must be loaded; it must not
     * throw. One thread at a time asks.
     *
     * @return false if the drain has stopped, and the task was not run
     */
    public boolean betweenRounds(Runnable task) {
        asked = task;
        while (asked != null && thread.isAlive()) {
            AgentThreads.rest(IDLE_MILLIS);
        }
        boolean done = asked == null;
        asked = null;
        return done;
    }

    private void answer() {
        Runnable task = asked;
        if (task != null) {
            task.run();
            asked = null;
        }
    }

    /** Returns when everything that was recorded before the call has reached the sink, or the drain has stopped. */
    public void catchUp() {
        catchUp(null);
    }

    /** As {@link #catchUp()}, or earlier: when the sink has seen what is awaited, unless that is null. */
    public void catchUp(@Nullable Awaited awaited) {
        // The run that is under way may have read the ends of the logs before: the next one reads them anew.
        long enough = runs + 2;
        while (runs < enough && thread.isAlive() && (awaited == null || !awaited.isDone())) {
            AgentThreads.rest(IDLE_MILLIS);
        }
    }

    /** What a sink waits for. */
    public interface Awaited {
        boolean isDone();
    }

    /** Drains what is in the logs, stops, and returns when the sink was called for the last time. */
    public void finish() {
        finishing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
