package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Stores to fields of one object of which the barrier is told later, a few at a time: what they stored is read again.
 *
 * <p>Their fields belong to the class that is rewritten, so that reading them fails never.
 */
final class GatheredStores {

    /** So many stores are told of by one call at most. */
    static final int MOST = 4;

    private static final String OBJECT = "Ljava/lang/Object;";

    private record Store(String field, String descriptor, int site) {}

    private final List<Store> stores = new ArrayList<>();

    void add(String field, String descriptor, int site) {
        stores.add(new Store(field, descriptor, site));
    }

    void clear() {
        stores.clear();
    }

    boolean isEmpty() {
        return stores.isEmpty();
    }

    /** Whether one call cannot tell of another store to this field: it would be told of what it holds twice. */
    boolean isFullFor(String field) {
        boolean full = stores.size() == MOST;
        for (Store store : stores) {
            full |= store.field.equals(field);
        }
        return full;
    }

    /**
     * Inserts the calls; the object is in a local. Returns the words of stack that they need.
     *
     * @param owner internal name of the class of the fields
     */
    int tell(MethodVisitor to, String owner, int local) {
        int most = 0;
        for (int from = 0; from < stores.size(); ) {
            int end = from + 1;
            while (end < stores.size() && end - from < MOST && follows(stores.get(end - 1), stores.get(end))) {
                end++;
            }
            tell(to, owner, local, stores.subList(from, end));
            most = Math.max(most, end - from + 2);
            from = end;
        }
        return most;
    }

    private static boolean follows(Store one, Store other) {
        return other.site == one.site + 1 && !other.field.equals(one.field);
    }

    private static void tell(MethodVisitor to, String owner, int local, List<Store> together) {
        to.visitVarInsn(Opcodes.ALOAD, local);
        for (Store store : together) {
            to.visitVarInsn(Opcodes.ALOAD, local);
            to.visitFieldInsn(Opcodes.GETFIELD, owner, store.field, store.descriptor);
        }
        MethodRewriter.push(to, together.get(0).site);
        // Stack: ..., holder, value, ..., site
        String values = OBJECT.repeat(together.size());
        to.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                BarrierName.INTERNAL,
                together.size() == 1 ? "fieldStore" : "fieldStores",
                '(' + OBJECT + values + "I)V",
                false);
        // Stack: ...
    }
}
