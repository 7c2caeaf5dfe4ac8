package org.shadowheap.exploration;

import org.jspecify.annotations.Nullable;

/**
 * One access to memory, or the entry or exit of a monitor.
 *
 * @param name of the method that the explored code called
 * @param operand what is stored; null for loads and monitors, and for a null reference that is stored
 */
record Operation(
        String name,
        Action action,
        Order order,
        Target target,
        @Nullable Object operand) {

    /**
     * Whether other threads may be scheduled before it. The rest runs at once with the operation before it: plain
     * accesses that turn out to be free of races commute with whatever could come between, and to leave a monitor early
     * only enables others.
     */
    boolean isSchedulingPoint() {
        return switch (action) {
            case ENTER -> true;
            case EXIT -> false;
            default -> order != Order.PLAIN || ((Location) target).mayRace();
        };
    }

    /** Whether the order of the two, of different threads, could matter to anybody. */
    boolean dependsOn(Operation other) {
        return target == other.target && !(action == Action.LOAD && other.action == Action.LOAD);
    }

    /** Performs it for the owner of the clock. Returns what was read, or null. */
    @Nullable
    Object perform(Clock thread, Path path) {
        return switch (action) {
            case LOAD -> ((Location) target).load(thread, order, path);
            case SWAP, OR -> ((Location) target).update(thread, order, action, operand, path);
            case STORE -> {
                ((Location) target).store(thread, order, operand, path);
                yield null;
            }
            case ENTER -> {
                ((Monitor) target).enter(thread);
                yield null;
            }
            case EXIT -> {
                ((Monitor) target).exit(thread);
                yield null;
            }
        };
    }
}
