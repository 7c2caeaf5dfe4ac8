package org.shadowheap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.replay.HeapOverrides;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** On a machine with 4 processors, of which 8 GiB may go to shadow heaps, and a Java heap of 1 GiB. */
final class JobOptionsTest {

    private static final long GIB = 1L << 30;

    @Command
    private static final class Options {

        @Mixin
        private JobOptions jobs;
    }

    private static JobOptions.Plan plan(int heaps, long nurseryBytes, String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        HeapOverrides heap = new HeapOverrides(nurseryBytes, 4096, 1, null, null, false);
        List<HeapOverrides> all = Collections.nCopies(heaps, heap);
        return options.jobs.plan(all, 8 * GIB, GIB, 4);
    }

    @Test
    void thereIsAJobForEachProcessorButNoMoreThanHeaps() {
        assertEquals(4, plan(9, 1 << 20).jobs());
        assertEquals(3, plan(3, 1 << 20).jobs());
        assertEquals(9, plan(9, 1 << 20, "--jobs", "12").jobs());
    }

    @Test
    void allJobsShareWhatOneMayHave() {
        JobOptions.Plan plan = plan(9, 1 << 20);
        assertEquals(8 * GIB, plan.boundBytes());
        assertEquals(8 * GIB, plan.totalBytes());
        assertEquals(2 * GIB, plan(9, 1 << 20, "--heap", "2g").boundBytes());
        assertEquals(8 * GIB, plan(9, 1 << 20, "--heap", "2g").totalBytes());
        assertEquals(16 * GIB, plan(1, 1 << 20, "--heap", "16g").totalBytes(), "who asks for more gets it");
    }

    @Test
    void jobsAreFewerWhereTheirNurseriesDoNotFit() {
        assertEquals(2, plan(9, GIB / 2).jobs());
        assertEquals(1, plan(9, 4 * GIB).jobs());
        assertNull(plan(9, GIB / 2).lowered(), "nobody asked for more");
    }

    @Test
    void jobsAreFewerWhereTheJavaHeapIsSmall() {
        assertEquals(16, plan(99, 1 << 20, "--jobs", "99").jobs());
    }

    @Test
    void whoAsksForMoreIsToldWhyThereAreFewer() {
        assertEquals(
                "--jobs is lowered from 6 to 2: each needs 4096 MiB of 8192 MiB for shadow heaps and 64 MiB of -Xmx 1024 MiB",
                plan(9, GIB / 2, "--jobs", "6").lowered());
        assertNull(plan(9, GIB / 2, "--jobs", "2").lowered());
    }

    @Test
    void namesAreThoseOfTheOptions() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> plan(1, 1 << 20, "--jobs", "many"));
        assertEquals("jobs must be from 1 to 256: jobs=many", e.getMessage());
    }
}
