package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.heap.EdgeVisitor;
import org.shadowheap.heap.Evacuation;
import org.shadowheap.heap.Reclamation;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.NativeLongStack;

/**
 * Finds out, between mark and sweep, which survivors of the minor collection are dead, and which dead old objects kept
 * them. O(survivors + holders).
 */
final class NepotismSearch {

    private static final Comparator<Nepotism.Holders> MOST_FIRST =
            Comparator.comparingLong(Nepotism.Holders::bytes).reversed();

    private final Evacuation evacuation;
    private final Reclamation reclamation;
    private long keptBytes;

    NepotismSearch(Evacuation evacuation, Reclamation reclamation) {
        this.evacuation = evacuation;
        this.reclamation = reclamation;
    }

    Nepotism run(NativeLongStack holders, NativeIntList survivors) {
        long bytes = 0;
        for (int i = 0; i < survivors.size(); i++) {
            int id = survivors.get(i);
            if (!reclamation.isMarked(id)) {
                long object = reclamation.addressOf(id);
                reclamation.suspect(object);
                bytes += evacuation.bytesOf(object);
            }
        }
        return new Nepotism(bytes, bytes == 0 ? List.of() : byHolder(holders));
    }

    private List<Nepotism.Holders> byHolder(NativeLongStack holders) {
        Map<Integer, Long> bytesByType = new TreeMap<>();
        try (ScanStack work = new ScanStack(evacuation);
                NativeIntList dead = deadHolders(holders)) {
            EdgeVisitor attributor = (slot, value) -> {
                long object = reclamation.addressOf(value);
                if (object != 0 && reclamation.clearSuspicion(object)) {
                    keptBytes += evacuation.bytesOf(object);
                    work.push(object);
                }
            };
            for (int i = 0; i < dead.size(); i++) {
                long holder = reclamation.addressOf(dead.get(i));
                work.push(holder);
                while (!work.isEmpty()) {
                    long object = work.pop();
                    work.scan(object, attributor);
                }
                bytesByType.merge(reclamation.typeOf(holder), keptBytes, Long::sum);
                keptBytes = 0;
            }
        }
        List<Nepotism.Holders> sorted = new ArrayList<>();
        bytesByType.forEach((type, bytes) -> {
            if (bytes > 0) {
                sorted.add(new Nepotism.Holders(type, bytes));
            }
        });
        sorted.sort(MOST_FIRST);
        return sorted;
    }

    /** Their ids in ascending order, so that the result does not depend on where objects lie. */
    private NativeIntList deadHolders(NativeLongStack holders) {
        NativeIntList dead = new NativeIntList(evacuation.memory());
        for (long i = 0; i < holders.size(); i++) {
            int id = reclamation.idOf(holders.get(i));
            if (!reclamation.isMarked(id)) {
                dead.add(id);
            }
        }
        HeapSort.ascending(dead);
        return dead;
    }
}
