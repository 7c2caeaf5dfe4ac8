package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;

/** Stands in for the barrier in rewritten classes: remembers what it was told, in the order of the calls. One thread. */
public final class SeenCalls {

    /**
     * A call.
     *
     * @param what the barrier's method
     * @param object holder, array or newborn
     * @param value what was stored; for a bulk copy its length
     * @param slot index in an array, else the site
     */
    public record Call(String what, Object object, Object value, int slot) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Call call
                    && what.equals(call.what)
                    && object == call.object
                    && (value == call.value || value instanceof Integer && value.equals(call.value))
                    && slot == call.slot;
        }

        @Override
        public int hashCode() {
            return what.hashCode() + slot;
        }
    }

    /** Since it was cleared last. */
    public static final List<Call> CALLS = new ArrayList<>();

    private SeenCalls() {}

    public static void birth(Object object) {
        CALLS.add(new Call("birth", object, null, 0));
    }

    public static void arrayBirth(Object array) {
        CALLS.add(new Call("arrayBirth", array, null, 0));
    }

    public static void filledBirth(Object object) {
        CALLS.add(new Call("filledBirth", object, null, 0));
    }

    public static void fieldStore(Object holder, Object value, int site) {
        CALLS.add(new Call("fieldStore", holder, value, site));
    }

    public static void fieldStores(Object holder, Object first, Object second, int site) {
        fieldStore(holder, first, site);
        fieldStore(holder, second, site + 1);
    }

    public static void fieldStores(Object holder, Object first, Object second, Object third, int site) {
        fieldStores(holder, first, second, site);
        fieldStore(holder, third, site + 2);
    }

    public static void fieldStores(Object holder, Object first, Object second, Object third, Object fourth, int site) {
        fieldStores(holder, first, second, site);
        fieldStores(holder, third, fourth, site + 2);
    }

    public static void arrayStore(Object array, int index, Object value, int site) {
        CALLS.add(new Call("arrayStore", array, value, index));
    }

    public static void staticStore(Object value, Class<?> holder, int site) {
        CALLS.add(new Call("staticStore", holder, value, site));
    }

    public static void arrayCopy(Object array, int from, int length, int site) {
        CALLS.add(new Call("arrayCopy", array, length, from));
    }

    /** Nothing is told before a copy that works. */
    public static void arrayCopyBegins(Object source, int sourceFrom, Object array, int from, int length, int site) {}

    public static void copyArray(Object source, int sourceFrom, Object array, int from, int length, int site) {
        System.arraycopy(source, sourceFrom, array, from, length);
        arrayCopy(array, from, length, site);
    }
}
