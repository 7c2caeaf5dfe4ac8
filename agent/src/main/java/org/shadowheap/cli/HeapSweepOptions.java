package org.shadowheap.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shadowheap.config.HeapOptions;
import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;
import org.shadowheap.replay.HeapOverrides;
import picocli.CommandLine.Option;

/** The options that shape shadow heaps, each with one value or several: their cross product is what is replayed. */
final class HeapSweepOptions {

    /** The size is as recorded, if it is of any use. */
    private static final List<@Nullable Integer> NO_CARD = Collections.singletonList(null);

    @Option(
            names = "--nursery",
            paramLabel = "SIZE",
            split = ",",
            description = "Bytes allocated between minor collections, such as 4m.")
    private List<String> nurseries = new ArrayList<>();

    @Option(
            names = "--page",
            paramLabel = "SIZE",
            split = ",",
            description = "Old-space page, a power of two from 512 to 64k.")
    private List<String> pages = new ArrayList<>();

    @Option(
            names = "--tenure",
            paramLabel = "N",
            split = ",",
            description = "Minor collections an object must survive to be promoted, 1 to 15.")
    private List<String> tenures = new ArrayList<>();

    @Option(
            names = "--remset",
            paramLabel = "POLICY",
            split = ",",
            description = "Remembered set: dirty-pages, all-pages, cards, youngest or objects.")
    private List<String> remsets = new ArrayList<>();

    @Option(
            names = "--card",
            paramLabel = "SIZE",
            split = ",",
            description =
                    "Card of cards and youngest, 128 to 4096 bytes; other remembered sets have none and come once.")
    private List<String> cards = new ArrayList<>();

    @Option(names = "--check", description = "Verifies the heap after every collection.")
    private boolean check;

    /**
     * Every combination: nurseries outermost, then pages, tenures, remembered sets, and cards innermost. What is given twice
     * counts once. A remembered set without cards comes once, however many sizes of cards there are.
     *
     * @param recorded the heap of the recording, for what is not given
     * @throws IllegalArgumentException naming the option and what is allowed; also if no heap would have the cards, or one
     *     would have larger cards than pages
     */
    List<HeapOverrides> combinations(HeapConfiguration recorded) {
        List<RememberedSetPolicy> policies = parsed(remsets, HeapOptions::remset, List.of(recorded.remset()));
        List<@Nullable Integer> cardsOfSets = parsed(cards, HeapOptions::card, NO_CARD);
        requireCardsOf(policies);
        List<HeapOverrides> heaps = new ArrayList<>();
        for (long nursery : parsed(nurseries, HeapOptions::nursery, List.of(recorded.nurseryBytes()))) {
            for (int page : parsed(pages, HeapOptions::page, List.of(recorded.pageBytes()))) {
                for (int tenure : parsed(tenures, HeapOptions::tenure, List.of(recorded.tenure()))) {
                    for (RememberedSetPolicy policy : policies) {
                        for (Integer card : policy.hasCards() ? cardsOfSets : NO_CARD) {
                            requireCardFits(card, page);
                            heaps.add(new HeapOverrides(nursery, page, tenure, policy, card, check));
                        }
                    }
                }
            }
        }
        return heaps;
    }

    /** Whether sizes of nurseries were given. */
    boolean hasNurseries() {
        return !nurseries.isEmpty();
    }

    private void requireCardsOf(List<RememberedSetPolicy> policies) {
        if (!cards.isEmpty() && policies.stream().noneMatch(RememberedSetPolicy::hasCards)) {
            throw new IllegalArgumentException("card is for remset cards or youngest, others have none: card="
                    + String.join(",", cards) + " remset="
                    + policies.stream().map(RememberedSetPolicy::optionName).collect(Collectors.joining(",")));
        }
    }

    private static void requireCardFits(@Nullable Integer cardBytes, int pageBytes) {
        if (cardBytes != null) {
            HeapOptions.requireCardFitsPage(cardBytes, pageBytes);
        }
    }

    /** The values without those that were there before; that of the recording if none is given. */
    private static <T> List<T> parsed(Collection<String> texts, Function<String, T> parser, List<T> recorded) {
        return texts.isEmpty()
                ? recorded
                : texts.stream().map(parser).distinct().toList();
    }
}
