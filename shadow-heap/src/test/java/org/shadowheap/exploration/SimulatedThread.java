package org.shadowheap.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a scenario. All of them run on the thread that explores: a body runs until it comes to a scheduling
 * point, is abandoned there by an exception, and when its turn has come it runs from its start again, with the results
 * that its operations had before, and one more. So a body may change nothing but simulated memory and objects of its
 * own.
 *
 * @param <T> what the body returns
 */
public final class SimulatedThread<T extends @Nullable Object> {

    /** Ends a run of a body early; no body may catch it. */
    private static final class Suspension extends Error {
        private static final long serialVersionUID = 1;

        Suspension() {
            super("waits for its turn", null, false, false);
        }
    }

    private final World world;
    private final String name;
    private final Supplier<T> body;
    private final Clock clock;
    private final List<@Nullable Object> results = new ArrayList<>();
    private int resultsUsed;
    private @Nullable Operation pending;
    private String pendingPlace = "";
    private boolean isUnwinding;
    private boolean isFinished;
    private @Nullable T returned;

    SimulatedThread(World world, String name, int number, Supplier<T> body) {
        this.world = world;
        this.name = name;
        this.body = body;
        clock = new Clock(number);
    }

    /** What the body returned; for the final check. */
    public T result() {
        return returned;
    }

    String name() {
        return name;
    }

    Clock clock() {
        return clock;
    }

    boolean isFinished() {
        return isFinished;
    }

    /** The operation that waits for its turn. Not of a thread that is finished. */
    Operation pending() {
        if (pending == null) {
            throw new IllegalStateException("is finished: " + name);
        }
        return pending;
    }

    /** Runs up to the first scheduling point. */
    void start(Clock setUp) {
        clock.join(setUp);
        runBody();
    }

    /** Performs the operation that waits, then runs up to the next one. */
    void step() {
        results.add(world.perform(name, clock, pending(), pendingPlace));
        pending = null;
        runBody();
    }

    private void runBody() {
        resultsUsed = 0;
        isUnwinding = false;
        try {
            returned = body.get();
            isFinished = true;
        } catch (Suspension e) {
            // waits
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new Violation(Violation.Kind.EXCEPTION, name + ": " + e, e);
        }
    }

    /** Whether the body is being abandoned, and its handlers of exceptions run. */
    boolean isUnwinding() {
        return isUnwinding;
    }

    /** The body comes to an operation, maybe again. */
    @Nullable
    Object perform(Supplier<Operation> next) {
        if (!isUnwinding && resultsUsed < results.size()) {
            return results.get(resultsUsed++);
        }
        return performUnscheduled(ignored -> {
            Operation operation = next.get();
            if (operation.isSchedulingPoint()) {
                pending = operation;
                pendingPlace = world.place();
                throw new Suspension();
            }
            return world.perform(name, clock, operation, world.place());
        });
    }

    /** The body comes to something that needs no turn, maybe again. */
    @Nullable
    Object performUnscheduled(Function<Clock, @Nullable Object> action) {
        if (isUnwinding) {
            throw new Suspension();
        }
        if (resultsUsed == results.size()) {
            isUnwinding = true;
            results.add(action.apply(clock));
            isUnwinding = false;
        }
        return results.get(resultsUsed++);
    }
}
