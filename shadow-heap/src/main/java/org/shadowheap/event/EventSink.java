package org.shadowheap.event;

/**
 * Receives the merged stream of events.
 *
 * <p>Objects are named by ids from 1 to 2<sup>31</sup>-1, each given once in a recording; id 0 is null. Events come in
 * an order that keeps happens-before for each object; across objects it is kept at every {@link #round()} only, so
 * between two rounds an id may be mentioned before its birth. The ids of a block, which
 * differ in their last ten bits only, are born in the {@link org.shadowheap.event.layout.IdOrder}: one that is mentioned
 * after a later one has died, and was not born before, may be taken for dead. One thread calls a sink; implementations need
 * no synchronization.
 */
public interface EventSink extends DefinitionSink {

    /**
     * An object was created; its slots are null.
     *
     * @param type id of its class mirror
     * @param extent length of an array, bytes of a class mirror, 0 for every other object
     */
    void birth(int object, int type, int extent);

    /**
     * An object that existed before it was met: old, its slots follow as {@link #snapshotSlot}, ended by {@link
     * #snapshotEnd}; stores to it may come in between and are never overridden by the snapshot. Threads that meet an
     * object at the same time may both say so; the second time nothing follows and nothing changes.
     *
     * @param extent as for {@link #birth}
     */
    void contact(int object, int type, int extent);

    /**
     * A slot found in an object at first contact. Not a store of the program.
     *
     * @param slot offset in bytes from the object, or index if it is an array
     */
    void snapshotSlot(int object, int slot, int value);

    /** The snapshot of the object is complete. */
    void snapshotEnd(int object);

    /**
     * A reference was stored to an instance field.
     *
     * @param offset in bytes from the object
     */
    void fieldStore(int object, int offset, int value, int site);

    /** A reference was stored to an array element. */
    void arrayStore(int array, int index, int value, int site);

    /**
     * A reference was stored to a static field.
     *
     * @param mirror id of the class mirror that holds the field
     * @param offset in bytes from the mirror
     */
    void staticStore(int mirror, int offset, int value, int site);

    /** References were stored to an array in bulk; {@code elements} calls of {@link #copiedElement} follow. */
    void arrayCopy(int array, int elements, int site);

    /** One element of a bulk store: the value found in the destination afterwards. */
    void copiedElement(int array, int index, int value, int site);

    /**
     * A thread looked who called a site outside the application at which it was storing: it does so once in many stores, at
     * random distances.
     *
     * @param caller the nearest frame of the application, 0 if there was none
     * @param stores how many stores of the site this one stands for, on average
     */
    void calledFrom(int site, int caller, int stores);

    /** Every thread was asked for its roots; what they answer comes later, thread by thread. */
    void rootsRequested();

    /**
     * A thread lists the references on its stack anew; what it listed before no longer counts.
     *
     * @param thread number of its log; of a thread that has recorded nothing yet the id of its object, negative
     */
    void roots(int thread);

    /**
     * A reference on the stack of a thread, after {@link #roots}. Thread 0 is the JVM itself, which lists without beginning
     * anew: what it holds, it holds for ever.
     */
    void root(int thread, int object);

    /** A thread has ended; it holds no roots any more. */
    void threadEnd(int thread);

    /**
     * The JVM itself has collected some time before this, and nobody knows where. Changes nothing in a mirror, unless that collects where the JVM does. Or somebody
     * asks for a collection, which a mirror does at the end of the round, unless it collects where the JVM does.
     *
     * @param kind number of a {@link CollectionKind}
     * @param wallMillis when it began, milliseconds since the recording did
     * @param pauseMicros how long it stopped the program, 0 if it did not
     * @param youngKiB KiB of eden that were full before, unsigned; 0 if nobody can tell
     */
    void realCollection(int kind, int wallMillis, int pauseMicros, int youngKiB);

    /**
     * The JVM itself has collected just here: as {@link #realCollection}, but a thread of the program's has noticed that, within a chunk of
     * its log, and a round ends behind it.
     *
     * @param kind number of a {@link CollectionKind}
     * @param number among the JVM's collections of that kind
     * @param wallMillis when it began, milliseconds since the recording did
     * @param pauseMicros how long it stopped the program, 0 if nobody knows yet
     */
    void collectedHere(int kind, int number, int wallMillis, int pauseMicros);

    /**
     * What else is known of a collection that stands elsewhere, by {@link #collectedHere}: mostly before this, and sometimes behind. Changes
     * nothing in a mirror.
     *
     * @param pauseMicros how long it stopped the program, to a millisecond
     * @param youngKiB KiB of eden that were full before, unsigned; 0 if nobody can tell
     */
    void collectionTold(int kind, int number, int pauseMicros, int youngKiB);

    /** Events were lost here. */
    void lost(long events);

    /** Everything before this point is closed under happens-before: a collection may run here and only here. */
    void round();
}
