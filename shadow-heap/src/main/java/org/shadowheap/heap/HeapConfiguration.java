package org.shadowheap.heap;

import org.shadowheap.event.ObjectModel;

/**
 * The shape of a shadow heap.
 *
 * @param nurseryBytes bytes born between minor collections
 * @param pageBytes size of an old-space page, a power of two from 512 to 65536
 * @param tenure minor collections that an object must survive to be promoted, 1 to 15
 * @param boundBytes bound of the heap's resident bytes
 * @param model how the recorded JVM lays out objects
 */
public record HeapConfiguration(long nurseryBytes, int pageBytes, int tenure, long boundBytes, ObjectModel model) {

    public HeapConfiguration {
        if (nurseryBytes < 4096) {
            throw new IllegalArgumentException("nurseryBytes must be at least 4096: nurseryBytes=" + nurseryBytes);
        }
        if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512 || pageBytes > 65536) {
            throw new IllegalArgumentException(
                    "pageBytes must be a power of two from 512 to 65536: pageBytes=" + pageBytes);
        }
        if (tenure < 1 || tenure > 15) {
            throw new IllegalArgumentException("tenure must be from 1 to 15: tenure=" + tenure);
        }
        if (boundBytes <= 0) {
            throw new IllegalArgumentException("boundBytes must be positive: boundBytes=" + boundBytes);
        }
    }
}
