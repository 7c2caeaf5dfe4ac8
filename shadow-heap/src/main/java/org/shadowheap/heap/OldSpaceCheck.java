package org.shadowheap.heap;

import org.shadowheap.event.TypeDefinition.Shape;
import org.shadowheap.memory.PageTable;

/**
 * Checks the old space page by page and object by object, against its metadata, the id table and the counts. O(old
 * objects and pages); between rounds. Free pages have no metadata to check.
 */
final class OldSpaceCheck {

    private final Spaces spaces;
    private final PageTable pages;
    private long objectBytes;
    private long heldObjects;
    private long heldBytes;

    OldSpaceCheck(Spaces spaces) {
        this.spaces = spaces;
        pages = spaces.old.pages();
    }

    /**
     * Checks.
     *
     * @throws IllegalStateException naming the page or id that breaks an invariant
     */
    void verify() {
        verifyBlocks();
        spaces.old.forEachBlock(this::verifyBlock);
        for (int i = 0; i < spaces.old.allocators(); i++) {
            verifyAllocator(i);
        }
        require(
                objectBytes == spaces.old.objectBytes(),
                "sizes of old objects do not add up to objectBytes",
                objectBytes);
        Counts sum = new Counts();
        for (MutatorSpaces each : spaces.mutators) {
            sum.add(each.counts);
        }
        require(heldObjects == sum.heldObjects, "held objects are not as many as heldObjects says", heldObjects);
        require(heldBytes == sum.heldBytes, "held objects do not add up to heldBytes", heldBytes);
    }

    private void verifyBlocks() {
        long inUse = 0;
        int page = 0;
        while (page < pages.limit()) {
            int length = pages.length(page);
            requireOfPage(length > 0 && length <= pages.limit() - page, "block ends nowhere", page);
            inUse += pages.kind(page) == PageTable.FREE ? 0 : length;
            page += length;
        }
        require(inUse == pages.pagesInUse(), "blocks do not add up to pagesInUse", inUse);
    }

    private void verifyBlock(int page) {
        for (int word = 0; word < pages.words(); word++) {
            long strays = pages.dirtyVolatile(page, word) & ~pages.startsPlain(page, word);
            requireOfPage(strays == 0, "dirty bit where no object begins", page);
        }
        long[] end = {pages.addressOf(page)};
        spaces.old.forEachObject(page, object -> {
            requireOfPage(object >= end[0], "objects overlap", page);
            end[0] = object + verifyObject(page, object);
        });
        if (pages.kind(page) == PageTable.SHARED) {
            requireOfPage(end[0] <= pages.addressOf(page + 1), "object crosses the end of its page", page);
        }
    }

    /** Returns its size in bytes. */
    private long verifyObject(int page, long object) {
        int id = Header.id(object);
        requireOfPage(
                id > 0 && spaces.ids.find(id) == Entry.old(object),
                "id of an object does not point back: id=" + id,
                page);
        requireOfPage(spaces.types.isKnown(Header.layout(object)), "layout of an object is unknown: id=" + id, page);
        requireOfPage(
                !Header.isMarked(object) || Header.isHeld(object), "mark was left in an old object: id=" + id, page);
        Layout layout = spaces.layoutOf(object);
        long bytes = layout.bytesOf(object);
        if (pages.kind(page) == PageTable.RUN) {
            verifyRun(page, layout.isVirtual() ? Math.min(bytes, pages.pageBytes()) : bytes);
        }
        objectBytes += bytes;
        if (Header.isOfUnseenOrigin(object)) {
            requireOfPage(layout.shape != Shape.MIRROR, "class mirror is held: id=" + id, page);
            heldObjects++;
            heldBytes += bytes;
        }
        return bytes;
    }

    private void verifyRun(int page, long bytes) {
        long length = pages.length(page);
        requireOfPage(
                (bytes + pages.pageBytes() - 1) / pages.pageBytes() == length, "run does not fit its object", page);
    }

    private void verifyAllocator(int number) {
        OldSpace.Allocator allocator = spaces.old.allocator(number);
        if (allocator.limit() == 0) {
            return;
        }
        int page = pages.pageOf(allocator.limit() - 1);
        requireOfPage(
                pages.kind(page) == PageTable.SHARED && allocator.limit() == pages.addressOf(page + 1),
                "allocator is not in a shared page",
                page);
        spaces.old.forEachObject(
                page,
                object -> requireOfPage(
                        object < allocator.top(), "object lies where an allocator will put the next", page));
    }

    private static void requireOfPage(boolean holds, String what, int page) {
        if (!holds) {
            throw new IllegalStateException(what + ": page=" + page);
        }
    }

    private static void require(boolean holds, String what, long found) {
        if (!holds) {
            throw new IllegalStateException(what + ": found=" + found);
        }
    }
}
