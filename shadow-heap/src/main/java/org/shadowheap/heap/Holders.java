package org.shadowheap.heap;

import java.util.Arrays;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.OffHeap;

/**
 * Names arrays of references by the fields that hold them, as a mutator stores them there.
 *
 * <p>An array has the name of the first field that held it, until that field lets go of it; then of the next that takes it.
 * The first, not the latest: an iterator that keeps the array it walks over does not rename it. Until it lets go: {@code
 * ConcurrentHashMap} fills a new table that {@code nextTable} holds, and then hands it to {@code table}. Only fields whose
 * declared type is an array name one, and arrays of named arrays name their elements.
 *
 * <p>With several mutators of a heap the order of stores to different objects is not kept. So that names depend on the
 * stream alone, they are given when the round ends then, mutator by mutator.
 */
final class Holders {

    private static final int INTS = 4;

    private final Spaces spaces;
    private final LatestHolder latest;

    /** Whether names are given when the round ends. */
    private final boolean waits;

    /** What waits: holder, place, overwritten and value. */
    private int[] waiting = new int[INTS * 16];

    private int size;

    Holders(Spaces spaces, LatestHolder latest) {
        this.spaces = spaces;
        this.latest = latest;
        this.waits = spaces.configuration.mutators() > 1;
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
        if (waits) {
            add(holder, place, overwritten, value);
        } else {
            name(holder, layout, place, overwritten, value);
        }
    }

    private void add(int holder, int place, int overwritten, int value) {
        if (size + INTS > waiting.length) {
            waiting = Arrays.copyOf(waiting, waiting.length * 2);
        }
        waiting[size++] = holder;
        waiting[size++] = place;
        waiting[size++] = overwritten;
        waiting[size++] = value;
    }

    /** The round has ended for all mutators: names what waits. */
    void roundEnded() {
        for (int at = 0; at < size; at += INTS) {
            long address = spaces.addressOf(spaces.ids.find(waiting[at]));
            if (address != 0) {
                name(waiting[at], spaces.layoutOf(address), waiting[at + 1], waiting[at + 2], waiting[at + 3]);
            }
        }
        size = 0;
    }

    private void name(int holder, Layout layout, int place, int overwritten, int value) {
        int name = layout.shape == Shape.REFERENCE_ARRAY
                ? spaces.arrayNames.ofElements(layout.name)
                : spaces.arrayNames.ofField(holder, layout, place);
        if (name != ArrayNames.NONE) {
            if (overwritten != value) {
                letGo(overwritten, name);
            }
            take(value, name);
        }
    }

    private void letGo(int array, int name) {
        long address = array == 0 ? 0 : spaces.addressOf(spaces.ids.find(array));
        if (address != 0) {
            Layout layout = spaces.layoutOf(address);
            if (layout.name == name && !layout.isLetGo) {
                name(array, address, layout, name, true);
            }
        }
    }

    private void take(int array, int name) {
        long address = array == 0 ? 0 : spaces.addressOf(spaces.ids.find(array));
        if (address == 0) {
            return;
        }
        Layout layout = spaces.layoutOf(address);
        if (layout.shape == Shape.REFERENCE_ARRAY && (layout.name == ArrayNames.NONE || layout.isLetGo)) {
            name(array, address, layout, name, false);
            if (layout.namesArrays) {
                takeElements(address, layout, spaces.arrayNames.ofElements(name));
            }
        }
    }

    /** Arrays that were stored to an array before a field held that. */
    private void takeElements(long array, Layout layout, int name) {
        int length = layout.length(array);
        for (int i = 0; i < length; i++) {
            take(OffHeap.getIntPlain(layout.slotAddress(array, i)), name);
        }
    }

    private void name(int array, long address, Layout layout, int name, boolean letGo) {
        int index = spaces.arrayNames.layout(layout, name, letGo);
        if (index != Types.UNKNOWN) {
            Header.setLayout(address, index);
            if (latest.is(array)) {
                latest.forget();
            }
        }
    }
}
