package org.shadowheap.memory;

/** What {@link NativeMemory} took in one piece, for {@link CheckedMemory}. Any thread. */
final class Area {

    final long address;
    final long bytes;

    /** For messages: what it is used for. */
    final String what;

    /** Who took it and must give it back. */
    final Object owner;

    private volatile long firstPage;
    private volatile long bytesPerPage;
    private volatile boolean returned;

    Area(long address, long bytes, String what, Object owner) {
        this.address = address;
        this.bytes = bytes;
        this.what = what;
        this.owner = owner;
    }

    long end() {
        return address + bytes;
    }

    boolean contains(long from, long count) {
        return from >= address && count <= end() - from;
    }

    void returned() {
        returned = true;
    }

    boolean isReturned() {
        return returned;
    }

    /** The area holds something for each page: so many bytes, from this address on. */
    void pages(long first, long bytesEach) {
        firstPage = first;
        bytesPerPage = bytesEach;
    }

    /** Names a place in it: {@code area=... areaAddress=... areaBytes=... offset=... page=... pageOffset=...}. */
    String place(long at) {
        String text =
                " area=" + what + " areaAddress=" + hex(address) + " areaBytes=" + bytes + " offset=" + (at - address);
        long inPages = at - firstPage;
        return bytesPerPage == 0 || inPages < 0
                ? text
                : text + " page=" + inPages / bytesPerPage + " pageOffset=" + inPages % bytesPerPage;
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
