package org.shadowheap.heap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shadowheap.event.CollectionKind;
import org.shadowheap.event.EventSinkAdapter;

/**
 * Counts the cards that G1's barrier would dirty: those of slots of old objects that something was stored to that lies in another region. A store
 * of null dirties nothing, nor one to an object of the same region. Hears of each event when the heap has applied it.
 */
public final class G1Cards extends EventSinkAdapter {

    private static final int CARD_SHIFT = 9;

    private final Spaces spaces;
    private final int regionShift;
    private final Set<Long> dirty = new HashSet<>();
    private final List<Long> counts = new ArrayList<>();

    /** Young collections of the JVM in the current round. */
    private int collections;

    /**
     * @param graph of the heap, which collects where the JVM did
     * @param regionBytes a power of two
     */
    public G1Cards(ShadowGraph graph, int regionBytes) {
        spaces = ((ShadowHeap) graph).spaces;
        regionShift = Integer.numberOfTrailingZeros(regionBytes);
    }

    /** For each young collection the cards that were dirty. */
    public List<Long> counts() {
        return List.copyOf(counts);
    }

    @Override
    public void fieldStore(int object, int offset, int value, int site) {
        stored(Deferred.Kind.FIELD, object, offset, value);
    }

    @Override
    public void staticStore(int mirror, int offset, int value, int site) {
        stored(Deferred.Kind.STATIC, mirror, offset, value);
    }

    @Override
    public void arrayStore(int array, int index, int value, int site) {
        stored(Deferred.Kind.ARRAY, array, index, value);
    }

    @Override
    public void copiedElement(int array, int index, int value, int site) {
        stored(Deferred.Kind.ARRAY, array, index, value);
    }

    private void stored(Deferred.Kind kind, int holder, int slot, int value) {
        long holderEntry = holder <= 0 ? Entry.NEVER_SEEN : spaces.ids.find(holder);
        if (value <= 0 || !Entry.isOld(holderEntry)) {
            return;
        }
        long object = Entry.address(holderEntry);
        long valueEntry = spaces.ids.find(value);
        // What is young, or born later in the round, is in no region of an old object.
        if (Entry.isOld(valueEntry) && (object ^ Entry.address(valueEntry)) >>> regionShift == 0) {
            return;
        }
        long address = spaces.layoutOf(object).storeAddress(kind, object, slot);
        if (address != 0) {
            dirty.add(address >>> CARD_SHIFT);
        }
    }

    @Override
    public void collectedHere(int kind, int number, int wallMillis, int pauseMicros) {
        collections += kind == CollectionKind.YOUNG.number() ? 1 : 0;
    }

    @Override
    public void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB) {
        collections += kind == CollectionKind.YOUNG.number() ? 1 : 0;
    }

    @Override
    public void round() {
        for (; collections > 0; collections--) {
            counts.add((long) dirty.size());
            dirty.clear();
        }
    }
}
