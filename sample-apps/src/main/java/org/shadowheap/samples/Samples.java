package org.shadowheap.samples;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shadowheap.samples.Sample.Kind;

/** Runs the sample named on the command line, the first one if there is no name. */
public final class Samples {

    /** Exit code: the sample ran. */
    static final int DONE = 0;

    /** Exit code: the sample computed something wrong. */
    static final int WRONG = 1;

    /** Exit code: the command line is wrong. */
    static final int USAGE = 2;

    /** Each numbered one and its fix, and then the real programs. */
    static final List<Sample> ALL = Stream.of(
                    Sample.pair(
                            "01",
                            "an LRU cache: old entries are given young values",
                            "the same, values are overwritten in place",
                            S01LruCache::run,
                            S01LruCache::figures),
                    Sample.pair(
                            "02",
                            "a large old array, updated in one element at a time",
                            "the same, an array of small arrays",
                            S02LargeArray::run,
                            S02LargeArray::figures),
                    Sample.pair(
                            "03",
                            "a linked queue: dead old nodes keep young ones alive",
                            "the same, a node that is taken forgets the next one",
                            S03LinkedQueue::run,
                            S03LinkedQueue::figures),
                    Sample.pair(
                            "04",
                            "a session store: each request puts a new session into an old map",
                            "the same, the session is told of the request",
                            S04SessionStore::run,
                            S04SessionStore::figures),
                    Sample.pair(
                            "05",
                            "a tree that is updated in place with young values",
                            "the same, an immutable tree: it dirties nothing",
                            S05ImmutableTree::run,
                            S05ImmutableTree::figures),
                    Sample.pair(
                            "06",
                            "listeners of short requests in a static registry: many stores, one page",
                            "the same, a registry for each request",
                            S06Listeners::run,
                            S06Listeners::figures),
                    Sample.pair(
                            "07",
                            "a graph that is rebuilt with new arrays of neighbours",
                            "the same, the arrays are rewritten",
                            S07Graph::run,
                            S07Graph::figures),
                    Sample.pair(
                            "08",
                            "threads whose objects share pages",
                            "the same, the objects of a thread lie together",
                            S08SharedPages::run,
                            S08SharedPages::figures),
                    Stream.of(
                            Sample.real(
                                    "real-ecj", "the Eclipse compiler compiles two libraries [TIMES]", RealEcj::run),
                            Sample.real(
                                    "real-h2",
                                    "tellers transfer money in an H2 database in memory [TIMES]",
                                    RealH2::run),
                            Sample.real(
                                    "real-lucene",
                                    "Lucene indexes and searches the sources of two libraries [TIMES]",
                                    RealLucene::run),
                            Sample.real(
                                    "real-json",
                                    "Jackson and the JDK's DOM turn trees of orders around [TIMES]",
                                    RealJson::run),
                            Sample.real(
                                    "real-caffeine",
                                    "clients share a Caffeine cache over a map [TIMES]",
                                    RealCaffeine::run)))
            .flatMap(samples -> samples)
            .toList();

    private static final String FOR = "--for";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Samples() {}

    /**
     * {@code [NAME [ARGUMENT...]]} runs a sample, {@code all} the numbered ones, {@code all-fixed} these with their fixes;
     * {@code list} names them all. {@code --for SECONDS} before that repeats it for so long.
     */
    public static void main(String[] args) throws Exception {
        int exit = run(List.of(args), System.out, System.err);
        if (exit != DONE) {
            System.exit(exit);
        }
    }

    static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
        if (args.isEmpty() || !args.get(0).equals(FOR)) {
            return runOnce(args, out, err);
        }
        long seconds = args.size() > 1 && args.get(1).matches("[1-9][0-9]{0,5}") ? Long.parseLong(args.get(1)) : 0;
        if (seconds == 0) {
            err.println(FOR + " must be followed by a number of seconds");
            return USAGE;
        }
        long start = System.nanoTime();
        int exit;
        do {
            exit = runOnce(args.subList(2, args.size()), out, err);
        } while (exit == DONE && System.nanoTime() - start < seconds * NANOS_PER_SECOND);
        return exit;
    }

    private static int runOnce(List<String> args, PrintStream out, PrintStream err) throws Exception {
        String name = args.isEmpty() ? ALL.get(0).name() : args.get(0);
        if (name.equals("list")) {
            ALL.forEach(sample -> out.printf("%-15s%s%n", sample.name(), sample.lesson()));
            return DONE;
        }
        List<Sample> named = named(name);
        if (named.isEmpty()) {
            err.println("unknown sample: " + name + "; allowed: list, all, all-fixed, "
                    + ALL.stream().map(Sample::name).collect(Collectors.joining(", ")));
            return USAGE;
        }
        for (Sample sample : named) {
            int exit = run(sample, args.subList(Math.min(1, args.size()), args.size()), out, err);
            if (exit != DONE) {
                return exit;
            }
        }
        return DONE;
    }

    /** The one of that name, or those that the name stands for. */
    static List<Sample> named(String name) {
        return ALL.stream()
                .filter(sample -> sample.name().equals(name)
                        || sample.kind() != Kind.REAL && sample.kind().together.equals(name))
                .toList();
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
