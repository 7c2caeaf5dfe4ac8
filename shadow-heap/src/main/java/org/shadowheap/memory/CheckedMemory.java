package org.shadowheap.memory;

/**
 * A mode, on in tests and with {@code -Dshadowheap.checked=true}, in which every access outside a live object or page
 * fails, exactly to the byte, with a {@link MemoryAccessError} that names access, address, area, page and object.
 *
 * <p>An allocation of {@link NativeMemory} is accessible as a whole; of a reservation only what somebody said is: {@link
 * #objectPlaced}, or {@link #accessible} for what is no object. {@link #objectDied} and {@link #inaccessible} take that
 * back. Memory that comes into use is filled with junk, as its content is undefined.
 *
 * <p>An access to the wrong one of two live objects is legal; where an object is given with the address, {@link
 * #insideObject} says that they belong together. Off, which is a constant for the JIT, all methods are empty. Any thread;
 * who speaks of some memory owns it at that moment. The picture costs 10/64 of the memory in use, on the Java heap.
 */
public final class CheckedMemory {

    /** Whether checks are made, for more than one of the calls below. */
    public static final boolean ON = Boolean.getBoolean("shadowheap.checked");

    private static final byte JUNK = (byte) 0xa5;
    private static final long JUNK_BYTES = 4096;

    private CheckedMemory() {}

    /** Made when it is used first: never, if checks are off. */
    private static final class Lazy {
        static final MemoryChecker CHECKER = new MemoryChecker();
    }

    /** An object lies here from now on, nothing lay here before. Before it is written to. */
    public static void objectPlaced(long object, long bytes) {
        if (ON) {
            Lazy.CHECKER.place(object, bytes);
            fillWithJunk(object, bytes);
        }
    }

    /** The object that was placed here is no more; nothing happens if none was. */
    public static void objectDied(long object) {
        if (ON) {
            Lazy.CHECKER.die(object);
        }
    }

    /** Something that is no object lies here from now on, or still does. */
    public static void accessible(long address, long bytes) {
        if (ON && Lazy.CHECKER.allow(address, bytes)) {
            fillWithJunk(address, bytes);
        }
    }

    /**
     * Nothing lies here any more.
     *
     * @param why for messages: what happened, in a few words
     */
    public static void inaccessible(long address, long bytes, String why) {
        if (ON) {
            Lazy.CHECKER.forbid(address, bytes, why);
        }
    }

    /** Fails unless some bytes lie in the object that was placed at {@code object}; returns their address. */
    public static long insideObject(long object, long address, long bytes) {
        if (ON && bytes > 0) {
            Lazy.CHECKER.checkInside(object, address, bytes);
        }
        return address;
    }

    /** For messages: the area at this address holds so many bytes for each page, from {@code first} on. */
    static void pages(long area, long first, long bytesPerPage) {
        if (ON) {
            Lazy.CHECKER.pages(area, first, bytesPerPage);
        }
    }

    static void taken(long address, long bytes, String what, NativeMemory owner) {
        if (ON) {
            Lazy.CHECKER.taken(address, bytes, what, owner);
            fillWithJunk(address, bytes);
        }
    }

    static void reserved(long address, long bytes, String what, NativeMemory owner) {
        if (ON) {
            Lazy.CHECKER.reserved(address, bytes, what, owner);
        }
    }

    static void returned(long address, long bytes, NativeMemory owner) {
        if (ON) {
            Lazy.CHECKER.returned(address, bytes, owner);
        }
    }

    /** Up to 8 bytes are accessed. */
    static void check(String access, long address, int bytes) {
        if (ON) {
            Lazy.CHECKER.check(access, address, bytes);
        }
    }

    static void checkRange(String access, long address, long bytes) {
        if (ON) {
            Lazy.CHECKER.checkRange(access, address, bytes);
        }
    }

    static void checkIndex(String list, long index, long size) {
        if (ON && (index < 0 || index >= size)) {
            throw new MemoryAccessError("index outside " + list + ": index=" + index + " size=" + size);
        }
    }

    /** Some of it: the rest of something large may be meant never to be touched. */
    private static void fillWithJunk(long address, long bytes) {
        OffHeap.fillUnchecked(address, Math.min(bytes, JUNK_BYTES), JUNK);
    }
}
