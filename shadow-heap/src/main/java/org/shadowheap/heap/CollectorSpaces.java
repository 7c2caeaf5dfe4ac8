package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;

/** Where one collector puts survivors that are still young. */
final class CollectorSpaces implements AutoCloseable {

    final YoungSpace.Region region;

    /** Chunks of the id table in which it was the first to let an object go on ageing. */
    final NativeIntList chunks;

    CollectorSpaces(Spaces spaces) {
        region = spaces.young.new Region();
        chunks = new NativeIntList(spaces.memory);
    }

    @Override
    public void close() {
        chunks.close();
    }
}
