package org.shadowheap.remset;

/**
 * What a remembered set found and cost so far.
 *
 * @param scans how many there were
 * @param lastEntries entries that the last one found: dirty pages, for the dirty-page list
 * @param mostEntries most that one of them found
 * @param averageEntries moving average: each scan weighs 1/8, the first one counts in full
 * @param capacity entries that fit before something must grow; 0 if nothing ever grows
 * @param overflows how often something had to grow
 * @param slowPaths how often the barrier had to add an entry
 * @param sideBytes memory beside the pages that the policy needs
 */
public record RememberedSetStatistics(
        long scans,
        long lastEntries,
        long mostEntries,
        double averageEntries,
        long capacity,
        long overflows,
        long slowPaths,
        long sideBytes) {}
