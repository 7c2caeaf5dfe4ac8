package org.shadowheap.config;

import java.util.Locale;

/** Parses sizes such as {@code 512}, {@code 4k}, {@code 16m}, {@code 1g}; units are powers of 1024, in either case. */
public final class Sizes {

    private static final String UNITS = "kmgt";

    /** Digits that cannot overflow a long whatever the check afterwards. */
    private static final int MAX_DIGITS = 18;

    private Sizes() {}

    /**
     * Parses a number of bytes.
     *
     * @param option name of the option, as the message begins with it
     * @throws IllegalArgumentException if it is no size or out of range: {@code nursery must be a size from 4k to 1t:
     *     nursery=1x}
     */
    public static long bytes(String option, String text, long least, long most) {
        long bytes = parse(text);
        if (bytes < least || bytes > most) {
            throw new IllegalArgumentException(option + " must be a size from " + format(least) + " to " + format(most)
                    + ": " + option + '=' + text);
        }
        return bytes;
    }

    /**
     * Parses a number of bytes that is a power of two.
     *
     * @throws IllegalArgumentException {@code page must be a power of two from 512 to 64k: page=100}
     */
    static int powerOfTwo(String option, String text, int least, int most) {
        long bytes = parse(text);
        if (bytes < least || bytes > most || Long.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(option + " must be a power of two from " + format(least) + " to "
                    + format(most) + ": " + option + '=' + text);
        }
        return (int) bytes;
    }

    /**
     * Parses a plain number.
     *
     * @throws IllegalArgumentException {@code tenure must be from 1 to 15: tenure=0}
     */
    public static int number(String option, String text, int least, int most) {
        boolean plain = !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
        long number = plain ? parse(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    option + " must be from " + least + " to " + most + ": " + option + '=' + text);
        }
        return (int) number;
    }

    /** The shortest way to write a size: {@code 512}, {@code 64k}. */
    public static String format(long bytes) {
        long value = bytes;
        int unit = -1;
        while (value != 0 && value % 1024 == 0 && unit + 1 < UNITS.length()) {
            value /= 1024;
            unit++;
        }
        return unit < 0 ? Long.toString(value) : Long.toString(value) + UNITS.charAt(unit);
    }

    /** Whether a text is made of decimal digits, at least one. */
    public static boolean isPlainNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The size, -1 if the text is none, the largest long if it is too large for one. */
    private static long parse(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        int shift = 0;
        if (!digits.isEmpty() && UNITS.indexOf(digits.charAt(digits.length() - 1)) >= 0) {
            shift = 10 * (1 + UNITS.indexOf(digits.charAt(digits.length() - 1)));
            digits = digits.substring(0, digits.length() - 1);
        }
        if (!isPlainNumber(digits)) {
            return -1;
        }
        if (digits.length() > MAX_DIGITS) {
            return Long.MAX_VALUE;
        }
        long value = Long.parseLong(digits);
        return value > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : value << shift;
    }
}
