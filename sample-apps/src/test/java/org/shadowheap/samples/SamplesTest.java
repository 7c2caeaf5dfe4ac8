package org.shadowheap.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        assertEquals(List.of("01", "02", "real-ecj", "real-h2", "real-lucene", "real-json", "real-caffeine"), names);
    }

    @Test
    void anUnknownSampleIsRefusedInOneLineThatNamesTheOthers() throws Exception {
        assertEquals(Samples.USAGE, run("03x"));
        assertEquals("", text(out));
        assertEquals(
                "unknown sample: 03x; allowed: list, 01, 02, real-ecj, real-h2, real-lucene, real-json, real-caffeine\n",
                text(err));
    }

    @Test
    void aWrongArgumentIsRefusedInOneLine() throws Exception {
        assertEquals(Samples.USAGE, run("real-ecj", "0"));
        assertEquals("", text(out));
        assertEquals("real-ecj: TIMES must be one number from 1 to 9999: TIMES=0\n", text(err));
    }

    @Test
    void aSamplePrintsOneLineOfResult() throws Exception {
        assertEquals(Samples.DONE, run("02"));
        long sum = S02LargeArray.UPDATES * (S02LargeArray.UPDATES - 1L) / 2;
        assertEquals(1, text(out).lines().count());
        assertTrue(text(out).endsWith(" sum=" + sum + "\n"), text(out));
    }

    @Test
    void aWrongResultEndsWithOneLineAndAnExitCode() throws Exception {
        Sample wrong = new Sample("wrong", "is wrong", none -> {
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
