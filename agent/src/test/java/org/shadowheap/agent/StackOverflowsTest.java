package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the JVM says of its StackOverflowErrors becomes a line of the report. */
class StackOverflowsTest {

    @Test
    void theJvmsCountIsTold() {
        assertEquals(
                List.of("the stack overflowed 4,000 times: each may have cost up to four stores that are not counted"),
                StackOverflows.notes("Compilation: enabled\n\nOutOfMemory and StackOverflow Exception counts:\n"
                        + "OutOfMemoryErrors java_heap_errors=3\nStackOverflowErrors=4000\nLinkageErrors=7\n\nHeap"));
        assertEquals(
                List.of("the stack overflowed once: that may have cost up to four stores that are not counted"),
                StackOverflows.notes("OutOfMemory and StackOverflow Exception counts:\nStackOverflowErrors=1"));
    }

    @Test
    void noCountIsNoOverflow() {
        assertEquals(List.of(), StackOverflows.notes("Compilation: enabled\n"));
        assertEquals(List.of(), StackOverflows.notes("java_command: Main StackOverflowErrors=3\n"));
        assertEquals(
                List.of(), StackOverflows.notes("OutOfMemory and StackOverflow Exception counts:\nLinkageErrors=7\n"));
    }
}
