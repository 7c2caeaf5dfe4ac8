package org.shadowheap.agent;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.shadowheap.barrier.Cells;

/**
 * What is particular about a session that began while the program ran: somebody waits for it to begin, and threads were under way.
 *
 * <p>Created and used by the thread that begins the session; afterwards asked by whoever reports, one at a time.
 */
final class Attachment {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NAMED = 5;

    private final Consumer<String> progress;
    private final RunningFrames frames = new RunningFrames();
    private final List<WeakReference<Thread>> threads = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private String remark = "";
    private int classes;
    private long rewrittenNanos;
    private long mirroredNanos;

    /** @param progress is told what is being done, in a line */
    Attachment(Consumer<String> progress) {
        this.progress = progress;
    }

    /** The trace lives in this JVM's memory until it is written. */
    void tellNoLogs() {
        remark = String.format("a kill of the JVM would cost the last part of this trace: see docs/attaching.md%n");
    }

    /** So many of the classes that are there are rewritten. */
    void rewriting(int done, int all) {
        classes = done;
        progress.accept(String.format(Locale.ROOT, "rewriting classes, %,d of %,d", done, all));
    }

    /** Classes are rewritten; what is there is mirrored from now on. */
    void mirroring() {
        rewrittenNanos = System.nanoTime();
        progress.accept("mirroring the heap");
    }

    /** What was there is mirrored. */
    void mirrored() {
        mirroredNanos = System.nanoTime();
    }

    /** The methods that ran while they were rewritten. */
    RunningFrames frames() {
        return frames;
    }

    /** The threads of the program that are under way now, from which mirroring begins, too. */
    Thread[] liveThreads() {
        Set<Thread> live = Thread.getAllStackTraces().keySet();
        for (Thread each : live) {
            if (each != Thread.currentThread()) {
                threads.add(new WeakReference<>(each));
            }
        }
        return live.toArray(new Thread[0]);
    }

    /** How many threads of that time have not run since: what only their stacks hold is not known. */
    private int parkedThreads() {
        int parked = 0;
        for (WeakReference<Thread> each : threads) {
            Thread thread = each.get();
            if (thread != null && thread.isAlive() && !Cells.hasCell(thread)) {
                parked++;
            }
        }
        return parked;
    }

    /**
     * What may be missing, now.
     *
     * @param frames that began before their methods were rewritten
     * @param parked threads that have not run since
     */
    record Gaps(List<String> frames, int parked) {

        /** What a report must say first. */
        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (!frames.isEmpty()) {
                String named = String.join(", ", frames.subList(0, Math.min(NAMED, frames.size())));
                notes.add(String.format(
                        Locale.ROOT,
                        "attached: stores of %,d frame%s that began before are not seen until they end: %s%s",
                        frames.size(),
                        frames.size() == 1 ? "" : "s",
                        named,
                        frames.size() > NAMED ? ", ..." : ""));
            }
            if (parked > 0) {
                notes.add(String.format(
                        Locale.ROOT,
                        "attached: %,d %s not run since, what only %s is not known yet",
                        parked,
                        parked == 1 ? "thread has" : "threads have",
                        parked == 1 ? "its stack holds" : "their stacks hold"));
            }
            return notes;
        }
    }

    /** What may be missing, now. */
    Gaps gaps() {
        return new Gaps(frames.remaining(), parkedThreads());
    }

    /** What was done, for the user who waits: lines. */
    String summary() {
        int running = frames.remaining().size();
        String text = String.format(
                Locale.ROOT,
                "a session runs: %,d classes rewritten in %.1f s, the heap mirrored in %.1f s%n",
                classes,
                (rewrittenNanos - startNanos) / NANOS_PER_SECOND,
                (mirroredNanos - rewrittenNanos) / NANOS_PER_SECOND);
        return running == 0
                ? text + remark
                : text
                        + remark
                        + String.format(
                                Locale.ROOT,
                                "%,d frame%s began before: stores in them are not seen until they end, see report%n",
                                running,
                                running == 1 ? "" : "s");
    }
}
