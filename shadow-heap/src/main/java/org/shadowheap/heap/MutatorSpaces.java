package org.shadowheap.heap;

import org.shadowheap.memory.NativeIntList;

/** What a mutator has to itself: where it allocates, its evidence, the roots it was told, and what it counts. */
final class MutatorSpaces implements AutoCloseable {

    final Counts counts = new Counts();
    final TypeCache typeCache;
    final YoungSpace.Region nursery;
    final OldSpace.Allocator old;
    final Evidence evidence;
    final LatestHolder latest = new LatestHolder();
    final ThreadRoots roots;

    /** Chunks of the id table in which it was the first to give birth in this cycle. */
    final NativeIntList bornChunks;

    /** For {@link Holders}. */
    final NativeIntList waitingNames;

    /** For {@link UnnamedStores}. */
    final NativeIntList waitingStores;

    MutatorSpaces(Spaces spaces, int number) {
        typeCache = new TypeCache(spaces.types);
        nursery = spaces.young.new Region();
        old = spaces.old.allocator(number);
        boolean evidenceCounts = spaces.configuration.liveness() == Liveness.EVIDENCE;
        evidence = new Evidence(spaces.memory, spaces.types, nursery, evidenceCounts);
        roots = new ThreadRoots(spaces.memory, spaces.budget);
        bornChunks = new NativeIntList(spaces.memory);
        waitingNames = new NativeIntList(spaces.unbounded);
        waitingStores = new NativeIntList(spaces.unbounded);
    }

    @Override
    public void close() {
        evidence.close();
        roots.close();
        bornChunks.close();
        waitingNames.close();
        waitingStores.close();
    }
}
