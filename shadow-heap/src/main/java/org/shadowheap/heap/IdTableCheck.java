package org.shadowheap.heap;

import java.util.HashMap;
import java.util.Map;

/**
 * Checks every entry of the id table against the space it leads to, and what chunks count of their entries. O(entries);
 * between rounds.
 */
final class IdTableCheck {

    private final Spaces spaces;

    /** How many ids of a chunk that is not there are in the compact table, by the number of the chunk. */
    private final Map<Integer, Integer> scattered = new HashMap<>();

    IdTableCheck(Spaces spaces) {
        this.spaces = spaces;
    }

    /**
     * Checks.
     *
     * @throws IllegalStateException naming the id or chunk that breaks an invariant
     */
    void verify() {
        spaces.ids.forEachChunk(this::verifyChunk);
        spaces.ids.compact().forEach(this::verifyCompact);
        scattered.forEach((number, count) -> require(
                count <= spaces.ids.scattered(number << IdChunk.SHIFT),
                "more ids of a chunk are in the compact table than its word says",
                number << IdChunk.SHIFT));
        spaces.ids.forEach(this::verifyEntry);
    }

    private void verifyChunk(int number, long chunk) {
        int[] kept = {0};
        IdChunk.forEach(chunk, number << IdChunk.SHIFT, (id, entry) -> {
            kept[0] += Entry.isOld(entry) || entry == Entry.RESURRECTED ? 1 : 0;
            boolean young = Entry.isYoung(entry, spaces.cycle);
            require(!young || IdChunk.listedFor(chunk) == spaces.cycle, "chunk of a young object is not listed", id);
        });
        if (IdChunk.kept(chunk) != kept[0]) {
            throw new IllegalStateException("chunk miscounts what it keeps: chunk=" + number + " counts="
                    + IdChunk.kept(chunk) + " found=" + kept[0]);
        }
    }

    private void verifyCompact(int id, long entry) {
        require(!Entry.isYoung(entry, spaces.cycle), "young object is in the compact table", id);
        require(!spaces.ids.hasChunk(id), "id is in a chunk and in the compact table", id);
        scattered.merge(id >>> IdChunk.SHIFT, 1, Integer::sum);
    }

    private void verifyEntry(int id, long entry) {
        if (Entry.isOld(entry)) {
            long object = Entry.address(entry);
            require(spaces.old.contains(object), "old object does not lie in the old space", id);
            require(spaces.old.pages().isStartPlain(object), "nothing begins where an old object should lie", id);
        } else if (Entry.isYoung(entry, spaces.cycle)) {
            verifyYoung(id, entry);
        }
    }

    private void verifyYoung(int id, long entry) {
        int survived = Entry.survived(entry);
        require(survived < spaces.configuration.tenure(), "young object should have been promoted", id);
        int offset = Entry.offset(entry);
        boolean inUse = false;
        if (survived == 0) {
            for (MutatorSpaces each : spaces.mutators) {
                inUse |= each.nursery.contains(offset);
            }
        } else {
            for (CollectorSpaces each : spaces.ageing) {
                inUse |= each.region.contains(offset);
            }
        }
        require(inUse, "young object lies in no region in use", id);
        long object = spaces.young.address(offset);
        require(Header.id(object) == id, "header of a young object has another id", id);
        require(spaces.types.isKnown(Header.layout(object)), "layout of a young object is unknown", id);
        require(!Header.isMarked(object), "mark was left in a young object", id);
        require(!Header.isHeld(object), "young object is held", id);
    }

    private static void require(boolean holds, String what, int id) {
        if (!holds) {
            throw new IllegalStateException(what + ": id=" + id);
        }
    }
}
