package org.shadowheap.barrier;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object from the number in its header.
 *
 * <p>The number is the object's id if a bit beside it says so, or, where another thread has locked the header so that it does not
 * show, if its block was handed out by us and nobody is known under it who has it from the JVM. Else the JVM gave it: then the object itself is
 * looked up in {@link ForeignHashes}, and so are class mirrors always. Any thread.
 */
final class KnownObjects {

    private static final Unsafe U = Unsafe.getUnsafe();

    private static final boolean HEADER = BarrierSetup.headerIdentity;

    private KnownObjects() {}

    /** The id of an object that the log of this cell gave birth to, if its header tells at once; else -1. For fast paths. */
    @ForceInline
    static int ownId(long cell, Object object) {
        int id = HEADER ? Identity.given(object) : -1;
        return id >= 0 && IdBlocks.owner(id) == U.getInt(cell + LogCell.LOG) ? id : -1;
    }

    /** The id of an object if its header tells at once, else -1. For fast paths. */
    @ForceInline
    static int nearId(Object object) {
        int id = HEADER ? Identity.given(object) : -1;
        return object instanceof Class ? -1 : id;
    }

    /** As {@link #nearId}, 0 for null. */
    @ForceInline
    static int nearIdOrNull(@Nullable Object object) {
        return object == null ? 0 : nearId(object);
    }

    /** Owner of the number in a header: positive if the number is the object's id. */
    private static int trustedOwner(Object object, int number) {
        if (!HEADER || object instanceof Class) {
            return 0;
        }
        long mark = Identity.unlocked(object);
        if (mark != 0 && (mark & Identity.GIVEN) == 0) {
            return 0;
        }
        int owner = IdBlocks.owner(number);
        if (mark == 0 && owner > 0 && ForeignHashes.find(object, number) != null) {
            return 0;
        }
        if (owner == IdBlocks.EARLIER) {
            owner = EarlierIds.isMet(number) ? IdBlocks.NOBODY : 0;
        }
        if (owner > 0 && GivenIds.isAnothers(number, object)) {
            IdBlocks.makeAmbiguous(number);
            return 0;
        }
        return owner;
    }

    /** Whether the number in a header was given by us although its block must be looked up. */
    private static boolean isOursAmongForeign(Object object, int number, int owner) {
        return owner == IdBlocks.AMBIGUOUS && !Identity.isNotGiven(object) && !GivenIds.isAnothers(number, object);
    }

    /** The id of an object if the number in its header is to be trusted, else 0; 0 for null. */
    @ForceInline
    static int trustedId(@Nullable Object object) {
        if (object == null) {
            return 0;
        }
        int id = nearId(object);
        return id > 0 ? id : trustedIdOfLocked(object);
    }

    @DontInline
    private static int trustedIdOfLocked(Object object) {
        int number = Identity.peek(object);
        return trustedOwner(object, number) > 0 ? number : 0;
    }

    /** The id of an object that was met before, else 0. */
    @ForceInline
    static int id(Object object) {
        int id = nearId(object);
        return id > 0 ? id : idElsewhere(object);
    }

    /** As {@link #id}, if the header does not tell at once. */
    @DontInline
    private static int idElsewhere(Object object) {
        int number = Identity.peek(object);
        int owner = trustedOwner(object, number);
        if (owner > 0) {
            return number;
        }
        ForeignHashes.Entry entry = number == 0 ? null : ForeignHashes.find(object, number);
        if (entry != null) {
            return entry.id;
        }
        return isOursAmongForeign(object, number, owner) ? number : 0;
    }

    /** The number of the log that gave birth to an object which was met, {@link IdBlocks#NOBODY} if none. */
    static int owner(Object object) {
        int number = Identity.peek(object);
        int owner = trustedOwner(object, number);
        if (owner > 0) {
            return owner;
        }
        ForeignHashes.Entry entry = ForeignHashes.find(object, number);
        return entry == null ? IdBlocks.NOBODY : entry.owner;
    }

    /** The id of a met object that nobody has read yet and that the caller reads now; 0 if it is not the caller's. */
    static int claimPending(Object object) {
        int number = Identity.peek(object);
        int owner = trustedOwner(object, number);
        ForeignHashes.Entry entry = owner > 0 ? null : ForeignHashes.find(object, number);
        if (entry != null) {
            return entry.pending != 0 && entry.claim() ? entry.id : 0;
        }
        boolean nobodys = owner == IdBlocks.NOBODY || isOursAmongForeign(object, number, owner);
        if (!nobodys || !isPending(number)) {
            return 0;
        }
        return (number < Identity.firstId ? EarlierIds.claim(number) : PendingBits.claim(number)) ? number : 0;
    }

    /** Whether nobody has read the slots yet of the object that an id of nobody's is trusted to be of. */
    static boolean isPending(int id) {
        return id < Identity.firstId ? EarlierIds.isPending(id) : PendingBits.isSet(id);
    }

    /**
     * The id that an object was given in an earlier session and that goes on in this one; 0 if it has none, or is locked so that it does
     * not show.
     */
    static int earlierId(Object object) {
        int number = HEADER && Identity.firstId != 0 && !(object instanceof Class) ? Identity.shown(object) : 0;
        return number != 0 && IdBlocks.owner(number) == IdBlocks.EARLIER && !EarlierIds.isAmbiguous(number)
                ? number
                : 0;
    }
}
