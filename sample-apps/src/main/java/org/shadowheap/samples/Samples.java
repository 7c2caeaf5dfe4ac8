package org.shadowheap.samples;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the sample named on the command line, the first one if there is no name. */
public final class Samples {

    /** Exit code: the sample ran. */
    static final int DONE = 0;

    /** Exit code: the sample computed something wrong. */
    static final int WRONG = 1;

    /** Exit code: the command line is wrong. */
    static final int USAGE = 2;

    private static final List<Sample> ALL = List.of(
            new Sample("01", "an LRU cache: old entries are given young values", none -> S01LruCache.run()),
            new Sample("02", "a large old array, updated in one element at a time", none -> S02LargeArray.run()),
            new Sample("real-ecj", "the Eclipse compiler compiles two libraries [TIMES]", RealEcj::run),
            new Sample("real-h2", "tellers transfer money in an H2 database in memory [TIMES]", RealH2::run),
            new Sample(
                    "real-lucene", "Lucene indexes and searches the sources of two libraries [TIMES]", RealLucene::run),
            new Sample("real-json", "Jackson and the JDK's DOM turn trees of orders around [TIMES]", RealJson::run),
            new Sample("real-caffeine", "clients share a Caffeine cache over a map [TIMES]", RealCaffeine::run));

    private Samples() {}

    /** {@code [NAME [ARGUMENT...]]} runs a sample, {@code list} names them all. */
    public static void main(String[] args) throws Exception {
        int exit = run(List.of(args), System.out, System.err);
        if (exit != DONE) {
            System.exit(exit);
        }
    }

    static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
        String name = args.isEmpty() ? ALL.get(0).name() : args.get(0);
        if (name.equals("list")) {
            ALL.forEach(sample -> out.printf("%-15s%s%n", sample.name(), sample.lesson()));
            return DONE;
        }
        for (Sample sample : ALL) {
            if (sample.name().equals(name)) {
                return run(sample, args.subList(Math.min(1, args.size()), args.size()), out, err);
            }
        }
        err.println("unknown sample: " + name + "; allowed: list, "
                + ALL.stream().map(Sample::name).collect(Collectors.joining(", ")));
        return USAGE;
    }

    static int run(Sample sample, List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        String result;
        try {
            result = sample.program().run(arguments);
        } catch (IllegalArgumentException wrong) {
            err.println(sample.name() + ": " + wrong.getMessage());
            return USAGE;
        } catch (WrongResultException wrong) {
            err.println(sample.name() + ": " + wrong.getMessage());
            return WRONG;
        }
        out.println(sample.name() + ": " + result);
        return DONE;
    }
}
