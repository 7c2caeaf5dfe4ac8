package org.shadowheap.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shadowheap.analysis.AnalysisResult;
import org.shadowheap.analysis.AnalysisResult.Configuration;
import org.shadowheap.analysis.CollectionFigures.Minor;

/** The flags of HotSpot that give its young generation the shape of a shadow heap. */
final class JvmFlags {

    /** Eden is 8 of 10 parts of the young generation, the two survivor spaces are one each. */
    private static final int SURVIVOR_RATIO = 8;

    private static final String CARDS = "cards";
    private static final long DEFAULT_CARD_BYTES = 512;
    private static final long MOST_CARD_BYTES = 1024;
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    private final AnalysisResult result;
    private final Configuration heap;
    private final Minor minor;

    JvmFlags(AnalysisResult result) {
        this.result = result;
        heap = result.configuration();
        minor = result.collections().minor();
    }

    /** Whether a JVM can have such a remembered set. */
    static boolean existFor(AnalysisResult result) {
        Configuration heap = result.configuration();
        return heap.remset().equals(CARDS) && heap.cardBytes() != null && heap.cardBytes() <= MOST_CARD_BYTES;
    }

    /** Whether it has the cards of a JVM that is not told otherwise. */
    static boolean hasDefaultCards(AnalysisResult result) {
        Long cardBytes = result.configuration().cardBytes();
        return cardBytes != null && cardBytes == DEFAULT_CARD_BYTES;
    }

    /** For the collector that was recorded, if its own young generation is what the heap was judged by: all but its size. */
    String ofTheRecordedJvm() {
        return String.join(" ", others());
    }

    /** For the collectors that keep survivor spaces of a fixed size. */
    String ofSerialAndParallel() {
        long young = divideUp(heap.nurseryBytes() * (SURVIVOR_RATIO + 2), SURVIVOR_RATIO);
        return String.join(" ", withOthers("-Xmn" + size(young) + " -XX:SurvivorRatio=" + SURVIVOR_RATIO));
    }

    /** For G1, whose eden is what survivors leave of the young generation. */
    String ofG1() {
        long ageing = minor.count() == 0 ? 0 : divideUp(minor.survivedBytes() - minor.promotedBytes(), minor.count());
        long young = heap.nurseryBytes() + divideUp(ageing, MIB) * MIB;
        return String.join(" ", withOthers("-Xmn" + size(young)));
    }

    private List<String> withOthers(String young) {
        List<String> flags = new ArrayList<>(List.of(young));
        flags.addAll(others());
        return flags;
    }

    private List<String> others() {
        List<String> flags = new ArrayList<>(List.of("-XX:MaxTenuringThreshold=" + (heap.tenure() - 1)));
        Long cardBytes = heap.cardBytes();
        if (hasCardFlag(cardBytes)) {
            flags.add("-XX:GCCardSizeInBytes=" + cardBytes);
        }
        return flags;
    }

    /** What must be said about the flags, empty if nothing. */
    String remark() {
        return (remarkOnCards() + ' ' + remarkOnNursery()).strip();
    }

    private String remarkOnCards() {
        Long cardBytes = heap.cardBytes();
        if (hasCardFlag(cardBytes)) {
            return "GCCardSizeInBytes is a flag of JDK 18 and later; before, cards have 512 bytes.";
        }
        if (heap.remset().equals(CARDS) && cardBytes != null && cardBytes > MOST_CARD_BYTES) {
            return "HotSpot has no cards of more than 1 KiB, so there is no flag for those.";
        }
        return "";
    }

    private String remarkOnNursery() {
        return !RealTime.is(heap) && heap.nurseryBytes() < MIB ? "A JVM rounds a nursery of less than 1 MiB up." : "";
    }

    private boolean hasCardFlag(@Nullable Long cardBytes) {
        return existFor(result) && cardBytes != null && cardBytes != DEFAULT_CARD_BYTES;
    }

    private static long divideUp(long value, long by) {
        return (value + by - 1) / by;
    }

    /** In whole KiB, or in MiB where that is as exact. */
    private static String size(long bytes) {
        long kib = divideUp(bytes, KIB);
        return kib % KIB == 0 ? kib / KIB + "m" : kib + "k";
    }
}
