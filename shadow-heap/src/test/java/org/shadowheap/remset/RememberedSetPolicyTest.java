package org.shadowheap.remset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

class RememberedSetPolicyTest {

    @ParameterizedTest
    @EnumSource
    void policyIsFoundByItsName(RememberedSetPolicy policy) {
        assertEquals(policy, RememberedSetPolicy.parse(policy.optionName()));
    }

    /** Another mutator has made the object dirty, and has not come to its page. */
    @ParameterizedTest(name = "mutators={0}")
    @ValueSource(ints = {1, 2})
    void severalMutatorsLookAtThePageOfADirtyObject(int mutators) {
        NativeMemory memory = new NativeMemory();
        try (PageTable pages = new PageTable(memory, 4096, 1);
                RememberedSet set = RememberedSetPolicy.DIRTY_PAGES.create(memory, pages, 512, mutators)) {
            long object = pages.addressOf(pages.takeShared());
            pages.setDirtyVolatile(object);
            assertEquals(mutators > 1, set.remember(object, object + 8));
        }
    }

    @Test
    void unknownNameIsRefusedWithTheAllowedOnes() {
        assertEquals(
                "remset must be one of dirty-pages, all-pages, cards, youngest, objects: remset=Cards",
                assertThrows(IllegalArgumentException.class, () -> RememberedSetPolicy.parse("Cards"))
                        .getMessage());
    }

    @Test
    void cardsArePowersOfTwoFrom128To4096() {
        for (int bytes : new int[] {0, -512, 64, 384, 8192}) {
            assertEquals(
                    "cardBytes must be a power of two from 128 to 4096: cardBytes=" + bytes,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> RememberedSetPolicy.requireCardBytes(bytes, 65536))
                            .getMessage());
        }
        for (int bytes = 128; bytes <= 4096; bytes *= 2) {
            RememberedSetPolicy.requireCardBytes(bytes, 4096);
        }
    }

    @Test
    void cardIsNoLargerThanAPage() {
        assertEquals(
                "cardBytes must not exceed pageBytes: cardBytes=1024 pageBytes=512",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new OldPages(RememberedSetPolicy.CARDS, 512, 1024, 10))
                        .getMessage());
    }
}
