package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shadowheap.event.CollectionKind;

class CollectionListenerTest {

    /** What the collectors of JDK 17 and 25 say. */
    @ParameterizedTest
    @CsvSource({
        "Copy, end of minor GC, YOUNG",
        "MarkSweepCompact, end of major GC, OLD",
        "PS Scavenge, end of minor GC, YOUNG",
        "PS MarkSweep, end of major GC, OLD",
        "G1 Young Generation, end of minor GC, YOUNG",
        "G1 Old Generation, end of major GC, OLD",
        "G1 Concurrent GC, end of concurrent GC pause, PAUSE",
        "ZGC Cycles, end of GC cycle, CYCLE",
        "ZGC Pauses, end of GC pause, PAUSE",
        "ZGC Minor Cycles, end of GC cycle, YOUNG",
        "ZGC Minor Pauses, end of GC pause, PAUSE",
        "ZGC Major Cycles, end of GC cycle, OLD",
        "ZGC Major Pauses, end of GC pause, PAUSE",
        "Shenandoah Cycles, end of GC cycle, CYCLE",
        "Shenandoah Pauses, Init Mark, PAUSE",
        "a collector to come, end of something, CYCLE"
    })
    void aCollectorsNameAndItsActionTellWhatItDid(String collector, String action, CollectionKind kind) {
        assertEquals(kind, CollectionListener.kind(collector, action));
    }
}
