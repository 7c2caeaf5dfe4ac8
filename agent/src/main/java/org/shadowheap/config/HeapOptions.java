package org.shadowheap.config;

import org.shadowheap.heap.HeapConfiguration;
import org.shadowheap.remset.RememberedSetPolicy;

/** What the options that shape a shadow heap may be. */
public final class HeapOptions {

    private static final long MIN_NURSERY = 4L << 10;
    private static final long MAX_NURSERY = 1L << 40;
    private static final int MIN_PAGE = 512;
    private static final int MAX_PAGE = 64 << 10;
    private static final int MIN_CARD = 128;
    private static final int MAX_CARD = 4096;
    private static final int MAX_TENURE = 15;

    /** A chunk of the nursery is of 1 MiB at most, and what it holds is copied twice, traced and named by ids at worst. */
    private static final long BYTES_OF_AN_APPLIER = 5L << 20;

    private HeapOptions() {}

    /** Bytes allocated between minor collections. */
    public static long nursery(String text) {
        return Sizes.bytes("nursery", text, MIN_NURSERY, MAX_NURSERY);
    }

    /** What a heap needs that several threads apply events to: room for each to be born in, and to copy that. */
    public static long bytesForFurtherAppliers(int appliers) {
        return (appliers - 1L) * BYTES_OF_AN_APPLIER;
    }

    /** Bytes of an old-space page. */
    public static int page(String text) {
        return Sizes.powerOfTwo("page", text, MIN_PAGE, MAX_PAGE);
    }

    /** How old objects that may refer to young ones are found. */
    public static RememberedSetPolicy remset(String text) {
        return RememberedSetPolicy.parse(text);
    }

    /** Bytes of a card. */
    public static int card(String text) {
        return Sizes.powerOfTwo("card", text, MIN_CARD, MAX_CARD);
    }

    /** A card must not be larger than a page. */
    public static void requireCardFitsPage(int cardBytes, int pageBytes) {
        if (cardBytes > pageBytes) {
            throw new IllegalArgumentException("card must not be larger than page, " + Sizes.format(pageBytes)
                    + ": card=" + Sizes.format(cardBytes));
        }
    }

    /** Threads of a kind: {@code appliers} or {@code collectors}. */
    public static int threads(String name, String text) {
        return Sizes.number(name, text, 1, HeapConfiguration.MAX_THREADS);
    }

    /** Minor collections an object must survive to be promoted. */
    public static int tenure(String text) {
        return Sizes.number("tenure", text, 1, MAX_TENURE);
    }
}
