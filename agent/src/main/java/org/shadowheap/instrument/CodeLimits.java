package org.shadowheap.instrument;

/**
 * How many bytes of code a method may have.
 *
 * @param compiled HotSpot compiles no method with more
 * @param format the class file format expresses no more
 */
record CodeLimits(int compiled, int format) {

    /** {@code -XX:HugeMethodLimit} of every JDK, and the format's own. */
    static final CodeLimits HOTSPOT = new CodeLimits(8_000, 65_535);
}
