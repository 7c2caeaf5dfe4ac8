package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void listNamesEverySampleInALine() throws Exception {
        assertEquals(Samples.DONE, run("list"));
        List<String> names =
                text(out).lines().map(line -> line.split(" ", 2)[0]).toList();
        assertEquals(Samples.ALL.stream().map(Sample::name).toList(), names);
        assertEquals(List.of("01", "01-fixed", "02", "02-fixed"), names.subList(0, 4));
        assertTrue(names.containsAll(List.of("08-fixed", "real-ecj")), names::toString);
    }

    @Test
    void anUnknownSampleIsRefusedInOneLineThatNamesTheOthers() throws Exception {
        assertEquals(Samples.USAGE, run("03x"));
        assertEquals("", text(out));
        assertTrue(
                text(err).startsWith("unknown sample: 03x; allowed: list, all, all-fixed, 01, 01-fixed, 02, "),
                text(err));
        assertTrue(text(err).endsWith(", real-json, real-caffeine\n"), text(err));
    }

    @Test
    void aWrongArgumentIsRefusedInOneLine() throws Exception {
        assertEquals(Samples.USAGE, run("real-ecj", "0"));
        assertEquals("", text(out));
        assertEquals("real-ecj: TIMES must be one number from 1 to 9999: TIMES=0\n", text(err));
    }

    @Test
    void aSampleIsRepeatedForSomeTime() throws Exception {
        long start = System.nanoTime();
        assertEquals(Samples.DONE, run("--for", "2", "02"));
        assertTrue(System.nanoTime() - start >= 2_000_000_000L);
        assertTrue(text(out).lines().count() > 1, text(out));
        assertEquals(Samples.USAGE, run("--for", "soon", "02"));
        assertEquals("--for must be followed by a number of seconds\n", text(err));
    }

    @Test
    void aSamplePrintsOneLineOfResult() throws Exception {
        assertEquals(Samples.DONE, run("02"));
        long sum = S02LargeArray.UPDATES * (S02LargeArray.UPDATES - 1L) / 2;
        assertEquals(1, text(out).lines().count());
        assertTrue(text(out).endsWith(" sum=" + sum + "\n"), text(out));
    }

    @Test
    void aFixChangesNothingThatIsComputed() throws Exception {
        assertEquals(Samples.DONE, run("all"));
        List<String> found = text(out).lines().toList();
        out.reset();
        assertEquals(Samples.DONE, run("all-fixed"));
        assertEquals(8, found.size());
        assertEquals(
                found, text(out).lines().map(line -> line.replace("-fixed", "")).toList());
    }

    @Test
    void everyNumberedSampleHasFiguresThatItsFixChanges() {
        List<Sample> found = Samples.named("all");
        List<Sample> fixed = Samples.named("all-fixed");
        for (int i = 0; i < found.size(); i++) {
            List<Figure> before = found.get(i).figures().get();
            assertTrue(before.size() >= 3, found.get(i).name());
            assertNotEquals(before, fixed.get(i).figures().get(), found.get(i).name());
        }
    }

    @Test
    void aWrongResultEndsWithOneLineAndAnExitCode() throws Exception {
        Sample wrong = Sample.real("wrong", "is wrong", none -> {
            throw new WrongResultException("sum", 1, 2);
        });
        assertEquals(Samples.WRONG, Samples.run(wrong, List.of(), new PrintStream(out), new PrintStream(err)));
        assertEquals("", text(out));
        assertEquals("wrong: wrong sum: expected=[1] found=[2]\n", text(err));
    }

    private int run(String... args) throws Exception {
        return Samples.run(List.of(args), new PrintStream(out), new PrintStream(err));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
