package org.shadowheap.collect;

import org.shadowheap.heap.Evacuation;

/**
 * What busy workers of a trace can spare, for those that have nothing (grey packets: Jones, Hosking, Moss: The Garbage
 * Collection Handbook, chapter 14; Ossia et al., PLDI 2002). Nothing is handed over unless somebody asks.
 *
 * <p>A worker is idle from the moment it comes for work with its own stack empty until it has got some. Only workers that
 * are not idle make work. So when all are idle and nothing lies here, there is none anywhere, and nobody ever makes any:
 * the trace is over. Who comes last finds that out and tells the others, under the same lock under which work is taken and
 * given.
 */
final class SharedWork implements AutoCloseable {

    /** What is taken at once, in words of a stack. */
    private static final int BLOCK = 512;

    private final int workers;
    private final ScanStack spare;
    private int idle;
    private boolean over;

    /** Whether somebody idle finds nothing here. Written under the lock, read by workers on their way. */
    private volatile boolean wanted;

    SharedWork(Evacuation evacuation) {
        workers = evacuation.workers();
        spare = new ScanStack(evacuation);
    }

    /** Whether a worker waits for what another could {@link #give}. */
    boolean isWanted() {
        return wanted;
    }

    /** Takes half of a stack, the oldest: what most may hang on. */
    synchronized void give(ScanStack from) {
        from.giveOldest(from.words() / 2, spare);
        wanted = spare.isEmpty();
        notifyAll();
    }

    /** Waits until there is work, and puts some of it on an empty stack; false if the trace is over. */
    synchronized boolean take(ScanStack to) {
        idle++;
        awaitWork();
        if (over) {
            return false;
        }
        idle--;
        spare.giveOldest(Math.min(BLOCK, spare.words() / (idle + 1) + 1), to);
        wanted = spare.isEmpty() && idle > 0;
        return true;
    }

    private void awaitWork() {
        boolean interrupted = false;
        while (spare.isEmpty() && !over) {
            if (idle == workers) {
                endNow();
                break;
            }
            wanted = true;
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // ends nothing here
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody has failed: nobody waits for work any more. */
    synchronized void abort() {
        endNow();
    }

    private void endNow() {
        over = true;
        wanted = false;
        notifyAll();
    }

    @Override
    public void close() {
        spare.close();
    }
}
