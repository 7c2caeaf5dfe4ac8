package org.shadowheap.instrument;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Methods whose bodies the compiler replaces, or that are native: they are hooked where they are called.
 *
 * <p>The one list of such methods.
 */
final class Intrinsics {

    /** What a call does to the slot at an offset of an object. */
    enum UnsafeWrite {
        /** Writes a reference; may return the one that was there. */
        PUT,
        /** Writes a reference if another one is there, and tells whether it was. */
        COMPARE_AND_SET,
        /** Writes a reference if another one is there, and returns what was there. */
        COMPARE_AND_EXCHANGE
    }

    /** What the owners and names of all methods in here look like: none is compared that was not added. */
    private static final Shapes OWNERS = new Shapes();

    private static final Shapes NAMES = new Shapes();

    private static final Set<String> UNSAFES = OWNERS.add("jdk/internal/misc/Unsafe", "sun/misc/Unsafe");

    private static final String ARRAYS = "java/util/Arrays";
    private static final String ARRAY = "java/lang/reflect/Array";
    private static final Set<String> CLONE = NAMES.add("clone");
    private static final Set<String> COPY_OF = NAMES.add("copyOf", "copyOfRange");
    private static final Set<String> NEW_INSTANCE = NAMES.add("newInstance");
    private static final Set<String> NEW_ARRAY = NAMES.add("newArray", "multiNewArray");
    private static final Set<String> ARRAY_COPY = NAMES.add("arraycopy");
    private static final Set<String> ARRAY_SET = NAMES.add("set");
    private static final Set<String> CLEAR = NAMES.add("clear0");
    private static final Set<String> ELEMENT_HANDLE = NAMES.add("arrayElementVarHandle");
    private static final Set<String> FIELD_HANDLE =
            NAMES.add("objectFieldOffset", "staticFieldOffset", "newUpdater", "findVarHandle", "findStaticVarHandle");

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TO = '(' + OBJECT + 'J' + OBJECT + ')';
    private static final String FROM_TO = '(' + OBJECT + 'J' + OBJECT + OBJECT + ')';

    private Intrinsics() {}

    /**
     * Whether a method may be one of those in here, by the first characters and the lengths of its owner and name; without
     * doubt if not. Nearly all calls are of others.
     */
    static boolean mayBeListed(int ownerFirst, int ownerLength, int nameFirst, int nameLength) {
        return NAMES.mayBe(nameFirst, nameLength) || OWNERS.mayBe(ownerFirst, ownerLength);
    }

    /** Whether a call returns an object that it has just made and may have filled. */
    static boolean makesFilledObject(String owner, String name, String descriptor) {
        return CLONE.contains(name)
                        && descriptor.equals("()Ljava/lang/Object;")
                        && (owner.startsWith("[") || owner.equals("java/lang/Object"))
                || COPY_OF.contains(name) && owner.equals(ARRAYS)
                || (NEW_INSTANCE.contains(name) || NEW_ARRAY.contains(name)) && owner.equals(ARRAY)
                || isUnsafe(owner) && (name.equals("allocateUninitializedArray") || name.equals("allocateInstance"));
    }

    /** Whether a call copies references into an array that exists. */
    static boolean isArrayCopy(String owner, String name) {
        return ARRAY_COPY.contains(name) && owner.equals("java/lang/System");
    }

    /** Whether a call stores one element of an array. */
    static boolean isArraySet(String owner, String name) {
        return ARRAY_SET.contains(name) && owner.equals(ARRAY);
    }

    /** Whether a call writes null to the referent of the reference that it is made on. */
    static boolean clearsReferent(String owner, String name, String descriptor) {
        return CLEAR.contains(name)
                && descriptor.equals("()V")
                && (owner.equals("java/lang/ref/Reference") || owner.equals("java/lang/ref/PhantomReference"));
    }

    /**
     * What a call of Unsafe writes; null if it is none, or writes no reference. The internal one and that of {@code
     * sun.misc} have the same shapes: object, offset, perhaps the expected value, new value.
     */
    static @Nullable UnsafeWrite unsafeWrite(String owner, String name, String descriptor) {
        if (!isUnsafe(owner)) {
            return null;
        }
        if (descriptor.startsWith(TO)) {
            return name.startsWith("put") || name.startsWith("getAndSet") ? UnsafeWrite.PUT : null;
        }
        if (!descriptor.startsWith(FROM_TO)) {
            return null;
        }
        return descriptor.endsWith("Z") ? UnsafeWrite.COMPARE_AND_SET : UnsafeWrite.COMPARE_AND_EXCHANGE;
    }

    private static boolean isUnsafe(String owner) {
        return UNSAFES.contains(owner);
    }

    /**
     * Whether a body must stay as it is because its callers are hooked: interpreted and compiled calls would else be
     * counted differently. {@code Array.newInstance} is what makes the array for an interpreted {@code copyOf}: a birth in
     * there would come before the elements.
     */
    static boolean isHookedByCallers(String owner, String name, String descriptor) {
        return owner.equals(ARRAYS) && COPY_OF.contains(name)
                || owner.equals(ARRAY) && NEW_INSTANCE.contains(name)
                || unsafeWrite(owner, name, descriptor) != null;
    }

    /** Whether a class has such methods. */
    static boolean hasMethodsHookedByCallers(String owner) {
        return owner.equals(ARRAYS) || owner.equals(ARRAY) || isUnsafe(owner);
    }

    /** Whether a call, or the handle it makes, writes elements of arrays that threads share. */
    static boolean sharesElements(String owner, String name) {
        return ELEMENT_HANDLE.contains(name)
                || isUnsafe(owner) && (name.equals("arrayBaseOffset") || name.startsWith("compareAndS"));
    }

    /** Whether a call makes a handle to a field that it is given the name of: through it, threads may race. */
    static boolean namesSharedField(String name) {
        return FIELD_HANDLE.contains(name);
    }
}
