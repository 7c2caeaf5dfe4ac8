package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;
import org.shadowheap.event.layout.IdOrder;

/**
 * What instrumented code calls, right after the store or the creation it tells of.
 *
 * <p>Each method is a fast path for the common case, an object of the thread's own and a value that was met, and else one
 * call of {@link SlowBirth} or {@link SharedStore}, which begin anew: compilers put these methods into every method that
 * stores, and whether such a method is put into its own callers depends on its size. None throws. The stack pictures of the
 * calls are in the instrumentation.
 */
public final class WriteBarrier {

    private static final Unsafe U = Unsafe.getUnsafe();

    /**
     * Events of which a call of a barrier was to tell that ended in a stack overflow; it may have told of some of several. Counted
     * by its caller in {@code java.lang}, by a plain write: a call would overflow again. Two threads that overflow at the same
     * moment may count one.
     */
    public static long overflows;

    private WriteBarrier() {}

    /** An object was constructed: called at the end of {@code Object.<init>}. */
    public static void birth(Object object) {
        born(object, 0);
    }

    /** An array was created, its elements are null: called after the instruction that created it. */
    public static void arrayBirth(Object array) {
        int length = ArrayLength.of(array);
        if (length >= RootDemand.LARGE_LENGTH) {
            largeBirth(array, length);
        } else {
            born(array, length);
        }
    }

    /** Few of them fill an eden: the JVM may have collected to make room for this one. */
    @DontInline
    private static void largeBirth(Object array, int length) {
        CollectionPlaces.largeBirth();
        born(array, length);
        RootDemand.largeBirth(array, length);
    }

    @ForceInline
    private static void born(Object object, int extent) {
        long cell = Cells.recent();
        long type = TypeSet.near(object.getClass());
        int next = U.getInt(cell + LogCell.NEXT_ID);
        long top = EventLog.open(cell);
        if (type != 0 && top != 0 && next != U.getInt(cell + LogCell.ID_END) && Identity.isFresh(object)) {
            U.putInt(cell + LogCell.NEXT_ID, next + 1);
            int id = IdOrder.scattered(next);
            EventLog.put(cell, top, TypeSet.birth(type, id), word1(EventRecord.BIRTH, extent, 0));
            Identity.giveToNew(object, id);
            return;
        }
        SlowBirth.birth(object);
    }

    /** The call before made this object and may have filled it: a clone, a copy, a nested array. */
    public static void filledBirth(@Nullable Object object) {
        if (object != null) {
            FilledBirth.record(Cells.current(), object);
        }
    }

    /** The JDK is about to define a class that no transformer sees: returns the bytes to define. */
    public static byte[] hiddenClassBytes(@Nullable ClassLoader loader, @Nullable Class<?> lookup, byte[] bytes) {
        return HiddenClasses.bytes(loader, lookup, bytes);
    }

    /** A class was defined from what {@link #hiddenClassBytes} returned. */
    public static void hiddenClassDefined(@Nullable Class<?> type, byte[] bytes) {
        HiddenClasses.defined(type, bytes);
    }

    /** The JDK is about to give this to the JVM, which keeps it with the code that it links. */
    public static void linked(@Nullable Object kept) {
        JvmRoots.hold(kept);
    }

    /** A loader is about to give this to the JVM, which keeps it with a class. */
    public static void definedWith(@Nullable Object kept) {
        JvmRoots.holdWithClass(kept);
    }

    /** As {@link #linked}, for the element where the JDK leaves what a call needs beside its arguments. */
    public static void linkedAppendix(Object[] appendix) {
        if (appendix != null && appendix.length > 0) {
            JvmRoots.hold(appendix[0]);
        }
    }

    /** A reference was stored to an instance field. */
    public static void fieldStore(Object holder, @Nullable Object value, int site) {
        long cell = Cells.recent();
        long word1 = SiteTable.word1(site);
        int id = KnownObjects.ownId(cell, holder);
        if (id > 0 && word1 > 0) {
            int valueId = KnownObjects.nearIdOrNull(value);
            long top = EventLog.open(cell);
            if (valueId >= 0 && top != 0) {
                EventLog.put(cell, top, word0(id, valueId), word1);
                return;
            }
        }
        SharedStore.field(holder, value, site);
    }

