package org.shadowheap.collect;

/** What runs of programs amount to, so that a test can say that they were not empty. */
final class Tally {

    long operations;
    long edges;
    long refused;
    long minorCollections;
    long majorCollections;
    long deaths;
    long freedBytes;
    long nepotismBytes;

    void add(Tally other) {
        operations += other.operations;
        edges += other.edges;
        refused += other.refused;
        minorCollections += other.minorCollections;
        majorCollections += other.majorCollections;
        deaths += other.deaths;
        freedBytes += other.freedBytes;
        nepotismBytes += other.nepotismBytes;
    }

    @Override
    public String toString() {
        return "operations=" + operations + " edgesChecked=" + edges + " refused=" + refused + " minor="
                + minorCollections + " major="
                + majorCollections + " deaths=" + deaths + " freedBytes=" + freedBytes + " nepotismBytes="
                + nepotismBytes;
    }
}
