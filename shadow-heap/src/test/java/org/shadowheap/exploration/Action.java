package org.shadowheap.exploration;

/** What an {@link Operation} does to its target. */
enum Action {
    LOAD,
    STORE,
    /** Atomic get-and-set. */
    SWAP,
    /** Atomic get-and-bitwise-or. */
    OR,
    ENTER,
    EXIT;

    /** The value that an atomic update leaves. */
    Object updated(Object old, Object operand) {
        return this == OR ? (Object) ((Long) old | (Long) operand) : operand;
    }
}
