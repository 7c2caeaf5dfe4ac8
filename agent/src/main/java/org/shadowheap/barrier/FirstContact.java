package org.shadowheap.barrier;

import static org.shadowheap.event.layout.EventRecord.word0;
import static org.shadowheap.event.layout.EventRecord.word1;

import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.layout.EventRecord;

/**
 * What happens when the barrier meets an object that has no id: it existed before the recording, was cloned, was built by
 * JNI, or its class is not instrumented.
 *
 * <p>It gets an id, and its own reference slots are read and recorded. Its referents get ids but are read later: before
 * the first store to them, or by the mirror thread ({@link PendingObjects}). A CONTACT is in the log before the id can
 * be seen in the header, so nothing that mentions the id is merged into an earlier round. All of this runs quiet.
 */
final class FirstContact {

    private static final boolean HEADER = BarrierSetup.headerIdentity;

    private FirstContact() {}

    /** The id of an object, which is met and read now if it never was; 0 for null and for what is not mirrored. */
    @ForceInline
    static int idOf(long cell, @Nullable Object object) {
        if (object == null) {
            return 0;
        }
        int id = KnownObjects.id(object);
        return id != 0 ? id : meet(cell, object, false);
    }

    /**
     * Meets an object; {@code pending} leaves the reading of its slots to others. Returns 0 if it is not mirrored, or the session is being left:
     * no transformer may have seen its class then, and who asks the JVM for the fields of a class makes it load others, whatever locks
     * the program holds.
     */
    @DontInline
    static int meet(long cell, Object object, boolean pending) {
        if (Recording.isLeft()) {
            return 0;
        }
        long entered = AgentCode.enter(cell);
        try {
            int index = TypeSet.indexOf(object.getClass());
            if (index != TypeSet.NONE) {
                return introduce(cell, object, TypeSet.id(index), TypeSet.layout(index), pending);
            }
            Layout layout = Recording.types().layout(object.getClass());
            if (layout == null || object instanceof Class<?> mirror && layoutOf(mirror) == null) {
                return 0;
            }
            int type = type(cell, object.getClass());
            return type == 0 ? 0 : introduce(cell, object, type, layout, pending);
        } finally {
            AgentCode.exit(entered);
        }
    }

    private static @Nullable Layout layoutOf(Class<?> type) {
        int index = TypeSet.indexOf(type);
        return index == TypeSet.NONE ? Recording.types().layout(type) : TypeSet.layout(index);
    }

    /** Meets {@code java.lang.Class}, the type of its own mirror. Once, before anything else is met. */
    static void begin(long cell) {
        Layout layout = Recording.types().layout(Class.class);
        if (layout != null) {
            long entered = AgentCode.enter(cell);
            try {
                introduce(cell, Class.class, 0, layout, false);
            } finally {
                AgentCode.exit(entered);
            }
        }
    }

    /** The id of a type, whose definition is on its way to the drain; 0 if its instances are not mirrored. */
    static int type(long cell, Class<?> type) {
        int id = KnownObjects.id(type);
        return id != 0 ? id : meet(cell, type, true);
    }

    private static int introduce(long cell, Object object, int type, Layout layout, boolean pending) {
        int extent = extent(object, layout);
        int earlier = KnownObjects.earlierId(object);
        if (earlier != 0) {
            announce(cell, object, earlier, type, extent);
            GivenIds.enter(earlier, object);
            if (EarlierIds.meet(earlier, pending)) {
                finish(cell, object, earlier, layout, pending);
                return earlier;
            }
            if (EarlierIds.isMet(earlier)) {
                return earlier; // another thread has just told of it, too
            }
            forsake(cell, earlier);
        }
        if (!HEADER || object instanceof Class || !Identity.isUnlockedWithoutHash(object)) {
            return introduceForeign(cell, object, type, layout, extent, pending);
        }
        int id = newId();
        if (id == 0) {
            return 0;
        }
        announce(cell, object, id, type, extent);
        if (pending) {
            PendingBits.set(id);
        }
        GivenIds.enter(id, object);
        if (!Identity.install(object, id)) {
            forsake(cell, id);
            return introduceForeign(cell, object, type, layout, extent, pending);
        }
        finish(cell, object, id, layout, pending);
        return id;
    }

