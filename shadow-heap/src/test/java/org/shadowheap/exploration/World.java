package org.shadowheap.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.shadowheap.exploration.Violation.Kind;

/**
 * One execution: its memory, its threads, and the scheduler that lets them take turns along a {@link Path}.
 *
 * <p>Reduction: a thread is put to sleep where all that follows from its next operation was explored from the same
 * point already, and wakes at the first operation that its own depends on. If all threads that could run are asleep,
 * the execution only repeats another one with independent operations in another order, and is cut. These are sleep
 * sets: Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996.
 */
final class World {

    private static @Nullable World current;

    private final Path path;
    private final boolean isReduced;
    private final @Nullable Schedule schedule;
    private final SimulatedMemory memory = new SimulatedMemory();
    private final SimulatedObjects objects = new SimulatedObjects();
    private final Clock setUp = new Clock(0);
    private final List<SimulatedThread<?>> threads = new ArrayList<>();
    private @Nullable SimulatedThread<?> running;
    private long steps;

    World(Path path, boolean isReduced, @Nullable Schedule schedule) {
        this.path = path;
        this.isReduced = isReduced;
        this.schedule = schedule;
    }

    static World current() {
        if (current == null) {
            throw new IllegalStateException("only a scenario may use simulated memory");
        }
        return current;
    }

    /** Runs to the end and returns the outcome, or null if the execution was cut. */
    @Nullable
    String run(Supplier<? extends Scenario> scenarios) {
        current = this;
        try {
            Scenario scenario = scenarios.get();
            threads.forEach(thread -> run(thread, () -> thread.start(setUp)));
            if (!takeTurns()) {
                return null;
            }
            threads.forEach(thread -> setUp.join(thread.clock()));
            return check(scenario);
        } finally {
            current = null;
        }
    }

    /** Scheduling points that were passed. */
    long steps() {
        return steps;
    }

    private boolean takeTurns() {
        int asleep = 0;
        while (true) {
            int runnable = runnable();
            if (runnable == 0) {
                return allFinished();
            }
            int awake = runnable & ~asleep;
            if (awake == 0) {
                return false;
            }
            for (int skip = path.choose(Integer.bitCount(awake)); skip > 0; skip--) {
                int first = Integer.lowestOneBit(awake);
                asleep |= isReduced ? first : 0;
                awake &= ~first;
            }
            SimulatedThread<?> next = threads.get(Integer.numberOfTrailingZeros(awake));
            asleep = independentOf(next.pending(), asleep);
            steps++;
            run(next, next::step);
        }
    }

    private int runnable() {
        int result = 0;
        for (int i = 0; i < threads.size(); i++) {
            SimulatedThread<?> thread = threads.get(i);
            if (!thread.isFinished() && isEnabled(thread)) {
                result |= 1 << i;
            }
        }
        return result;
    }

    private static boolean isEnabled(SimulatedThread<?> thread) {
        Operation next = thread.pending();
        return next.action() != Action.ENTER || ((Monitor) next.target()).isFreeFor(thread.clock());
    }

    private boolean allFinished() {
        for (SimulatedThread<?> thread : threads) {
            if (!thread.isFinished()) {
                throw new Violation(
                        Kind.DEADLOCK,
                        thread.name() + " waits for ever: "
                                + thread.pending().target().name());
            }
        }
        return true;
    }

    private int independentOf(Operation operation, int asleep) {
        int result = asleep;
        for (int i = 0; i < threads.size(); i++) {
            if ((asleep & 1 << i) != 0 && threads.get(i).pending().dependsOn(operation)) {
                result &= ~(1 << i);
            }
        }
        return result;
    }

    private void run(SimulatedThread<?> thread, Runnable turn) {
        running = thread;
        turn.run();
        running = null;
    }

    private static String check(Scenario scenario) {
        try {
            return scenario.outcome();
        } catch (IllegalStateException | AssertionError e) {
            throw new Violation(Kind.BROKEN_CONDITION, String.valueOf(e.getMessage()), e);
        }
    }

    <T extends @Nullable Object> SimulatedThread<T> newThread(String name, Supplier<T> body) {
        if (threads.size() == Clock.THREADS - 1) {
            throw new IllegalStateException("too many threads: most=" + (Clock.THREADS - 1));
        }
        SimulatedThread<T> thread = new SimulatedThread<>(this, name, threads.size() + 1, body);
        threads.add(thread);
        return thread;
    }

    SimulatedMemory memory() {
        return memory;
    }

    SimulatedObjects objects() {
        return objects;
    }

    Path path() {
        return path;
    }

    /** The thread whose body runs; null in the set-up and the final check. */
    @Nullable
    SimulatedThread<?> running() {
        return running;
    }

    /** Where in the explored code we are, if somebody wants to know. */
    String place() {
        return schedule == null ? "" : schedule.place();
    }

    /** An operation of the body that runs, or of the set-up or the final check. */
    @Nullable
    Object perform(Supplier<Operation> operation) {
        return running == null ? perform("", setUp, operation.get(), "") : running.perform(operation);
    }

    /** Something that others see by its later accesses only: to allocate, to free, to copy. */
    @Nullable
    Object performUnscheduled(Function<Clock, @Nullable Object> action) {
        return running == null ? action.apply(setUp) : running.performUnscheduled(action);
    }

    /** Performs an operation now. */
    @Nullable
    Object perform(String thread, Clock clock, Operation operation, String place) {
        clock.tick();
        Object result = operation.perform(clock, path);
        if (schedule != null && clock != setUp) {
            schedule.add(thread, operation, result, place);
        }
        return result;
    }
}
