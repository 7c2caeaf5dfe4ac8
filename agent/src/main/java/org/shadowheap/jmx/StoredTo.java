package org.shadowheap.jmx;

/** Stores to a field or by a site. Composite data of JMX, so that clients need no class of ours. */
public final class StoredTo {

    private final String name;
    private final long stores;
    private final long oldToYoung;
    private final long pagesDirtied;

    public StoredTo(String name, long stores, long oldToYoung, long pagesDirtied) {
        this.name = name;
        this.stores = stores;
        this.oldToYoung = oldToYoung;
        this.pagesDirtied = pagesDirtied;
    }

    /** {@code pkg.Class.field}, or {@code pkg.Class.method:line}. */
    public String getName() {
        return name;
    }

    /** Stores of references. */
    public long getStores() {
        return stores;
    }

    /** Those of them that stored a young object in an old one. */
    public long getOldToYoung() {
        return oldToYoung;
    }

    /** Pages that became dirty by one of them. */
    public long getPagesDirtied() {
        return pagesDirtied;
    }
}
