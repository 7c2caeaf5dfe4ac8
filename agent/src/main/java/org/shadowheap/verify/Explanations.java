package org.shadowheap.verify;

import java.util.Set;

/**
 * What explains a slot that differs, or says who is to blame for it, by names.
 *
 * @param uninstrumented classes that are loaded and not instrumented: their stores are not seen
 * @param natives classes that declare native methods, which may store to their fields unseen
 * @param constants static fields, {@code pkg.Class.name}, that the JVM itself sets when it initializes their classes
 * @param ofEarlierFrames fields, {@code pkg.Class.name}, that frames may have stored to unseen since they began before the session did;
 *     {@link #ELEMENTS} among them if they may have stored to elements of arrays
 */
public record Explanations(
        Set<String> uninstrumented, Set<String> natives, Set<String> constants, Set<String> ofEarlierFrames) {

    /** Stands for the elements of all arrays. */
    public static final String ELEMENTS = "[]";
}
