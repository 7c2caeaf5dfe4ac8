package org.shadowheap.heap;

import org.jspecify.annotations.Nullable;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.remset.RememberedSetPolicy;

/**
 * The shape of a shadow heap.
 *
 * @param nurseryBytes bytes born between minor collections
 * @param pageBytes size of an old-space page, a power of two from 512 to 65536
 * @param tenure minor collections that an object must survive to be promoted, 1 to 15
 * @param remset how old objects that may refer to young ones are found
 * @param cardBytes size of a card, for those remembered sets that have cards; at most a page
 * @param liveness what young objects live by
 * @param mutators how many may apply events at once, 1 to 256
 * @param collectors threads of a minor collection, 1 to 256; fewer take part when memory is short
 * @param majorBytes a major collection is due when the old space has doubled since the last one, but not before it has
 *     grown by so many bytes; and when little is left of the bound; {@link #NEVER} for none
 * @param isVerified whether the heap is verified after every collection, which costs O(heap)
 * @param boundBytes bound of the heap's resident bytes; {@link ShadowHeap#usedBytes} says what may exceed it
 * @param model how the recorded JVM lays out objects
 * @param foresight what is known of the program's future: what it will mention lives, too; null if nothing is known
 * @param collectAt when minor collections run; unless by the nursery, its size says how much room is kept for it and how often
 *     major collections may come
 */
public record HeapConfiguration(
        long nurseryBytes,
        int pageBytes,
        int tenure,
        RememberedSetPolicy remset,
        int cardBytes,
        Liveness liveness,
        int mutators,
        int collectors,
        long majorBytes,
        boolean isVerified,
        long boundBytes,
        ObjectModel model,
        @Nullable Foresight foresight,
        CollectAt collectAt) {

    /** No major collection unless somebody calls for one. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Most mutators, and most collectors. */
    public static final int MAX_THREADS = 256;

    private static final int NURSERIES_BETWEEN_MAJORS = 4;

    public HeapConfiguration {
        if (nurseryBytes < 4096) {
            throw new IllegalArgumentException("nurseryBytes must be at least 4096: nurseryBytes=" + nurseryBytes);
        }
        if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512 || pageBytes > 65536) {
            throw new IllegalArgumentException(
                    "pageBytes must be a power of two from 512 to 65536: pageBytes=" + pageBytes);
        }
        RememberedSetPolicy.requireCardBytes(cardBytes, pageBytes);
        requireRange("tenure", tenure, 15);
        requireRange("mutators", mutators, MAX_THREADS);
        requireRange("collectors", collectors, MAX_THREADS);
        requirePositive("majorBytes", majorBytes);
        requirePositive("boundBytes", boundBytes);
    }

    /** A dirty-page list, one mutator, one collector thread, liveness by evidence, and no verification. */
    public HeapConfiguration(long nurseryBytes, int pageBytes, int tenure, long boundBytes, ObjectModel model) {
        this(
                nurseryBytes,
                pageBytes,
                tenure,
                RememberedSetPolicy.DIRTY_PAGES,
                RememberedSetPolicy.DEFAULT_CARD_BYTES,
                Liveness.EVIDENCE,
                1,
                1,
                NURSERIES_BETWEEN_MAJORS * nurseryBytes,
                false,
                boundBytes,
                model,
                null,
                CollectAt.NURSERY);
    }

    public HeapConfiguration withRemset(RememberedSetPolicy policy, int newCardBytes) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                policy,
                newCardBytes,
                liveness,
                mutators,
                collectors,
                majorBytes,
                isVerified,
                boundBytes,
                model,
                foresight,
                collectAt);
    }

    public HeapConfiguration withLiveness(Liveness newLiveness) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                newLiveness,
                mutators,
                collectors,
                majorBytes,
                isVerified,
                boundBytes,
                model,
                foresight,
                collectAt);
    }

    /** Roots, and events that will mention it, keep an object alive: for recorded programs of which all is known. */
    public HeapConfiguration withForesight(Foresight newForesight) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                Liveness.ROOTS,
                mutators,
                collectors,
                majorBytes,
                isVerified,
                boundBytes,
                model,
                newForesight,
                collectAt);
    }

    public HeapConfiguration withThreads(int newMutators, int newCollectors) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                liveness,
                newMutators,
                newCollectors,
                majorBytes,
                isVerified,
                boundBytes,
                model,
                foresight,
                collectAt);
    }

    public HeapConfiguration withMajorBytes(long newMajorBytes) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                liveness,
                mutators,
                collectors,
                newMajorBytes,
                isVerified,
                boundBytes,
                model,
                foresight,
                collectAt);
    }

    public HeapConfiguration withVerification(boolean verified) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                liveness,
                mutators,
                collectors,
                majorBytes,
                verified,
                boundBytes,
                model,
                foresight,
                collectAt);
    }

    public HeapConfiguration withCollectAt(CollectAt newCollectAt) {
        return new HeapConfiguration(
                nurseryBytes,
                pageBytes,
                tenure,
                remset,
                cardBytes,
                liveness,
                mutators,
                collectors,
                majorBytes,
                isVerified,
                boundBytes,
                model,
                foresight,
                newCollectAt);
    }

    private static void requirePositive(String name, long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + name + "=" + bytes);
        }
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be from 1 to " + max + ": " + name + "=" + value);
        }
    }
}
