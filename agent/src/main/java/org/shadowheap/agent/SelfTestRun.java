package org.shadowheap.agent;

import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;
import org.shadowheap.drain.Drain;
import org.shadowheap.event.EventSink;
import org.shadowheap.selftest.SelfTestProgram;

/**
 * Runs a known little program through the real barrier, log and drain before the application begins. A JVM in which it is
 * not seen as it must be is not recorded: wrong figures would be worse than none.
 */
final class SelfTestRun {

    /** How long the program may take: some microseconds, but for a full log and a processor to itself. */
    private static final long MOST_MILLIS = 60_000;

    private final SelfTestWatch watch;
    private final boolean all;

    /**
     * @param sink takes all events but the test's own
     * @param all whether all classes are instrumented, the JDK's too
     */
    SelfTestRun(EventSink sink, boolean all) {
        watch = new SelfTestWatch(sink);
        this.all = all;
    }

    /** What the drain shall call until the test is over. */
    EventSink watch() {
        return watch;
    }

    /**
     * Runs the program on a thread of its own; returns when its events were as they must be. Beside a program that is busy they may lie in the log
     * for a while, behind what that records. The calling thread is quiet.
     *
     * @param drain which reads them
     * @throws IllegalStateException naming the first event that was not
     */
    void run(Drain drain) throws InterruptedException {
        Thread thread = AgentThreads.create("shadowheap-self-test", new SelfTestProgram());
        thread.start();
        thread.join(MOST_MILLIS);
        drain.catchUp(watch);
        String failure = Recording.failure();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        // Who leaves classes out may leave out the one that does the last store but one, or may not.
        String seen = all ? watch.seen() : watch.seen().replace(SelfTestProgram.BY_THE_JDK, "");
        compare(all ? SelfTestProgram.EVENTS : SelfTestProgram.EVENTS.replace(SelfTestProgram.BY_THE_JDK, ""), seen);
    }

    static void compare(String expected, String seen) {
        String[] wanted = expected.split("\n", -1);
        String[] found = seen.split("\n", -1);
        for (int i = 0; i < wanted.length || i < found.length; i++) {
            String want = i < wanted.length ? wanted[i] : "";
            String got = i < found.length ? found[i] : "";
            if (!want.equals(got)) {
                throw new IllegalStateException(
                        "the self-test failed at event " + (i + 1) + ": expected=" + or(want) + " found=" + or(got));
            }
        }
    }

    private static String or(String event) {
        return event.isEmpty() ? "nothing" : '"' + event + '"';
    }
}
