package org.shadowheap.heap;

import java.util.function.LongConsumer;
import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.NativeIntList;
import org.shadowheap.memory.OffHeap;
import org.shadowheap.memory.PageTable;

/**
 * What a major collection may do to a heap: mark what is alive, then free the rest of the old space. It comes after
 * everything young that a minor collection keeps was moved, and before {@link Evacuation#finish}; one thread.
 *
 * <p>Old objects are marked in bits beside their pages, ageing ones in their headers. {@link #sweep} forgets the dead;
 * pages without a living object are free at once, and pages that are at most half full hand their objects to others first
 * (as regions do in Garbage-First, Detlefs et al., ISMM 2004): moving an object changes one entry of the id table. That
 * commits one page at most, which the bound leaves for it: where nothing is free, the pages just emptied are used again.
 */
public final class Reclamation {

    private final Spaces spaces;
    private final PageTable pages;
    private final int cycle;
    private long freedBytes;
    private long freedPages;
    private boolean isEmptyingOfUse;

    /** Of the page that is looked at, bytes of its living objects. */
    private long living;

    /** Where the object is now that was moved last. */
    private long moved;

    // One of each for all pages and objects: each would make a new one, on the heap of the program that is recorded.
    private final LongConsumer freer = this::free;
    private final LongConsumer adder = this::addLiving;
    private final LongConsumer mover = this::move;
    private final EdgeVisitor rememberer = (slot, value) -> rememberIfAgeing(moved, slot, value);

    Reclamation(Spaces spaces, int cycle) {
        this.spaces = spaces;
        this.cycle = cycle;
        pages = spaces.old.pages();
        pages.clearMarks();
    }

    /** Visits class mirrors, which are alive whoever refers to them. O(old objects). */
    public void forEachMirror(LongConsumer visitor) {
        spaces.old.forEachObject(object -> {
            if (spaces.layoutOf(object).shape == Shape.MIRROR) {
                visitor.accept(object);
            }
        });
    }

    /** Visits the old objects that events will mention, where that is known. */
    public void forEachForeseen(LongConsumer visitor) {
        Foresight foresight = spaces.configuration.foresight();
        if (foresight != null) {
            spaces.old.forEachObject(object -> {
                if (foresight.isMentionedAfter(Header.id(object), spaces.rounds)) {
                    visitor.accept(object);
                }
            });
        }
    }

    /**
     * After what class mirrors lead to was marked: that is held no longer, its origin is seen. Visits what is still held,
     * because the program may have it from where nobody sees. O(old objects).
     */
    public void forEachHeld(LongConsumer visitor) {
        spaces.old.forEachObject(object -> {
            if (!Header.isHeld(object)) {
                return;
            }
            if (!pages.isMarkedPlain(object)) {
                visitor.accept(object);
                return;
            }
            if (Header.isOfUnseenOrigin(object)) {
                Counts counts = spaces.mutators[0].counts;
                counts.heldObjects--;
                counts.heldBytes -= spaces.layoutOf(object).bytesOf(object);
            }
            Header.release(object);
        });
    }

    /**
     * Marks an object.
     *
     * @return its address; 0 if it was marked before, or no such object lives
     */
    public long mark(int id) {
        long entry = spaces.ids.find(id);
        if (Entry.isOld(entry)) {
            long object = Entry.address(entry);
            return pages.markPlain(object) ? object : 0;
        }
        if (!Entry.isYoung(entry, cycle)) {
            return 0;
        }
        long object = spaces.young.address(Entry.offset(entry));
        if (Header.isMarked(object)) {
            return 0;
        }
        Header.setMarked(object, true);
        return object;
    }

    /** Whether an old or ageing object was marked. */
    public boolean isMarked(int id) {
        long entry = spaces.ids.find(id);
        return Entry.isOld(entry)
                ? pages.isMarkedPlain(Entry.address(entry))
                : Entry.isYoung(entry, cycle) && Header.isMarked(spaces.young.address(Entry.offset(entry)));
    }

    /** Id of an object. */
    public int idOf(long object) {
        return Header.id(object);
    }

    /** Address of a living object, old or ageing; 0 if there is none. */
    public long addressOf(int id) {
        long entry = spaces.ids.find(id);
        if (Entry.isOld(entry)) {
            return Entry.address(entry);
        }
        return Entry.isYoung(entry, cycle) ? spaces.young.address(Entry.offset(entry)) : 0;
    }

