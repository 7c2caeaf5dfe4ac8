package org.shadowheap.instrument;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** What is in the code of the methods of a class, one after the other. Does nothing for most instructions but step over them. */
final class CodeScan {

    private final byte[] bytes;
    private final ConstantPool pool;
    private final Members members;

    /** Strings that instructions load, by index. */
    private final BitSet strings = new BitSet();

    private boolean namesFields;
    private boolean sharesArrays;

    private int stores;
    private boolean makesObjects;
    private boolean hasSubroutines;
    private int initializations;

    CodeScan(ConstantPool pool, byte[] bytes) {
        this.bytes = bytes;
        this.pool = pool;
        this.members = new Members(pool);
    }

    /** How many instructions of the last method are sites. */
    int stores() {
        return stores;
    }

    /** Whether something in the last method makes an array, or an object that is filled already. */
    boolean makesObjects() {
        return makesObjects;
    }

    /** Whether the last method has subroutines (JSR, RET). */
    boolean hasSubroutines() {
        return hasSubroutines;
    }

    /** Constructors that the last method calls, {@code new} instructions apart: in a constructor, that of {@code this}. */
    int initializations() {
        return initializations;
    }

    /** Whether a call in any method makes a handle to a field that it is given the name of. */
    boolean namesFields() {
        return namesFields;
    }

    /** Whether a call in any method may write elements of arrays that threads share. */
    boolean sharesArrays() {
        return sharesArrays;
    }

    /** The strings that instructions of all methods load. */
    Set<String> strings() {
        Set<String> texts = new HashSet<>();
        for (int i = strings.nextSetBit(0); i >= 0; i = strings.nextSetBit(i + 1)) {
            texts.add(pool.read(pool.string(i)));
        }
        return texts;
    }

    /** Reads the code of the next method. */
    void read(int begin, int end) {
        stores = 0;
        makesObjects = false;
        hasSubroutines = false;
        initializations = 0;
        int at = begin;
        while (at < end) {
            instruction(at);
            at = Instructions.next(bytes, begin, at);
        }
        if (at != end) {
            throw new IllegalArgumentException("the last instruction must end with its method: offset=" + end);
        }
    }

    private void instruction(int at) {
        int opcode = bytes[at] & 0xff;
        switch (opcode) {
            case Opcodes.AASTORE -> stores++;
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC -> stores += members.ofField(u2(at + 1)) & Members.REFERENCE;
            case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKESPECIAL, Opcodes.INVOKESTATIC, Opcodes.INVOKEINTERFACE ->
                call(opcode, members.ofMethod(u2(at + 1)));
            case Opcodes.NEW -> initializations--;
            case Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> makesObjects = true;
            case Opcodes.LDC -> load(bytes[at + 1] & 0xff);
            case Instructions.LDC_W -> load(u2(at + 1));
            case Opcodes.JSR, Instructions.JSR_W -> hasSubroutines = true;
            default -> {
                // Of no interest.
            }
        }
    }

    private void call(int opcode, int method) {
        if (opcode == Opcodes.INVOKESPECIAL && (method & Members.CONSTRUCTOR) != 0) {
            initializations++;
            return;
        }
        if ((method & Members.HOOKED) != 0) {
            stores++;
        }
        makesObjects |= (method & Members.MAKES_FILLED) != 0;
        sharesArrays |= (method & Members.SHARES_ELEMENTS) != 0;
        namesFields |= (method & Members.NAMES_FIELD) != 0;
    }

    private void load(int index) {
        if (pool.isString(index)) {
            strings.set(index);
        }
    }

    private int u2(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
