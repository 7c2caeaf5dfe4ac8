package org.shadowheap.agent;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.shadowheap.barrier.Cells;
import org.shadowheap.report.Digits;

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
    private Set<String> storedByEarlierFrames = Set.of();
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
        remark = "a kill of the JVM would cost the last part of this trace: see docs/attaching.md\n";
    }

    /** So many of the classes that are there are rewritten. */
    void rewriting(int done, int all) {
        classes = done;
        progress.accept("rewriting classes, " + Digits.grouped(done) + " of " + Digits.grouped(all));
    }

    /** Classes are rewritten; what is there is mirrored from now on. */
    void mirroring() {
        rewrittenNanos = System.nanoTime();
        storedByEarlierFrames = frames.stored();
        progress.accept("mirroring the heap");
    }

    /** What was there is mirrored. */
    void mirrored() {
        mirroredNanos = System.nanoTime();
    }

    /** The fields that frames may have stored to unseen since, those among them that have ended: see {@link RunningFrames#stored}. */
    Set<String> storedByEarlierFrames() {
        return storedByEarlierFrames;
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
                notes.add("attached: stores of " + countOf(frames.size())
                        + " that began before are not seen until they end: " + named
                        + (frames.size() > NAMED ? ", ..." : ""));
            }
            if (parked > 0) {
                notes.add("attached: " + Digits.grouped(parked)
                        + (parked == 1
                                ? " thread has not run since, what only its stack holds is not known yet"
                                : " threads have not run since, what only their stacks hold is not known yet"));
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
        String text = "a session runs: " + Digits.grouped(classes) + " classes rewritten in "
                + seconds(rewrittenNanos - startNanos) + " s, the heap mirrored in "
                + seconds(mirroredNanos - rewrittenNanos) + " s\n" + remark;
        return running == 0
                ? text
                : text + countOf(running) + " began before: stores in them are not seen until they end, see report\n";
    }

    private static String countOf(int count) {
        return Digits.grouped(count) + (count == 1 ? " frame" : " frames");
    }

    private static String seconds(long nanos) {
        return Digits.tenths(nanos / NANOS_PER_SECOND);
    }
}
