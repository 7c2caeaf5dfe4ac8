package org.shadowheap.remset;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.shadowheap.memory.NativeMemory;
import org.shadowheap.memory.PageTable;

/** The remembered sets there are, by the names that users give them. */
public enum RememberedSetPolicy {
    /** {@link DirtyPageList}. */
    DIRTY_PAGES("dirty-pages"),
    /** {@link AllPages}. */
    ALL_PAGES("all-pages"),
    /** {@link CardTable}. */
    CARDS("cards"),
    /** {@link YoungestGeneration}. */
    YOUNGEST("youngest"),
    /** {@link ObjectLog}. */
    OBJECTS("objects");

    /** Size of a card if nobody chooses one, as in HotSpot. */
    public static final int DEFAULT_CARD_BYTES = 512;

    private final String optionName;

    RememberedSetPolicy(String optionName) {
        this.optionName = optionName;
    }

    /** Whether the size of a card matters to it. */
    public boolean hasCards() {
        return this == CARDS || this == YOUNGEST;
    }

    /** What users call it. */
    public String optionName() {
        return optionName;
    }

    /**
     * The policy that users call so.
     *
     * @throws IllegalArgumentException naming the allowed ones
     */
    public static RememberedSetPolicy parse(String text) {
        for (RememberedSetPolicy policy : values()) {
            if (policy.optionName.equals(text)) {
                return policy;
            }
        }
        String allowed =
                Arrays.stream(values()).map(RememberedSetPolicy::optionName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("remset must be one of " + allowed + ": remset=" + text);
    }

    /**
     * Checks the size of cards, in bytes: a power of two from 128 to 4096, no larger than a page.
     *
     * @throws IllegalArgumentException naming the bound
     */
    public static void requireCardBytes(int cardBytes, int pageBytes) {
        Cards.requireSize(cardBytes, pageBytes);
    }

    /**
     * Makes an empty set, which must be closed before the pages.
     *
     * @param memory for lists that grow
     * @param pages where the old objects live; side tables are reserved for all that it can hold
     * @param cardBytes size of a card; only the policies that have cards look at it
     * @param mutators how many threads store
     * @throws IllegalArgumentException as {@link #requireCardBytes}
     */
    public RememberedSet create(NativeMemory memory, PageTable pages, int cardBytes, int mutators) {
        return switch (this) {
            case DIRTY_PAGES -> new DirtyPageList(memory, pages, mutators == 1);
            case ALL_PAGES -> new AllPages(pages);
            case CARDS -> new CardTable(pages, cardBytes);
            case YOUNGEST -> new YoungestGeneration(pages, cardBytes);
            case OBJECTS -> new ObjectLog(memory, pages);
        };
    }
}
