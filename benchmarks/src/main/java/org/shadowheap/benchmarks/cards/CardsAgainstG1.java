package org.shadowheap.benchmarks.cards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.shadowheap.benchmarks.ProgramFolder;

/**
 * Whether the shadow heap finds as many dirty cards as G1 does: runs each program under G1 with the agent, replays the trace with collections
 * where G1 had them, and prints a line for each.
 *
 * <pre>
 * java --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED -cp benchmarks/target/benchmarks.jar
 *     org.shadowheap.benchmarks.cards.CardsAgainstG1 [--java FILE]... [--young SIZE] [--details] [--agent JAR] [--samples JAR] [PROGRAM...]
 * </pre>
 *
 * A program is a sample with its arguments in one word, {@code "real-h2 4"}, or {@code "planted N"}, which dirties N cards three times.
 */
public final class CardsAgainstG1 {

    private static final String PLANTED = "planted ";

    private final List<String> javas = new ArrayList<>();
    private String young = "32m";
    private boolean isDetailed;
    private Path agent = Path.of("agent/target/shadowheap.jar");
    private String samples = "sample-apps/target/sample-apps.jar";
    private final List<String> programs = new ArrayList<>();

    private CardsAgainstG1() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        CardsAgainstG1 cards = new CardsAgainstG1();
        cards.parse(arguments);
        cards.run();
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--java" -> javas.add(arguments[++i]);
                case "--young" -> young = arguments[++i];
                case "--details" -> isDetailed = true;
                case "--agent" -> agent = Path.of(arguments[++i]);
                case "--samples" -> samples = arguments[++i];
                default -> programs.add(arguments[i]);
            }
        }
        if (javas.isEmpty()) {
            javas.add(ProcessHandle.current().info().command().orElse("java"));
        }
        if (programs.isEmpty()) {
            programs.addAll(List.of(
                    PLANTED + "5000",
                    "01",
                    "real-ecj 2",
                    "real-h2 4",
                    "real-lucene 4",
                    "real-json 4",
                    "real-caffeine 4"));
        }
    }

    private void run() throws IOException, InterruptedException {
        System.out.println(
                "program | JDK | young collections | unmarked | compared | G1's cards | ours | ratio | r | by G1's barrier | ratio | r");
        Path folder = Files.createTempDirectory("shadowheap-cards");
        for (String java : javas) {
            G1Run run = new G1Run(java, agent, young, folder);
            for (String program : programs) {
                print(program + " | " + run.feature(), run.compare(command(program)));
            }
        }
    }

    private List<String> command(String program) throws IOException {
        List<String> words = Arrays.asList(program.split(" ", -1));
        List<String> command = new ArrayList<>();
        if (program.startsWith(PLANTED)) {
            command.addAll(List.of("-cp", plantedFolder().toString(), PlantedCards.class.getName()));
            command.addAll(words.subList(1, words.size()));
        } else {
            command.addAll(List.of("-jar", samples));
            command.addAll(words);
        }
        return command;
    }

    /** A folder with that class alone: beside it here lie the agent's own, as they are before they are packed. */
    static Path plantedFolder() throws IOException {
        return ProgramFolder.of("shadowheap-planted", PlantedCards.class.getName());
    }

    private void print(String run, CardComparison comparison) {
        int collections = comparison.unmarked() + 1 + comparison.windows().size();
        System.out.println(run + " | " + collections + " | " + comparison.unmarked() + " | "
                + comparison.compared().size() + " | " + comparison.cards(CardComparison.Window::real)
                + columns(comparison, CardComparison.Window::ours)
                + columns(comparison, CardComparison.Window::filtered));
        if (isDetailed) {
            for (CardComparison.Window each : comparison.windows()) {
                System.out.println("    GC(" + each.collection() + ") G1 " + each.real() + " ours " + each.ours()
                        + " by G1's barrier "
                        + each.filtered() + ", born "
                        + (each.bornBytes() >> 10) + " KiB, eden " + (each.edenBytes() >> 10) + " KiB"
                        + (comparison.compared().contains(each) ? "" : ", left out"));
            }
        }
    }

    private static String columns(CardComparison comparison, ToLongFunction<CardComparison.Window> count) {
        long cards = comparison.cards(count);
        double ratio = (double) cards / comparison.cards(CardComparison.Window::real);
        return " | " + cards + " | " + number("%.2f", ratio) + " | " + number("%.3f", comparison.correlation(count));
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
