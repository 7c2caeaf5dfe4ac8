package org.shadowheap.heap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.remset.RememberedSet;

/** The parts of a heap, and which cycle it is in: a cycle ends with a minor collection. */
final class Spaces implements AutoCloseable {

    /** Bounds the chunks of the nursery, whose objects lie in one chunk. */
    private static final long LARGE_LIMIT_BYTES = 1 << 20;

    final HeapConfiguration configuration;
    final NativeMemory memory = new NativeMemory();

    /** Of what waits until a round ends, which the bound does not know: a round can be as large as one copy of an array. */
    final NativeMemory unbounded = new NativeMemory();

    final Budget budget;
    final Types types;
    final ArrayNames arrayNames;
    final IdTable ids;
    final YoungSpace young;
    final OldSpace old;
    final RememberedSet remembered;
    final MutatorSpaces[] mutators;

    /** Size in bytes above which an object is born old: 8 pages, or a quarter of the nursery up to 1 MiB if that is more. */
    final long largeBytes;

    /** Survivors that are still young, a region for each collector, of this cycle and of the next. */
    CollectorSpaces[] ageing;

    CollectorSpaces[] ageingTo;
    int cycle = 1;

    /** Rounds that have ended. */
    long rounds;

    /** Whether a major collection will follow the next minor one; mutators list the old objects they mention. */
    boolean isMajorDue;

    /** What gives back the parts that are there, the latest first. */
    private final Deque<Runnable> closers = new ArrayDeque<>();

    /**
     * Reserves memory.
     *
     * @throws IllegalArgumentException if nothing could ever be born within the bound
     */
    Spaces(HeapConfiguration configuration, UnaryOperator<RememberedSet> rememberedSet) {
        this.configuration = configuration;
        largeBytes =
                Math.max(8L * configuration.pageBytes(), Math.min(configuration.nurseryBytes() / 4, LARGE_LIMIT_BYTES));
        budget = new Budget(memory, configuration.boundBytes());
        types = new Types(configuration.model());
        arrayNames = new ArrayNames(types);
        int allocators = Math.max(configuration.mutators(), configuration.collectors());
        try {
            old = new OldSpace(
                    memory, budget, configuration.pageBytes(), configuration.boundBytes(), allocators, largeBytes);
            closers.push(old::close);
            ids = new IdTable(memory, budget);
            closers.push(ids::close);
            young = new YoungSpace(memory, budget, largeBytes, configuration.nurseryBytes());
            closers.push(young::close);
            remembered = rememberedSet.apply(configuration
                    .remset()
                    .create(memory, old.pages(), configuration.cardBytes(), configuration.mutators()));
            closers.push(remembered::close);
            mutators = new MutatorSpaces[configuration.mutators()];
            for (int i = 0; i < mutators.length; i++) {
                mutators[i] = new MutatorSpaces(this, i);
                closers.push(mutators[i]::close);
            }
            ageing = collectorSpaces();
            ageingTo = collectorSpaces();
            shareOutBound();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Says what of the bound the nursery and a collector must find; the rest is for the old space. At the least bound each
     * mutator has room for a page and a chunk, and something may go on ageing.
     */
    private void shareOutBound() {
        long chunkBytes = young.chunkBytes();
        long collectorPageBytes = old.pages().bytes(1);
        long collectorChunkBytes = configuration.tenure() > 1 ? chunkBytes : 0;
        long oneEach = configuration.mutators() * chunkBytes;
        budget.keepFor(oneEach, collectorPageBytes, collectorChunkBytes);
        long toMeet = configuration.mutators() * old.pages().bytes(1);
        long least = budget.usedBytes()
                + budget.leftForNursery()
                + collectorChunkBytes
                + IdDirectory.LEAF_BYTES // chunks of ids are counted with the nursery
                + toMeet;
        if (configuration.boundBytes() < least) {
            throw new IllegalArgumentException("boundBytes must be at least " + least
                    + ", lest nothing can be met or born: boundBytes=" + configuration.boundBytes() + " nurseryBytes="
                    + configuration.nurseryBytes() + " pageBytes=" + configuration.pageBytes() + " mutators="
                    + configuration.mutators());
        }
        long full = oneEach + (configuration.nurseryBytes() + chunkBytes - 1) / chunkBytes * chunkBytes;
        long affordable =
                configuration.boundBytes() / 2 / Budget.NURSERY_NEEDS; // the old space has a right to half of it
        budget.keepFor(Math.max(oneEach, Math.min(full, affordable)), collectorPageBytes, collectorChunkBytes);
    }

    private CollectorSpaces[] collectorSpaces() {
        CollectorSpaces[] all = new CollectorSpaces[configuration.collectors()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new CollectorSpaces(this);
            closers.push(all[i]::close);
        }
        return all;
    }

    /** Sums over the mutators, while none is at work. */
    Counts counts() {
        Counts sum = new Counts();
        for (MutatorSpaces each : mutators) {
            sum.add(each.counts);
        }
        return sum;
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

    /** Between rounds: begins to count windows of evidence anew before their numbers are used up. */
    void renumberWindowsIfShort() {
        boolean isShort = false;
        for (MutatorSpaces each : mutators) {
            isShort |= each.evidence.isShortOfWindows();
        }
        if (!isShort) {
            return;
        }
        for (CollectorSpaces each : ageing) {
            each.region.forEachFrom(0, types, object -> Header.setWindow(object, 0));
        }
        old.forEachObject(object -> {
            if (Header.window(object) != 0) {
                Header.setWindowOfOld(object, 0);
            }
        });
        for (MutatorSpaces each : mutators) {
            each.evidence.renumber();
        }
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
