package org.shadowheap.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link CheckedMemory}, applied to addresses only: it touches no memory itself. Any thread. Who changes what
 * may be accessed owns that memory at that moment, as he must to use it.
 */
final class MemoryChecker {

    private static final int STRETCHES = 1 << 14;

    /** The picture of an object up to here is looked through quicker than the sizes of larger ones. */
    private static final long LARGE_BYTES = 1 << 12;

    private final MemoryPicture picture = new MemoryPicture();
    private final Areas areas = new Areas();
    private final Past past = new Past(STRETCHES);

    /** Ends of objects beyond that size, by address. */
    private final ConcurrentSkipListMap<Long, Long> largeEnds = new ConcurrentSkipListMap<>();

    /** Memory was taken; all of it is accessible. */
    void taken(long address, long bytes, String what, Object owner) {
        areas.add(new Area(address, bytes, what, owner));
        picture.allow(address, address + bytes);
    }

    /** Memory was taken; nothing of it is accessible. */
    void reserved(long address, long bytes, String what, Object owner) {
        areas.add(new Area(address, bytes, what, owner));
        past.add(address, bytes, "nothing was put there yet");
    }

    /** Memory is about to be given back. */
    void returned(long address, long bytes, Object owner) {
        areas.remove(address, bytes, owner);
        forgetLarge(address, address + bytes);
        picture.drop(address, address + bytes);
    }

    /** For messages: an area holds so many bytes for each page, from {@code first} on. */
    void pages(long area, long first, long bytesPerPage) {
        Area found = areas.find(area);
        if (found != null) {
            found.pages(first, bytesPerPage);
        }
    }

    /** Returns whether the first byte was not accessible before. */
    boolean allow(long address, long bytes) {
        requireArea("memory", address, bytes);
        boolean fresh = !picture.holds(address, 1);
        picture.allow(address, address + bytes);
        return fresh;
    }

    void forbid(long address, long bytes, String why) {
        forgetLarge(address, address + bytes);
        picture.forbid(address, address + bytes);
        past.add(address, bytes, why);
    }

    /** Objects of which a part is gone are looked through again. */
    private void forgetLarge(long from, long to) {
        if (!largeEnds.isEmpty()) {
            Map.Entry<Long, Long> before = largeEnds.lowerEntry(from);
            if (before != null && before.getValue() > from) {
                largeEnds.remove(before.getKey());
            }
            largeEnds.subMap(from, to).clear();
        }
    }

    void place(long object, long bytes) {
        requireArea("object", object, bytes);
        long live = picture.firstAccessible(object, object + bytes);
        if (live < object + bytes) {
            throw failure("object is put over a live one", object, bytes, live, "");
        }
        picture.place(object, object + bytes);
        if (bytes > LARGE_BYTES) {
            largeEnds.put(object, object + bytes);
        }
    }

    /** An object of any size died; nothing happens if none was put there. */
    void die(long object) {
        if (picture.isStart(object)) {
            Area area = areaOf(picture.at(object), object);
            long end = picture.endOf(object, area == null ? object : area.end());
            forbid(object, end - object, "object died");
        }
    }

    void check(String access, long address, int bytes) {
        if (!picture.holds(address, bytes)) {
            checkRange(access, address, bytes);
        }
    }

    void checkRange(String access, long address, long bytes) {
        if (bytes == 0) {
            return;
        }
        long end = address + bytes;
        if (bytes < 0 || !MemoryPicture.isAddress(address) || !MemoryPicture.isAddress(end)) {
            throw new MemoryAccessError(access + " of no memory at all" + range(address, bytes));
        }
        long bad = picture.firstInaccessible(address, end);
        if (bad < end) {
            Past.Stretch stretch = past.latestAt(bad);
            boolean taken = areas.find(bad) != null;
            String why = taken && stretch != null ? " because=" + stretch.what() : "";
            throw failure(access + " outside live memory", address, bytes, bad, why);
        }
        long next = picture.nextStart(address + 1, end);
        if (next < end) {
            throw failure(access + " straddles two objects", address, bytes, address, " next=" + Area.hex(next));
        }
    }

    /** Fails unless some bytes lie in the object that begins at {@code object}. O(log large objects) */
    void checkInside(long object, long address, long bytes) {
        if (!picture.isStart(object)) {
            throw failure("slot of what is no object", object, bytes, object, " slot=" + Area.hex(address));
        }
        if (bytes > 8 || !picture.holds(address, (int) bytes)) {
            checkRange("slot", address, bytes);
        }
        if (!isInside(object, address, bytes)) {
            String slot = " slotObject=" + Area.hex(object) + " slotOffset=" + (address - object);
            throw failure("slot outside its object", address, bytes, address, slot);
        }
    }

    private boolean isInside(long object, long address, long bytes) {
        if (address - object >= LARGE_BYTES) {
            Long end = largeEnds.get(object);
            if (end != null) {
                return bytes <= end - address;
            }
        }
        return address >= object && picture.previousStart(object, address + 1) == object;
    }

    private void requireArea(String what, long address, long bytes) {
        Area area = MemoryPicture.isAddress(address) ? areaOf(picture.at(address), address) : null;
        if (area == null || !area.contains(address, bytes)) {
            throw failure(what + " is put outside what was taken", address, bytes, address, "");
        }
    }

    /** Most often the one that was found last nearby. */
    private @Nullable Area areaOf(PictureSegment segment, long address) {
        Area last = segment.lastArea;
        if (last != null && !last.isReturned() && last.contains(address, 1)) {
            return last;
        }
        Area found = areas.find(address);
        segment.lastArea = found;
        return found;
    }

    /** Says all that is known of one bad byte. */
    private MemoryAccessError failure(String what, long address, long bytes, long bad, String more) {
        String first = bad == address ? "" : " firstBad=" + Area.hex(bad);
        return new MemoryAccessError(
                what + range(address, bytes) + first + areas.describe(bad) + objectBefore(bad) + more);
    }

    private String objectBefore(long address) {
        Area area = areas.find(address);
        long object = area == null ? -1 : picture.previousStart(area.address, address + 1);
        if (area == null || object < 0) {
            return "";
        }
        long end = picture.endOf(object, area.end());
        String behind = address < end ? "" : " bytesBehindObject=" + (address - end);
        return " object=" + Area.hex(object) + " objectBytes=" + (end - object) + behind;
    }

    private static String range(long address, long bytes) {
        return ": address=" + Area.hex(address) + " bytes=" + bytes;
    }
}
