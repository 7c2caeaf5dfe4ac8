package org.shadowheap.benchmarks.stress;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs all stress tests and expects mutants to fail.
 *
 * <p>Without arguments this is the short run, less than a minute with the JVM as it comes. Otherwise the arguments are
 * jcstress's own: {@code -m default} tries many configurations of the JVM, for most of an hour; {@code -r}, {@code -t},
 * {@code -l} and {@code -p} are not for here. The exit code is 0 if every test passed and every mutant but a rare one
 * was caught, else 1, or 2 if the arguments are wrong.
 */
public final class Stress {

    private static final String EXPORTS = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** Small strides, so that actors meet more often, if not as many times a second. */
    private static final List<String> SHORT_RUN = List.of(
            "-m",
            "quick",
            "-iters",
            "2",
            "-time",
            "200",
            "-strideSize",
            "4",
            "-sc",
            "false",
            "-af",
            "NONE",
            "-jvmArgs",
            EXPORTS);

    private static final String MUTANTS = "org.shadowheap.benchmarks.stress.mutants.";

    /** Fail in some 200 of a million tries; a machine that has other things to do may miss them. */
    private static final Set<String> RARE =
            Set.of(MUTANTS + "Mutants.DirtyIsSkipped", MUTANTS + "MergeMutants.TicketBeforeStore");

    private Stress() {}

    public static void main(String... arguments) throws Exception {
        Options options = new Options(withDefaults(arguments));
        if (!options.parse()) {
            System.exit(2);
        }
        JCStress stress = new JCStress(options);
        List<String> failures = run(stress, Path.of(options.getResultFile()));
        boolean isAsExpected = true;
        for (String test : stress.getTests()) {
            isAsExpected &= judge(test, failures);
        }
        System.exit(isAsExpected ? 0 : 1);
    }

    private static String[] withDefaults(String... arguments) throws URISyntaxException {
        Path jar = Path.of(
                Stress.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> all = new ArrayList<>();
        all.addAll(List.of("-r", jar.resolveSibling("stress-results").toString()));
        if (arguments.length == 0) {
            all.addAll(SHORT_RUN);
        } else {
            all.addAll(List.of("-jvmArgsPrepend", EXPORTS));
            all.addAll(Arrays.asList(arguments));
        }
        return all.toArray(new String[0]);
    }

    /** Runs what was chosen. Returns lines that begin with the name of a test that failed, and say why. */
    private static List<String> run(JCStress stress, Path resultFile) throws Exception {
        try {
            stress.run();
            return List.of();
        } catch (AssertionError e) { // how jcstress says that tests failed
            return String.valueOf(e.getMessage()).lines().toList();
        } finally {
            Files.deleteIfExists(resultFile); // the report has it all
        }
    }

    private static boolean judge(String test, List<String> failures) {
        List<String> own =
                failures.stream().filter(line -> line.startsWith(test + " ")).toList();
        if (!test.startsWith(MUTANTS)) {
            System.out.println((own.isEmpty() ? "passed: " : "FAILED: ") + test);
            return own.isEmpty();
        }
        boolean isCaught = own.stream().anyMatch(line -> line.contains("forbidden"));
        boolean isFine = isCaught || RARE.contains(test);
        System.out.println((isCaught ? "caught: " : isFine ? "not caught this time: " : "NOT CAUGHT: ") + test);
        return isFine;
    }
}
