package org.shadowheap.memory;

/**
 * An access outside live memory, or memory given back wrongly; thrown by {@link CheckedMemory} only. An error and no
 * exception: it is a bug of ours, nobody handles it, and its stack trace is wanted.
 */
public final class MemoryAccessError extends Error {

    private static final long serialVersionUID = 1;

    MemoryAccessError(String message) {
        super(message);
    }
}
