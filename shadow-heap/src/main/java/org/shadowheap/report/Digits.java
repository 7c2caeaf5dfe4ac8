package org.shadowheap.report;

/**
 * Numbers as people read them, the same in every locale.
 *
 * <p>Not by {@code String.format}: reports are written in JVMs that a session has begun in late and leaves again, time after time. A class
 * of the JDK that was transformed in between links its lambdas anew, to new classes that stay, and those that format have some.
 */
public final class Digits {

    private static final int GROUP = 3;
    private static final int TEN = 10;

    private Digits() {}

    /** {@code 1,234,567}. */
    public static String grouped(long count) {
        String digits = Long.toString(count);
        int sign = count < 0 ? 1 : 0;
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - GROUP; at > sign; at -= GROUP) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** With one decimal, {@code 12.3}; what lies between two is rounded up, away from zero. */
    public static String tenths(double value) {
        double tenths = Math.abs(value) * TEN;
        if (!(tenths < Long.MAX_VALUE)) {
            return Double.toString(value);
        }
        long rounded = (long) Math.floor(tenths + 0.5);
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        return sign + rounded / TEN + '.' + rounded % TEN;
    }
}
