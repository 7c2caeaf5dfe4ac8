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
 * @param slowPaths how often an entry had to be added: by the barrier, or by a scan that keeps an edge
 * @param sideBytes memory that the policy has beside the pages and the bits for each granule that {@link
 *     org.shadowheap.memory.PageTable} keeps under every policy: a byte for each page where its flag is used, tables of
 *     cards, and lists with the capacity they have reached. Policies that use dirty bits need those too, 1/64 of the pages
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
