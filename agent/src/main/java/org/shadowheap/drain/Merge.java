package org.shadowheap.drain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.shadowheap.barrier.Cells;
import org.shadowheap.barrier.Stamps;
import org.shadowheap.event.EventDecoder;
import org.shadowheap.event.EventSink;
import org.shadowheap.event.layout.EventRecord;

/**
 * Merges the logs round by round.
 *
 * <p>A round draws a stamp, then reads the published ends of all logs, and delivers the records stamped up to it: by
 * stamp, at equal stamps own records before the ticketed one, then by log, then by position. A record that was late for
 * the round can have nothing that depends on it in the round; nor has one with a larger stamp, so that a large round may be
 * cut into several where the stamp changes. Writers see to it that it does: they draw one with each fourth chunk.
 *
 * <p>But records of one's own that follow a ticketed one in its run were written at the next stamp, and may mention what
 * another thread gave birth to at that stamp: between the two no round may end.
 *
 * <p>Where the JVM has collected a round ends as well, right behind the mark, so that what is counted or collected at ends of rounds is
 * where the JVM was. The record that was under way may come before, under its earlier stamp.
 */
final class Merge implements Positions {

    /** Events after which a round ends as soon as it may. */
    private static final int ROUND_EVENTS = 1 << 14;

    private final RootRequests requests;
    private final Logs source;
    private final RoundEnds ends;

    private final SinceListed.Kept kept = new SinceListed.Kept();

    private @Nullable LogReader[] readers = new LogReader[64];
    private int logs;

    /** Logs with records in this round, a binary heap by key and log number. */
    private LogReader[] queue = new LogReader[64];

    private long[] keys = new long[64];
    private int queued;

    private long delivered;
    private long sinceRound;

    Merge(RootRequests requests, Logs source, RoundEnds ends) {
        this.requests = requests;
        this.source = source;
        this.ends = ends;
    }

    /** Loads the classes that a run needs; the sink is not called. */
    static void rehearse(EventSink sink) {
        RootRequests.rehearse();
        LogReader reader = new LogReader(0, 0, new SinceListed(Logs.LIVE, new SinceListed.Kept()));
        EventDecoder.decode(reader.log, EventRecord.word1(EventRecord.STAMP, 0, 0), sink);
    }

    /** Delivers what the logs hold, in rounds that are closed by {@link EventSink#round}. Returns the number of events. */
    long run(EventSink sink, Definitions definitions) {
        long last = Stamps.draw();
        return run(last, sink, definitions);
    }

    /** As {@link #run(EventSink, Definitions)} for the last time: who reads the logs after us reads no further. */
    void runAtLast(EventSink sink, Definitions definitions) {
        long last = Stamps.draw();
        ends.endsAt(last);
        run(last, sink, definitions);
    }

    /** Nothing that is recorded from now on will be delivered. */
    void endHere() {
        ends.endsAt(Stamps.draw());
    }

    private long run(long last, EventSink sink, Definitions definitions) {
        long before = delivered;
        readEnds(sink);
        definitions.drainTo(sink);
        fillQueue();
        deliverUpTo(last, sink);
        endRound(sink, last + 1);
        queued = 0;
        return delivered - before;
    }

    /** Delivers what logs hold to which nothing is appended any more, up to a stamp. Returns the number of events. */
    long runDead(long last, EventSink sink) {
        readEnds(sink);
        fillQueue();
        deliverUpTo(last, sink);
        sink.round();
        queued = 0;
        return delivered;
    }

    /** Goes on where another merge stood in a log. */
    void resume(int log, long cell, long chunk, long position, long key, long lost) {
        LogReader reader = reader(log, cell);
        reader.resume(chunk, position, key, lost);
        makeRoom(log);
        readers[log] = reader;
    }

    private LogReader reader(int log, long cell) {
        return new LogReader(log, cell, new SinceListed(source, kept));
    }

    @Override
    public void tell(Visitor visitor) {
        for (int log = 1; log <= logs; log++) {
            LogReader reader = readers[log];
            if (reader != null) {
                reader.tell(visitor);
            }
        }
    }

    @Override
    public long epoch() {
        return requests.epoch();
    }

