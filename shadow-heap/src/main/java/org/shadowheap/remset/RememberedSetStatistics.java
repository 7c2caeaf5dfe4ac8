package org.shadowheap.remset;

/**
 * What scans of a remembered set found so far.
 *
 * @param scans how many there were
 * @param lastDirtyPages pages that the last one found dirty
 * @param mostDirtyPages most that one of them found
 * @param averageDirtyPages moving average: each scan weighs 1/8, the first one counts in full
 * @param capacityPages pages that the list holds before it grows
 * @param overflows how often it had to grow
 */
public record RememberedSetStatistics(
        long scans,
        long lastDirtyPages,
        long mostDirtyPages,
        double averageDirtyPages,
        long capacityPages,
        long overflows) {}
