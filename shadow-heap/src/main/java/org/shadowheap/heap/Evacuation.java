package org.shadowheap.heap;

import java.util.function.IntConsumer;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.remset.RememberedSet;

/**
 * What a collector may do to a heap while nobody applies events: ask for roots, move young objects one by one, and then
 * drop the rest. Moving an object changes its entry in the id table and nothing else, as slots hold ids.
 *
 * <p>Each collector thread has a {@link Worker}; everything else is for one thread, while the workers rest.
 */
public final class Evacuation {

    private final Spaces spaces;
    private final long clockBytes;
    private final long stores;
    private final long oldToYoung;
    private final boolean isMajor;
    private final int nextCycle;
    private final Worker[] workers;
    private boolean begun;
    private boolean finished;

    Evacuation(Spaces spaces, long clockBytes, long stores, long oldToYoung, boolean isMajor) {
        this.spaces = spaces;
        this.clockBytes = clockBytes;
        this.stores = stores;
        this.oldToYoung = oldToYoung;
        this.isMajor = isMajor;
        nextCycle = spaces.cycle + 1;
        workers = new Worker[spaces.budget.collectors(spaces.ageingTo.length)];
        spaces.old.allocatorsAtWork(workers.length);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(spaces.ageingTo[i], spaces.old.allocator(i));
        }
    }

    /** From now on the heap changes: unless {@link #finish} is reached it can only be closed. */
    public void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isFinished() {
        return finished;
    }

    /** What one collector thread does, by number from 0 to {@link #workers} - 1. */
    public Worker worker(int number) {
        return workers[number];
    }

    /** At most {@link HeapConfiguration#collectors}; fewer if there is little memory, as each takes a page and a chunk. */
    public int workers() {
        return workers.length;
    }

    /** Whether a major collection is due: a {@link Reclamation} before {@link #finish}. */
    public boolean isMajor() {
        return isMajor;
    }

    /** Whether some of what is moved may stay young. */
    public boolean mayAge() {
        return spaces.configuration.tenure() > 1;
    }

    /** What a major collection does, after everything young that is alive was moved. */
    public Reclamation reclamation() {
        return new Reclamation(spaces, nextCycle);
    }

    /** For work lists. They may exceed the heap's bound: its copy reserve covers them. */
    public NativeMemory memory() {
        return spaces.memory;
    }

    /** Old objects that may refer to young ones; class mirrors, and so statics, are among them. */
    public RememberedSet rememberedSet() {
        return spaces.remembered;
    }

    /** How many sets of roots there are, for workers to share. */
    public int rootSets() {
        return spaces.mutators.length;
    }

    /** Visits the ids on threads' stacks and those that are alive by evidence; of any generation, some repeatedly. */
    public void forEachRoot(int rootSet, IntConsumer visitor) {
        spaces.mutators[rootSet].roots.forEach(visitor);
        spaces.mutators[rootSet].evidence.forEach(visitor);
        if (spaces.configuration.foresight() != null) {
            forEachForeseen(rootSet, spaces.configuration.foresight(), visitor);
        }
    }

    /** Young objects that events will mention: a mutator's nursery, and what ages with the first of them. */
    private void forEachForeseen(int rootSet, Foresight foresight, IntConsumer visitor) {
        YoungSpace.ObjectVisitor ifForeseen = object -> {
            int id = Header.id(object);
            if (foresight.isMentionedAfter(id, spaces.rounds)) {
                visitor.accept(id);
            }
        };
        spaces.mutators[rootSet].nursery.forEachFrom(0, spaces.types, ifForeseen);
        if (rootSet == 0) {
            for (CollectorSpaces each : spaces.ageing) {
                each.region.forEachFrom(0, spaces.types, ifForeseen);
            }
        }
    }

    /** Whether the object was young before this collection and has not been moved yet. Any thread. */
    public boolean isWaiting(int id) {
        return Entry.isYoung(spaces.ids.find(id), spaces.cycle);
    }

    /**
     * Notes of an object that {@linkplain #isWaiting waits} that it was listed. Before any is moved. Any thread; of several at
     * once more than one may be the first.
     *
     * @return whether that was not noted before
     */
    public boolean list(int id) {
        long object = spaces.young.address(Entry.offset(spaces.ids.find(id)));
        if (Header.isMarked(object)) {
            return false;
        }
        Header.setMarked(object, true);
        return true;
    }

    /**
     * How many minor collections an object will have survived after this one if it is still young then, whether it was moved already or
     * not; 0 if it will not be young. Any thread.
     */
    public int ageAfter(int id) {
        long entry = spaces.ids.find(id);
        if (Entry.isYoung(entry, nextCycle)) {
            return Entry.survived(entry);
        }
        int survived = Entry.isYoung(entry, spaces.cycle) ? Entry.survived(entry) + 1 : 0;
        return survived < spaces.configuration.tenure() ? survived : 0;
    }

    /** Whether the address lies in the old space. Any thread. */
    public boolean isOld(long object) {
        return spaces.old.contains(object);
    }

    /** Size of an object in bytes. Any thread. */
    public long bytesOf(long object) {
        return spaces.layoutOf(object).bytesOf(object);
    }

    /** Whether instances of the object's type hold references that keep others alive. Any thread. */
    public boolean hasStrongSlots(long object) {
        return spaces.layoutOf(object).hasStrongSlots();
    }

    /**
     * Visits the strong slots at addresses from {@code from} up to, not including, {@code to} that are not null. Any thread.
     *
     * @return how many slots were read
     */
    public long scan(long object, long from, long to, EdgeVisitor visitor) {
        return spaces.layoutOf(object).scanEdges(object, from, to, visitor);
    }

    /** Ends the collection: everything young that was not moved is dead, and its memory is free. */
    public void finish() {
        for (MutatorSpaces each : spaces.mutators) {
            each.evidence.collected(spaces.ids, nextCycle);
            each.nursery.clear();
            spaces.ids.endCycle(spaces.cycle, each.bornChunks);
        }
        for (CollectorSpaces each : spaces.ageing) {
            each.region.clear();
            spaces.ids.endCycle(spaces.cycle, each.chunks);
        }
        CollectorSpaces[] emptied = spaces.ageing;
        spaces.ageing = spaces.ageingTo;
        spaces.ageingTo = emptied;
        spaces.young.endCollection(spaces.ageing);
        spaces.old.allocatorsAtWork(spaces.mutators.length);
        spaces.cycle = nextCycle;
        spaces.renumberWindowsIfShort();
        finished = true;
    }

    /** Bytes born before this collection. */
    public long clockBytes() {
        return clockBytes;
    }

    /** Reference stores since the collection before. */
    public long stores() {
        return stores;
    }

    /** Of {@link #stores}, those of a young value into an old object. */
    public long oldToYoung() {
        return oldToYoung;
    }

    /** Bytes moved so far. */
    public long survivedBytes() {
        long bytes = 0;
        for (Worker each : workers) {
            bytes += each.survivedBytes;
        }
        return bytes;
    }

    /** Of {@link #survivedBytes}, those moved to the old space. */
    public long promotedBytes() {
        long bytes = 0;
        for (Worker each : workers) {
            bytes += each.promotedBytes;
        }
        return bytes;
    }

    /** Moves objects, on one collector thread, into pages and chunks of its own. */
    public final class Worker {
        private final CollectorSpaces ageingTo;
        private final OldSpace.Allocator old;
        private final boolean isAlone = workers.length == 1;
        private long survivedBytes;
        private long promotedBytes;

        Worker(CollectorSpaces ageingTo, OldSpace.Allocator old) {
            this.ageingTo = ageingTo;
            this.old = old;
        }

        /**
         * Moves an object to the old space if it has now survived {@link HeapConfiguration#tenure} collections, else to the
         * ageing space.
         *
         * <p>Between claim and move nobody asks for its address; what else an entry tells is true from the claim on.
         *
         * @return its new address; 0 if it was not {@linkplain #isWaiting waiting} to be moved, or another worker has it
         */
        public long evacuate(int id) {
            long entry = spaces.ids.find(id);
            if (!Entry.isYoung(entry, spaces.cycle)) {
                return 0;
            }
            int survived = Entry.survived(entry) + 1;
            boolean promoted = survived >= spaces.configuration.tenure();
            if (isAlone) {
                return move(id, entry, survived, promoted);
            }
            if (!claim(id, entry, survived, promoted)) {
                return 0;
            }
            try {
                return move(id, entry, survived, promoted);
            } catch (Throwable e) {
                spaces.ids.unclaim(
                        id, entry); // no memory: an entry without an address would crash whoever reads the heap
                throw e;
            }
        }

        private long move(int id, long entry, int survived, boolean promoted) {
            long from = spaces.young.address(Entry.offset(entry));
            Layout layout = spaces.layoutOf(from);
            long bytes = layout.bytesOf(from);
            survivedBytes += bytes;
            if (promoted) {
                promotedBytes += bytes;
                long to = old.allocateForSurvivor(bytes, layout.isVirtual());
                OffHeap.copyPlain(from, to, layout.bytesToCopy(from));
                Header.write(to, id, Header.layout(from), 0);
                spaces.ids.promoted(id, Entry.old(to));
                return to;
            }
            int offset = ageingTo.region.allocateForSurvivor(bytes);
            long to = spaces.young.address(offset);
            OffHeap.copyPlain(from, to, layout.bytesToCopy(from));
            Header.setMarked(to, false); // if it was listed
            spaces.ids.aged(id, Entry.young(survived, nextCycle, offset), nextCycle, ageingTo.chunks);
            return to;
        }

        /** The entry says already where the object will be, but not the address: nobody needs that before the end. */
        private boolean claim(int id, long entry, int survived, boolean promoted) {
            long claimed = promoted ? Entry.old(0) : Entry.young(survived, nextCycle, 0);
            return spaces.ids.claim(id, entry, claimed);
        }
    }
}
