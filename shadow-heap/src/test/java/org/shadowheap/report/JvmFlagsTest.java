package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shadowheap.report.SweptHeap.MIB;

import org.junit.jupiter.api.Test;

/** That a JVM takes the flags and has that eden then is a test of its own, with a JVM. */
final class JvmFlagsTest {

    private static final String G1_REST = " -XX:MaxTenuringThreshold=0";
    private static final String REST = " -XX:SurvivorRatio=8" + G1_REST;

    private static JvmFlags flags(SweptHeap heap) {
        return new JvmFlags(heap.result());
    }

    @Test
    void edenIsEightOfTenPartsOfTheYoungGenerationAndAllOfThatOfG1() {
        JvmFlags flags = flags(SweptHeap.cards(16 * MIB, 512));
        assertEquals("-Xmn20m" + REST, flags.ofSerialAndParallel());
        assertEquals("-Xmn16m" + G1_REST, flags.ofG1());
        assertEquals("-Xmn1280k" + REST, flags(SweptHeap.cards(MIB, 512)).ofSerialAndParallel());
        assertEquals("-Xmn2k" + REST, flags(SweptHeap.cards(1025, 512)).ofSerialAndParallel());
    }

    @Test
    void theThresholdIsOneLessThanTheTenure() {
        JvmFlags flags = flags(SweptHeap.cards(16 * MIB, 512).tenure(3));
        assertEquals("-Xmn20m -XX:SurvivorRatio=8 -XX:MaxTenuringThreshold=2", flags.ofSerialAndParallel());
    }

    @Test
    void g1HasRoomForWhatGoesOnAgeing() {
        JvmFlags flags = flags(SweptHeap.cards(16 * MIB, 512).tenure(2).survived(25 * MIB, 10 * MIB));
        assertEquals("-Xmn18m -XX:MaxTenuringThreshold=1", flags.ofG1(), "1.5 MiB age in each of ten collections");
    }

    @Test
    void cardsOfTheDefaultSizeNeedNoFlag() {
        assertEquals("", flags(SweptHeap.cards(MIB, 512)).remark());
    }

    @Test
    void otherCardsHaveAFlagFrom18OnUpToOneKiB() {
        JvmFlags fine = flags(SweptHeap.cards(16 * MIB, 256));
        assertEquals("-Xmn20m" + REST + " -XX:GCCardSizeInBytes=256", fine.ofSerialAndParallel());
        assertEquals("-Xmn16m" + G1_REST + " -XX:GCCardSizeInBytes=256", fine.ofG1());
        assertEquals("GCCardSizeInBytes is a flag of JDK 18 and later; before, cards have 512 bytes.", fine.remark());
        JvmFlags coarse = flags(SweptHeap.cards(16 * MIB, 2048));
        assertEquals("-Xmn20m" + REST, coarse.ofSerialAndParallel());
        assertEquals("HotSpot has no cards of more than 1 KiB, so there is no flag for those.", coarse.remark());
    }

    @Test
    void aNurseryOfLessThanAMebibyteIsLessThanAJvmGives() {
        String small = "A JVM rounds a nursery of less than 1 MiB up.";
        assertEquals(small, flags(SweptHeap.cards(MIB - 4096, 512)).remark());
        assertEquals(
                "GCCardSizeInBytes is a flag of JDK 18 and later; before, cards have 512 bytes. " + small,
                flags(SweptHeap.cards(64L << 10, 256)).remark());
    }

    @Test
    void otherRememberedSetsHaveNoCardsThatAJvmHas() {
        SweptHeap youngest = new SweptHeap(16 * MIB, 4096, 1, "youngest", 256L, 10, 0, 0, 0, 0);
        assertEquals("-Xmn20m" + REST, flags(youngest).ofSerialAndParallel());
        assertEquals("", flags(youngest).remark());
    }
}
