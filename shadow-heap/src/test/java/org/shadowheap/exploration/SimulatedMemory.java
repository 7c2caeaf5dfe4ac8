package org.shadowheap.exploration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.shadowheap.exploration.Violation.Kind;

/**
 * The native memory of one execution. Addresses are made up and never used twice, with gaps between blocks, so that an
 * access to a freed block or beyond the end of one is seen.
 */
final class SimulatedMemory {

    private static final long FIRST_ADDRESS = 1 << 20;
    private static final long GAP_BYTES = 1 << 12;

    private static final class Block {
        final long address;
        final long bytes;
        String name;
        boolean isFreed;

        Block(long address, long bytes, String name) {
            this.address = address;
            this.bytes = bytes;
            this.name = name;
        }
    }

    /** A location and the width in bytes of all accesses to it. */
    private record Cell(Location location, int width) {}

    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final TreeMap<Long, Cell> cells = new TreeMap<>();
    private final Map<Long, String> racing = new HashMap<>();
    private long nextAddress = FIRST_ADDRESS;

    long allocate(long bytes) {
        long address = nextAddress;
        blocks.put(address, new Block(address, bytes, "memory" + blocks.size()));
        nextAddress = (address + bytes + GAP_BYTES) / Long.BYTES * Long.BYTES;
        return address;
    }

    /** Gives a block back; to other accesses this is a plain store into every cell of it. */
    void free(Clock thread, long address, Path path) {
        Block block = blocks.get(address);
        if (block == null || block.isFreed) {
            throw new Violation(Kind.BAD_ACCESS, "free of what is not allocated: address=" + address);
        }
        for (Cell cell : cells.subMap(address, address + block.bytes).values()) {
            cell.location.store(thread, Order.PLAIN, null, path);
        }
        block.isFreed = true;
    }

    /** The location at an address that may be accessed now. */
    Location at(long address, int width) {
        Map.Entry<Long, Block> entry = blocks.floorEntry(address);
        Block block = entry == null ? null : entry.getValue();
        if (block == null || address + width > block.address + block.bytes) {
            throw new Violation(Kind.BAD_ACCESS, "access outside of any block: address=" + address);
        }
        Cell cell = cells.computeIfAbsent(address, key -> newCell(block, address, width));
        if (block.isFreed) {
            throw new Violation(Kind.BAD_ACCESS, "access to freed memory: " + cell.location.name());
        }
        if (cell.width != width) {
            throw new Violation(
                    Kind.BAD_ACCESS, "width changes: " + cell.location.name() + " " + cell.width + " to " + width);
        }
        return cell.location;
    }

    private Cell newCell(Block block, long address, int width) {
        String race = racing.get(address);
        String name = race != null ? race : block.name + "[" + (address - block.address) / width + "]";
        return new Cell(new Location(name, race != null), width);
    }

    /** Copies every cell that lies in the region, whatever its width, by plain loads and stores. */
    void copy(Clock thread, long from, long to, long bytes, Path path) {
        for (long at : List.copyOf(cells.subMap(from, from + bytes).keySet())) {
            int width = cells.get(at).width;
            Object value = at(at, width).load(thread, Order.PLAIN, path);
            at(to + at - from, width).store(thread, Order.PLAIN, value, path);
        }
    }

    /** Declares that plain accesses of several threads may race for this address. Before its first access. */
    void declareRacing(long address, String name) {
        racing.put(address, name);
    }

    /** Names the block that begins at this address, if one does. Before its first access. */
    void nameBlock(long address, String name) {
        Block block = blocks.get(address);
        if (block != null) {
            block.name = name;
        }
    }
}
