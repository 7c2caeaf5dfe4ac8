package org.shadowheap.report;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Figures of lists, in plain loops: a stream would link lambdas inside the JDK, and where that was rewritten for a session the
 * JVM makes new classes for them in each, which it never unloads.
 */
final class Sums {

    private Sums() {}

    static <T> long sum(List<T> list, ToLongFunction<T> figure) {
        long sum = 0;
        for (T each : list) {
            sum += figure.applyAsLong(each);
        }
        return sum;
    }

    /** 0 if the list is empty. */
    static <T> long most(List<T> list, ToLongFunction<T> figure) {
        long most = 0;
        for (T each : list) {
            most = Math.max(most, figure.applyAsLong(each));
        }
        return most;
    }

    /** Of those that have the figure; null if none has. */
    static <T> @Nullable Double mean(List<T> list, Function<T, @Nullable Long> figure) {
        long sum = 0;
        int count = 0;
        for (T each : list) {
            Long value = figure.apply(each);
            if (value != null) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? null : (double) sum / count;
    }
}
