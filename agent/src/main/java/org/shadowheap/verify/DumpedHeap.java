package org.shadowheap.verify;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A heap as a dump holds it. Objects are named by the dump's own numbers, 0 is null. One thread at a time. */
interface DumpedHeap extends AutoCloseable {

    /** Is given the references of an object. */
    @FunctionalInterface
    interface ReferenceVisitor {

        /**
         * A slot, be it null or not.
         *
         * @param place index of an array's element; else that of the field in {@link DumpedClass#fields}, where those of
         *     the superclass follow those of the class
         */
        void reference(int place, long value);
    }

    /** All classes that were loaded. */
    Collection<DumpedClass> classes();

    /** The class whose mirror an object is, null if it is none. */
    @Nullable
    DumpedClass mirrored(long object);

    /** The class of an object that is no mirror of a class that was loaded. */
    DumpedClass classOf(long object);

    /** Length of an array, -1 of any other object. */
    int lengthOf(long object);

    /** Visits the elements or fields of an object; nothing if they are no references, or if it is a class mirror. */
    void forEachReference(long object, ReferenceVisitor visitor);

    /** The name of a thread, null if the object is no thread or has none. */
    @Nullable
    String threadName(long object);

    @Override
    void close();
}