    /**
     * References were stored to two fields of an object, one after the other; the second one's site is the next number. Nothing
     * else has happened since.
     */
    public static void fieldStores(Object holder, @Nullable Object first, @Nullable Object second, int site) {
        long cell = Cells.recent();
        int id = KnownObjects.ownId(cell, holder);
        int firstId = KnownObjects.nearIdOrNull(first);
        int secondId = KnownObjects.nearIdOrNull(second);
        long top = EventLog.open(cell, 2);
        if (id > 0 && top != 0) {
            long firstWord1 = SiteTable.word1(site);
            long secondWord1 = SiteTable.word1(site + 1);
            if ((firstId | secondId) >= 0 && firstWord1 > 0 && secondWord1 > 0) {
                EventLog.write(top, word0(id, firstId), firstWord1);
                EventLog.write(top + EventRecord.BYTES, word0(id, secondId), secondWord1);
                EventLog.publish(cell, top + 2 * EventRecord.BYTES);
                return;
            }
        }
        SharedStore.fields(holder, first, second, null, null, 2, site);
    }

    /** As {@link #fieldStores(Object, Object, Object, int)}, to three fields. */
    public static void fieldStores(
            Object holder, @Nullable Object first, @Nullable Object second, @Nullable Object third, int site) {
        long cell = Cells.recent();
        int id = KnownObjects.ownId(cell, holder);
        int firstId = KnownObjects.nearIdOrNull(first);
        int secondId = KnownObjects.nearIdOrNull(second);
        int thirdId = KnownObjects.nearIdOrNull(third);
        long top = EventLog.open(cell, 3);
        if (id > 0 && top != 0) {
            long firstWord1 = SiteTable.word1(site);
            long secondWord1 = SiteTable.word1(site + 1);
            long thirdWord1 = SiteTable.word1(site + 2);
            if ((firstId | secondId | thirdId) >= 0 && firstWord1 > 0 && secondWord1 > 0 && thirdWord1 > 0) {
                EventLog.write(top, word0(id, firstId), firstWord1);
                EventLog.write(top + EventRecord.BYTES, word0(id, secondId), secondWord1);
                EventLog.write(top + 2 * EventRecord.BYTES, word0(id, thirdId), thirdWord1);
                EventLog.publish(cell, top + 3 * EventRecord.BYTES);
                return;
            }
        }
        SharedStore.fields(holder, first, second, third, null, 3, site);
    }

    /** As {@link #fieldStores(Object, Object, Object, int)}, to four fields. */
    public static void fieldStores(
            Object holder,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth,
            int site) {
        long cell = Cells.recent();
        int id = KnownObjects.ownId(cell, holder);
        int firstId = KnownObjects.nearIdOrNull(first);
        int secondId = KnownObjects.nearIdOrNull(second);
        int thirdId = KnownObjects.nearIdOrNull(third);
        int fourthId = KnownObjects.nearIdOrNull(fourth);
        long top = EventLog.open(cell, 4);
        if (id > 0 && top != 0) {
            long firstWord1 = SiteTable.word1(site);
            long secondWord1 = SiteTable.word1(site + 1);
            long thirdWord1 = SiteTable.word1(site + 2);
            long fourthWord1 = SiteTable.word1(site + 3);
            if ((firstId | secondId | thirdId | fourthId) >= 0
                    && firstWord1 > 0
                    && secondWord1 > 0
                    && thirdWord1 > 0
                    && fourthWord1 > 0) {
                EventLog.write(top, word0(id, firstId), firstWord1);
                EventLog.write(top + EventRecord.BYTES, word0(id, secondId), secondWord1);
                EventLog.write(top + 2 * EventRecord.BYTES, word0(id, thirdId), thirdWord1);
                EventLog.write(top + 3 * EventRecord.BYTES, word0(id, fourthId), fourthWord1);
                EventLog.publish(cell, top + 4 * EventRecord.BYTES);
                return;
            }
        }
        SharedStore.fields(holder, first, second, third, fourth, 4, site);
    }