    /** Id of an object's type. */
    public int typeOf(long object) {
        return spaces.layoutOf(object).typeId;
    }

    /** Remembers of an object that was not marked that a minor collection has kept it, though it is dead. */
    public void suspect(long object) {
        Header.setHeld(object, true);
    }

    /** Forgets it; returns whether it was so. */
    public boolean clearSuspicion(long object) {
        boolean suspected = Header.isHeld(object) && !isMarked(Header.id(object));
        if (suspected) {
            Header.setHeld(object, false);
        }
        return suspected;
    }

    /** Pages that were freed. */
    public long freedPages() {
        return freedPages;
    }

    /**
     * Frees what was not marked.
     *
     * @return bytes of the old objects that were freed
     */
    public long sweep() {
        sweepAgeing();
        spaces.old.abandonCurrentPages();
        try (NativeIntList sparse = new NativeIntList(spaces.memory)) {
            spaces.old.forEachBlock(page -> sweepBlock(page, sparse));
            recyclePages();
            // One page in which nothing died would only become another one.
            for (int i = 0; (isEmptyingOfUse || sparse.size() > 1) && i < sparse.size(); i++) {
                if (!hasRoomFor(sparse.get(i))) {
                    recyclePages();
                }
                empty(sparse.get(i));
            }
        }
        recyclePages();
        spaces.ids.endSweep(spaces.cycle);
        return freedBytes;
    }

    /** Nobody may remember a page as it was when somebody takes it. */
    private void recyclePages() {
        spaces.remembered.endSweep();
        pages.recycle();
        spaces.old.recycled();
    }

    private void sweepAgeing() {
        for (CollectorSpaces each : spaces.ageingTo) {
            each.region.forEachFrom(0, spaces.types, object -> {
                if (Header.isMarked(object)) {
                    Header.setMarked(object, false);
                } else {
                    spaces.ids.diedAgeing(Header.id(object));
                    spaces.layoutOf(object).died(object);
                }
            });
        }
    }

    private void sweepBlock(int page, NativeIntList sparse) {
        boolean anyDead = false;
        boolean anyAlive = false;
        for (int word = 0; word < pages.words(); word++) {
            long starts = pages.startsPlain(page, word);
            long alive = starts & pages.marksPlain(page, word);
            anyAlive |= alive != 0;
            if (alive != starts) {
                anyDead = true;
                spaces.old.forEachObject(page, word, starts & ~alive, freer);
                pages.keepStartsPlain(page, word, alive);
            }
        }
        if (!anyAlive) {
            freePage(page);
        } else if (pages.kind(page) == PageTable.SHARED && livingBytes(page) <= pages.pageBytes() / 2) {
            sparse.add(page);
            isEmptyingOfUse |= anyDead;
        }
    }

    private void free(long object) {
        long bytes = spaces.layoutOf(object).bytesOf(object);
        freedBytes += bytes;
        spaces.old.freed(bytes);
        spaces.ids.diedOld(Header.id(object));
    }

    private void freePage(int page) {
        freedPages += pages.length(page);
        pages.free(page);
        spaces.remembered.pageFreed(page);
    }

    private long livingBytes(int page) {
        living = 0;
        spaces.old.forEachObject(page, adder);
        return living;
    }

    private void addLiving(long object) {
        living += spaces.layoutOf(object).bytesOf(object);
    }

    /** Whether a page can be emptied without committing another. */
    private boolean hasRoomFor(int page) {
        return pages.bytesToTake(1) == 0 || spaces.old.allocator(0).fits(livingBytes(page));
    }

    /** Moves the objects of a page into others, and frees it. */
    private void empty(int page) {
        spaces.old.forEachObject(page, mover);
        freePage(page);
    }

    private void move(long object) {
        Layout layout = spaces.layoutOf(object);
        long bytes = layout.bytesOf(object);
        moved = spaces.old.allocator(0).allocateForSurvivor(bytes, layout.isVirtual());
        spaces.old.freed(bytes); // allocated twice, lives once
        OffHeap.copyPlain(object, moved, layout.bytesToCopy(object));
        spaces.ids.moved(Header.id(object), Entry.old(moved));
        layout.scanEdges(moved, 0, Long.MAX_VALUE, rememberer);
    }

    private void rememberIfAgeing(long holder, long slot, int value) {
        long entry = spaces.ids.find(value);
        if (Entry.isYoung(entry, cycle)) {
            spaces.remembered.keep(holder, slot, Entry.survived(entry));
        }
    }
}
