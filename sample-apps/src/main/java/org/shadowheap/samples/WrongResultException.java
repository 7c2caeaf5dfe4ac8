package org.shadowheap.samples;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sample computed something else than it should. */
final class WrongResultException extends Exception {

    private static final long serialVersionUID = 1;

    WrongResultException(String what, @Nullable Object expected, @Nullable Object found) {
        super("wrong " + what + ": expected=[" + expected + "] found=[" + found + "]");
    }

    static void check(String what, @Nullable Object expected, @Nullable Object found) throws WrongResultException {
        if (!Objects.equals(expected, found)) {
            throw new WrongResultException(what, expected, found);
        }
    }
}
