package org.shadowheap.heap;

/**
 * Says at the end of a minor collection whether a major one comes with the next: if the old space has doubled since the last
 * (see {@link HeapConfiguration#majorBytes}), or if little is left of the bound. What was met is counted as if it had been there at the last
 * one where it was a nursery or more from one collection to the next: whoever meets so much in a row, as an attach does, meets what lives.
 *
 * <p>Little is what two nurseries may take that survive whole: one may be promoted before the major collection comes, or be
 * born old, and another along with it. A major collection that has left little may have freed nothing: the next waits until
 * there are more old objects, and a quarter of what was left is used up, or of what a nursery takes if that is less. So a
 * program that does not fit is refused after a few of them, and one whose young objects come and go has none for that.
 *
 * <p>What is left depends on how full pages are. With several mutators or collectors that differs from run to run, and so
 * may the collection with which a major one comes, though only near the bound.
 */
final class MajorTrigger {

    private static final int LITTLE_NURSERIES = 2;
    private static final int STEPS = 4;

    private final Budget budget;
    private final long leastGrowthBytes;
    private final long nurseryBytes;
    private long afterLastBytes;

    /** What was there at the last major collection, or was met in a row since. */
    private long thereBytes;

    private long metSoFarBytes;

    /** What may be committed still; the measure if the pages that are empty suit nobody, or ids take the room. */
    private long committableAfterLast = Long.MAX_VALUE;

    /** With the pages that are empty; the measure if all there ever will be was committed. */
    private long roomAfterLast = Long.MAX_VALUE;

    private boolean isBoundFelt;

    MajorTrigger(HeapConfiguration configuration, Budget budget) {
        leastGrowthBytes = configuration.majorBytes();
        nurseryBytes = configuration.nurseryBytes();
        this.budget = budget;
    }

    /** A major collection has left so many bytes of old objects. */
    void collected(long oldBytes) {
        afterLastBytes = oldBytes;
        thereBytes = oldBytes;
        committableAfterLast = budget.committableBytes();
        roomAfterLast = budget.roomBytes();
    }

    /**
     * Once at the end of each minor collection, behind {@link #collected} if it was a major one as well.
     *
     * @param metBytes bytes of all objects that were met so far
     */
    boolean isDue(long oldBytes, long metBytes, boolean hasCollected) {
        long met = metBytes - metSoFarBytes;
        metSoFarBytes = metBytes;
        if (!hasCollected && met >= nurseryBytes) {
            thereBytes += met;
        }
        if (leastGrowthBytes == HeapConfiguration.NEVER) {
            return false;
        }
        long growth = oldBytes - afterLastBytes;
        if (oldBytes - thereBytes >= Math.max(leastGrowthBytes, thereBytes)) {
            return true;
        }
        boolean little = growth > 0
                && (isLittle(budget.committableBytes(), committableAfterLast)
                        || isLittle(budget.roomBytes(), roomAfterLast));
        isBoundFelt |= little;
        return little;
    }

    /** Whether a major collection was due that would not have been with more memory. */
    boolean isBoundFelt() {
        return isBoundFelt;
    }

    private boolean isLittle(long left, long afterLast) {
        long nursery = budget.survivingNurseryBytes();
        long step = Math.min(nursery, Math.max(left, 0)) / STEPS;
        return left < LITTLE_NURSERIES * nursery && left < afterLast && left <= afterLast - step;
    }
}
