package org.shadowheap.collect;

import java.util.List;

/**
 * Survivors of a minor collection that only dead old objects kept (Jones, Hosking, Moss: The Garbage Collection Handbook,
 * section 9.7). Only a major collection can tell.
 *
 * @param bytes of these survivors
 * @param holders which dead objects kept them, by type, most bytes first
 */
public record Nepotism(long bytes, List<Holders> holders) {

    /**
     * Dead old objects of one type.
     *
     * @param type id of their type
     * @param bytes what they kept alive, directly or not; what several kept counts for the one with the lowest id
     */
    public record Holders(int type, long bytes) {}
}
