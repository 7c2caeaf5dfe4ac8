package org.shadowheap.targets;

import org.jspecify.annotations.Nullable;

/** Gives an old holder young values until its standard input ends, after a first {@link #STORES} of them; then prints how many. */
public final class StoresUntilTold {

    /** Stores that are done when it says that it is ready. */
    public static final int STORES = 100_000;

    private static final StoresUntilTold HOLDER = new StoresUntilTold();

    @Nullable
    Object young;

    private StoresUntilTold() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < STORES; i++) {
            HOLDER.young = new int[4];
        }
        System.out.println("ready");
        long more = 0;
        while (System.in.available() == 0) {
            HOLDER.young = new int[4];
            more++;
            Thread.sleep(1);
        }
        System.out.println(more > 0 && HOLDER.young != null);
    }
}
