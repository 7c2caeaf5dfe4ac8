package org.shadowheap.agent;

import org.shadowheap.barrier.AgentCode;
import org.shadowheap.barrier.PendingObjects;
import org.shadowheap.barrier.Recording;
import org.shadowheap.drain.AgentThreads;

/**
 * Reads objects that were met as referents of others, so that they are mirrored although nobody stores to them.
 *
 * <p>A mutator like any other, but quiet: it waits when the log is full, and its own garbage is not recorded.
 */
final class MirrorThread implements Runnable {

    private static final long PAUSE_MILLIS = 5;

    private MirrorThread() {}

    /** Starts the thread; events are recorded already. It ends with the recording. */
    static void start() {
        AgentThreads.create("shadowheap-mirror", new MirrorThread()).start();
    }

    @Override
    public void run() {
        long token = AgentCode.enter();
        try {
            while (Recording.isOn()) {
                PendingObjects.readAll();
                AgentThreads.rest(PAUSE_MILLIS);
            }
        } finally {
            AgentCode.exit(token);
        }
    }
}
