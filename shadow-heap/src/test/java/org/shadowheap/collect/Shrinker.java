package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a failing program short: leaves out ever smaller parts as long as it still fails (Zeller, Hildebrandt: Simplifying
 * and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002; reduction to complements only).
 *
 * <p>jqwik shrinks programs, too, but it is in maintenance mode, carries a clause on its use since 1.10, and ends with JUnit
 * 5. Its chains are made for tens of actions, each generated from a state; for a list of thousands of plain values the lines
 * below are enough.
 */
final class Shrinker<T> {

    private final Predicate<List<T>> fails;
    private final Function<T, List<T>> simpler;
    private final long deadline;

    /**
     * @param fails whether a program still fails in the same way
     * @param simpler what a step may be replaced by, simplest first
     * @param seconds after which the shortest one so far is good enough
     */
    Shrinker(Predicate<List<T>> fails, Function<T, List<T>> simpler, long seconds) {
        this.fails = fails;
        this.simpler = simpler;
        deadline = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** Returns a program that fails, and no longer does, time permitting, if any single step is left out or made simpler. */
    List<T> shrink(List<T> failing) {
        List<T> shortest = failing;
        List<T> before = List.of();
        while (!shortest.equals(before) && !isLate()) {
            before = shortest;
            shortest = simplify(shorten(shortest));
        }
        return shortest;
    }

    private List<T> shorten(List<T> program) {
        List<T> shortest = program;
        int part = Math.max(1, shortest.size() / 2);
        while (!isLate()) {
            List<T> shorter = withoutParts(shortest, part);
            if (part == 1 && shorter.size() == shortest.size()) {
                break;
            }
            shortest = shorter;
            part = Math.max(1, Math.min(part, shortest.size()) / 2);
        }
        return shortest;
    }

    private List<T> simplify(List<T> program) {
        List<T> simplest = new ArrayList<>(program);
        for (int i = 0; i < simplest.size() && !isLate(); i++) {
            T step = simplest.get(i);
            for (T each : simpler.apply(step)) {
                simplest.set(i, each);
                if (fails.test(simplest)) {
                    break;
                }
                simplest.set(i, step);
            }
        }
        return simplest;
    }

    /** From the end, where what is left out takes little with it. */
    private List<T> withoutParts(List<T> program, int part) {
        List<T> shortest = program;
        for (int end = shortest.size(); end > 0 && !isLate(); end -= part) {
            int begin = Math.max(0, end - part);
            List<T> shorter = new ArrayList<>(shortest.subList(0, begin));
            shorter.addAll(shortest.subList(Math.min(end, shortest.size()), shortest.size()));
            if (fails.test(shorter)) {
                shortest = shorter;
            }
        }
        return shortest;
    }

    private boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }
}
