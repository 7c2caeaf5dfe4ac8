package org.shadowheap.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The areas that are taken, by address, and the latest that were given back. Any thread. */
final class Areas {

    private static final int REMEMBERED = 1 << 12;

    private final ConcurrentSkipListMap<Long, Area> taken = new ConcurrentSkipListMap<>();
    private final Past past = new Past(REMEMBERED);

    void add(Area area) {
        taken.put(area.address, area);
    }

    /**
     * Takes an area out of the picture, before the operating system gets it back and may hand it to somebody else.
     *
     * @throws MemoryAccessError if no area begins there, or it has another size or owner
     */
    Area remove(long address, long bytes, Object owner) {
        String call = "address=" + Area.hex(address) + " bytes=" + bytes;
        Area area = taken.get(address);
        if (area == null) {
            Past.Stretch gone = past.latestAt(address);
            throw gone != null && gone.address() == address
                    ? new MemoryAccessError("memory is given back twice: " + call + " area=" + gone.what() + " (freed)")
                    : new MemoryAccessError("memory is given back that was never taken: " + call + describe(address));
        }
        if (area.bytes != bytes) {
            throw new MemoryAccessError("memory is given back with a wrong size: " + call + area.place(address));
        }
        if (area.owner != owner) {
            throw new MemoryAccessError("memory is given back to another owner: " + call + area.place(address));
        }
        if (!taken.remove(address, area)) {
            throw new MemoryAccessError("memory is given back by two threads at once: " + call + area.place(address));
        }
        area.returned();
        past.add(address, bytes, area.what);
        return area;
    }

    @Nullable
    Area find(long address) {
        Area area = before(address);
        return area != null && address < area.end() ? area : null;
    }

    /** Names the area in which an address lies or lay, or else the one before it. */
    String describe(long address) {
        Area area = before(address);
        if (area != null && address < area.end()) {
            return area.place(address);
        }
        Past.Stretch gone = past.latestAt(address);
        if (gone != null) {
            return " area=" + gone.what() + " (freed) areaAddress=" + Area.hex(gone.address()) + " areaBytes="
                    + gone.bytes() + " offset=" + (address - gone.address());
        }
        return area == null
                ? " area=none"
                : " area=none bytesBehindArea=" + (address - area.end()) + " areaBefore=" + area.what + " areaAddress="
                        + Area.hex(area.address) + " areaBytes=" + area.bytes;
    }

    private @Nullable Area before(long address) {
        Map.Entry<Long, Area> entry = taken.floorEntry(address);
        return entry == null ? null : entry.getValue();
    }
}