    /** A reference was stored to a field of a class mirror, whose header alone does not tell its id. */
    public static void mirrorStore(Object mirror, @Nullable Object value, int site) {
        SlowStore.fieldStore(Cells.current(), mirror, value, site);
    }

    /** A reference was stored to an array element. */
    public static void arrayStore(Object array, int index, @Nullable Object value, int site) {
        long cell = Cells.recent();
        int id = KnownObjects.ownId(cell, array);
        if (id > 0) {
            int valueId = KnownObjects.nearIdOrNull(value);
            long top = EventLog.open(cell);
            if (valueId >= 0 && top != 0) {
                EventLog.put(cell, top, word0(id, valueId), word1(EventRecord.ARRAY_STORE, index, site));
                return;
            }
        }
        SharedStore.element(array, index, value, site, false);
    }

    /** As {@link #arrayStore}, where another thread may write the element by compare-and-set at the same time. */
    public static void sharedArrayStore(Object array, int index, @Nullable Object value, int site) {
        SharedStore.element(array, index, value, site, true);
    }

    /** A value was stored to an array element by reflection, a reference or one that was unboxed. */
    public static void reflectiveArrayStore(Object array, int index, @Nullable Object value, int site) {
        if (array instanceof Object[]) {
            arrayStore(array, index, value, site);
        }
    }

    /** A reference was stored at an offset of an object: a field, a static field of a class mirror, or an element. */
    public static void unsafeStore(@Nullable Object holder, long offset, @Nullable Object value, int site) {
        if (holder != null) {
            SharedStore.atOffset(holder, offset, value, site);
        }
    }

    /** As {@link #unsafeStore}, if it was done. */
    public static void unsafeCompareAndSet(
            boolean done, @Nullable Object holder, long offset, @Nullable Object value, int site) {
        if (done) {
            unsafeStore(holder, offset, value, site);
        }
    }

    /** As {@link #unsafeStore}, if what was found is what was expected. */
    public static void unsafeCompareAndExchange(
            @Nullable Object found,
            @Nullable Object expected,
            @Nullable Object holder,
            long offset,
            @Nullable Object value,
            int site) {
        if (found == expected) {
            unsafeStore(holder, offset, value, site);
        }
    }

    /** A reference was stored to a static field that {@code holder} declares or inherits. */
    public static void staticStore(@Nullable Object value, Class<?> holder, int site) {
        SlowStore.staticStore(Cells.current(), holder, value, site);
    }

    /**
     * References are about to be copied into an array, or numbers. If an element will not fit into it the copy will end
     * there with an exception, and nobody can tell of those before it later.
     */
    public static void arrayCopyBegins(
            @Nullable Object source, int sourceFrom, @Nullable Object array, int from, int length, int site) {
        if (source instanceof Object[] elements
                && array instanceof Object[] references
                && elements.getClass() != references.getClass()) {
            ArrayCopies.begins(elements, sourceFrom, references, from, length, site);
        }
    }

    /** References were copied into an array, or into something that is no array of references. */
    public static void arrayCopy(Object array, int from, int length, int site) {
        if (length > 0 && array instanceof Object[] references) {
            ArrayCopies.copied(Cells.current(), references, from, length, site);
        }
    }

    /** The calling thread is about to wait for others: called before. */
    public static void waits() {
        long cell = Cells.recent();
        if (cell != Cells.NONE) {
            EventLog.listRootsOnceAnEpoch(cell);
        }
    }

    /** A platform thread is about to be started. */
    public static void starts(Object thread) {
        try {
            long cell = Cells.enter(Cells.current());
            if (cell != Cells.NONE) {
                RootList.starts(cell, thread);
            }
        } catch (Throwable failure) {
            Cells.countLost(Cells.current());
        }
    }
}
