package org.shadowheap.journal;

import java.io.IOException;
import org.shadowheap.barrier.AgentCode;

/**
 * The thread that fills the file ahead of those who use it. When the disk is full it ends, and what was filled is all there is: the
 * logs go on with that, as with a smaller bound.
 */
final class Filler implements Runnable {

    private static final long BUSY_MILLIS = 1;
    private static final long IDLE_MILLIS = 10;

    private final Room[] rooms;
    private volatile boolean ended;

    Filler(Room[] rooms) {
        this.rooms = rooms;
    }

    @Override
    public void run() {
        AgentCode.silence();
        try {
            boolean whole = false;
            while (!ended && !whole) {
                whole = true;
                boolean filled = false;
                for (Room room : rooms) {
                    filled |= room.keepAhead();
                    whole &= room.isWhole();
                }
                sleep(filled ? BUSY_MILLIS : IDLE_MILLIS);
            }
        } catch (IOException | RuntimeException | Error full) {
            // Whoever needs more waits for what others free.
        }
    }

    void end() {
        ended = true;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException nobodyMeansUs) {
            // It ends when it is told to.
        }
    }
}
