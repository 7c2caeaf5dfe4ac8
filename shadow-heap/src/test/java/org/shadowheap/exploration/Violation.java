package org.shadowheap.exploration;

/** What an execution did wrong. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Kinds of it. */
    enum Kind {
        /** Threads wait for monitors that nobody will leave. */
        DEADLOCK,
        /** A plain access, not declared as racing, that no happens-before orders with another one. */
        DATA_RACE,
        /** An access outside of allocated memory, of another width than before, or to what was never written. */
        BAD_ACCESS,
        /** A thread ended with an exception. */
        EXCEPTION,
        /** The scenario's final condition does not hold. */
        BROKEN_CONDITION
    }

    private final Kind kind;

    Violation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Violation(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
