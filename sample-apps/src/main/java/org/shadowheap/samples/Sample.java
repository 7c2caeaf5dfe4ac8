package org.shadowheap.samples;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A program that {@link Samples} can run.
 *
 * @param name what the command line calls it
 * @param lesson what it shows, in one line
 * @param kind whether its figures are known
 * @param program the program itself
 * @param figures what a report must say of it
 */
record Sample(String name, String lesson, Kind kind, Program program, Figures figures) {

    /** Which samples run together. */
    enum Kind {
        /** Numbered, as one finds it. */
        FOUND("all"),
        /** The same after the fix. */
        FIXED("all-fixed"),
        /** Drives a real program, whose figures nobody knows beforehand. */
        REAL("");

        /** What the command line calls all of them together; empty if they run apart. */
        final String together;

        Kind(String together) {
            this.together = together;
        }
    }

    /** Runs with the arguments after the sample's name. */
    @FunctionalInterface
    interface Program {

        /**
         * Runs to the end.
         *
         * @return the one line of result
         * @throws IllegalArgumentException if an argument is wrong; its message is for the user
         */
        String run(List<String> arguments) throws Exception;
    }

    /** Known answers, which stand beside the code of a sample: they are asked for when it is, or its class would be loaded. */
    @FunctionalInterface
    interface Figures {

        List<Figure> get();
    }

    /** A numbered sample that computes the same with and without its fix. */
    @FunctionalInterface
    interface Pair {

        String run(boolean fixed) throws Exception;
    }

    static Sample real(String name, String lesson, Program program) {
        return new Sample(name, lesson, Kind.REAL, program, List::of);
    }

    /** The sample as one finds it, and {@code -fixed}. */
    static Stream<Sample> pair(
            String number, String lesson, String fix, Pair pair, Function<Boolean, List<Figure>> figures) {
        return Stream.of(
                new Sample(number, lesson, Kind.FOUND, none -> pair.run(false), () -> figures.apply(false)),
                new Sample(number + "-fixed", fix, Kind.FIXED, none -> pair.run(true), () -> figures.apply(true)));
    }
}
