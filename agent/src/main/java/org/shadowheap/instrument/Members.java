package org.shadowheap.instrument;

/** What it means to write each field and to call each method of a constant pool: found out once for each constant. */
final class Members {

    /** A field holds a reference. */
    static final int REFERENCE = 1;

    /** A method is a constructor. */
    static final int CONSTRUCTOR = 2;

    /** A call is a site, see {@link HookedCalls#isHooked}. */
    static final int HOOKED = 4;

    /** See {@link Intrinsics#makesFilledObject}, {@link Intrinsics#sharesElements}, {@link Intrinsics#namesSharedField}. */
    static final int MAKES_FILLED = 8;

    static final int SHARES_ELEMENTS = 16;
    static final int NAMES_FIELD = 32;

    private static final int FIELD = 64;
    private static final int METHOD = 128;

    private final ConstantPool pool;

    /** By index; 0 for what nobody has asked for yet. */
    private final byte[] meanings;

    Members(ConstantPool pool) {
        this.pool = pool;
        this.meanings = new byte[pool.size()];
    }

    /** What it means to write the field with this index. */
    int ofField(int index) {
        int known = meanings[index];
        if ((known & FIELD) == 0) {
            int type = pool.first(pool.text(pool.nameAndType(pool.field(index)) + 2));
            known = FIELD | (ClassFacts.primitiveBytes((char) type) == 0 ? REFERENCE : 0);
            meanings[index] = (byte) known;
        }
        return known;
    }

    /** What it means to call the method with this index. */
    int ofMethod(int index) {
        int known = meanings[index];
        if ((known & METHOD) == 0) {
            known = METHOD | meaning(pool.method(index));
            meanings[index] = (byte) known;
        }
        return known;
    }

    private int meaning(int method) {
        int nameAndType = pool.nameAndType(method);
        int name = pool.text(nameAndType);
        int owner = pool.owner(method);
        int meaning = pool.is(name, "<init>") ? CONSTRUCTOR : 0;
        if (!isListed(pool.text(owner), name)) {
            return meaning;
        }
        return meaning | meaning(pool.read(owner), pool.read(nameAndType), pool.read(nameAndType + 2));
    }

    /** No string is made of the many that cannot be. */
    private boolean isListed(int owner, int name) {
        return Intrinsics.mayBeListed(pool.first(owner), pool.length(owner), pool.first(name), pool.length(name));
    }

    private static int meaning(String owner, String name, String descriptor) {
        return (HookedCalls.isHooked(owner, name, descriptor) ? HOOKED : 0)
                | (Intrinsics.makesFilledObject(owner, name, descriptor) ? MAKES_FILLED : 0)
                | (Intrinsics.sharesElements(owner, name) ? SHARES_ELEMENTS : 0)
                | (Intrinsics.namesSharedField(name) ? NAMES_FIELD : 0);
    }
}