    private static int newId() {
        int id = IdBlocks.nobodys();
        if (id == 0) {
            Recording.fail("all 2^31 ids are used up");
        }
        return id;
    }

    /**
     * Introduces an object that is looked up together with its number: the JVM gave it a hash, or does now because it is
     * locked; or another thread just gave it an id; or it is a class mirror.
     */
    private static int introduceForeign(
            long cell, Object object, int type, Layout layout, int extent, boolean pending) {
        int given = 0;
        if (HEADER && object instanceof Class && Identity.isUnlockedWithoutHash(object)) {
            given = newId();
            if (!Identity.install(object, given)) {
                given = 0;
            }
        }
        int number = Identity.peek(object);
        if (IdBlocks.owner(number) == IdBlocks.EARLIER) {
            EarlierIds.makeAmbiguous(number);
        }
        int known = KnownObjects.id(object);
        if (known != 0) {
            return known;
        }
        int id = given != 0 ? given : HEADER ? ForeignHashes.chooseId(number) : newId();
        if (id == 0) {
            return 0;
        }
        announce(cell, object, id, type, extent);
        ForeignHashes.Entry fresh = new ForeignHashes.Entry(object, number, id, IdBlocks.NOBODY, pending);
        ForeignHashes.Entry entry = ForeignHashes.enter(object, fresh);
        if (entry == fresh) {
            addType(object, number, id);
            finish(cell, object, id, layout, pending);
        } else {
            forsake(cell, id);
        }
        return entry.id;
    }

    /** Nobody has this id after all: another thread was quicker to give the object one. Nothing was found in it. */
    private static void forsake(long cell, int id) {
        EventLog.draw(cell);
        EventLog.append(cell, word0(id, 0), word1(EventRecord.SNAPSHOT_END, 0, 0));
    }

    private static void announce(long cell, Object object, int id, int type, int extent) {
        if (object instanceof Class<?> mirror) {
            // The first of all types is java.lang.Class itself; its superclass has no fields.
            Class<?> parent = object == Class.class ? null : mirror.getSuperclass();
            Recording.types().define(mirror, id, parent == null ? 0 : type(cell, parent));
        }
        EventLog.drawToMeet(cell);
        // The mirror of java.lang.Class is an instance of itself.
        int ownType = object == Class.class ? id : type;
        EventLog.append(cell, word0(id, ownType), word1(EventRecord.CONTACT, extent, 0));
    }

    private static void addType(Object object, int number, int id) {
        if (!(object instanceof Class<?> mirror)) {
            return;
        }
        Layout layout = Recording.types().layout(mirror);
        if (layout != null && layout.born && !TypeSet.add(number, mirror, id, layout)) {
            Recording.fail("more than 131072 types");
        }
    }

    private static void finish(long cell, Object object, int id, Layout layout, boolean pending) {
        if (pending) {
            PendingObjects.push(cell, object);
        } else {
            Snapshot.record(cell, object, id, layout);
        }
    }

    /** Reads a met object now if nobody has done so yet. Before the first store to it, and by the mirror thread. */
    static void readIfPending(long cell, Object object) {
        int id = KnownObjects.claimPending(object);
        if (id != 0) {
            read(cell, object, id);
        }
    }

    @DontInline
    private static void read(long cell, Object object, int id) {
        long entered = AgentCode.enter(cell);
        try {
            Layout layout = layoutOf(object.getClass());
            if (layout != null) {
                Snapshot.record(cell, object, id, layout);
            }
        } finally {
            AgentCode.exit(entered);
        }
    }

    /** Length of an array, bytes of a class mirror, else 0. */
    static int extent(Object object, Layout layout) {
        if (layout.array) {
            return ArrayLength.of(object);
        }
        return object instanceof Class<?> mirror ? Recording.types().mirrorBytes(mirror) : 0;
    }
}
