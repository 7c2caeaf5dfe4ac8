package org.shadowheap.heap;

import org.jspecify.annotations.Nullable;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.OffHeap;

/**
 * Names arrays of references by the fields that hold them, as a mutator stores them there.
 *
 * <p>An array has the name of the first field that held it, until that field lets go of it; then of the next that takes it.
 * The first, not the latest: an iterator that keeps the array it walks over does not rename it. Until it lets go: {@code
 * ConcurrentHashMap} fills a new table that {@code nextTable} holds, and then hands it to {@code table}. Only fields whose
 * declared type is an array name one. Arrays of named arrays name their elements, which keep that name.
 *
 * <p>Names are given when the round ends, by one thread, in the order of the stream: so they depend on the stream alone,
 * however many mutators apply it.
 */
final class Holders {

    private static final int INTS = 5;

    /** Ints; what a round of usual size needs. */
    private static final int MOST_KEPT = 1 << 18;

    private final Spaces spaces;

    /** What waits: where in the stream, holder, place, overwritten and value. */
    private final NativeIntList waiting;

    private int next;

    /** Where in the stream the mutator is, if it is told; else what waits is in order as it came. */
    private int streamPlace;

    /** @param waiting an empty list, for its use alone */
    Holders(Spaces spaces, NativeIntList waiting) {
        this.spaces = spaces;
        this.waiting = waiting;
    }

    /** What is stored from now on was this far behind the beginning of the round. */
    void at(int place) {
        streamPlace = place;
    }

    /**
     * A slot that may name arrays was stored to, or found.
     *
     * @param place offset in bytes, or index of an element
     * @param overwritten what was in the slot
     */
    void stored(int holder, Layout layout, int place, int overwritten, int value) {
        if (!layout.namesArrayAt(place)) {
            return;
        }
        waiting.makeRoom(INTS);
        waiting.add(streamPlace);
        waiting.add(holder);
        waiting.add(place);
        waiting.add(overwritten);
        waiting.add(value);
    }

    /** The round has ended for all mutators, none is at work and none knows its {@link LatestHolder}: names what waits. */
    static void roundEnds(Holders[] all) {
        for (Holders first = first(all); first != null; first = first(all)) {
            first.nameNext();
        }
        for (Holders each : all) {
            each.waiting.clear(MOST_KEPT);
            each.next = 0;
            each.streamPlace = 0;
        }
    }

    /** Whose next one comes first in the stream; null if nothing is left. */
    private static @Nullable Holders first(Holders[] all) {
        Holders first = null;
        for (Holders each : all) {
            if (each.next < each.waiting.size()
                    && (first == null || each.waiting.get(each.next) < first.waiting.get(first.next))) {
                first = each;
            }
        }
        return first;
    }

    private void nameNext() {
        int at = next;
        next += INTS;
        int holder = waiting.get(at + 1);
        long address = spaces.addressOf(spaces.ids.find(holder));
        if (address != 0) {
            name(holder, spaces.layoutOf(address), waiting.get(at + 2), waiting.get(at + 3), waiting.get(at + 4));
        }
    }

    private void name(int holder, Layout layout, int place, int overwritten, int value) {
        int name = layout.shape == Shape.REFERENCE_ARRAY
                ? spaces.arrayNames.ofElements(layout.name)
                : spaces.arrayNames.ofField(holder, layout, place);
        if (name != ArrayNames.NONE) {
            if (overwritten != value) {
                letGo(overwritten, name);
            }
            take(value, name, layout.shape == Shape.REFERENCE_ARRAY ? layout.dimensions : Integer.MAX_VALUE);
        }
    }

    private void letGo(int array, int name) {
        long address = array == 0 ? 0 : spaces.addressOf(spaces.ids.find(array));
        if (address != 0) {
            Layout layout = spaces.layoutOf(address);
            if (layout.name == name && !layout.isLetGo) {
                name(address, layout, name, true);
            }
        }
    }

    /** @param below an array of so many dimensions or more gets no name: it is in one that it could hold itself */
    private void take(int array, int name, int below) {
        long address = array == 0 ? 0 : spaces.addressOf(spaces.ids.find(array));
        if (address == 0) {
            return;
        }
        Layout layout = spaces.layoutOf(address);
        boolean isNameless = layout.name == ArrayNames.NONE;
        if (layout.shape == Shape.REFERENCE_ARRAY && layout.dimensions < below && (isNameless || layout.isLetGo)) {
            name(address, layout, name, false);
            if (layout.namesArrays && isNameless) {
                takeElements(address, layout, spaces.arrayNames.ofElements(name));
            }
        }
    }

    /** Arrays that were stored to an array before a field held that. */
    private void takeElements(long array, Layout layout, int name) {
        int length = layout.length(array);
        for (int i = 0; i < length; i++) {
            take(OffHeap.getIntPlain(layout.slotAddress(array, i)), name, layout.dimensions);
        }
    }

    private void name(long address, Layout layout, int name, boolean letGo) {
        int index = spaces.arrayNames.layout(layout, name, letGo);
        if (index != Types.UNKNOWN) {
            Header.setLayout(address, index);
        }
    }
}
