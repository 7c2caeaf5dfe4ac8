package org.shadowheap.benchmarks.stress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.shadowheap.barrier.Stamps;

/**
 * A slot that two writers race for, and what each of them logs: a small model of the barrier's slow store, with the real
 * counter. The whole barrier cannot be run here: it needs headers probed, a recording begun and somebody who drains.
 * {@code MergeOrderTest} races the whole.
 *
 * <p>A record is a ticket and a value. A writer needs two at most: its rival stores once.
 */
public final class RacedSlot {

    /** The step of the protocol that is left out, or made too early. */
    public enum Mistake {
        NONE,
        NOT_READ_AGAIN,
        TICKET_BEFORE_STORE,
        NOT_FENCED
    }

    private static final int ROOM = 2;

    private static final VarHandle SLOT;
    private static final VarHandle END;

    static {
        try {
            SLOT = MethodHandles.lookup().findVarHandle(RacedSlot.class, "slot", int.class);
            END = MethodHandles.lookup().findVarHandle(Log.class, "end", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** A writer's own. */
    private static final class Log {
        private final long[] tickets = new long[ROOM];
        private final int[] values = new int[ROOM];
        private int end;

        void append(long ticket, int value) {
            tickets[end] = ticket;
            values[end] = value;
            END.setRelease(this, end + 1);
        }
    }

    private final Mistake mistake;
    private final Log[] logs = {new Log(), new Log()};
    private int slot;

    /** What the stream ends with, and under which ticket; of the one who merges. */
    private int last;

    private long lastTicket;
    private final int[] merged = new int[2];

    public RacedSlot(Mistake mistake) {
        this.mistake = mistake;
    }

    /** A plain store. */
    public void store(int writer, int value) {
        long early = mistake == Mistake.TICKET_BEFORE_STORE ? Stamps.draw() : 0;
        slot = value;
        tell(writer, value, early);
    }

    /** A compare-and-set of what the slot holds. */
    public void compareAndSet(int writer, int value) {
        long early = mistake == Mistake.TICKET_BEFORE_STORE ? Stamps.draw() : 0;
        int expected = (int) SLOT.getVolatile(this);
        if (SLOT.compareAndSet(this, expected, value)) {
            tell(writer, value, early);
        }
    }

    private void tell(int writer, int stored, long early) {
        int value = stored;
        long ticket = early != 0 ? early : Stamps.draw();
        for (; ; ) {
            logs[writer].append(ticket, value);
            if (mistake != Mistake.NOT_FENCED) {
                VarHandle.fullFence();
            }
            int found = (int) SLOT.getVolatile(this);
            if (found == value || mistake == Mistake.NOT_READ_AGAIN) {
                return;
            }
            value = found;
            ticket = Stamps.draw();
        }
    }

    /** A round: first a stamp, then the ends of the logs, then what lies before them by ticket. One thread at a time. */
    public void round() {
        long stamp = Stamps.draw();
        int[] ends = {(int) END.getAcquire(logs[0]), (int) END.getAcquire(logs[1])};
        lastTicket = 0;
        for (int log = 0; log < ends.length; log++) {
            for (; merged[log] < ends[log] && logs[log].tickets[merged[log]] <= stamp; merged[log]++) {
                deliver(logs[log], merged[log]);
            }
        }
    }

    /** What came in an earlier round stays before this one's, whatever its ticket. */
    private void deliver(Log log, int at) {
        if (log.tickets[at] >= lastTicket) {
            lastTicket = log.tickets[at];
            last = log.values[at];
        }
    }

    /** When all is quiet: merges what is left. Returns whether the stream ends with what memory holds. */
    public boolean isRight() {
        round();
        return last == slot;
    }
}
