package org.shadowheap.barrier;

import org.jspecify.annotations.Nullable;

/**
 * Whether events are recorded, in this JVM, now.
 *
 * <p>Begun by the agent, ended by whoever finds that it cannot go on: the reason stays for the report. Threads
 * notice the end when their chunk is full; what they append after the drain has looked for the last time is never read.
 */
public final class Recording {

    private static volatile boolean on;

    /** Whether every thread may record: from when the first type of all is known. */
    private static volatile boolean open;

    private static volatile boolean left;

    private static volatile @Nullable String failure;

    static @Nullable TypeSource types;
    static volatile @Nullable StackWalk stackWalk;

    /** Whether threads list their stacks when they are asked, now or once all is mirrored. */
    static volatile boolean stacksAreWalked;

    static volatile @Nullable CallerWalk callerWalk;

    private Recording() {}

    /**
     * Begins to record. Only the calling thread does, as agent code ({@link AgentCode#enterFirst}), until what exists already begins to be
     * mirrored: nothing can be met before the first type of all.
     */
    public static void begin(TypeSource source) {
        types = source;
        left = false;
        on = true;
    }

    /** From now on every thread records, not only the one that began. */
    static void open() {
        open = true;
    }

    /** Whether a thread that has no cell yet may have one. */
    static boolean isOpen() {
        return on && open;
    }

    /** Threads will list their stacks, by {@link #walkStacks}. */
    public static void stacksWillBeWalked() {
        stacksAreWalked = true;
    }

    /** From now on every thread lists the references on its stack when the epoch is raised. */
    public static void walkStacks(StackWalk walk) {
        stacksAreWalked = true;
        stackWalk = walk;
    }

    /** From now on it is sampled who calls the sites outside the application. */
    public static void sampleCallers(CallerWalk walk) {
        callerWalk = walk;
    }

    public static boolean isOn() {
        return on;
    }

    /** Ends the recording without a failure. */
    public static void end() {
        on = false;
    }

    /**
     * After the end, when all was read that anybody shall: from now on nothing is met, since the transformers go. Threads that have a chunk
     * still append to it.
     */
    public static void leave() {
        left = true;
    }

    /** Whether {@link #leave} was called for the latest session. */
    static boolean isLeft() {
        return left;
    }

    /** Ends the recording because it cannot go on. The first reason counts. */
    public static void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
        on = false;
    }

    /** As before the first recording. */
    static void clear() {
        open = false;
        failure = null;
        stackWalk = null;
        stacksAreWalked = false;
        callerWalk = null;
    }

    /** Why the recording ended before it was asked to, null if it did not. */
    public static @Nullable String failure() {
        return failure;
    }

    static TypeSource types() {
        TypeSource source = types;
        if (source == null) {
            throw new IllegalStateException("recording has not begun");
        }
        return source;
    }
}