    /** @param next every record with a lower stamp was delivered */
    private void endRound(EventSink sink, long next) {
        sinceRound = 0;
        if (requests.isMajorNext()) {
            // What a thread has made since its list may be old by now, and is evidence only if it was mentioned since
            // then.
            listForTheSilent(sink, requests.sinceCollection(), requests.expected());
        }
        sink.round();
        if (requests.roundEnded(sink, next, delivered)) {
            listForTheSilent(sink, requests.expected(), requests.evident());
        }
        ends.roundEnded(this);
    }

    private void listForTheSilent(EventSink sink, long expected, long evident) {
        for (int log = 1; log <= logs; log++) {
            LogReader reader = readers[log];
            if (reader != null) {
                reader.listInItsPlace(sink, expected, evident);
            }
        }
    }

    private void readEnds(EventSink sink) {
        logs = source.count();
        makeRoom(logs);
        for (int log = 1; log <= logs; log++) {
            LogReader reader = readers[log];
            if (reader == null) {
                long cell = source.cell(log);
                if (cell == 0) {
                    continue;
                }
                reader = reader(log, cell);
                readers[log] = reader;
            }
            reader.readEnd();
            long lost = reader.takeLost();
            if (lost > 0) {
                sink.lost(lost);
            }
        }
    }

    private void makeRoom(int log) {
        if (log >= readers.length) {
            readers = Arrays.copyOf(readers, log * 2);
        }
    }

    private void fillQueue() {
        for (int log = 1; log <= logs; log++) {
            LogReader reader = readers[log];
            if (reader != null) {
                long key = reader.nextKey();
                if (key != Long.MAX_VALUE) {
                    push(key, reader);
                }
            }
        }
    }

    private void deliverUpTo(long last, EventSink sink) {
        // The largest stamp of what was delivered.
        long stamp = 0;
        while (queued > 0 && keys[0] >>> 1 <= last) {
            long next = keys[0] >>> 1;
            if (next > stamp && (sinceRound >= ROUND_EVENTS || requests.isReachedBy(next))) {
                endRound(sink, next);
            }
            boolean ticketed = (keys[0] & 1) != 0;
            LogReader reader = queue[0];
            long count = reader.deliverRun(sink);
            stamp = ticketed && count > 1 ? next + 1 : next;
            delivered += count;
            sinceRound =
                    reader.wasMark() ? ROUND_EVENTS : sinceRound + count; // behind a collection a round ends at once
            long key = reader.nextKey();
            if (key == Long.MAX_VALUE) {
                queued--;
                sink(0, keys[queued], queue[queued]);
            } else {
                sink(0, key, reader);
            }
        }
    }

    private void push(long key, LogReader reader) {
        if (queued == keys.length) {
            keys = Arrays.copyOf(keys, queued * 2);
            queue = Arrays.copyOf(queue, queued * 2);
        }
        int at = queued++;
        while (at > 0 && less(key, reader, at - 1 >>> 1)) {
            int parent = at - 1 >>> 1;
            keys[at] = keys[parent];
            queue[at] = queue[parent];
            at = parent;
        }
        keys[at] = key;
        queue[at] = reader;
    }

    /** Lets an entry sink from a place to where it belongs. */
    private void sink(int from, long key, LogReader reader) {
        int at = from;
        for (; ; ) {
            int child = 2 * at + 1;
            if (child >= queued) {
                break;
            }
            if (child + 1 < queued && less(keys[child + 1], queue[child + 1], child)) {
                child++;
            }
            if (less(key, reader, child)) {
                break;
            }
            keys[at] = keys[child];
            queue[at] = queue[child];
            at = child;
        }
        keys[at] = key;
        queue[at] = reader;
    }

    private boolean less(long key, LogReader reader, int at) {
        return key < keys[at] || key == keys[at] && reader.log < queue[at].log;
    }

    /** Forgets the logs of threads that have ended and were read to their end. Between rounds. */
    void recycleEnded(EventSink sink) {
        for (int log = 1; log <= logs; log++) {
            LogReader reader = readers[log];
            if (reader == null || !source.hasEnded(log)) {
                continue;
            }
            // Nothing is appended after the end was seen: one more look, then the log is complete.
            if (Cells.topAcquire(reader.cell) == reader.end() && reader.nextKey() == Long.MAX_VALUE) {
                long lost = reader.takeLost();
                if (lost > 0) {
                    sink.lost(lost);
                }
                sink.threadEnd(log);
                reader.close();
                readers[log] = null;
                source.recycle(log);
            }
        }
    }
}
