package org.shadowheap.samples;

import java.util.List;
import java.util.concurrent.Callable;

/** Work that the argument {@code [TIMES]} repeats, with the same result each time. */
final class Repeated {

    private Repeated() {}

    /**
     * Works as many times as the argument says, once without one.
     *
     * @return what was expected
     * @throws WrongResultException if any of the times gave something else
     */
    static String run(List<String> arguments, String expected, Callable<String> work) throws Exception {
        int times = times(arguments);
        for (int i = 0; i < times; i++) {
            WrongResultException.check("result", expected, once(work));
        }
        return expected;
    }

    private static String once(Callable<String> work) throws Exception {
        try {
            return work.call();
        } catch (IllegalArgumentException failure) {
            // Of a library: none of the user's arguments is to blame.
            throw new IllegalStateException("the work failed", failure);
        }
    }

    static int times(List<String> arguments) {
        String times = arguments.isEmpty() ? "1" : arguments.get(0);
        if (arguments.size() > 1 || !times.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "TIMES must be one number from 1 to 9999: TIMES=" + String.join(" ", arguments));
        }
        return Integer.parseInt(times);
    }
}
