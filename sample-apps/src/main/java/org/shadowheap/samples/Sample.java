package org.shadowheap.samples;

import java.util.List;

/**
 * A program that {@link Samples} can run.
 *
 * @param name what the command line calls it
 * @param lesson what it shows, in one line
 * @param program the program itself
 */
record Sample(String name, String lesson, Program program) {

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
}
