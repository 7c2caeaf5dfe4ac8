package org.shadowheap.heap;

/** What a young object lives by, besides references from what is alive. */
public enum Liveness {
    /** Roots only: for programs that say what theirs are. */
    ROOTS,
    /** Roots, and events that mentioned it lately: for recorded programs, whose stacks are seen now and then. */
    EVIDENCE
}
