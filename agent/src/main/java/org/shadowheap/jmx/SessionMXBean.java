package org.shadowheap.jmx;

import java.util.List;

/**
 * The session that runs in a JVM, by the name {@link #NAME}: what its report would say now, and what can be done with it. It is there while
 * a session runs in a JVM whose platform MBean server exists, a second later at most.
 *
 * <p>Figures count from the begin of the session. They are at most a second old: adding them up takes the agent a moment, and consoles ask for
 * many at a time. Where the session records only ({@code live=false}) there are none. Any thread.
 */
public interface SessionMXBean {

    /** Its object name. */
    String NAME = "org.shadowheap:type=Session";

    /** Main class and arguments of the program. */
    String getProgram();

    /** What must be known before any figure, such as why the recording ended early. */
    List<String> getNotes();

    /** Seconds since the session began. */
    double getSeconds();

    /** Events recorded: births, stores and all others. */
    long getEvents();

    /** Events that were not recorded. */
    long getLostEvents();

    /** Objects that were taken for dead and mentioned again. */
    long getResurrectedObjects();

    /** Events that did not fit what the shadow heap knows. */
    long getContradictions();

    /** Part of all ids that is used up, 0 to 1. At 1 the recording ends. */
    double getIdsUsedShare();

    /** Stores of references. */
    long getStores();

    /** Those of them that stored a young object in an old one. */
    long getOldToYoungStores();

    /** Part of the stores that is old-to-young, 0 to 1; 0 if there were no stores. */
    double getOldToYoungShare();

    /** Old-to-young stores per second, over the whole session. */
    double getOldToYoungStoresPerSecond();

    /** Minor collections of the shadow heap. */
    long getMinorCollections();

    /** Major collections of the shadow heap. */
    long getMajorCollections();

    /** Pages of the old space that minor collections found dirty, summed up. */
    long getDirtyPages();

    /** Bytes that survived minor collections, summed up. */
    long getSurvivedBytes();

    /** Bytes that minor collections promoted, summed up. */
    long getPromotedBytes();

    /** Bytes of objects that were born. */
    long getBornBytes();

    /** Bytes of objects in the old space now. */
    long getOldBytes();

    /** The fields with the most old-to-young stores. */
    List<StoredTo> getTopFields();

    /** The sites with the most old-to-young stores. */
    List<StoredTo> getTopSites();

    /** Collects the shadow heap's nursery now, full or not; returns when it is done. The program goes on. */
    void collect();

    /** The report so far, as text. */
    String report();

    /** The report so far, as JSON. */
    String reportAsJson();

    /**
     * Ends the session as {@code detach} does: all classes get their code back.
     *
     * @return the report; empty if it went to files
     */
    String stop();
}
