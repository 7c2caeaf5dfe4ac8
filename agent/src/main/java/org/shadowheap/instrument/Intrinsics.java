package org.shadowheap.instrument;

/**
 * Methods whose bodies the compiler replaces, or that are native: they are hooked where they are called.
 *
 * <p>The one list of such methods.
 */
final class Intrinsics {

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
            case "allocateUninitializedArray", "allocateInstance" ->
                owner.equals("jdk/internal/misc/Unsafe") || owner.equals("sun/misc/Unsafe");
            default -> false;
        };
    }

    /** Whether a call copies references into an array that exists. */
    static boolean isArrayCopy(String owner, String name) {
        return name.equals("arraycopy") && owner.equals("java/lang/System");
    }

    /**
     * Whether a body must stay as it is because its callers are hooked: interpreted and compiled calls would else be
     * counted differently. {@code Array.newInstance} is what makes the array for an interpreted {@code copyOf}: a birth in
     * there would come before the elements.
     */
    static boolean isHookedByCallers(String owner, String name) {
        return owner.equals("java/util/Arrays") && (name.equals("copyOf") || name.equals("copyOfRange"))
                || owner.equals("java/lang/reflect/Array") && name.equals("newInstance");
    }
}
