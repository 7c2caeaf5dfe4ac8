package org.shadowheap.remset;

/** What the scans of a set found, as their number, latest, most and moving average. Written by the thread that ends a scan. */
final class ScanHistory {

    private static final double WEIGHT_OF_A_SCAN = 1.0 / 8;

    private long scans;
    private long last;
    private long most;
    private double average;

    void add(long entries) {
        average = scans == 0 ? entries : average + (entries - average) * WEIGHT_OF_A_SCAN;
        last = entries;
        most = Math.max(most, entries);
        scans++;
    }

    RememberedSetStatistics statistics(long capacity, long overflows, long slowPaths, long sideBytes) {
        return new RememberedSetStatistics(scans, last, most, average, capacity, overflows, slowPaths, sideBytes);
    }
}
