package org.shadowheap.exploration;

/** Memory order of an access, by the names that {@link java.lang.invoke.VarHandle} gives them. */
enum Order {
    PLAIN,
    ACQUIRE,
    RELEASE,
    VOLATILE;

    boolean acquires() {
        return this == ACQUIRE || this == VOLATILE;
    }

    boolean releases() {
        return this == RELEASE || this == VOLATILE;
    }
}
