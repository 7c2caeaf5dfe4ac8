package org.shadowheap.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shadowheap.collect.CollectionObserver;
import org.shadowheap.collect.MajorCollectionResult;
import org.shadowheap.collect.MinorCollectionResult;
import org.shadowheap.collect.Nepotism;

/** Keeps what every collection did. Written by the thread that ends rounds. */
final class CollectionLog implements CollectionObserver {

    private final List<MinorCollectionResult> minor = new ArrayList<>();
    private final List<MajorCollectionResult> major = new ArrayList<>();

    @Override
    public void collected(MinorCollectionResult result) {
        minor.add(result);
    }

    @Override
    public void collectedMajor(MajorCollectionResult result) {
        major.add(result);
    }

    List<MinorCollectionResult> minor() {
        return minor;
    }

    List<MajorCollectionResult> major() {
        return major;
    }

    /** Sum over the minor collections that a major one followed, null if there was none. */
    @Nullable
    Long nepotismBytes() {
        Long sum = null;
        for (MinorCollectionResult each : minor) {
            Nepotism nepotism = each.nepotism();
            if (nepotism != null) {
                sum = (sum == null ? 0 : sum) + nepotism.bytes();
            }
        }
        return sum;
    }

    /** What dead holders kept, by id of their type. */
    Map<Integer, Long> nepotismBytesByHolderType() {
        Map<Integer, Long> sums = new TreeMap<>();
        for (MinorCollectionResult each : minor) {
            Nepotism nepotism = each.nepotism();
            if (nepotism != null) {
                // No lambda: the drain adds up for a report, after collections that no rehearsal has played.
                for (Nepotism.Holders holders : nepotism.holders()) {
                    sums.put(holders.type(), sums.getOrDefault(holders.type(), 0L) + holders.bytes());
                }
            }
        }
        return sums;
    }
}
