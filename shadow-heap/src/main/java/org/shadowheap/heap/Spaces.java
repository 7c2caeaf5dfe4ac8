package org.shadowheap.heap;

import org.shadowheap.memory.NativeMemory;
import org.shadowheap.remset.DirtyPageList;
import org.shadowheap.remset.RememberedSet;

/** The parts of a heap, and which cycle it is in: a cycle ends with a minor collection. */
final class Spaces implements AutoCloseable {

    /** Bounds the chunks of the nursery, whose objects lie in one chunk. */
    private static final long LARGE_LIMIT_BYTES = 1 << 20;

    final HeapConfiguration configuration;
    final NativeMemory memory = new NativeMemory();
    final Budget budget;
    final Types types;
    final IdTable ids;
    final YoungSpace young;
    final YoungSpace.Region nursery;
    final OldSpace old;
    final RememberedSet remembered;
    final Evidence evidence;
    final ThreadRoots roots;

    /** Size in bytes above which an object is born old: 8 pages, or a quarter of the nursery up to 1 MiB if that is more. */
    final long largeBytes;

    YoungSpace.Region ageing;
    YoungSpace.Region ageingTo;
    int cycle = 1;

    Spaces(HeapConfiguration configuration) {
        this.configuration = configuration;
        largeBytes =
                Math.max(8L * configuration.pageBytes(), Math.min(configuration.nurseryBytes() / 4, LARGE_LIMIT_BYTES));
        budget = new Budget(memory, configuration.boundBytes());
        types = new Types(configuration.model());
        old = new OldSpace(memory, budget, configuration.pageBytes(), configuration.boundBytes());
        ids = new IdTable(memory, budget);
        young = new YoungSpace(memory, budget, largeBytes, configuration.nurseryBytes());
        nursery = young.new Region();
        ageing = young.new Region();
        ageingTo = young.new Region();
        remembered = new DirtyPageList(memory, old.pages());
        evidence = new Evidence(memory, types, nursery, configuration.nurseryBytes());
        roots = new ThreadRoots(memory);
    }

    /** Address of an object, 0 if the entry is of none that lives. */
    long addressOf(long entry) {
        if (Entry.isOld(entry)) {
            return Entry.address(entry);
        }
        return Entry.isYoung(entry, cycle) ? young.address(Entry.offset(entry)) : 0;
    }

    Layout layoutOf(long object) {
        return types.layout(Header.layout(object));
    }

    Generation generationOf(long entry) {
        if (Entry.isOld(entry)) {
            return Generation.OLD;
        }
        if (Entry.isYoung(entry, cycle)) {
            return Entry.survived(entry) == 0 ? Generation.NURSERY : Generation.AGEING;
        }
        if (entry == Entry.NEVER_SEEN) {
            return Generation.NEVER_SEEN;
        }
        return entry == Entry.RESURRECTED ? Generation.RESURRECTED : Generation.DEAD;
    }

    @Override
    public void close() {
        roots.close();
        evidence.close();
        remembered.close();
        young.close();
        ids.close();
        old.close();
    }
}
