package org.shadowheap.heap;

import static org.shadowheap.heap.BrokenHeap.AGEING;
import static org.shadowheap.heap.BrokenHeap.FIELD;
import static org.shadowheap.heap.BrokenHeap.OLD;
import static org.shadowheap.heap.BrokenHeap.YOUNG;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.shadowheap.memory.OffHeap;

/** Breaks the id table, young objects and references in each way that the verifier looks for. */
class IdTableCheckTest {

    private final BrokenHeap broken = new BrokenHeap();
    private final int cycle = broken.spaces.cycle;

    @AfterEach
    void closeHeap() {
        broken.close();
    }

    private void enterYoung(int id, int survived, int offset) {
        IdChunk.enterRelease(broken.chunk(), id, Entry.young(survived, cycle, offset));
    }

    private int offsetOf(int id) {
        return Entry.offset(broken.spaces.ids.find(id));
    }

    @Test
    void chunkThatMiscountsWhatItKeeps() {
        IdChunk.addKeptVolatile(broken.chunk(), 1);
        int chunk = YOUNG >>> IdChunk.SHIFT;
        broken.assertVerifierSays("chunk miscounts what it keeps: chunk=" + chunk + " counts=2 found=1");
    }

    @Test
    void chunkOfAYoungObjectThatWillNotBeLookedAt() {
        IdChunk.listForVolatile(broken.chunk(), cycle + 1);
        broken.assertVerifierSays("chunk of a young object is not listed: id=" + AGEING);
    }

    @Test
    void youngEntryInTheCompactTable() {
        broken.enterScattered(1 << 24, Entry.young(0, cycle, offsetOf(YOUNG)));
        broken.assertVerifierSays("young object is in the compact table: id=" + (1 << 24));
    }

    @Test
    void idInAChunkAndInTheCompactTable() {
        broken.spaces.ids.compact().put(OLD, Entry.old(broken.object(OLD)));
        broken.assertVerifierSays("id is in a chunk and in the compact table: id=" + OLD);
    }

    @Test
    void idInTheCompactTableThatItsWordDoesNotCount() {
        broken.spaces.ids.compact().put(1 << 19, Entry.DEAD);
        broken.assertVerifierSays("more ids of a chunk are in the compact table than its word says: id=" + (1 << 19));
    }

    @Test
    void oldEntryOutsideTheOldSpace() {
        broken.enterScattered(1 << 24, Entry.old(broken.object(YOUNG)));
        broken.assertVerifierSays("old object does not lie in the old space: id=" + (1 << 24));
    }

    @Test
    void oldEntryWhereNothingBegins() {
        broken.enterScattered(1 << 24, Entry.old(broken.object(OLD) + 8));
        broken.assertVerifierSays("nothing begins where an old object should lie: id=" + (1 << 24));
    }

    @Test
    void youngEntryBehindTheNursery() {
        enterYoung(YOUNG + 1, 0, offsetOf(YOUNG) + 2);
        broken.assertVerifierSays("young object lies in no region in use: id=" + (YOUNG + 1));
    }

    @Test
    void ageingEntryThatPointsIntoTheNursery() {
        enterYoung(AGEING, 1, offsetOf(YOUNG));
        broken.assertVerifierSays("young object lies in no region in use: id=" + AGEING);
    }

    @Test
    void youngEntryThatPointsAmongTheAgeing() {
        enterYoung(YOUNG, 0, offsetOf(AGEING));
        broken.assertVerifierSays("young object lies in no region in use: id=" + YOUNG);
    }

    @Test
    void youngObjectOfTheAgeAtWhichOthersArePromoted() {
        enterYoung(AGEING, 2, offsetOf(AGEING));
        broken.assertVerifierSays("young object should have been promoted: id=" + AGEING);
    }

    @Test
    void youngObjectWithAnotherId() {
        OffHeap.putIntPlain(broken.object(YOUNG), OLD);
        broken.assertVerifierSays("header of a young object has another id: id=" + YOUNG);
    }

    @Test
    void youngObjectWithoutALayout() {
        OffHeap.putIntPlain(broken.object(YOUNG) + 4, Header.MAX_LAYOUT);
        broken.assertVerifierSays("layout of a young object is unknown: id=" + YOUNG);
    }

    @Test
    void markThatWasLeftInAnAgeingObject() {
        Header.setMarked(broken.object(AGEING), true);
        broken.assertVerifierSays("mark was left in a young object: id=" + AGEING);
    }

    @Test
    void heldYoungObject() {
        Header.setHeld(broken.object(YOUNG), true);
        broken.assertVerifierSays("young object is held: id=" + YOUNG);
    }

    @Test
    void edgeFromOldToYoungThatNobodyRemembers() {
        OffHeap.putIntPlain(broken.object(BrokenHeap.LARGE) + 16, YOUNG);
        broken.assertVerifierSays("old-to-young edge is not remembered: holder=" + BrokenHeap.LARGE
                + " holderGeneration=OLD slot=0 value=" + YOUNG + " valueGeneration=NURSERY");
    }

    @Test
    void referenceToAnObjectThatWasFreed() {
        OffHeap.putIntPlain(broken.object(OLD) + FIELD, 4000);
        broken.assertVerifierSays("slot holds what is not there: holder=" + OLD + " holderGeneration=OLD slot=" + FIELD
                + " value=4000 valueGeneration=DEAD");
    }

    @Test
    void referenceToAnObjectThatNeverWas() {
        OffHeap.putIntPlain(broken.object(YOUNG) + FIELD, 77_777);
        broken.assertVerifierSays("slot holds what is not there: holder=" + YOUNG + " holderGeneration=NURSERY slot="
                + FIELD + " value=77777 valueGeneration=NEVER_SEEN");
    }
}
