package org.shadowheap.report;

/** Figures as people read them, the same in every locale. */
final class Units {

    private static final String OPTION_UNITS = " kmgt";

    private Units() {}

    /** {@code 1,234,567}; from ten million on {@code 12.3 M}, from a thousand million on {@code 1.2 G}. */
    static String count(long count) {
        if (count < 10_000_000) {
            return Digits.grouped(count);
        }
        return count < 1_000_000_000 ? decimal(count / 1e6) + " M" : decimal(count / 1e9) + " G";
    }

    /** {@code 1 store}, {@code 2 stores}. */
    static String countOf(long count, String noun) {
        return count(count) + ' ' + noun + (count == 1 ? "" : "s");
    }

    /** As {@link #count} of a mean; below a hundred with one decimal. */
    static String mean(double mean) {
        return mean < 100 ? decimal(mean) : count(Math.round(mean));
    }

    /** {@code 4 KiB}, {@code 1.5 GiB}. */
    static String bytes(long bytes) {
        long unit = 1L << 40;
        for (String name : new String[] {"TiB", "GiB", "MiB", "KiB"}) {
            if (bytes >= unit) {
                return (bytes % unit == 0 ? Long.toString(bytes / unit) : decimal((double) bytes / unit)) + ' ' + name;
            }
            unit >>= 10;
        }
        return bytes + " B";
    }

    /** The shortest way to write a size as an option, exactly: {@code 512}, {@code 4k}, {@code 16m}. */
    static String option(long bytes) {
        long value = bytes;
        int unit = 0;
        while (value != 0 && value % 1024 == 0 && unit < OPTION_UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return (value + OPTION_UNITS.substring(unit, unit + 1)).strip();
    }

    /** {@code 1.5 ms}, {@code 2.0 s}. */
    static String nanos(double nanos) {
        if (nanos < 1e3) {
            return decimal(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return decimal(nanos / 1e3) + " us";
        }
        return nanos < 1e9 ? decimal(nanos / 1e6) + " ms" : decimal(nanos / 1e9) + " s";
    }

    /** {@code 45 s}, {@code 18 min}, {@code 3.5 h}, {@code 12.0 days}; no more exact than a guess is. */
    static String duration(double seconds) {
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 2 * 3600) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 48 * 3600 ? decimal(seconds / 3600) + " h" : decimal(seconds / 86_400) + " days";
    }

    /** A share from 0 to 1 as {@code 12.3 %}; what is not zero never reads as zero. */
    static String percent(double share) {
        return share > 0 && share < 0.000_5 ? "<0.1 %" : decimal(100 * share) + " %";
    }

    /** How much more or less, as {@code +12.3 %} or {@code -12.3 %}; what is equal is {@code 0.0 %}. */
    static String signedPercent(double share) {
        String size = percent(Math.abs(share));
        return share == 0 ? size : (share > 0 ? "+" : "-") + size;
    }

    private static String decimal(double value) {
        return Digits.tenths(value);
    }
}
