package org.shadowheap.instrument;

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

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String TO = '(' + OBJECT + 'J' + OBJECT + ')';
    private static final String FROM_TO = '(' + OBJECT + 'J' + OBJECT + OBJECT + ')';

    private Intrinsics() {}

    /** Whether a call returns an object that it has just made and may have filled. */
    static boolean makesFilledObject(String owner, String name, String descriptor) {
        return switch (name) {
            case "clone" ->
                descriptor.equals("()Ljava/lang/Object;")
                        && (owner.startsWith("[") || owner.equals("java/lang/Object"));
            case "copyOf", "copyOfRange" -> owner.equals("java/util/Arrays");
            case "newInstance" -> owner.equals("java/lang/reflect/Array");
            case "newArray", "multiNewArray" -> owner.equals("java/lang/reflect/Array");
            case "allocateUninitializedArray", "allocateInstance" -> isUnsafe(owner);
            default -> false;
        };
    }

    /** Whether a call copies references into an array that exists. */
    static boolean isArrayCopy(String owner, String name) {
        return name.equals("arraycopy") && owner.equals("java/lang/System");
    }

    /** Whether a call stores one element of an array. */
    static boolean isArraySet(String owner, String name) {
        return name.equals("set") && owner.equals("java/lang/reflect/Array");
    }

    /** Whether a call writes null to the referent of the reference that it is made on. */
    static boolean clearsReferent(String owner, String name, String descriptor) {
        return name.equals("clear0")
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

    /**
     * Whether a call may last until somebody else does something: the native methods of the JDKs that threads wait in. To read a file may
     * last, too, but there are many such calls, mostly soon done; one in a row of them is what a user types.
     */
    static boolean waits(String owner, String name, String descriptor) {
        return switch (name) {
            case "park" -> isUnsafe(owner);
            case "wait" -> descriptor.equals("(J)V") || owner.equals("sun/nio/ch/EPoll");
            case "wait0" -> owner.equals("java/lang/Object");
            case "sleep" -> owner.equals("java/lang/Thread") && descriptor.equals("(J)V");
            case "sleep0", "sleepNanos0" -> owner.equals("java/lang/Thread");
            case "read0" ->
                owner.equals("java/io/FileInputStream")
                        || owner.equals("sun/nio/ch/SocketDispatcher")
                        || owner.equals("sun/nio/ch/DatagramDispatcher");
            case "readBytes" -> owner.equals("java/io/FileInputStream");
            case "poll" -> owner.equals("sun/nio/ch/Net") || owner.equals("sun/nio/fs/LinuxWatchService");
            case "pollConnect", "accept", "connect0" -> owner.equals("sun/nio/ch/Net");
            case "accept0" -> owner.equals("sun/nio/ch/UnixDomainSockets");
            case "waitForProcessExit0" -> owner.equals("java/lang/ProcessHandleImpl");
            default -> false;
        };
    }

    /** Whether a call starts the platform thread that it is made on. */
    static boolean starts(String owner, String name) {
        return name.equals("start0") && owner.equals("java/lang/Thread");
    }

    private static boolean isUnsafe(String owner) {
        return owner.equals("jdk/internal/misc/Unsafe") || owner.equals("sun/misc/Unsafe");
    }

    /**
     * Whether a body must stay as it is because its callers are hooked: interpreted and compiled calls would else be
     * counted differently. {@code Array.newInstance} is what makes the array for an interpreted {@code copyOf}: a birth in
     * there would come before the elements. What {@code allocateUninitializedArray} calls was the last in Unsafe: a class that needs no
     * other code is transformed once in a JVM and not by each session, of one with native methods as hot as these newer JVMs never free
     * a version that they have compiled them for.
     */
    static boolean isHookedByCallers(String owner, String name, String descriptor) {
        return owner.equals("java/util/Arrays") && (name.equals("copyOf") || name.equals("copyOfRange"))
                || owner.equals("java/lang/reflect/Array") && name.equals("newInstance")
                || isUnsafe(owner) && name.equals("allocateUninitializedArray0")
                || unsafeWrite(owner, name, descriptor) != null;
    }

    /** Whether a call, or the handle it makes, writes elements of arrays that threads share. */
    static boolean sharesElements(String owner, String name) {
        return name.equals("arrayElementVarHandle")
                || isUnsafe(owner) && (name.equals("arrayBaseOffset") || name.startsWith("compareAndS"));
    }

    /** Whether a call makes a handle to a field that it is given the name of: through it, threads may race. */
    static boolean namesSharedField(String name) {
        return switch (name) {
            case "objectFieldOffset", "staticFieldOffset", "newUpdater", "findVarHandle", "findStaticVarHandle" -> true;
            default -> false;
        };
    }
}
