package org.shadowheap.replay;

/** Collections are asked for where the recorded JVM collected its young generation, and the trace tells of none. */
public final class NoRealCollectionsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoRealCollectionsException() {
        super(
                "collect-at real needs young collections of the JVM itself, and this trace tells of none: collect-at=real");
    }
}
